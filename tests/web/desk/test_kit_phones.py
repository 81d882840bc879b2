"""muster.web.desk.kit_phones: doors given to a phone, what it said that somebody looks at."""

from django.urls import reverse

from muster.apps.kits.models import KitEnrolment, KitPhone, KitWord, StockMovement
from tests.support.kits import Kits
from tests.web.desk.conftest import Enter
from tests.web.desk.test_kits import kits
from tests.web.desk.test_writes import Lived, one, sent, shown

__all__ = ["kits"]


def page(enter: Enter, kits: Kits) -> str:
    return shown(enter("secretary").get(reverse("desk-kit-phones"), {"series": kits.series.id}))


def test_a_building_is_given_to_a_phone(enter: Enter, lived: Lived, kits: Kits) -> None:
    client, at = enter("secretary"), lived[0].places["U112"]
    doors = shown(client.get(reverse("desk-kit-doors"), {"at": lived[0].places["B11"], "day": 2}))
    assert "把这些房门交给手机" in doors
    assert f'value="{at}"' in doors
    answer = sent(client, "desk-kit-enrol", series=kits.series.id, at=at)
    text = shown(answer)
    assert "晨光花园 1号楼 2单元" in text
    assert answer["Cache-Control"] == "no-store"
    offered = one(KitEnrolment, used_at=None)
    assert offered.place_id == at


def test_doors_of_no_series_are_not(enter: Enter, lived: Lived, kits: Kits) -> None:
    answer = sent(enter("secretary"), "desk-kit-enrol", series=kits.series.id, at=1)
    assert answer.status_code == 404
    place = lived[0].places["C"]
    answer = sent(enter("secretary"), "desk-kit-enrol", series=kits.series.id, at=place)
    assert answer.status_code == 422


def test_a_phone_is_revoked(enter: Enter, kits: Kits) -> None:
    phone = one(KitPhone)
    assert phone.label in page(enter, kits)
    assert "手机已停用" in shown(sent(enter("secretary"), "desk-kit-phone-revoke", phone.id))
    assert one(KitPhone).revoked_at is not None
    assert "已停用" in page(enter, kits)


def test_a_second_lot_is_fetched_back(enter: Enter, kits: Kits) -> None:
    word = one(KitWord, code="kits_already_issued")
    assert "现在有两份" in page(enter, kits)
    client = enter("secretary")
    assert "已记回仓库" in shown(sent(client, "desk-kit-word-fetch", kits.series.id, word.id))
    assert "现在有两份" not in page(enter, kits)
    assert one(StockMovement, kind="returned").quantity == 10


def test_a_held_word_is_let_be_and_taken_up_again(enter: Enter, kits: Kits) -> None:
    word, client = one(KitWord, code="person_unknown"), enter("secretary")
    address = (kits.series.id, word.id)
    assert "还办不了" in shown(sent(client, "desk-kit-word-apply", *address))
    assert "不住这一户" in page(enter, kits)
    sent(client, "desk-kit-word-leave", *address)
    assert one(KitWord, id=word.id).settled_at is None  # without a reason
    said = shown(sent(client, "desk-kit-word-leave", *address, reason="问过了"))
    assert reverse("desk-kit-word-reopen", args=address) in said
    assert "不住这一户" not in page(enter, kits)
    sent(client, "desk-kit-word-reopen", *address)
    assert "不住这一户" in page(enter, kits)


def test_who_hands_out_no_kits_sees_no_phones(enter: Enter, kits: Kits) -> None:
    assert enter("contact").get(reverse("desk-kit-phones")).status_code == 403
