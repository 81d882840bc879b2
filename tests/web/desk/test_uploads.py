"""Large files, corrected columns and undoing at the desk (`muster.web.desk.uploads`)."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from muster.apps.audit.actions import as_system
from muster.apps.communities.actions import uploads as actions
from muster.apps.communities.models import Batch, ColumnChoice, Intake, Upload
from muster.apps.communities.tasks import take_in
from muster.apps.people.models import Person
from tests.support.city import SmallCity
from tests.web.desk.conftest import Enter
from tests.web.desk.test_imports import HEADS, ROWS, workbook
from tests.web.desk.test_writes import one, sent, shown

Lived = tuple[SmallCity, dict[str, Any]]
PAGE = "/imports/"


def uploaded(client: Any, estate: int, heads: list[str] = HEADS, **more: object) -> str:
    file = SimpleUploadedFile("住户.xlsx", workbook(heads, ROWS))
    return shown(
        sent(
            client, "desk-import-upload", estate=estate, next=PAGE, file=file, sender="物业", **more
        )
    )


def test_a_large_file_shows_how_far_it_is(
    enter: Enter, lived: Lived, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(actions, "LARGE", 10)
    client = enter("secretary")
    text = uploaded(client, lived[0].estates[0])
    assert "文件较大" in text
    assert "排队中" in text
    upload = one(Upload)
    page = reverse("desk-upload", args=[upload.id])
    assert "hx-trigger" in shown(client.get(page))
    take_in(upload_id=str(upload.id))
    after = shown(client.get(page))
    assert "hx-trigger" not in after
    assert reverse("desk-import", args=[one(Batch).id]) in after


def test_a_large_file_is_stopped(
    enter: Enter, lived: Lived, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(actions, "LARGE", 10)
    client = enter("secretary")
    uploaded(client, lived[0].estates[0])
    upload = one(Upload)
    assert "已停止" in shown(sent(client, "desk-upload-cancel", upload.id, next=PAGE))
    assert one(Upload).state == "cancelled"
    assert take_in(upload_id=str(upload.id)) == "gone"


def test_columns_are_corrected_and_remembered(enter: Enter, lived: Lived) -> None:
    client, estate = enter("secretary"), lived[0].estates[0]
    heads = [*HEADS[:2], "找他", *HEADS[3:]]
    uploaded(client, estate, heads)
    batch = one(Batch)
    page = shown(client.get(reverse("desk-import", args=[batch.id])))
    assert "找他" in page
    columns = dict(zip("ABCDEF", ("name", "id_number", "phones", "building", "unit", "room"),
                       strict=True))  # fmt: skip
    said = {f"column-{at}": field for at, field in columns.items()}
    done = sent(client, "desk-import-columns", batch.id, sheet="Sheet1", next=PAGE, **said)
    assert "文件已按这些列重新读" in shown(done)
    with as_system("look"):
        assert Batch.objects.count() == 2
    assert one(ColumnChoice).columns["phones"] == ["C"]
    assert "按您上次为这个来源更正的读" in shown(done)


def test_a_settled_row_is_undone(enter: Enter, lived: Lived) -> None:
    client = enter("secretary")
    uploaded(client, lived[0].estates[0])
    row = one(Intake, state="waiting", row=4)
    page = reverse("desk-import", args=[row.batch_id])
    shown(sent(client, "desk-row-settle", row.id, name="新来三", building="2", unit="1",
               room="101", estate=lived[0].estates[0], next=page))  # fmt: skip
    assert one(Person, name="新来三") is not None
    assert "撤销" in shown(client.get(page))
    shown(sent(client, "desk-row-reopen", row.id, next=page))
    again = one(Intake, id=row.id)
    assert (again.state, again.fields["name"], again.raw) == ("waiting", "新来三", {})
    assert one(Person, name="新来三") is None
