"""A line says who, what, where; the chain of each stream grows by one."""

from muster.apps.audit.actions import act_as, as_system, write_line, write_lines
from muster.apps.audit.models import AuditLine
from muster.apps.audit.queries import verify
from tests.support.city import HERE, SmallCity


def test_a_line_names_the_actor_and_hangs_on_the_one_before(city: SmallCity) -> None:
    with act_as(city.secretary):
        write_line(action="first", area=HERE, subject="x", count=2)
        write_line(action="second", area=HERE)
        first, second = AuditLine.objects.filter(action__in=["first", "second"]).order_by("seq")
    assert first.actor == f"account:{city.secretary.account}"
    assert (first.subject, first.detail, first.stream) == ("x", {"count": 2}, str(HERE))
    assert second.seq == first.seq + 1
    assert bytes(second.prev) == bytes(first.hash)


def test_streams_are_chained_apart(db: None) -> None:
    with as_system("test"):
        write_line(action="a", area=HERE, stream="unit:1")
        write_line(action="b", area=HERE, stream="unit:2")
        assert list(AuditLine.objects.values_list("stream", "seq").order_by("stream")) == [
            ("unit:1", 1),
            ("unit:2", 1),
        ]


def test_many_lines_in_one_statement_are_chained_in_order(city: SmallCity) -> None:
    with act_as(city.secretary):
        write_lines(action="many", area=HERE, lines=[(n, {"n": n}) for n in range(3)])
        write_lines(action="none", area=HERE, lines=[])
        lines = list(AuditLine.objects.filter(action__in=["many", "none"]).order_by("seq"))
    assert [(line.subject, line.detail) for line in lines] == [(str(n), {"n": n}) for n in range(3)]
    assert [bytes(b.prev) for b in lines[1:]] == [bytes(a.hash) for a in lines[:-1]]
    with as_system("test"):
        assert verify().faults == ()
