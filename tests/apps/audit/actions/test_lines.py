"""A line says who, what, where; the chain of each stream grows by one."""

from muster.apps.audit.actions import act_as, as_system, write_line
from muster.apps.audit.models import AuditLine
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
