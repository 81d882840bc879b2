"""The log tells when somebody has been at it: changed, removed, reordered, cut off."""

from datetime import timedelta

import psycopg
import pytest

from muster.apps.audit.actions import act_as, as_system, write_line
from muster.apps.audit.queries import lines_about, lines_of, verify
from muster.kernel import clock
from muster.protocols.actors import Actor
from tests.support.city import HERE, THERE


@pytest.fixture
def log(committed: psycopg.Connection) -> psycopg.Connection:
    """Five lines here, two there, committed; the connection of somebody who owns the database."""
    with as_system("test"):
        for i in range(5):
            write_line(action="counted", area=HERE, subject=f"s{i}", n=i)
        for i in range(2):
            write_line(action="counted", area=THERE, subject="elsewhere", n=i)
    return committed


def faults() -> list[tuple[str, int, str]]:
    with as_system("test"):
        return [(f.stream, f.seq, f.what) for f in verify().faults]


def test_an_untouched_log_is_whole(log: psycopg.Connection) -> None:
    with as_system("test"):
        verdict = verify()
    assert (verdict.lines, verdict.streams, verdict.faults) == (7, 2, ())


@pytest.mark.parametrize(
    "change",
    [
        "actor = 'account:somebody-else'",
        "action = 'nothing'",
        "at = at - interval '1 second'",
        "subject = 's9'",
        "detail = '{\"n\": 3000}'",
        "area = 140105007009",
        "hash = sha256('forged')",
    ],
)
def test_a_changed_line_is_found(log: psycopg.Connection, change: str) -> None:
    log.execute(f"UPDATE audit_auditline SET {change} WHERE stream = '{HERE}' AND seq = 3")
    assert (str(HERE), 3, "changed") in faults()
    assert {stream for stream, _, _ in faults()} == {str(HERE)}


def test_a_change_with_a_forged_hash_breaks_the_next_line(log: psycopg.Connection) -> None:
    log.execute(
        "UPDATE audit_auditline SET action = 'x', hash = audit_line_hash(stream, seq, at, actor,"
        f" 'x', area, subject, detail, prev) WHERE stream = '{HERE}' AND seq = 2"
    )
    assert faults() == [(str(HERE), 3, "reordered")]


def test_a_removed_line_is_found(log: psycopg.Connection) -> None:
    log.execute(f"DELETE FROM audit_auditline WHERE stream = '{HERE}' AND seq = 3")
    assert faults() == [(str(HERE), 4, "removed")]


def test_the_first_line_removed_is_found(log: psycopg.Connection) -> None:
    log.execute(f"DELETE FROM audit_auditline WHERE stream = '{HERE}' AND seq = 1")
    assert faults() == [(str(HERE), 2, "removed")]


def test_two_lines_in_each_others_place_are_found(log: psycopg.Connection) -> None:
    for old, new in ((2, -2), (3, 2), (-2, 3)):
        log.execute(
            f"UPDATE audit_auditline SET seq = {new} WHERE stream = '{HERE}' AND seq = {old}"
        )
    assert {seq for _, seq, _ in faults()} >= {2, 3}


def test_a_tail_cut_off_is_found(log: psycopg.Connection) -> None:
    log.execute(f"DELETE FROM audit_auditline WHERE stream = '{HERE}' AND seq >= 4")
    assert faults() == [(str(HERE), 5, "tail removed")]


def test_a_whole_chain_removed_is_found(log: psycopg.Connection) -> None:
    log.execute(f"DELETE FROM audit_auditline WHERE stream = '{THERE}'")
    assert faults() == [(str(THERE), 2, "tail removed")]


def test_a_chain_without_a_head_is_found(log: psycopg.Connection) -> None:
    log.execute(f"DELETE FROM audit_audithead WHERE stream = '{THERE}'")
    assert faults() == [(str(THERE), 2, "tail removed")]


def test_a_chain_removed_with_its_head_changes_the_seal(log: psycopg.Connection) -> None:
    with as_system("test"):
        before = verify().seal
    log.execute(f"DELETE FROM audit_auditline WHERE stream = '{THERE}'")
    log.execute(f"DELETE FROM audit_audithead WHERE stream = '{THERE}'")
    with as_system("test"):
        assert verify().seal != before


def test_lines_about_an_id_and_of_a_place_newest_first(db: None) -> None:
    with as_system("test"):
        for n, area in enumerate((HERE, THERE, HERE)):
            write_line(action=f"a{n}", area=area, subject="x")
        assert [line.action for line in lines_about("x")] == ["a2", "a1", "a0"]
        here = lines_of(low=HERE, high=HERE)
        assert [line.action for line in here] == ["a2", "a0"]
        assert [line.action for line in lines_of(low=HERE, high=HERE, before=here[0].at)] == ["a0"]
        assert lines_of(low=HERE, high=HERE, before=clock.now() - timedelta(days=1)) == []


def test_another_communitys_lines_are_not_shown(db: None) -> None:
    with as_system("test"):
        write_line(action="a", area=HERE, subject="x")
    with act_as(Actor("test:there", places=((THERE, THERE),))):
        assert lines_about("x") == []
