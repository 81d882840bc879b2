"""A result finds its tube by hand, and does what a result does; once."""

from uuid import UUID

import pytest

from muster.apps.audit.actions import act_as
from muster.apps.audit.queries import lines_about
from muster.apps.people.errors import NotAllowed
from muster.apps.screening.actions import (
    dismiss_result,
    match_result,
    record_batch,
    register_laboratory,
    reopen_result,
    take_laboratory_results,
)
from muster.apps.screening.errors import (
    AlreadySettled,
    ResultKindUnknown,
    ResultNotFound,
    TubeAmbiguous,
    TubeNotFound,
    TubeResulted,
)
from muster.apps.screening.models import Recall, Result, Tube
from muster.apps.screening.queries.strays import strays_within
from muster.gateways.laboratory import LaboratoryResult
from muster.kernel import clock
from muster.kernel.ids import new_id
from tests.support.city import HERE, STREET, THERE, OpenRound, SmallCity, open_small_round
from tests.support.records import TUBE, record, round_, tube_of

__all__ = ["round_"]

TYPO = "LC0000000010"


@pytest.fixture
def sent(city: SmallCity, round_: OpenRound) -> UUID:
    """A positive result with two digits swapped, after a negative one of nobody."""
    record_batch(token=round_.tokens[0], records=tube_of(city.residents[:10]))
    with act_as(city.headquarters):
        _, key = register_laboratory(name="区实验室", area=STREET, low=HERE, high=THERE)
    told = [("QQ7", "negative"), (TYPO, "positive")]
    take_laboratory_results(
        token=key, results=[LaboratoryResult(tube, value, clock.now()) for tube, value in told]
    )
    with act_as(city.headquarters):
        return Result.objects.get(tube=TYPO).id


def test_matched_it_recalls_the_ten_and_only_once(city: SmallCity, sent: UUID) -> None:
    with act_as(city.headquarters):
        report = match_result(result=sent, tube=f" {TUBE.lower()} ")
        assert (report.applied, report.recalls) == (1, 10)
        assert Recall.objects.count() == 10
        assert Tube.objects.get().result == "positive"
        assert Result.objects.get(id=sent).state == "matched"
        assert [line.action for line in lines_about(sent)] == ["result_matched"]
        with pytest.raises(AlreadySettled):
            match_result(result=sent, tube=TUBE)
        assert [r.tube for r in strays_within(low=STREET, high=THERE)] == ["QQ7"]


def test_a_tube_that_cannot_be_meant_is_refused(
    city: SmallCity, sent: UUID, round_: OpenRound
) -> None:
    with act_as(city.headquarters):
        with pytest.raises(TubeNotFound):
            match_result(result=sent, tube="LC9")
        match_result(result=sent, tube=TUBE)
        other = strays_within(low=STREET, high=THERE)[0]
        with pytest.raises(TubeResulted):
            match_result(result=other.id, tube=TUBE)
    with act_as(city.secretary):
        second = open_small_round(city)
    for token in (round_.tokens[1], second.tokens[1]):
        record_batch(token=token, records=[record(city.residents[20], "LC0000000002")])
    with act_as(city.headquarters):
        with pytest.raises(TubeAmbiguous):
            match_result(result=other.id, tube="LC0000000002")
        match_result(result=other.id, tube="LC0000000002", round_id=second.id)
        assert Tube.objects.get(round=second.id).result == "negative"
        assert not Tube.objects.get(round=round_.id, code="LC0000000002").result


def test_a_word_that_is_no_result_stays_waiting(city: SmallCity, sent: UUID) -> None:
    with act_as(city.headquarters):
        Result.objects.filter(id=sent).update(value="odd")
        with pytest.raises(ResultKindUnknown):
            match_result(result=sent, tube=TUBE)


def test_left_out_with_a_reason_and_taken_back(city: SmallCity, sent: UUID) -> None:
    with act_as(city.headquarters):
        dismiss_result(result=sent, reason="another city's")
        assert lines_about(sent)[0].detail == {"reason": "another city's"}
        with pytest.raises(AlreadySettled):
            match_result(result=sent, tube=TUBE)
        reopen_result(result=sent)
        assert match_result(result=sent, tube=TUBE).recalls == 10
        with pytest.raises(ResultNotFound):
            dismiss_result(result=new_id(), reason="x")


def test_the_secretary_gives_no_result_its_tube(city: SmallCity, sent: UUID) -> None:
    with act_as(city.secretary), pytest.raises(NotAllowed):
        match_result(result=sent, tube=TUBE)
