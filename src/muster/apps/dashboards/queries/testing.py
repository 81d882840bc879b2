"""Figures of testing rounds. People, tubes and samples are three different things."""

from muster.apps.dashboards.queries.figure import Within, count_of, figure

IN_LATEST = "district = ANY(%(districts)s::int[]) AND round = ANY(%(rounds)s::uuid[])"
"""By the key of the log, whose first part is the district."""
FIRST = f"""SELECT round, person FROM screening_sampled
            WHERE {IN_LATEST} AND at <= %(at)s"""  # noqa: S608 -- constants
"""Who has been swabbed in the latest rounds."""


def log_count(within: Within, table: str, where: str) -> int:
    """Rows of one table of the log in the newest rounds."""
    query = f"SELECT count(*) FROM {table} WHERE {IN_LATEST} AND {where}"  # noqa: S608 -- constants
    return count_of(query, within, **within.latest)


@figure(
    "people_tested",
    topic="testing",
    unit="people",
    zh="已采样人数",
    en="People tested",
    means=(
        "最近一轮中截止时刻前已采样的居民，每人计一次。",
        "Residents swabbed by the cut-off in the latest round, each once.",
    ),
    rows="desk-coverage",
)
def people_tested(within: Within) -> int:
    """People with a first accepted specimen in the newest round of their community."""
    return log_count(within, "screening_sampled", "at <= %(at)s")


@figure(
    "people_missing",
    topic="testing",
    unit="people",
    zh="未采样人数",
    en="People missing",
    means=(
        "应采居民中截止时刻前既未采样、也无任何已登记原因的人数。",
        "Residents of the round's places neither swabbed by the cut-off nor with any reason noted.",
    ),
    rows="desk-coverage",
)
def people_missing(within: Within) -> int:
    """Residents of the newest round with neither specimen nor reason."""
    return count_of(
        f"""WITH first AS MATERIALIZED ({FIRST})
            SELECT count(*) FROM screening_round o
            JOIN communities_residence r ON r.area = o.area AND r.since <= %(at)s
                 AND (r.until IS NULL OR r.until > %(at)s)
            JOIN communities_place p ON p.id = r.place_id AND p.path && o.places
            LEFT JOIN first s ON s.round = o.id AND s.person = r.person_id
            LEFT JOIN screening_absence a ON a.round_id = o.id AND a.person_id = r.person_id
                 AND a.outcome NOT IN ('not_found', 'came') AND a.at <= %(at)s
            WHERE o.id = ANY(%(rounds)s::uuid[]) AND s.person IS NULL AND a.id IS NULL""",  # noqa: S608
        within,
        **within.latest,
    )


@figure(
    "people_excused",
    topic="testing",
    unit="people",
    zh="已登记原因人数",
    en="People not tested, reason known",
    means=(
        "最近一轮中未采样但已登记原因（豁免、外出、拒绝、待上门）的人数。",
        "Residents not swabbed in the latest round whose reason is noted (exempt, away, refused).",
    ),
    rows="desk-coverage",
)
def people_excused(within: Within) -> int:
    """Residents with a reason and no specimen."""
    return count_of(
        f"""WITH first AS MATERIALIZED ({FIRST})
            SELECT count(*) FROM screening_absence a
            LEFT JOIN first s ON s.round = a.round_id AND s.person = a.person_id
            WHERE a.round_id = ANY(%(rounds)s::uuid[]) AND a.outcome NOT IN ('not_found', 'came')
              AND a.at <= %(at)s AND s.person IS NULL""",  # noqa: S608
        within,
        **within.latest,
    )


@figure(
    "samples",
    topic="testing",
    unit="samples",
    zh="采样份数",
    en="Samples",
    means=(
        "最近一轮中截止时刻前计入的采样记录数；同一人两次采样计两份。",
        "Specimen records that count, received by the cut-off; who was swabbed twice counts twice.",
    ),
    rows="desk-round",
)
def samples(within: Within) -> int:
    """Specimens that count."""
    counted = "received_at <= %(at)s AND state IN ('accepted', 'flagged')"
    return log_count(within, "screening_specimen", counted)


@figure(
    "tubes",
    topic="testing",
    unit="tubes",
    zh="采样管数",
    en="Tubes",
    means=(
        "最近一轮中截止时刻前启用的采样管数。",
        "Tubes opened by the cut-off in the latest round.",
    ),
    rows="desk-round",
)
def tubes(within: Within) -> int:
    """Tubes opened."""
    return log_count(within, "screening_tube", "opened_at <= %(at)s")


@figure(
    "tubes_resulted",
    topic="testing",
    unit="tubes",
    zh="已出结果管数",
    en="Tubes with a result",
    means=("截止时刻前已出结果的采样管数。", "Tubes whose result came by the cut-off."),
    rows="desk-round",
)
def tubes_resulted(within: Within) -> int:
    """Tubes with a result."""
    return log_count(within, "screening_tube", "resulted_at <= %(at)s")


@figure(
    "tubes_recalled",
    topic="testing",
    unit="tubes",
    zh="阳性或可疑混管",
    en="Pools that need a re-test",
    means=(
        "截止时刻前结果为阳性、弱阳性或无效的混管数。",
        "Tubes that came back positive, weakly positive or invalid by the cut-off.",
    ),
    rows="desk-recalls",
)
def tubes_recalled(within: Within) -> int:
    """Pools that are not negative."""
    asked = "resulted_at <= %(at)s AND result NOT IN ('', 'negative')"
    return log_count(within, "screening_tube", asked)


@figure(
    "people_recalled",
    topic="testing",
    unit="people",
    zh="待复采人数",
    en="People recalled, not yet released",
    means=(
        "截止时刻前被通知复采且尚未解除的人数。",
        "People recalled by the cut-off and not released by then.",
    ),
    rows="desk-recalls",
)
def people_recalled(within: Within) -> int:
    """Recalls that are open."""
    return count_of(
        """SELECT count(DISTINCT person_id) FROM screening_recall
           WHERE area BETWEEN %(low)s AND %(high)s AND opened_at <= %(at)s
             AND (closed_at IS NULL OR closed_at > %(at)s)""",
        within,
    )


@figure(
    "records_held",
    topic="testing",
    unit="records",
    zh="待核实记录",
    en="Records held",
    means=(
        "截止时刻前收到、需人工核实的采样记录数。",
        "Records received by the cut-off that a person has to settle.",
    ),
    rows="desk-held",
)
def records_held(within: Within) -> int:
    """Records that wait for a person."""
    return count_of(
        """SELECT count(*) FROM screening_specimen
           WHERE area BETWEEN %(low)s AND %(high)s AND received_at <= %(at)s AND state = 'held'""",
        within,
    )
