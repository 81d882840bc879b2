from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from muster.planner import solve
from muster.planner.problem import Person, Place, Post, Problem, Rules, Shift
from muster.policies import load
from muster.protocols.zones import (
    OPEN,
    LiftFacts,
    Notice,
    PlaceFact,
    ZoneItem,
    bounds,
    level_after_positive,
    level_at,
    lift_check,
    may_serve,
    rhythm,
)

POLICY = load("2022-04")
DUSK = datetime(2022, 4, 3, 10, 30, tzinfo=UTC)
MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)

CITY, STREET, AIRPORT, ESTATE, BUILDING, STAIR, OTHER = 1, 2, 3, 10, 11, 12, 20
BUILDING_PATH = (CITY, STREET, ESTATE, BUILDING)
ESTATE_PATH = (CITY, STREET, ESTATE)
OTHER_PATH = (CITY, STREET, OTHER)


def item(
    place: int,
    level: str = "lockdown",
    *,
    order: int = 1,
    excluded: bool = False,
    ended_at: datetime | None = None,
    replaces: bool = False,
    effective_at: datetime = DUSK,
) -> ZoneItem:
    return ZoneItem(order, place, level, excluded, effective_at, ended_at, replaces)


NESTED = (item(BUILDING), item(ESTATE, "control"))
STREET_BUT_AIRPORT = (item(STREET, "control"), item(AIRPORT, "control", excluded=True))


@pytest.mark.parametrize(
    ("path", "items", "minutes", "level", "reason"),
    [
        (ESTATE_PATH, (item(ESTATE),), 0, "lockdown", "named"),
        (ESTATE_PATH, (item(ESTATE),), -1, None, "not_in_any_zone"),
        (BUILDING_PATH, (item(ESTATE),), 0, "lockdown", "inside"),
        (OTHER_PATH, (item(ESTATE),), 0, None, "not_in_any_zone"),
        (BUILDING_PATH, NESTED, 0, "lockdown", "named"),
        (ESTATE_PATH, NESTED, 0, "control", "named"),
        ((*ESTATE_PATH, 99), NESTED, 0, "control", "inside"),
        ((CITY, STREET, AIRPORT), STREET_BUT_AIRPORT, 0, None, "excluded"),
        ((CITY, STREET, AIRPORT, 30), STREET_BUT_AIRPORT, 0, None, "excluded"),
        (OTHER_PATH, STREET_BUT_AIRPORT, 0, "control", "inside"),
        ((*OTHER_PATH, STAIR), (item(STAIR),), 0, "lockdown", "named"),
        (ESTATE_PATH, (item(ESTATE), item(ESTATE, "control", order=2)), 0, "control", "named"),
        (ESTATE_PATH, (item(ESTATE, ended_at=DUSK + MINUTE),), 1, None, "not_in_any_zone"),
        (ESTATE_PATH, (item(ESTATE), item(OTHER, order=2, replaces=True)), 0, None, OPEN.reason),
        (OTHER_PATH, (item(ESTATE), item(OTHER, order=2, replaces=True)), 0, "lockdown", "named"),
        (
            ESTATE_PATH,
            (item(ESTATE), item(OTHER, order=2, replaces=True, effective_at=DUSK + DAY)),
            0,
            "lockdown",
            "named",
        ),
    ],
)
def test_the_level_at_a_place(
    path: tuple[int, ...],
    items: tuple[ZoneItem, ...],
    minutes: int,
    level: str | None,
    reason: str,
) -> None:
    decision = level_at(path, items, DUSK + minutes * MINUTE)
    assert (decision.level, decision.reason) == (level, reason)


def test_a_notice_that_lists_nothing_lifts_everything() -> None:
    lifted = Notice(order_number=2, effective_at=DUSK + DAY, replaces=True)
    at = DUSK + DAY
    assert level_at(ESTATE_PATH, (item(ESTATE),), at - MINUTE, (lifted,)).level == "lockdown"
    assert level_at(ESTATE_PATH, (item(ESTATE),), at, (lifted,)).level is None


def test_a_place_fact_ends_with_itself() -> None:
    fact = PlaceFact(BUILDING, BUILDING_PATH, "building")
    assert fact.path[-1] == fact.id


@pytest.mark.parametrize(
    ("home", "post", "items", "in_suit", "reason"),
    [
        (OTHER_PATH, OTHER_PATH, (), False, "home_open"),
        (ESTATE_PATH, ESTATE_PATH, (item(ESTATE),), False, "inside_own_zone"),
        (BUILDING_PATH, ESTATE_PATH, (item(ESTATE),), False, "inside_own_zone"),
        (ESTATE_PATH, OTHER_PATH, (item(ESTATE),), False, "home_sealed_post_outside"),
        (ESTATE_PATH, OTHER_PATH, (item(ESTATE, "control"),), False, "home_sealed_post_outside"),
        (OTHER_PATH, ESTATE_PATH, (item(ESTATE),), False, "post_sealed_home_outside"),
        (OTHER_PATH, ESTATE_PATH, (item(ESTATE),), True, "enters_in_suit"),
        (OTHER_PATH, ESTATE_PATH, (item(ESTATE, "control"),), False, "home_open"),
        (OTHER_PATH, ESTATE_PATH, (item(ESTATE, "precaution"),), False, "home_open"),
        (ESTATE_PATH, OTHER_PATH, (item(ESTATE, "precaution"),), False, "home_open"),
        (OTHER_PATH, ESTATE_PATH, (item(ESTATE), item(OTHER)), True, "home_sealed_post_outside"),
        # Building sealed inside a controlled estate: its people stay in it, the others stay out.
        (BUILDING_PATH, ESTATE_PATH, NESTED, False, "home_sealed_post_outside"),
        ((*ESTATE_PATH, 99), BUILDING_PATH, NESTED, False, "post_sealed_home_outside"),
        ((*ESTATE_PATH, 99), ESTATE_PATH, NESTED, False, "inside_own_zone"),
    ],
)
def test_who_may_serve_where(
    home: tuple[int, ...],
    post: tuple[int, ...],
    items: tuple[ZoneItem, ...],
    in_suit: bool,
    reason: str,
) -> None:
    decision = may_serve(
        POLICY,
        level_at(home, items, DUSK),
        home,
        level_at(post, items, DUSK),
        post,
        enters_sealed=in_suit,
    )
    assert decision.reason_code == reason
    assert decision.allowed is not reason.endswith("outside")


@settings(deadline=None)
@given(
    homes=st.sampled_from((BUILDING_PATH, ESTATE_PATH, OTHER_PATH)),
    posts=st.sampled_from((BUILDING_PATH, ESTATE_PATH, OTHER_PATH)),
    levels=st.dictionaries(
        st.sampled_from((BUILDING, ESTATE, OTHER, STREET)),
        st.sampled_from(("lockdown", "control", "precaution")),
    ),
    in_suit=st.booleans(),
)
def test_the_planner_keeps_the_same_rule(
    homes: tuple[int, ...], posts: tuple[int, ...], levels: dict[int, str], in_suit: bool
) -> None:
    items = tuple(item(place, level) for place, level in levels.items())
    home, post = level_at(homes, items, DUSK), level_at(posts, items, DUSK)
    allowed = may_serve(POLICY, home, homes, post, posts, enters_sealed=in_suit)
    paths = {path[-1]: path for path in (homes, posts)}
    places = tuple(
        Place(id_, path, 0, 0, *bounds(POLICY, level_at(path, items, DUSK)))
        for id_, path in paths.items()
    )
    problem = Problem(
        people=(Person(1, 1, homes[-1]),),
        places=places,
        shifts=(Shift(1, DUSK, DUSK + timedelta(hours=4)),),
        posts=(Post(1, posts[-1], 0, 1, 1),),
        rules=Rules(entering_roles=int(in_suit)),
    )
    serves = solve(problem, 0.05).short == 0
    assert allowed or not serves
    # A zone within a zone: a city's compounds cannot say it, so the planner is stricter there.
    nested = any(sum(place in levels for place in path) > 1 for path in (homes, posts))
    assert nested or serves is bool(allowed)


def facts(**changes: object) -> LiftFacts:
    known: dict[str, object] = {
        "sealed_at": DUSK,
        "last_case_at": DUSK,
        "last_contact_at": DUSK,
        "contacts_negative": True,
        "last_round_at": DUSK + 13 * DAY,
        "last_round_clean": True,
    }
    return LiftFacts(**(known | changes))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("known", "days", "failing"),
    [
        (facts(), 14, []),
        (facts(), 13, ["new_case", "contact_too_recent"]),
        (facts(last_case_at=DUSK + DAY), 14, ["new_case"]),
        (facts(last_case_at=None), 14, []),
        (facts(last_contact_at=None), 14, []),
        (facts(last_contact_at=DUSK + 2 * DAY), 14, ["contact_too_recent"]),
        (facts(contacts_negative=False), 14, ["contact_not_negative"]),
        (facts(last_round_at=None), 14, ["no_full_round"]),
        (facts(last_round_clean=False), 14, ["round_not_clean"]),
        (facts(), 16, ["round_too_old"]),
    ],
)
def test_the_lift_check_says_which_condition_fails(
    known: LiftFacts, days: int, failing: list[str]
) -> None:
    answers = lift_check(POLICY, "lockdown", known, DUSK + days * DAY)
    assert [answer.reason_code for answer in answers if not answer.holds] == failing


def test_a_running_clock_says_when_it_ends() -> None:
    first = lift_check(POLICY, "control", facts(), DUSK + DAY)[0]
    assert first.earliest == DUSK + 14 * DAY


@pytest.mark.parametrize(("others", "holds"), [(0, True), (2, False)])
def test_precaution_ends_when_the_other_zones_have(others: int, holds: bool) -> None:
    (answer,) = lift_check(POLICY, "precaution", facts(other_zones_open=others), DUSK)
    assert answer.holds is holds


@pytest.mark.parametrize(
    ("level", "after"),
    [
        ("control", "lockdown"),
        ("precaution", "lockdown"),
        ("lockdown", "lockdown"),
        (None, "lockdown"),
    ],
)
def test_a_positive_raises_the_level(level: str | None, after: str) -> None:
    assert level_after_positive(POLICY, level) == after


def test_the_rhythm_of_tests_is_data() -> None:
    assert rhythm(POLICY, "control") == ((1, "nucleic"), (4, "nucleic"), (7, "nucleic"))
    november = rhythm(load("2022-11"), "high")
    assert november[:3] == ((1, "nucleic"), (2, "antigen"), (3, "nucleic"))
