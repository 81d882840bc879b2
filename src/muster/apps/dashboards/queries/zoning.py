"""Figures of zones."""

from muster.apps.dashboards.queries.figure import Within, count_of, figure

INSIDE = """
SELECT count(*) FROM communities_residence r JOIN communities_place p ON p.id = r.place_id
WHERE r.area BETWEEN %(low)s AND %(high)s AND r.since <= %(at)s
  AND (r.until IS NULL OR r.until > %(at)s)
  AND p.path && ARRAY(
    SELECT i.place_id FROM zones_zoneitem i JOIN zones_zoneorder o ON o.id = i.order_id
    WHERE i.level = %(level)s AND NOT i.excluded AND o.effective_at <= %(at)s
      AND (o.ended_at IS NULL OR o.ended_at > %(at)s))
"""


@figure(
    "residents_locked_down",
    topic="zones",
    unit="people",
    zh="封控区内居民",
    en="Residents in lockdown",
    means=(
        "截止时刻住在生效中封控区内的人数，按现居住地计，不按户籍。",
        "People living at the cut-off in a place under lockdown, by residence, not registration.",
    ),
    rows="desk-zones",
)
def residents_locked_down(within: Within) -> int:
    """Residents inside lockdown zones."""
    return count_of(INSIDE, within, level="lockdown")


@figure(
    "residents_registered",
    topic="zones",
    unit="people",
    zh="在册居民",
    en="Residents on the roll",
    means=("截止时刻登记在册的现居住人数。", "People on the roll of residents at the cut-off."),
    rows="desk-people",
)
def residents_registered(within: Within) -> int:
    """Everybody on the roll."""
    return count_of(
        """SELECT count(*) FROM communities_residence WHERE area BETWEEN %(low)s AND %(high)s
           AND since <= %(at)s AND (until IS NULL OR until > %(at)s)""",
        within,
    )
