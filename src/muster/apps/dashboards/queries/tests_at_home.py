"""Figures of antigen kits: counts of a day, never a person or a door."""

from muster.apps.dashboards.queries.figure import Within, count_of, figure

DAY = "> %(at)s - interval '24 hours'"


@figure(
    "kits_issued",
    topic="antigen",
    unit="kits",
    zh="抗原试剂发放份数",
    en="Antigen kits handed out",
    means=(
        "截止时刻前24小时内发放到户、且截止时未退回的抗原试剂份数。",
        "Kits handed out at doors in the 24 hours up to the cut-off and not taken back by then.",
    ),
    rows="desk-kits",
)
def kits_issued(within: Within) -> int:
    """Kits of issues that stand."""
    return count_of(
        f"""SELECT sum(kits) FROM kits_kitissue
            WHERE area BETWEEN %(low)s AND %(high)s AND at <= %(at)s AND at {DAY}
              AND (returned_at IS NULL OR returned_at > %(at)s)""",  # noqa: S608 -- constant
        within,
    )


@figure(
    "kit_results",
    topic="antigen",
    unit="people",
    zh="抗原结果上报人数",
    en="People with an antigen result",
    means=(
        "截止时刻前24小时内有有效抗原结果（阴性或阳性）的人数，每人计一次。",
        "People with a negative or positive kit in the 24 hours up to the cut-off, each once.",
    ),
    rows="desk-kits",
)
def kit_results(within: Within) -> int:
    """People whose kit showed something."""
    return count_of(
        f"""SELECT count(DISTINCT person_id) FROM kits_kitresult
            WHERE area BETWEEN %(low)s AND %(high)s AND at <= %(at)s AND at {DAY}
              AND value <> 'invalid'""",  # noqa: S608 -- constant
        within,
    )


@figure(
    "kit_positives",
    topic="antigen",
    unit="people",
    zh="抗原阳性人数",
    en="People with a positive kit",
    means=(
        "截止时刻前24小时内抗原结果为阳性的人数；是否感染以核酸复核为准。",
        "People whose kit was positive in the 24 hours up to the cut-off; the re-test decides.",
    ),
    rows="desk-recalls",
)
def kit_positives(within: Within) -> int:
    """People whose kit was positive."""
    return count_of(
        f"""SELECT count(DISTINCT person_id) FROM kits_kitresult
            WHERE area BETWEEN %(low)s AND %(high)s AND at <= %(at)s AND at {DAY}
              AND value = 'positive'""",  # noqa: S608 -- constant
        within,
    )
