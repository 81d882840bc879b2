"""What the desk gives to phones and to who has none: `muster.web.desk.rounds` (codes that enrol,
paper sheets), `muster.web.desk.codes`, `muster.web.desk.sealed`."""

import json
import re
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from muster.apps.screening.models import Device, SamplingTable, Specimen
from tests.support.city import HERE, SmallCity
from tests.support.sealing import seal
from tests.web.desk.conftest import Enter
from tests.web.desk.test_writes import one, sent, shown
from tests.web.sync.test_records import sent as record

Lived = tuple[SmallCity, dict[str, Any]]


def test_a_code_is_shown_once_in_a_fragment_and_enrols(enter: Enter) -> None:
    client, table = enter("secretary"), one(SamplingTable, number=1)
    answer = client.post(reverse("desk-device-enrol", args=[table.id]))
    text = shown(answer)
    digits = "".join(re.findall(r"<span>(\d{4})</span>", text))
    assert len(digits) == 8
    assert "<svg" in text
    assert answer["Cache-Control"] == "no-store"
    body = json.dumps({"code": digits, "label": "Mi 9"})
    enrolled = Client().post("/api/sync/enrol", body, content_type="application/json")
    assert one(Device, id=enrolled.json()["device"]).table_id == table.id
    assert client.get(reverse("desk-device-enrol", args=[table.id])).status_code == 405


def test_a_sheet_for_a_table_has_a_line_for_each_of_a_tube(enter: Enter) -> None:
    table = one(SamplingTable, number=1)
    text = shown(enter("secretary").get(reverse("desk-table-paper", args=[table.id])))
    assert text.count('class="paper-tube"') == 4
    assert text.count('<td class="tabular">10</td>') == 4
    assert enter("contact").get(reverse("desk-table-paper", args=[table.id])).status_code == 403


def test_codes_of_a_building_are_printed_with_names_masked(enter: Enter, lived: Lived) -> None:
    client, city = enter("secretary"), lived[0]
    assert "晨光花园" in shown(client.get(reverse("desk-codes")))
    printed = client.post(reverse("desk-codes-print", args=[city.places["B11"]]))
    text = shown(printed)
    assert text.count("code-card") == 1 + 18
    assert "王*、李*" in text
    assert "王一" not in text
    assert printed["Cache-Control"] == "no-store"
    elsewhere = enter("other").post(reverse("desk-codes-print", args=[city.places["B11"]]))
    assert elsewhere.status_code == 403


def upload(client: Client, content: bytes) -> str:
    file = SimpleUploadedFile("muster-1.json", content)
    where = {"next": reverse("desk-sealed"), "place": HERE}
    return shown(sent(client, "desk-sealed-take", file=file, **where))


def test_a_file_from_a_phone_is_taken_in_as_the_phones_own(enter: Enter, lived: Lived) -> None:
    round_: Any = lived[1]["round"]
    records = [record(p, "LC0000000077") for p in lived[0].residents[30:32]]
    records.append(record(None, "LC0000000077", said={"name": "访客"}))
    file = json.dumps(seal(round_, {"token": round_.tokens[1], "records": records})).encode()
    assert "已收下3条，其中重复0条、待核实1条" in upload(enter("secretary"), file)
    assert one(Specimen, person=lived[0].residents[30]).device == round_.devices[1]


def test_a_file_that_is_none_is_told(enter: Enter, lived: Lived) -> None:
    client, round_ = enter("secretary"), lived[1]["round"]
    assert "文件打不开" in upload(client, b"PK\x03\x04")
    forged = json.dumps(seal(round_, {"token": "x", "records": []})).encode()  # type: ignore[arg-type]
    assert "文件打不开" in upload(client, forged)
    assert "文件打不开" in shown(sent(client, "desk-sealed-take", next=reverse("desk-sealed")))
    assert enter("contact").get(reverse("desk-sealed")).status_code == 403
