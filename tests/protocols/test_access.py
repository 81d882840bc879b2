from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from muster.protocols.access import (
    TABLE,
    AccessRole,
    Grant,
    Verb,
    allows,
    matrix,
    place_range,
    reach,
    unit_range,
)

NOW = datetime(2022, 4, 3, 20, 0, tzinfo=UTC)
HERE, THERE = 140105007001, 140105007002
SECRETARY = Grant(AccessRole.COMMUNITY_SECRETARY, places=(place_range(HERE, 12),))
CONTACT = Grant(AccessRole.ORG_CONTACT, units=(unit_range(1_006_000_000_000),))
SNAPSHOT = Path(__file__).parent / "access_matrix.txt"


def test_the_matrix_is_what_was_agreed() -> None:
    """To change a right: change the table, look at this difference, then write the file anew."""
    assert matrix() == SNAPSHOT.read_text("utf-8")


def test_every_role_and_every_verb_has_its_place() -> None:
    assert set(TABLE) == set(AccessRole)
    assert {verb for cells in TABLE.values() for verb in cells} == set(Verb)


@pytest.mark.parametrize(
    ("code", "digits", "expected"),
    [
        (140105, 6, (140105000000, 140105999999)),
        (140105007001, 6, (140105000000, 140105999999)),
        (140105007, 9, (140105007000, 140105007999)),
        (140105007001, 12, (140105007001, 140105007001)),
        (1401, 4, (140100000000, 140199999999)),
    ],
)
def test_a_place_range_is_a_prefix(code: int, digits: int, expected: tuple[int, int]) -> None:
    assert place_range(code, digits) == expected


def test_a_code_of_another_length_is_refused() -> None:
    with pytest.raises(ValueError, match="neither 6 nor 12"):
        place_range(1401050, 6)


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        (1_000_000_000_000, (1_000_000_000_000, 1_999_999_999_999)),
        (1_006_000_000_000, (1_006_000_000_000, 1_006_999_999_999)),
        (1_006_012_003_004, (1_006_012_003_004, 1_006_012_003_004)),
    ],
)
def test_a_unit_range_is_the_tree_below(code: int, expected: tuple[int, int]) -> None:
    assert unit_range(code) == expected


def test_no_unit_code_is_refused() -> None:
    with pytest.raises(ValueError, match="not an organisation code"):
        unit_range(0)


@pytest.mark.parametrize(
    ("grants", "verb", "place", "unit", "reason"),
    [
        ((SECRETARY,), Verb.PUBLISH_ROSTER, HERE, None, "allowed_place"),
        ((SECRETARY,), Verb.PUBLISH_ROSTER, THERE, None, "outside_scope"),
        ((SECRETARY,), Verb.PUBLISH_ROSTER, None, None, "scope_not_given"),
        ((SECRETARY,), Verb.SEAL_ZONE, HERE, None, "verb_not_in_role"),
        ((SECRETARY,), Verb.SIGN_UP, None, None, "allowed_own"),
        ((SECRETARY, CONTACT), Verb.VIEW_PEOPLE, None, 1_006_001_000_000, "allowed_unit"),
        ((CONTACT,), Verb.VIEW_PEOPLE, HERE, 1_007_000_000_000, "outside_scope"),
        ((Grant(AccessRole.RESIDENT),), Verb.VIEW_BULLETIN, None, None, "allowed_all"),
        ((Grant(AccessRole.AUDITOR),), Verb.VIEW_PEOPLE, HERE, None, "verb_not_in_role"),
        ((), Verb.VIEW_PEOPLE, HERE, None, "no_grant"),
    ],
)
def test_decisions(
    grants: tuple[Grant, ...], verb: Verb, place: int | None, unit: int | None, reason: str
) -> None:
    decision = allows(grants, verb, place_code=place, unit_code=unit, at=NOW)
    assert decision.reason_code == reason
    assert decision.allowed is reason.startswith("allowed")


def test_a_surge_account_ends_on_the_minute() -> None:
    grant = Grant(AccessRole.RECORDER, places=((HERE, HERE),), until=NOW)
    before = NOW - timedelta(microseconds=1)
    assert allows((grant,), Verb.RECORD_SPECIMEN, place_code=HERE, at=before)
    after = allows((grant,), Verb.RECORD_SPECIMEN, place_code=HERE, at=NOW)
    assert after.reason_code == "grant_ended"
    assert not reach((grant,), Verb.RECORD_SPECIMEN, at=NOW)


def test_reach_is_what_row_level_security_is_set_to() -> None:
    found = reach((SECRETARY, CONTACT), Verb.VIEW_PEOPLE, at=NOW)
    assert found.places == ((HERE, HERE),)
    assert found.units == (unit_range(1_006_000_000_000),)
    assert not found.everywhere
    assert reach((Grant(AccessRole.AUDITOR),), Verb.VIEW_AUDIT, at=NOW).everywhere


def test_who_runs_the_machine_reads_nobody() -> None:
    verbs = set(TABLE[AccessRole.PLATFORM_ADMIN])
    assert not verbs & {Verb.VIEW_PEOPLE, Verb.REVEAL_ID_NUMBER, Verb.EXPORT, Verb.VIEW_RESULTS}
