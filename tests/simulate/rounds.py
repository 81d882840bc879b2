"""A round for tests: eight thousand people, seventeen tables, three sites."""

from dataclasses import replace

from muster.policies import load
from muster.simulate.round import Call, Manner, Round, Site, Table, manner_of

EVEN = (6, 6, 5)


def manner(**changes: float) -> Manner:
    return replace(manner_of(load("2022-04")), **changes)  # type: ignore[arg-type]


def night(
    people: int = 8000, tables: tuple[int, ...] = EVEN, load_share: float = 0.85,
    how: Manner | None = None, *, alone: bool = False,
) -> Round:  # fmt: skip
    """Sites with one recorder and two samplers a table; a call for each ten minutes and site."""
    how = how or manner()
    sites, calls, number = [], [], 1
    for site, count in enumerate(tables):
        sites.append(Site(f"site {site + 1}", tuple(Table(number + n, 1, 2) for n in range(count))))
        number += count
        left = round(people * count / sum(tables))
        each = int(load_share * count * 10 / max(how.per_person))
        for slot in range(-(-left // each)):
            now = min(each, left - slot * each)
            calls.append(Call(site, 10.0 * slot, now, max(1, now // 3), 2.0, alone))
    return Round(tuple(sites), tuple(calls), how)
