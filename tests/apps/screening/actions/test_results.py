"""Results by file: each row to its tube, a positive pool to ten recalls at once, nothing twice."""

from datetime import timedelta

import pytest

from muster.apps.audit.actions import act_as
from muster.apps.notices.models import Delivery
from muster.apps.notices.queries import notice_about
from muster.apps.people.errors import NotAllowed
from muster.apps.screening.actions import (
    ResultRow,
    import_results,
    record_batch,
    settle_recall,
)
from muster.apps.screening.actions.records import taking
from muster.apps.screening.actions.results import ResultsReport
from muster.apps.screening.errors import RecallNotFound, RecallOutOfOrder, RoundNotFound
from muster.apps.screening.models import Recall, Result
from muster.apps.screening.queries.rounds import recalls_of, tube_of
from muster.kernel.ids import new_id
from tests.support.city import HERE, OpenRound, SmallCity
from tests.support.records import TUBE, record, round_
from tests.support.records import tube_of as tube_with

__all__ = ["round_"]

OTHER = "LC0000000002"


@pytest.fixture
def tubes(city: SmallCity, round_: OpenRound) -> OpenRound:
    """A full tube and one with two people, one of them swabbed before into the first."""
    record_batch(token=round_.tokens[0], records=tube_with(city.residents[:10]))
    record_batch(
        token=round_.tokens[1],
        records=[record(city.residents[10], OTHER), record(city.residents[0], OTHER)],
    )
    return round_


def taken(city: SmallCity, round_: OpenRound, *rows: tuple[str, str]) -> ResultsReport:
    with act_as(city.headquarters):
        return import_results(
            round_id=round_.id,
            rows=[ResultRow(i, tube, value) for i, (tube, value) in enumerate(rows, start=2)],
        )


def test_a_positive_pool_of_ten_is_ten_recalls_and_ten_messages(
    city: SmallCity, tubes: OpenRound
) -> None:
    report = taken(city, tubes, (TUBE, "positive"), (OTHER, "negative"))
    assert (report.applied, report.waiting, report.recalls) == (2, 0, 10)
    with act_as(city.secretary):
        recalls = recalls_of(HERE)
        assert {r.person_id for r in recalls} == set(city.residents[:10])
        assert {(r.because, r.state) for r in recalls} == {("positive", Recall.State.WAITING)}
        assert {r.due_at - r.opened_at for r in recalls} == {timedelta(hours=2)}
        told = Delivery.objects.filter(notice=notice_about(tubes.id))
        assert {d.person_id for d in told} == set(city.residents[:10])


def test_the_same_file_again_opens_nothing(city: SmallCity, tubes: OpenRound) -> None:
    taken(city, tubes, (TUBE, "positive"))
    again = taken(city, tubes, (TUBE, "positive"))
    assert (again.applied, again.recalls) == (1, 0)
    with act_as(city.secretary):
        assert len(recalls_of(HERE)) == 10


def test_who_was_flagged_in_a_positive_pool_is_recalled_too(
    city: SmallCity, tubes: OpenRound
) -> None:
    assert taken(city, tubes, (OTHER, "weak")).recalls == 2
    with act_as(city.secretary):
        assert {r.person_id for r in recalls_of(HERE)} == {city.residents[0], city.residents[10]}


def test_what_does_not_fit_waits_with_its_code_and_the_rest_goes_in(
    city: SmallCity, tubes: OpenRound
) -> None:
    report = taken(
        city, tubes, ("ZZ0000000000", "positive"), (TUBE, "perhaps"), (OTHER, "negative")
    )
    assert (report.applied, report.waiting, report.recalls) == (1, 2, 0)
    with act_as(city.secretary):
        waiting = Result.objects.filter(state=Result.State.WAITING).order_by("row")
        assert [(r.row, r.code) for r in waiting] == [(2, "tube_unknown"), (3, "result_unknown")]
        first = tube_of(tubes.id, TUBE)
        assert first is not None
        assert first.result == ""


@pytest.mark.parametrize(
    ("first", "second", "stands"),
    [
        ("negative", "positive", "positive"),
        ("positive", "negative", "positive"),
        ("invalid", "positive", "positive"),
        ("positive", "weak", "positive"),
        ("negative", "negative", "negative"),
    ],
)
def test_of_two_results_for_a_tube_the_graver_stands(
    city: SmallCity, tubes: OpenRound, first: str, second: str, stands: str
) -> None:
    report = taken(city, tubes, (TUBE, first), (TUBE, second))
    assert report.waiting == (first != second)
    with act_as(city.secretary):
        found = tube_of(tubes.id, TUBE)
        assert found is not None
        assert found.result == stands
        assert len(recalls_of(HERE)) == (10 if stands == "positive" else 0)


def test_a_graver_result_in_a_later_file_stands_too(city: SmallCity, tubes: OpenRound) -> None:
    taken(city, tubes, (TUBE, "negative"))
    later = taken(city, tubes, (TUBE, "positive"))
    assert (later.waiting, later.recalls) == (1, 10)


def test_a_recall_ends_with_the_single_re_test(city: SmallCity, tubes: OpenRound) -> None:
    taken(city, tubes, (OTHER, "positive"))
    with act_as(city.secretary):
        one, two = recalls_of(HERE)
        with pytest.raises(RecallOutOfOrder):
            settle_recall(recall=one.id, state="released")
        assert settle_recall(recall=one.id, state="sampled").closed_at is None
        assert settle_recall(recall=one.id, state="released").closed_at is not None
        assert recalls_of(HERE, only_open=True) == [two]
        assert recalls_of(HERE) == [one, two] or recalls_of(HERE) == [two, one]
        with pytest.raises(RecallNotFound):
            settle_recall(recall=new_id(), state="released")
    with act_as(city.other_secretary), pytest.raises(RecallNotFound):
        settle_recall(recall=two.id, state="released")


def test_results_come_from_headquarters_for_a_round_that_is_there(
    city: SmallCity, tubes: OpenRound
) -> None:
    with act_as(city.secretary), pytest.raises(NotAllowed):
        import_results(round_id=tubes.id, rows=[])
    with act_as(city.headquarters), pytest.raises(RoundNotFound):
        import_results(round_id=new_id(), rows=[])


def test_who_arrives_after_the_result_is_recalled_too(city: SmallCity, round_: OpenRound) -> None:
    record_batch(token=round_.tokens[0], records=[record(city.residents[0])])
    taken(city, round_, (TUBE, "positive"))
    record_batch(token=round_.tokens[0], records=[record(city.residents[1])])
    with act_as(city.secretary):
        assert {r.person_id for r in recalls_of(HERE)} == set(city.residents[:2])


def test_a_batch_sent_again_recalls_whom_the_first_time_could_not(
    city: SmallCity, round_: OpenRound, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The server fell when the records were kept and their people not yet recalled."""
    record_batch(token=round_.tokens[0], records=[record(city.residents[0])])
    taken(city, round_, (TUBE, "positive"))
    late = [record(city.residents[1])]

    def falls(*_: object) -> None:
        raise RuntimeError

    with monkeypatch.context() as patch:
        patch.setattr(taking, "follow_tubes", falls)
        with pytest.raises(RuntimeError):
            record_batch(token=round_.tokens[0], records=late)
    (receipt,) = record_batch(token=round_.tokens[0], records=late)
    assert receipt.state == "accepted"
    with act_as(city.secretary):
        assert {r.person_id for r in recalls_of(HERE)} == set(city.residents[:2])
