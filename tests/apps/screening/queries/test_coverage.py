"""Who is tested and who is missing, counted by hand; it adds up at every level.
`muster.apps.screening.actions.doors` is shown here: what was found at a door decides the status."""

import pytest

from muster.apps.audit.actions import act_as
from muster.apps.communities.actions import Arrival, move_in
from muster.apps.people.errors import NotAllowed, PersonNotFound
from muster.apps.screening.actions import forget_absence, note_absence, record_batch
from muster.apps.screening.errors import RoundNotFound
from muster.apps.screening.models import Absence
from muster.apps.screening.queries.coverage import (
    Coverage,
    behind_doors,
    coverage_below,
    coverage_total,
)
from muster.kernel.ids import new_id
from tests.support.city import HERE, OpenRound, SmallCity
from tests.support.records import round_, tube_of

__all__ = ["round_"]


@pytest.fixture
def night(city: SmallCity, round_: OpenRound) -> OpenRound:
    """First estate: 10 of 24 tested, one exempt, one not found. Second: one away, one refused."""
    record_batch(token=round_.tokens[0], records=tube_of(city.residents[:10]))
    with act_as(city.secretary):
        for i, outcome in ((20, "exempt"), (21, "not_found"), (46, "refused"), (47, "away")):
            note_absence(
                round_id=round_.id,
                person=city.residents[i],
                outcome=outcome,
                rule="vaccinated" if outcome == "exempt" else "",
                note=f"note {i}",
            )
    return round_


def counts(line: Coverage) -> tuple[int, ...]:
    return (
        line.residents, line.tested, line.exempt, line.refused, line.away, line.home_visit,
        line.missing,
    )  # fmt: skip


def test_the_whole_round_and_its_estates(city: SmallCity, night: OpenRound) -> None:
    with act_as(city.secretary):
        total = coverage_total(night.id)
        first, second = coverage_below(night.id)
    assert counts(total) == (48, 10, 1, 1, 1, 0, 35)
    assert counts(first) == (24, 10, 1, 0, 0, 0, 13)
    assert counts(second) == (24, 0, 0, 1, 1, 0, 22)
    assert (first.name, first.kind) == ("晨光花园", "estate")
    assert total.percent == pytest.approx(100 * 11 / 48)


def test_the_parts_add_up_at_every_level(city: SmallCity, night: OpenRound) -> None:
    with act_as(city.secretary):
        for place in ("E1", "B11", "U111"):
            parts = coverage_below(night.id, city.places[place])
            doors = behind_doors(night.id, city.places[place])
            assert sum(p.residents for p in parts) == len(doors)
            for status in ("tested", "missing", "exempt", "away", "refused"):
                assert sum(getattr(p, status) for p in parts) == sum(
                    d.status == status for d in doors
                )
        stairs = coverage_below(night.id, city.places["B11"])
        assert [(s.name, s.residents, s.tested) for s in stairs] == [
            ("1单元", 6, 6),
            ("2单元", 6, 4),
        ]
        (door,) = coverage_below(night.id, city.places["D1111"])
        assert (door.kind, door.residents) == ("door", 2)


def test_doors_to_knock_leave_out_the_tested_and_exempt(city: SmallCity, night: OpenRound) -> None:
    with act_as(city.secretary):
        knock = behind_doors(night.id, city.places["E1"], only_missing=True)
        by_person = {b.person: b for b in behind_doors(night.id, city.places["E2"])}
        few = behind_doors(night.id, city.places["E1"], limit=3)
    assert {b.person for b in knock} == set(city.residents[10:20]) | set(city.residents[21:24])
    assert [b.label for b in knock] == sorted(b.label for b in knock)
    away = by_person[city.residents[47]]
    assert (away.status, away.reason, away.note) == ("away", "away", "note 47")
    assert away.phone == "13900000047"
    assert len(few) == 3


def test_a_later_visit_replaces_and_undo_makes_missing_again(
    city: SmallCity, night: OpenRound
) -> None:
    with act_as(city.secretary):
        note_absence(round_id=night.id, person=city.residents[47], outcome="home_visit")
        assert Absence.objects.filter(person=city.residents[47]).count() == 1
        assert coverage_total(night.id).home_visit == 1
        forget_absence(round_id=night.id, person=city.residents[47])
        assert coverage_total(night.id).missing == 36


def test_tested_outweighs_what_was_noted(city: SmallCity, night: OpenRound) -> None:
    record_batch(token=night.tokens[1], records=tube_of([city.residents[47]], "LC0000000009"))
    with act_as(city.secretary):
        assert coverage_total(night.id).away == 0
        assert coverage_total(night.id).tested == 11


def test_who_moved_away_does_not_count_here(city: SmallCity, night: OpenRound) -> None:
    with act_as(city.secretary):
        move_in(arrivals=[Arrival(person=city.residents[0], place=city.places["D2111"], area=HERE)])
        first, second = coverage_below(night.id)
    assert (first.residents, first.tested) == (23, 9)
    assert (second.residents, second.tested) == (25, 1)


def test_another_community_sees_and_notes_nothing(city: SmallCity, night: OpenRound) -> None:
    with act_as(city.other_secretary):
        assert coverage_total(night.id).residents == 0
        assert behind_doors(night.id, city.places["E1"]) == []
        with pytest.raises(PersonNotFound):
            note_absence(round_id=night.id, person=city.residents[30], outcome="away")
    with act_as(city.headquarters):
        with pytest.raises(NotAllowed):
            note_absence(round_id=night.id, person=city.residents[30], outcome="away")
        with pytest.raises(NotAllowed):
            forget_absence(round_id=night.id, person=city.residents[47])
        with pytest.raises(RoundNotFound):
            coverage_total(new_id())


def test_where_nobody_lives_everything_is_done() -> None:
    assert Coverage(0, "", "", 0, 0, 0, 0, 0, 0, 0).percent == 100
