"""The first night, scene by scene, and the promises that it must keep.

::

    foundation   places, organisations, 40,000 people, accounts
    residents    messy spreadsheets in; doubtful rows wait
    evening      two estates sealed; the round planned, the shortage said first; the call
    neighbours   sign-ups by link, poster and pasted chain; report-in; role switch
    roster       plan, publish, attendance, a no-show replaced
    tables       17 tables record 8,000 people: sixteen by the sync protocol (phone), one through
                 the lane's page in a Chromium (lane; script: what to do, browser: the hands)
    custody      tubes into boxes, counted at each hand-over
    morning      doors, the bulletin of 08:00, what must hold
    laboratory   results by the laboratory's own endpoint, FHIR, file; one positive pool
"""
