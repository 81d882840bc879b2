"""Small invented problems for the planner's tests."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import strategies as st

from muster.planner.problem import (
    EVERY_SHIFT,
    Commitment,
    Person,
    Place,
    Post,
    Problem,
    Rules,
    Shift,
)

DUSK = datetime(2022, 4, 3, 19, 0, tzinfo=ZoneInfo("Asia/Shanghai"))
HOUR = timedelta(hours=1)
CITY, ESTATE, OUTSIDE, BUILDING = 1, 10, 20, 11
GUIDE, RECORDER, SAMPLER = 0, 1, 2
RULES = Rules(suit_roles=1 << RECORDER, entering_roles=1 << SAMPLER, reach_km={GUIDE: 10.0})

PLACES = (
    Place(CITY, (CITY,)),
    Place(ESTATE, (CITY, ESTATE), 0, 0, held_in=ESTATE, closed_in=ESTATE),
    Place(BUILDING, (CITY, ESTATE, BUILDING), 0.1, 0, held_in=ESTATE, closed_in=ESTATE),
    Place(OUTSIDE, (CITY, OUTSIDE), 3, 4),
)


def shift(id_: int, start_hours: float = 0, hours: float = 4) -> Shift:
    start = DUSK + start_hours * HOUR
    return Shift(id_, start, start + hours * HOUR)


def problem(
    people: Iterable[Person],
    posts: Iterable[Post],
    *,
    shifts: Iterable[Shift] = (shift(1),),
    places: Iterable[Place] = PLACES,
    rules: Rules = RULES,
    commitments: Iterable[Commitment] = (),
) -> Problem:
    return Problem(
        tuple(people), tuple(places), tuple(shifts), tuple(posts), rules, tuple(commitments)
    )


def bits(*roles: int) -> int:
    return sum(1 << role for role in roles)


@st.composite
def problems(draw: st.DrawFn) -> Problem:
    """Any small problem: nested zones, tight rest, crowded and empty posts, people from before."""
    zones = st.sampled_from((None, 2, 4))
    tree = ((1,), (1, 2), (1, 3), (1, 2, 4), (1, 2, 5))
    places = tuple(
        Place(
            path[-1],
            path,
            draw(st.integers(0, 12)),
            0,
            held_in=draw(zones.filter(lambda z, p=path: z is None or z in p)),
            closed_in=draw(zones.filter(lambda z, p=path: z is None or z in p)),
        )
        for path in tree
    )
    starts = draw(st.lists(st.integers(0, 90), min_size=1, max_size=5))
    shifts = tuple(shift(i, start, draw(st.integers(2, 8))) for i, start in enumerate(starts))
    people = tuple(
        Person(
            i,
            draw(st.integers(0, 7)),
            draw(st.integers(1, 5)),
            draw(st.one_of(st.just(EVERY_SHIFT), st.integers(0, 31))),
        )
        for i in range(draw(st.integers(0, 8)))
    )
    posts = []
    for i in range(draw(st.integers(1, 7))):
        required = draw(st.integers(0, 3))
        posts.append(
            Post(
                i,
                draw(st.integers(1, 5)),
                draw(st.integers(0, 2)),
                draw(st.integers(0, len(shifts) - 1)),
                required,
                draw(st.integers(0, required)),
                draw(st.integers(1, 9)),
            )
        )
    rules = Rules(
        rest_hours=draw(st.sampled_from((0.0, 8.0))),
        max_shifts_week=draw(st.integers(1, 3)),
        max_daily_hours=draw(st.sampled_from((6.0, 12.0))),
        max_nights_in_a_row=draw(st.integers(1, 2)),
        suit_roles=2,
        entering_roles=4,
        reach_km={0: 5.0},
    )
    before = ()
    if people and draw(st.booleans()):
        start = DUSK + draw(st.integers(-20, 20)) * HOUR
        before = (Commitment(people[0].id, start, start + 4 * HOUR),)
    return problem(people, posts, shifts=shifts, places=places, rules=rules, commitments=before)
