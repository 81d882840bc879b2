"""My shifts, report-in, ticks, withdrawal, calendar, check-in (`muster.web.phone.person`)."""

from uuid import UUID

import pytest
from django.test import Client
from icalendar import Calendar

from muster.apps.audit.actions import act_as, as_system
from muster.apps.calls.errors import LinkSpent
from muster.apps.calls.models import ReportIn, SignUp
from muster.apps.rosters.actions import attendance_code, switch_role
from muster.apps.rosters.models import Assignment, RoleSwitch
from muster.kernel import clock
from muster.kernel.ids import new_id
from muster.web.phone.person import person_of_token, personal_token
from tests.support.city import SmallCity
from tests.support.posts import a_call, post, roster, stand, volunteer


@pytest.fixture
def me(city: SmallCity) -> UUID:
    """A resident on tonight's roster."""
    person = city.residents[0]
    volunteer(a_call(city, order=1), person, "order")
    stand(city, post(city.estates[0]))
    roster(city)
    return person


@pytest.fixture
def phone(me: UUID) -> Client:
    client = Client()
    answer = client.get(f"/me/{personal_token(me)}/")
    assert (answer.status_code, answer["Location"]) == (302, "/me/")
    return client


def test_my_page_shows_mine_and_nobody_elses(city: SmallCity, me: UUID, phone: Client) -> None:
    body = phone.get("/me/").content.decode()
    assert f"order {city.estates[0]}" in body
    other = Client()
    other.get(f"/me/{personal_token(city.residents[1])}/")
    assert f"order {city.estates[0]}" not in other.get("/me/").content.decode()


def test_without_a_link_there_is_no_page(city: SmallCity) -> None:
    assert Client().get("/me/").status_code == 422
    assert Client().get("/me/forged/").status_code == 422


def test_a_link_is_whole_or_spent(monkeypatch: pytest.MonkeyPatch) -> None:
    person = new_id()
    token = personal_token(person)
    assert person_of_token(token) == person
    with pytest.raises(LinkSpent):
        person_of_token(token.replace(person.hex, new_id().hex))
    later = clock.now().timestamp() + 31 * 86400
    monkeypatch.setattr("django.core.signing.time.time", lambda: later)
    with pytest.raises(LinkSpent):
        person_of_token(token)


def test_report_in_by_a_button(city: SmallCity, me: UUID, phone: Client) -> None:
    assert phone.post("/me/", {"do": "report"}).status_code == 302
    with act_as(city.secretary):
        assert ReportIn.objects.get().person_id == me


def test_a_role_is_taken_and_ticked(city: SmallCity, me: UUID, phone: Client) -> None:
    phone.post("/me/", {"do": "role", "role": "order"})
    phone.post("/me/", {"do": "tick", "ticked": ["one_way", "tens"]})
    with act_as(city.secretary):
        switch = RoleSwitch.objects.get(person=me)
        assert (switch.role, switch.ticked, switch.complete) == (
            "order",
            ["one_way", "tens"],
            False,
        )
    assert "checked" in phone.get("/me/").content.decode()
    assert phone.post("/me/", {"do": "role", "role": "sampler"}).status_code == 422


def test_my_sign_up_is_withdrawn_somebody_elses_is_not(
    city: SmallCity, me: UUID, phone: Client
) -> None:
    other = volunteer(a_call(city, order=1), city.residents[1], "order")
    with as_system("look"):
        mine = SignUp.objects.get(person=me)
    assert phone.post("/me/", {"do": "withdraw", "signup": str(other.id)}).status_code == 404
    assert phone.post("/me/", {"do": "withdraw", "signup": str(mine.id)}).status_code == 302
    with as_system("look"):
        states = dict(SignUp.objects.values_list("person_id", "state"))
    assert states == {me: "withdrawn", city.residents[1]: "accepted"}


def test_my_shifts_as_a_calendar(city: SmallCity, me: UUID) -> None:
    answer = Client().get(f"/shifts/{personal_token(me)}.ics")
    assert answer["Content-Type"].startswith("text/calendar")
    (event,) = Calendar.from_ical(answer.content).walk("VEVENT")
    with as_system("look"):
        shift = Assignment.objects.select_related("shift").get(person=me).shift
    assert event.decoded("dtstart") == shift.starts_at
    assert event.decoded("dtend") == shift.ends_at
    empty = Client().get(f"/shifts/{personal_token(city.residents[5])}.ics")
    assert b"VEVENT" not in empty.content
    assert Client().get("/shifts/forged.ics").status_code == 422


def test_scanning_the_code_checks_in(city: SmallCity, me: UUID, phone: Client) -> None:
    with act_as(city.secretary):
        shown = Assignment.objects.select_related("shift").get(person=me)
        code = attendance_code(post=shown.shift.post_id)
    assert phone.get(f"/checkin/{code}").status_code == 302
    with act_as(city.secretary):
        assert Assignment.objects.get(person=me).came_by == "code"
    assert phone.get(f"/checkin/{code[:-2]}xx").status_code == 422


def test_a_switch_made_at_the_desk_shows_on_the_phone(
    city: SmallCity, me: UUID, phone: Client
) -> None:
    with act_as(city.secretary):
        switch_role(person=me, role="guide")
    assert "tick-route" in phone.get("/me/").content.decode()
