"""A round planned from the roll: nothing is opened by it, and it opens as it was planned."""

from datetime import date, timedelta
from uuid import uuid4

import pytest

from muster.apps.audit.actions import act_as, as_system
from muster.apps.audit.models import AuditLine
from muster.apps.people.errors import NotAllowed
from muster.apps.people.models import Person
from muster.apps.screening.actions import open_planned, plan_a_round
from muster.apps.screening.errors import NoPlaces, PlannedRoundNotFound, PlanOpened
from muster.apps.screening.models import PlannedRound, Round, SamplingTable, Site
from muster.apps.screening.queries.plans import planned_round, planned_rounds
from muster.kernel import clock
from tests.support.city import HERE, THERE, SmallCity


def planned(city: SmallCity, **changes: object) -> PlannedRound:
    start = clock.now()
    asked: dict[str, object] = {
        "area": HERE, "places": city.estates, "title": "第二轮", "starts_at": start,
        "ends_at": start + timedelta(hours=6), "staff": {"any": 4}, "neighbours": {"recorder": 3},
        "tables": 3,
    }  # fmt: skip
    return plan_a_round(**{**asked, **changes})  # type: ignore[arg-type]


def test_a_plan_is_kept_with_its_rehearsal(city: SmallCity) -> None:
    with act_as(city.secretary):
        made = planned(city)
        found = planned_round(made.id)
        assert [row.id for row in planned_rounds(low=HERE, high=HERE)] == [made.id]
    assert found.plan.tables == 3
    assert found.plan.residents == 48
    assert sum(call.people for call, _, _ in found.calls) == 48
    keys = [each["key"] for each in found.rehearsal["scenarios"]]
    assert keys == ["plan", "without_neighbours", "more_recorders"]
    assert len(found.rehearsal["tables"][0]["line"]) == len(found.rehearsal["times"])
    assert not Round.objects.exists()


def test_calls_name_the_doors_from_the_first_to_the_last(city: SmallCity) -> None:
    with act_as(city.secretary):
        found = planned_round(planned(city).id)
    first_building = str(city.places["B11"])
    mine = [(first, last) for call, first, last in found.calls if call.building == first_building]
    assert mine[0][0] == "1-1-101"
    assert mine[-1][1] == "1-2-301"


def test_home_visits_name_their_doors(city: SmallCity) -> None:
    with as_system("test"):
        Person.objects.filter(id=city.residents[2]).update(birth_date=date(1930, 1, 1))
    with act_as(city.secretary):
        found = planned_round(planned(city).id)
    assert [(visits.people, doors) for visits, doors in found.home] == [(1, ["1-1-201"])]
    assert found.plan.home_teams == 1


def test_no_name_stands_in_a_plan(city: SmallCity) -> None:
    with act_as(city.secretary):
        made = planned(city)
        names = list(Person.objects.values_list("name", flat=True))
    kept = str(made.plan) + str(made.rehearsal) + str(made.doors)
    assert names
    assert not [name for name in names if name in kept]


def test_it_opens_as_it_was_planned_and_once(city: SmallCity) -> None:
    with act_as(city.secretary):
        made = planned(city)
        opened = open_planned(plan=made.id)
        sites = list(Site.objects.filter(round=opened.round).order_by("id"))
        assert [str(s.place_id) for s in sites] == [site["building"] for site in made.plan["sites"]]
        assert SamplingTable.objects.filter(round=opened.round).count() == 3
        assert opened.round.places == city.estates
        made.refresh_from_db()
        assert made.round_id == opened.round.id
        with pytest.raises(PlanOpened):
            open_planned(plan=made.id)


def test_who_may_not_open_may_not_plan(city: SmallCity) -> None:
    with act_as(city.secretary):
        made = planned(city)
    with act_as(city.other_secretary):
        with pytest.raises(NotAllowed):
            planned(city)
        with pytest.raises(PlannedRoundNotFound):
            planned_round(made.id)
        with pytest.raises(PlannedRoundNotFound):
            open_planned(plan=made.id)
    with act_as(city.secretary), pytest.raises(PlannedRoundNotFound):
        open_planned(plan=uuid4())


def test_nobody_lives_there_or_no_time_is_given(city: SmallCity) -> None:
    start = clock.now()
    with act_as(city.secretary):
        with pytest.raises(NoPlaces):
            planned(city, places=[])
        with pytest.raises(NoPlaces):
            planned(city, starts_at=start, ends_at=start)
    with act_as(city.other_secretary), pytest.raises(NoPlaces):
        planned(city, area=THERE, places=[])


def test_the_audit_says_what_was_planned(city: SmallCity) -> None:
    with act_as(city.secretary):
        made = planned(city)
    with act_as(city.headquarters):
        line = AuditLine.objects.filter(action="round_planned").latest("at")
    assert str(line.subject) == str(made.id)
