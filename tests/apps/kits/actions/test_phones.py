"""muster.apps.kits.actions.phones: a code makes one phone a pair's, by who may hand out kits."""

from datetime import timedelta

import pytest

from muster.apps.audit.actions import act_as, as_system
from muster.apps.kits.actions import (
    close_series,
    enrol_kit_phone,
    forget_kit_enrolments,
    offer_kit_phone,
    phones,
    revoke_kit_phone,
)
from muster.apps.kits.errors import (
    KitDoorsElsewhere,
    KitPhoneNotFound,
    KitWalkTooLarge,
    SeriesClosed,
    SeriesNotFound,
)
from muster.apps.kits.models import KitEnrolment, KitPhone
from muster.apps.people.errors import NotAllowed
from muster.apps.screening.actions import enrol_by_code
from muster.apps.screening.actions.enrolment import forget_enrolments
from muster.apps.screening.errors import EnrolmentUnknown
from muster.kernel import clock
from muster.kernel.ids import new_id
from muster.protocols.access import AccessRole, Grant
from muster.protocols.actors import Actor
from tests.support.city import HERE, SmallCity
from tests.support.kit_words import pair_at
from tests.support.kits import Kits, kits

__all__ = ["kits"]


def code_for(city: SmallCity, kits: Kits, place: str = "B11") -> str:
    with act_as(city.secretary):
        return offer_kit_phone(series=kits.series.id, place=city.places[place])[1]


def test_a_code_makes_one_phone(city: SmallCity, kits: Kits) -> None:
    code = code_for(city, kits)
    phone, token = enrol_by_code(code=code, label="Redmi 9", sender="1.2.3.4")
    assert (phone.kind, phone.label) == ("kits", "Redmi 9 · 1号楼")
    assert token
    assert phone.enrolled_by == city.secretary.name
    with pytest.raises(EnrolmentUnknown):
        enrol_by_code(code=code, label="another", sender="1.2.3.4")
    with act_as(city.secretary):
        offered = KitEnrolment.objects.get()
        assert offered.phone == KitPhone.objects.get().id
        assert code.encode() not in bytes(offered.code_hash)


def test_a_code_runs_out_and_goes(city: SmallCity, kits: Kits) -> None:
    code = code_for(city, kits)
    with clock.travel(clock.now() + timedelta(minutes=11)), pytest.raises(EnrolmentUnknown):
        enrol_by_code(code=code, label="late", sender="1.2.3.4")
    with clock.travel(clock.now() + timedelta(days=2)), as_system("test"):
        assert forget_kit_enrolments() == 1
        assert forget_enrolments()["codes"] == 0


def test_no_code_where_nothing_is_to_be_handed_out(
    city: SmallCity, kits: Kits, monkeypatch: pytest.MonkeyPatch
) -> None:
    code = code_for(city, kits)
    with act_as(city.secretary):
        with pytest.raises(KitDoorsElsewhere):
            offer_kit_phone(series=kits.series.id, place=city.places["C"])
        with pytest.raises(SeriesNotFound):
            offer_kit_phone(series=new_id(), place=city.places["E1"])
        monkeypatch.setattr(phones, "LIMIT", 3)
        with pytest.raises(KitWalkTooLarge):
            offer_kit_phone(series=kits.series.id, place=city.places["E1"])
        close_series(series=kits.series.id)
        with pytest.raises(SeriesClosed):
            offer_kit_phone(series=kits.series.id, place=city.places["E1"])
    with as_system("test"):
        assert enrol_kit_phone(code=code, label="late") is None


@pytest.mark.parametrize(
    ("role", "may"), [("building_head", True), ("grid_worker", True), ("recorder", False)]
)
def test_who_may_hand_out_may_enrol(city: SmallCity, kits: Kits, role: str, may: bool) -> None:
    grants = (Grant(role=AccessRole(role), places=((HERE, HERE),)),)
    actor = Actor.of_grants("account:x", grants, account=None, person=None)
    phone = pair_at(city, kits).phone
    with act_as(actor):
        if may:
            offer_kit_phone(series=kits.series.id, place=city.places["E1"])
            assert revoke_kit_phone(phone=phone) == revoke_kit_phone(phone=phone)
            return
        with pytest.raises(NotAllowed):
            offer_kit_phone(series=kits.series.id, place=city.places["E1"])
        with pytest.raises(NotAllowed):
            revoke_kit_phone(phone=phone)


def test_a_phone_of_another_community_is_not_there(city: SmallCity, kits: Kits) -> None:
    phone = pair_at(city, kits).phone
    with act_as(city.other_secretary), pytest.raises(KitPhoneNotFound):
        revoke_kit_phone(phone=phone)
