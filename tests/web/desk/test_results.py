"""Results by file (`muster.web.desk.results`, `muster.web.desk.result_files`)."""

import re
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from muster.apps.screening.errors import ResultsUnreadable
from muster.apps.screening.models import Laboratory
from muster.gateways.laboratory import read_bundle
from muster.web.desk.result_files import moment, read_results
from tests.support.city import SmallCity
from tests.web.desk.conftest import Enter
from tests.web.desk.test_imports import workbook
from tests.web.desk.test_writes import one, sent, shown

Lived = tuple[SmallCity, dict[str, Any]]


@pytest.mark.parametrize(
    ("data", "name"),
    [
        ("试管编号,结果\nLC0000000001,阴性\nlc2,弱阳性\n".encode(), "r.csv"),
        ("试管编号\t检测结果\nLC0000000001\t阴性\nlc2\t可疑\n".encode("gb18030"), "r.txt"),
        (workbook(["序号", "管号", "结果"], [["1", "LC0000000001", "阴性（-）"],
                                         ["2", " lc2", "weak"]]), "r.xlsx"),
    ],
)  # fmt: skip
def test_result_files_are_read(data: bytes, name: str) -> None:
    file = read_results(data, name)
    assert file.cut == 0
    rows = file.rows
    assert [(r.row, r.tube, r.value) for r in rows] == [
        (2, "LC0000000001", "negative"),
        (3, "LC2", "weak"),
    ]


@pytest.mark.parametrize("data", [b"a,b\n1,2\n", b"PK\x03\x04\x00\x00", b""])
def test_other_files_are_refused(data: bytes) -> None:
    with pytest.raises(ResultsUnreadable):
        read_results(data, "x.xlsx" if data[:2] == b"PK" else "x.csv")


NOON = datetime(2022, 4, 4, 12, 30, tzinfo=ZoneInfo("Asia/Shanghai"))


@pytest.mark.parametrize(
    "cell",
    [
        NOON.replace(tzinfo=None), 44655.520833333, "44655.520833333", "2022-04-04 12:30",
        "2022/4/4 12:30:00", "2022年4月4日 12:30", "2022年4月4日12时30分", NOON,
    ],
)  # fmt: skip
def test_a_time_in_any_spelling(cell: object) -> None:
    assert moment(cell) == NOON


@pytest.mark.parametrize("cell", [None, "", "昨天", "2022-13-04", "12:30", 7, "LC1", 1e12])
def test_what_is_no_time(cell: object) -> None:
    assert moment(cell) is None


def test_a_time_that_cannot_be_read_loses_no_result() -> None:
    data = "管号,结果,报告时间\nLC1,阴性,昨天\nLC2,阴性,44655.5\nLC3,阴性,\n".encode()
    rows = read_results(data, "r.csv").rows
    assert [(r.tube, r.value, r.doubt) for r in rows] == [
        ("LC1", "negative", "time_unreadable"), ("LC2", "negative", ""), ("LC3", "negative", ""),
    ]  # fmt: skip
    assert rows[1].at is not None


def test_70_000_rows_come_whole_and_a_cut_is_noticed() -> None:
    head = "管号,结果\n"
    many = head + "".join(f"LC{n:010d},阴性\n" for n in range(70_000))
    file = read_results(many.encode(), "r.csv")
    assert (len(file.rows), file.cut) == (70_000, 0)
    cut = head + "".join(f"LC{n:010d},阴性\n" for n in range(65_535))
    assert read_results(cut.encode(), "r.csv").cut == 65_536


def test_a_file_that_was_cut_says_so(enter: Enter, lived: Lived) -> None:
    client, page = enter("hq"), reverse("desk-results") + "?place=140105007001"
    rows = "".join(f"ZZ{n:010d},阴性\n" for n in range(65_535))
    file = SimpleUploadedFile("r.csv", ("管号,结果\n" + rows).encode())
    text = shown(
        sent(client, "desk-results-upload", round=lived[1]["round"].id, file=file, next=page)
    )
    assert "65536" in text
    assert "被截断" in text


def test_pools_go_out_as_fhir_and_a_laboratory_gets_its_key(enter: Enter, lived: Lived) -> None:
    answer = enter("secretary").get(reverse("desk-results-fhir"))
    assert answer["Content-Type"] == "application/fhir+json"
    assert [r.tube for r in read_bundle(answer.content)] == ["LC0000000001"]
    client = enter("hq")
    made = client.post(
        reverse("desk-laboratory-register"), {"name": "市实验室", "place": 140105007001}
    )
    assert made["Cache-Control"] == "no-store"
    key = re.search(r"Laboratory ([\w=-]+)", made.content.decode())
    assert key is not None
    body = {"results": [{"tube": "LC0000000001", "value": "negative"}]}
    told = Client().post(
        reverse("lab-results"), body, content_type="application/json",
        headers={"Authorization": f"Laboratory {key[1]}"},
    )  # fmt: skip
    assert told.json()["results"][0]["code"] == "result_differs"
    laboratory = one(Laboratory, name="市实验室")
    assert "已作废" in shown(sent(client, "desk-laboratory-revoke", laboratory.id))
    refused = Client().post(
        reverse("lab-results"), body, content_type="application/json",
        headers={"Authorization": f"Laboratory {key[1]}"},
    )  # fmt: skip
    assert refused.status_code == 401


def test_results_are_for_headquarters(enter: Enter, lived: Lived) -> None:
    client, page = enter("hq"), reverse("desk-results") + "?place=140105007001"
    file = SimpleUploadedFile("r.csv", "管号,结果\nNOTUBE,阴性\nLC0000000001,奇怪\n".encode())
    text = shown(
        sent(client, "desk-results-upload", round=lived[1]["round"].id, file=file, next=page)
    )
    assert "2 行对不上" in text
    assert "本轮没有这支试管" in text
    file.seek(0)
    answer = sent(enter("secretary"), "desk-results-upload", round=lived[1]["round"].id, file=file)
    assert answer.status_code == 403
