"""`muster.apps.screening.queries.settled`: found by tube, person, reason; with a bounded number of
questions. What has happened since is gathered in `muster.apps.screening.queries.undoing`."""

from django.db import connection
from django.test.utils import CaptureQueriesContext

from muster.apps.audit.actions import act_as
from muster.apps.screening.actions import (
    apply_change,
    dismiss_closing,
    import_results,
    record_batch,
    void_record,
)
from muster.apps.screening.actions.results import ResultRow
from muster.apps.screening.models import Decision
from muster.apps.screening.queries.settled import described, last_about, settled_within
from tests.apps.screening.actions.test_held_changes import changed
from tests.apps.screening.actions.test_held_closings import closed
from tests.support.city import HERE, THERE, OpenRound, SmallCity
from tests.support.records import TUBE, record, round_, tube_of

__all__ = ["round_"]


def found(text: str = "", choice: str = "", at: int = HERE) -> list[str]:
    return [d.choice for d in settled_within(low=at, high=at, text=text, choice=choice)]


def test_found_by_tube_person_reason_and_choice(city: SmallCity, round_: OpenRound) -> None:
    records = tube_of(city.residents[:3])
    record_batch(token=round_.tokens[0], records=records)
    change = changed(round_, records[0])
    closing = closed(round_, "L1", 3)
    with act_as(city.secretary):
        apply_change(round_id=round_.id, change=change)
        dismiss_closing(round_id=round_.id, closing=closing, reason="数过了")
        assert found() == ["closing_dismissed", "change_applied"], "the newest first"
        assert found(TUBE[-4:]) == ["change_applied"]
        assert found("l1") == ["closing_dismissed"]
        assert found("王一") == ["change_applied"]
        assert found("数过") == ["closing_dismissed"]
        assert found("赵") == []
        assert found(choice="change_applied") == ["change_applied"]
        assert found(at=THERE) == []
        change_row, closing_row = described(settled_within(low=HERE, high=HERE))[::-1]
        assert (change_row.name, change_row.round, change_row.bar) == ("王一", "第一轮", "")
        assert closing_row.decision.code == "tube_code_malformed"
        assert last_about(round_.id, closing) == closing_row.decision.id
        assert last_about(round_.id, records[0].id) == change_row.decision.id


def test_what_stands_against_an_undo_is_told(city: SmallCity, round_: OpenRound) -> None:
    records = [record(p, f"LC000000000{i}") for i, p in enumerate(city.residents[:3])]
    record_batch(token=round_.tokens[0], records=records)
    changes = [changed(round_, r) for r in records]
    with act_as(city.secretary):
        for change in changes[:2]:
            apply_change(round_id=round_.id, change=change)
        void = Decision.objects.get(change=changes[1])
    with act_as(city.headquarters):
        import_results(round_id=round_.id, rows=[ResultRow(2, records[0].tube, "negative")])
    with act_as(city.secretary):
        bars = {x.decision.id: x.bar for x in described(settled_within(low=HERE, high=HERE))}
        assert sorted(bars.values()) == ["", "resulted_since"]
        assert bars[void.id] == ""


def test_many_ask_as_little_as_one(city: SmallCity, round_: OpenRound) -> None:
    records = [record(p, f"LC00000000{i:02}") for i, p in enumerate(city.residents[:12])]
    record_batch(token=round_.tokens[0], records=records)
    again = [record(p, f"LC00000001{i:02}") for i, p in enumerate(city.residents[:12])]
    record_batch(token=round_.tokens[0], records=again)
    with act_as(city.secretary):
        for sent in records:
            void_record(round_id=round_.id, record=sent.id, reason="x")
        rows = list(settled_within(low=HERE, high=HERE))
        with CaptureQueriesContext(connection) as one:
            described(rows[:1])
        with CaptureQueriesContext(connection) as all_:
            assert len(described(rows)) == 12
        assert len(all_) <= len(one) + 1 <= 8
