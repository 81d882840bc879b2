"""The first night, scene by scene, and the promises that it must keep.

::

    foundation   places, organisations, 40,000 people, accounts
    residents    messy spreadsheets in; doubtful rows wait
    evening      two estates sealed; the round planned, the shortage said first; the call
    neighbours   sign-ups by link, poster and pasted chain; report-in; role switch
    roster       plan, publish, attendance, a no-show replaced
    tables       17 devices send 8,000 records over HTTP
    morning      doors, results, one positive pool, the bulletin of 08:00
"""
