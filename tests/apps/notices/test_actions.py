"""Delivery goes on where it stopped: no double, no hole; what is unsure is left to a person."""

from collections.abc import Callable, Sequence
from uuid import UUID

import pytest

from muster.apps.audit.actions import act_as, as_system
from muster.apps.notices import actions
from muster.apps.notices.actions import (
    address_persons,
    address_unit,
    create_notice,
    deliver,
    mark_read,
)
from muster.apps.notices.models import Delivery, Notice
from muster.apps.notices.queries import notices_to, reach_of_notice
from muster.apps.people.actions import NewPerson, register_persons
from muster.apps.people.queries.access import person_actor
from muster.gateways.channels import Message
from tests.support.city import HERE, MEDICAL, OFFICE, SmallCity
from tests.support.life import cadres


class Recorder:
    """A channel that breaks down before or after some batches have gone out."""

    def __init__(self, *, idempotent: bool, breaks: Callable[[int], str] = lambda _: "") -> None:
        self.idempotent = idempotent
        self.breaks = breaks
        self.batches = 0
        self.keys: list[UUID] = []
        self.sent: dict[UUID, Message] = {}

    def send(self, messages: Sequence[Message]) -> dict[UUID, str]:
        self.batches += 1
        when = self.breaks(self.batches)
        if when == "before":
            raise ConnectionError
        for message in messages:
            self.keys.append(message.key)
            self.sent[message.key] = message
        if when == "after":
            raise ConnectionError
        return {}


@pytest.fixture
def notice(city: SmallCity, monkeypatch: pytest.MonkeyPatch) -> Notice:
    """To 48 residents, five a batch."""
    monkeypatch.setattr(actions, "BATCH", 5)
    with act_as(city.secretary):
        made = create_notice(kind="plain", title="通知", body="请到{post}，{when}", area=HERE)
        address_persons(
            notice=made,
            persons={
                p: {"post": f"{i}号台", "when": "18:30"} for i, p in enumerate(city.residents)
            },
        )
    return made


def states(notice: Notice) -> dict[str, int]:
    counts: dict[str, int] = {}
    with as_system("look"):
        for state in Delivery.objects.filter(notice=notice).values_list("state", flat=True):
            counts[state] = counts.get(state, 0) + 1
    return counts


def test_everybody_gets_his_own_text_once(city: SmallCity, notice: Notice) -> None:
    channel = Recorder(idempotent=False)
    assert deliver(notice_id=notice.id, channel=channel) == 48
    assert deliver(notice_id=notice.id, channel=channel) == 0
    assert len(channel.keys) == 48
    assert channel.batches == 10
    by_address = {m.address: m.body for m in channel.sent.values()}
    assert by_address["13900000003"] == "请到3号台，18:30"
    assert states(notice) == {"sent": 48}


@pytest.mark.parametrize("when", ["before", "after"])
def test_resumed_after_a_crash_without_a_double_or_a_hole(notice: Notice, when: str) -> None:
    channel = Recorder(idempotent=True, breaks=lambda n: when if n == 4 else "")
    with pytest.raises(ConnectionError):
        deliver(notice_id=notice.id, channel=channel)
    assert states(notice) == {"sent": 15, "attempting": 5, "waiting": 28}
    assert deliver(notice_id=notice.id, channel=channel) == 33
    assert states(notice) == {"sent": 48}
    assert len(channel.sent) == 48


@pytest.mark.parametrize("when", ["before", "after"])
def test_what_may_have_gone_out_is_not_sent_again_without_keys(notice: Notice, when: str) -> None:
    channel = Recorder(idempotent=False, breaks=lambda n: when if n == 4 else "")
    with pytest.raises(ConnectionError):
        deliver(notice_id=notice.id, channel=channel)
    assert deliver(notice_id=notice.id, channel=channel) == 28
    assert states(notice) == {"sent": 43, "attempting": 5}
    assert len(channel.keys) == len(set(channel.keys))


def test_a_failure_is_kept_with_its_reason_and_stops_nobody_else(
    city: SmallCity, notice: Notice
) -> None:
    class Half(Recorder):
        def send(self, messages: Sequence[Message]) -> dict[UUID, str]:
            super().send(messages)
            return {messages[0].key: "refused"}

    assert deliver(notice_id=notice.id, channel=Half(idempotent=True)) == 38
    assert states(notice) == {"sent": 38, "failed": 10}
    with act_as(city.secretary):
        assert set(Delivery.objects.filter(state="failed").values_list("error", flat=True)) == {
            "refused"
        }
        reach = reach_of_notice(notice.id)
    assert (reach.total, reach.sent, reach.failed, reach.waiting) == (48, 38, 10, 0)


def test_a_unit_is_addressed_once_and_who_has_no_phone_is_kept(city: SmallCity) -> None:
    cadres(OFFICE, 2)
    cadres(MEDICAL, 1)
    with as_system("test"):
        register_persons(persons=[NewPerson(area=HERE, unit=OFFICE, name="无电话")])
        made = create_notice(kind="call", title="t", body="b", area=HERE)
        assert address_unit(notice=made, low=OFFICE, high=OFFICE + 999_999) == 3
        assert address_unit(notice=made, low=OFFICE, high=OFFICE + 999_999) == 0
    assert states(made) == {"waiting": 2, "unreachable": 1}
    deliver(notice_id=made.id, channel=Recorder(idempotent=True))
    assert states(made) == {"sent": 2, "unreachable": 1}


def test_the_default_channel_records(city: SmallCity, notice: Notice) -> None:
    assert notice.channel == "recording"
    assert deliver(notice_id=notice.id) == 48


def test_it_is_read_once_by_whom_it_was_for(city: SmallCity, notice: Notice) -> None:
    me = city.residents[0]
    with act_as(person_actor(me)):
        mark_read(person=me, notice=notice.id)
        first = Delivery.objects.get(person=me).read_at
        mark_read(person=me, notice=notice.id)
        mark_read(person=city.residents[1], notice=notice.id)
        assert Delivery.objects.get(person=me).read_at == first
        (mine,) = notices_to(me)
        assert mine.notice.title == "通知"
        assert notices_to(city.residents[1]) == []
    with act_as(city.secretary):
        assert reach_of_notice(notice.id).read == 1


def test_who_is_out_of_reach_is_not_addressed(city: SmallCity) -> None:
    with act_as(city.secretary):
        made = create_notice(kind="plain", title="t", body="b", area=HERE)
        assert address_persons(notice=made, persons={p: {} for p in city.strangers}) == 0
