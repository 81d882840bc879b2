import pytest

from muster.policies import load
from muster.protocols.screening import (
    Code,
    DeviceFact,
    Outcome,
    PersonFact,
    RoundFact,
    TubeFact,
    TubeState,
    code_fits,
    judge_record,
    pool_follow_up,
    site_demand,
    tube_size,
)

POLICY = load("2022-04")
HERE, THERE = 140105007001, 140105007002


def test_the_night_of_the_report_needs_17_tables_and_17_recorders() -> None:
    demand = site_demand(8000, None, POLICY, available={"recorder": 5, "sampler": 40})
    assert (demand.sites, demand.tables) == (3, 17)
    assert demand.post("recorder").required == 17
    assert demand.post("sampler").required == 34
    assert demand.post("sampler").minimum == 23  # 8,000 / 360
    assert demand.post("sampler").short == 0
    assert demand.tables_norm == (10, 14)


def test_the_shortage_is_said_worst_first() -> None:
    demand = site_demand(8000, 17, POLICY, available={"recorder": 5, "sampler": 30, "guide": 9})
    assert [(p.role, p.short) for p in demand.shortage] == [
        ("order", 34),
        ("recorder", 12),
        ("runner", 9),
        ("sampler", 4),
    ]


def test_ordered_tables_and_sites_outweigh_the_rule() -> None:
    demand = site_demand(8000, 20, POLICY, sites=2)
    assert (demand.tables, demand.sites) == (20, 2)
    assert demand.hours[0] == pytest.approx(4.0)
    assert site_demand(10, None, POLICY).tables == 1


@pytest.mark.parametrize(
    ("residents", "tables", "sites"), [(0, None, None), (9, 0, None), (9, 1, 0)]
)
def test_nothing_cannot_be_planned(residents: int, tables: int | None, sites: int | None) -> None:
    with pytest.raises(ValueError, match="at least one"):
        site_demand(residents, tables, POLICY, sites=sites)


@pytest.mark.parametrize(
    ("held", "full", "left", "underfilled"),
    [(0, False, 10, False), (7, False, 3, True), (10, True, 0, False), (11, True, 0, False)],
)
def test_a_tube_closes_at_ten(held: int, full: bool, left: int, underfilled: bool) -> None:
    tube = TubeState(10, held)
    assert (tube.full, tube.left, tube.underfilled) == (full, left, underfilled)


@pytest.mark.parametrize(
    ("level", "at_home", "retest", "size"),
    [
        (None, False, False, 10),
        ("control", False, False, 10),
        ("lockdown", False, False, 0),
        ("lockdown", True, False, 1),
        (None, False, True, 1),
    ],
)
def test_how_many_share_a_tube(level: str | None, at_home: bool, retest: bool, size: int) -> None:
    assert tube_size(POLICY, level, at_home=at_home, retest=retest) == size


def test_a_first_round_may_be_ten_in_one_everywhere() -> None:
    assert tube_size(POLICY, "lockdown", first_round=True) == 10


@pytest.mark.parametrize(
    ("code", "fits"),
    [
        ("TY0000000001", True),
        ("ty0000000001", False),
        ("TY000000001", False),
        ("TY0000000001 ", False),
    ],
)
def test_the_pattern_of_a_code_is_data(code: str, fits: bool) -> None:
    assert code_fits(code, POLICY) is fits


DEVICE, ROUND = DeviceFact(community=HERE), RoundFact(community=HERE)
TUBE, PERSON = TubeFact("TY0000000001"), PersonFact(community=HERE)


@pytest.mark.parametrize(
    ("device", "round_", "tube", "person", "code", "detail"),
    [
        (DEVICE, ROUND, TUBE, PERSON, Code.OK, ""),
        (DeviceFact(known=False), ROUND, TUBE, PERSON, Code.DEVICE_UNKNOWN, ""),
        (DeviceFact(revoked=True, community=HERE), ROUND, TUBE, PERSON, Code.DEVICE_REVOKED, ""),
        (DEVICE, RoundFact(known=False), TUBE, PERSON, Code.ROUND_UNKNOWN, ""),
        (DEVICE, RoundFact(community=THERE), TUBE, PERSON, Code.ROUND_OTHER_COMMUNITY, ""),
        (DEVICE, RoundFact(closed=True, community=HERE), TUBE, PERSON, Code.ROUND_CLOSED, ""),
        (DEVICE, RoundFact(opened=False, community=HERE), TUBE, PERSON, Code.ROUND_NOT_OPEN, ""),
        (DEVICE, ROUND, TubeFact("TY1"), PERSON, Code.TUBE_CODE_MALFORMED, ""),
        (
            DEVICE,
            ROUND,
            TubeFact(TUBE.code, in_this_round=False),
            PERSON,
            Code.TUBE_OTHER_ROUND,
            "",
        ),
        (DEVICE, ROUND, TubeFact(TUBE.code, table=4), PERSON, Code.TUBE_OTHER_TABLE, "4"),
        (DEVICE, ROUND, TubeFact(TUBE.code, table=3), PERSON, Code.OK, ""),
        (DEVICE, ROUND, TubeFact(TUBE.code, closed=True), PERSON, Code.TUBE_CLOSED, ""),
        (DEVICE, ROUND, TubeFact(TUBE.code, held=10), PERSON, Code.TUBE_FULL, "10"),
        (DEVICE, ROUND, TubeFact(TUBE.code, size=0, held=11), PERSON, Code.OK, ""),
        (DEVICE, ROUND, TUBE, PersonFact(known=False), Code.PERSON_UNKNOWN, ""),
        (DEVICE, ROUND, TUBE, PersonFact(community=THERE), Code.PERSON_OTHER_COMMUNITY, ""),
        (
            DEVICE,
            ROUND,
            TUBE,
            PersonFact(community=HERE, recorded_at_table=9),
            Code.PERSON_ALREADY_RECORDED,
            "9",
        ),
        (
            DEVICE,
            ROUND,
            TubeFact(TUBE.code, household=1),
            PersonFact(community=HERE, household=2),
            Code.TUBE_OTHER_HOUSEHOLD,
            "",
        ),
    ],
)
def test_a_record_is_accepted_or_held_never_lost(  # noqa: PLR0917 -- a row of the table
    device: DeviceFact,
    round_: RoundFact,
    tube: TubeFact,
    person: PersonFact,
    code: Code,
    detail: str,
) -> None:
    judgement = judge_record(
        POLICY, device=device, round_=round_, tube=tube, person=person, table=3
    )
    assert (judgement.code, judgement.detail) == (code, detail)
    assert judgement.accepted is (code is Code.OK)
    assert judgement.outcome in set(Outcome)


def test_an_exempt_person_who_comes_is_recorded_with_a_note() -> None:
    person = PersonFact(community=HERE, exempt="vaccinated")
    judgement = judge_record(POLICY, device=DEVICE, round_=ROUND, tube=TUBE, person=person, table=3)
    assert judgement.accepted
    assert judgement.notes == (Code.PERSON_EXEMPT,)


@pytest.mark.parametrize(
    ("result", "tasks", "retest"),
    [
        ("negative", (), ""),
        ("positive", ("hold", "recall", "retest"), "home_single"),
        ("weak", ("hold", "recall", "retest"), "home_single"),
        ("invalid", ("recall", "retest"), "table_single"),
    ],
)
def test_what_a_result_asks_for(result: str, tasks: tuple[str, ...], retest: str) -> None:
    follow_up = pool_follow_up(POLICY, result)
    assert (follow_up.tasks, follow_up.retest) == (tasks, retest)
    assert follow_up.releases is (not tasks)


def test_an_unknown_result_is_not_guessed() -> None:
    with pytest.raises(KeyError):
        pool_follow_up(POLICY, "maybe")
