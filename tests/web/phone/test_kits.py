"""muster.web.phone.kits: from door to door, and a household's own page."""

from typing import Any
from uuid import UUID

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from muster.apps.audit.actions import act_as, as_system
from muster.apps.kits.actions import count_lot, household_link
from muster.apps.kits.models import KitFollowUp, KitIssue, KitPhoto, KitResult
from muster.apps.people.actions import create_account, grant_role
from muster.kernel.ids import new_id
from muster.web.phone.kits import half_name
from tests.support.city import HERE, STREET, SmallCity
from tests.support.kits import Kits, kits
from tests.support.photos import BARE, JPEG
from tests.web.desk.conftest import log_in

__all__ = ["kits"]


@pytest.fixture
def head(city: SmallCity, kits: Kits) -> Client:
    """A building head's phone."""
    return walker("building_head")


def walker(role: str, high: int = HERE) -> Client:
    low = HERE if high == HERE else STREET
    with as_system("test"):
        account = create_account(
            username=role, display_name=f"{role}甲", area=low, password="correct-horse-battery"
        )
        grant_role(account=account.id, role=role, places=(low, high), units=None)
    return log_in(role)


def issue(city: SmallCity, kits: Kits, key: UUID) -> dict[str, Any]:
    return {
        "do": "issue", "key": key, "series": kits.series.id, "door": city.places["D1111"],
        "day": 2, "store": kits.store,
    }  # fmt: skip


def result(city: SmallCity, kits: Kits, value: str, **more: Any) -> dict[str, Any]:
    return {
        "do": "result", "key": new_id(), "series": kits.series.id, "door": city.places["D1111"],
        "day": 2, "person": city.residents[0], "value": value,
    } | more  # fmt: skip


def text_after(client: Client, path: str, form: dict[str, Any]) -> str:
    response = client.post(path, form, follow=True)
    assert response.status_code == 200, response.content.decode()[:300]
    return response.content.decode()


def test_from_buildings_to_doors(city: SmallCity, kits: Kits, head: Client) -> None:
    top = head.get("/walk/kits/").content.decode()
    assert "晨光花园 1号楼" in top
    assert "已发 0/6 户" in top
    inside = head.get("/walk/kits/", {"at": city.places["U111"]}).content.decode()
    assert inside.count("发放 10 份") == 3
    assert "1-2-101" not in inside


def test_handed_out_once_however_often_it_is_sent(
    city: SmallCity, kits: Kits, head: Client
) -> None:
    path, key = f"/walk/kits/?at={city.places['U111']}", new_id()
    assert "已发放 10 份" in text_after(head, path, issue(city, kits, key))
    assert "已发放 10 份" in text_after(head, path, issue(city, kits, key))
    told = text_after(log_in("secretary"), path, issue(city, kits, new_id()))
    assert "building_head甲" in told
    with act_as(city.secretary):
        assert KitIssue.objects.count() == 1
    back = text_after(head, path, {"do": "undo", "issue": key})
    assert "可以重新发放" in back
    with act_as(city.secretary):
        assert KitIssue.objects.get().returned_at is not None


def test_what_the_ledger_does_not_have_is_said(city: SmallCity, kits: Kits, head: Client) -> None:
    with act_as(city.secretary):
        for lot in (kits.soon, kits.late):
            count_lot(key=new_id(), store=kits.store, lot=lot, counted=1)
    told = text_after(head, "/walk/kits/", issue(city, kits, new_id()))
    assert "按账库房少 8 份" in told


def test_results_for_who_has_no_phone(city: SmallCity, kits: Kits, head: Client) -> None:
    path = f"/walk/kits/?at={city.places['U111']}"
    form = result(city, kits, "negative")
    for _ in range(2):
        assert "已保存。" in text_after(head, path, form)
    with act_as(city.secretary):
        kept = KitResult.objects.get()
        assert (kept.value, kept.source) == ("negative", "door")
    refused = text_after(head, path, result(city, kits, "invalid"))
    assert "只能由复核结果改变" in refused


@pytest.mark.parametrize(
    ("role", "sees", "issues"),
    [("grid_worker", True, True), ("recorder", True, False), ("volunteer", False, False)],
)
def test_who_may_do_what(city: SmallCity, kits: Kits, role: str, sees: bool, issues: bool) -> None:
    client = walker(role)
    page = client.get("/walk/kits/", {"at": city.places["U111"]})
    assert (page.status_code == 200) is sees
    assert ("发放 10 份" in page.content.decode()) is issues
    client.post("/walk/kits/", issue(city, kits, new_id()))
    with act_as(city.secretary):
        assert KitIssue.objects.exists() is issues


def test_nobody_walks_without_an_account(city: SmallCity, kits: Kits) -> None:
    assert Client().get("/walk/kits/").status_code == 302
    other = log_in("other").get("/walk/kits/", {"at": city.places["U111"]})
    assert "1-1-101" not in other.content.decode()
    assert log_in("hq").get("/walk/kits/").status_code == 403


def test_a_street_office_first_says_which_community(city: SmallCity, kits: Kits) -> None:
    client = walker("street_office", STREET + 999)
    assert "晨光社区" in client.get("/walk/kits/").content.decode()
    chosen = client.get("/walk/kits/", {"place": HERE}).content.decode()
    assert "晨光花园 1号楼" in chosen


# --- the household's own page


@pytest.fixture
def door(city: SmallCity, kits: Kits) -> str:
    """The address of the first door's page."""
    with act_as(city.secretary):
        return reverse("kit-home", args=[household_link(door=city.places["D1111"])])


def test_a_household_sees_itself_by_half_names(door: str) -> None:
    text = Client().get(door).content.decode()
    assert "王*" in text
    assert "李*" in text
    assert "王一" not in text
    assert "1-1-201" not in text


def test_a_household_reports_with_a_photo(city: SmallCity, kits: Kits, door: str) -> None:
    form = result(city, kits, "positive")
    form["photo"] = SimpleUploadedFile("IMG_0001.jpg", JPEG, "image/jpeg")
    text = text_after(Client(), door, form)
    assert "谢谢，已收到" in text
    assert "请留在家中" in text
    with act_as(city.secretary):
        assert KitFollowUp.objects.get().person_id == city.residents[0]
        assert bytes(KitPhoto.objects.get().content) == BARE


def test_what_is_refused_says_why_and_keeps_nothing(city: SmallCity, kits: Kits, door: str) -> None:
    form = result(city, kits, "negative")
    form["photo"] = SimpleUploadedFile("a.heic", b"\0\0\0\x18ftypheic", "image/heic")
    refused = Client().post(door, form)
    assert refused.status_code == 422
    assert "JPEG 或 PNG" in refused.content.decode()
    elsewhere = result(city, kits, "negative", door=city.places["D1112"])
    assert Client().post(door, elsewhere).status_code == 404
    neighbour = result(city, kits, "negative", person=city.residents[5])
    assert Client().post(door, neighbour).status_code == 404
    with act_as(city.secretary):
        assert not KitResult.objects.exists()


def test_a_code_that_is_not_ours(city: SmallCity, door: str) -> None:
    assert Client().get(door[:-3] + "/").status_code == 403
    assert Client(enforce_csrf_checks=True).post(door, {}).status_code == 403


@pytest.mark.parametrize(("name", "half"), [("王一", "王*"), ("欧阳小明", "欧*明"), ("甲", "甲")])
def test_half_a_name(name: str, half: str) -> None:
    assert half_name(name) == half
