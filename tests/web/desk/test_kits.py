"""muster.web.desk.kits, muster.web.desk.kit_stock, muster.web.desk.kit_follow_ups; their addresses
are in `muster.web.desk.kit_urls`."""

import io
from typing import Any

import openpyxl
import pytest
from django.urls import reverse

from muster.apps.audit.actions import act_as
from muster.apps.kits.actions import NewResult, enter_result
from muster.apps.kits.models import KitFollowUp, KitIssue, Series, StockMovement
from muster.apps.kits.queries.series import today
from muster.kernel.ids import new_id
from tests.support.city import HERE
from tests.support.kits import Kits
from tests.support.photos import BARE
from tests.web.desk.conftest import Enter, log_in
from tests.web.desk.test_writes import Lived, one, sent, shown


@pytest.fixture
def kits(lived: Lived) -> Kits:
    """The kits that the night has seen."""
    found: Kits = lived[1]["kits"]
    return found


def sheet(response: Any) -> list[list[Any]]:
    book = openpyxl.load_workbook(io.BytesIO(response.content))
    return [[cell.value for cell in row] for row in book.active.iter_rows()]  # type: ignore[union-attr]


def test_the_day_by_building_on_screen_and_as_a_sheet(enter: Enter, kits: Kits) -> None:
    client = enter("secretary")
    text = shown(client.get(reverse("desk-kits"), {"day": 2}))
    assert "晨光花园 1号楼" in text
    assert "2 / 12" in text
    assert "王一" not in text
    rows = sheet(client.get(reverse("desk-kits"), {"day": 2, "export": "xlsx"}))
    assert "account:" in rows[1][0]  # the watermark
    assert rows[4][:8] == ["晨光花园 1号楼", 6, 2, 20, 12, 2, 1, 1]


def test_a_series_is_opened_and_closed(enter: Enter, lived: Lived) -> None:
    client, estates = enter("secretary"), lived[0].estates
    form = {"places": estates, "kind": "once", "title": "第二次", "starts_on": f"{today()}"}
    assert "检测已开始" in shown(sent(client, "desk-kits-open", **form))
    made = one(Series, title="第二次")
    assert (made.kind, made.days) == ("once", [1])
    assert "2022-13-01" in shown(
        sent(client, "desk-kits-open", **form | {"starts_on": "2022-13-01"})
    )
    assert "结果仍可上报" in shown(sent(client, "desk-kits-close", made.id))
    chosen = shown(client.get(reverse("desk-kits"), {"series": made.id}))
    assert "第二次" in chosen


def test_the_list_for_a_pair(enter: Enter, lived: Lived, kits: Kits) -> None:
    client, at = enter("secretary"), lived[0].places["B11"]
    with act_as(lived[0].secretary):  # yesterday's result of the other one behind the first door
        enter_result(
            new=NewResult(
                id=new_id(), series=kits.series.id, person=lived[0].residents[1],
                door=lived[0].places["D1111"], day=1, value="negative",
            )
        )  # fmt: skip
    open_ = shown(client.get(reverse("desk-kit-doors"), {"at": at, "day": 2}))
    assert "1-1-101" not in open_.split("<tbody>", 1)[1]
    assert "1-2-301" in open_
    every = shown(client.get(reverse("desk-kit-doors"), {"at": at, "day": 2, "all": 1, "whole": 1}))
    assert "1-1-101" in every
    assert "13900000000" not in every.replace("tel:13900000000", "")
    rows = sheet(
        client.get(reverse("desk-kit-doors"), {"at": at, "day": 2, "all": 1, "export": "xlsx"})
    )
    assert rows[4][:5] == ["晨光花园 1号楼 1单元", "1-1-101", 2, 10, 10]
    assert rows[6][4] == 0
    assert "王一" not in str(rows)


def test_an_issue_is_taken_back(enter: Enter, lived: Lived) -> None:
    client = enter("secretary")
    unused = one(KitIssue, door=lived[0].places["D1112"])
    refused = shown(sent(client, "desk-kit-undo", unused.id))
    assert "不能撤回" in refused  # an invalid result has come in: a kit was used
    assert one(KitIssue, id=unused.id).returned_at is None


def test_codes_of_a_building(enter: Enter, lived: Lived) -> None:
    client = enter("secretary")
    assert "<svg" not in shown(client.get(reverse("desk-kit-codes")))
    text = shown(client.get(reverse("desk-kit-codes"), {"at": lived[0].places["B11"]}))
    assert text.count("<svg") == 6
    assert "王一" not in text


def test_the_store(enter: Enter, kits: Kits) -> None:
    client, key = enter("secretary"), new_id()
    form = {"key": key, "store": "门岗", "lot": "a7", "expires_on": "2099-01-31", "quantity": 40}
    for _ in range(2):
        assert "已登记" in shown(sent(client, "desk-kit-receive", place=HERE, **form))
    moved = one(StockMovement, id=key)
    assert (moved.quantity, moved.kind) == (40, "received")

    def book(kind: str, quantity: object, **more: object) -> str:
        return shown(
            sent(client, "desk-kit-book", moved.store_id, moved.lot_id, key=new_id(), kind=kind,
                 quantity=quantity, **more)
        )  # fmt: skip

    assert "按账还缺 5 份" in book("spoiled", 45)
    assert "发出的比入库的多" in book("spoiled", 45, anyway=1)
    assert "已登记" in book("counted", 12)
    assert "已登记" in book("returned", 1)
    assert "many" in book("counted", "many")
    rows = sheet(client.get(reverse("desk-kit-stock"), {"export": "xlsx"}))
    assert [r[5] for r in rows[4:8]] == [1, 17, -45, 40]


def test_positives_stand_on_top_of_the_recalls(enter: Enter, lived: Lived) -> None:
    client, task = enter("secretary"), one(KitFollowUp)
    text = shown(client.get(reverse("desk-recalls")))
    assert text.index("抗原 · 阳性") < text.index("LC0000000001")
    photo = client.get(reverse("desk-kit-photo", args=[task.id]))
    assert (photo.content, photo["Content-Type"]) == (BARE, "image/jpeg")
    assert (photo["Cache-Control"], photo["X-Content-Type-Options"]) == ("no-store", "nosniff")
    early = shown(sent(client, "desk-kit-settle", task.id, state="released"))
    assert "先复核采样" in early
    shown(sent(client, "desk-kit-settle", task.id, state="sampled"))
    shown(sent(client, "desk-kit-settle", task.id, state="released"))
    assert one(KitFollowUp).state == "released"
    assert "抗原 · 阳性" not in shown(client.get(reverse("desk-recalls")))
    assert "抗原 · 阳性" in shown(client.get(reverse("desk-recalls"), {"all": 1}))


def test_another_community_sees_and_does_nothing(enter: Enter, lived: Lived, kits: Kits) -> None:
    client, task = enter("other"), one(KitFollowUp)
    for page in ("desk-kits", "desk-kit-doors", "desk-kit-stock", "desk-kit-codes"):
        text = shown(client.get(reverse(page), {"at": lived[0].places["B11"]}))
        assert "1-1-101" not in text
        assert "SOON" not in text
    hidden = client.get(reverse("desk-kits"), {"series": kits.series.id})
    assert hidden.status_code == 404
    assert client.get(reverse("desk-kit-photo", args=[task.id])).status_code == 404
    for page, key in (("desk-kit-settle", task.id), ("desk-kit-undo", one(KitIssue).id),
                      ("desk-kits-close", kits.series.id)):  # fmt: skip
        assert client.post(reverse(page, args=[key]), {"state": "sampled"}).status_code == 404
    assert one(KitFollowUp).state == "waiting"
    assert log_in("contact").get(reverse("desk-kits")).status_code == 403


def test_the_code_of_one_door_is_revoked_on_its_page(enter: Enter, lived: Lived) -> None:
    client, places = enter("secretary"), lived[0].places
    page = f"{reverse('desk-kit-codes')}?at={places['B11']}"
    before = client.get(page).content.decode()
    where = reverse("desk-kit-code-revoke", args=[places["D1111"]])
    after = client.post(where, {"next": page}, follow=True).content.decode()
    assert "从现在起失效" in after
    assert before.count("<svg") == after.count("<svg")
