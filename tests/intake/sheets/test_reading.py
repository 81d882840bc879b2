"""Sheets read whole: SCHEMA B1-B3 by small sheets of our own.

Covers muster.intake.sheets.reading, muster.intake.sheets.rows, muster.intake.sheets.headings,
muster.intake.sheets.kinds, muster.intake.sheets.model, muster.intake.sheets.checks,
muster.intake.sheets.extras, muster.intake.sheets.fields, muster.intake.sheets.houses,
muster.intake.sheets.workbooks, muster.intake.sheets.delimited.
"""

from typing import Any

import pytest

from muster.intake.errors import BadMapping, UnknownKind
from muster.intake.sheets import Row, SheetDocument, read_sheet
from muster.intake.sheets.headings import heading
from muster.intake.sheets.model import index_of, letter
from tests.intake.sheets.books import HEAD, csv, xlsx

GOOD = "140101199003074210"
OTHER = "140301197301040563"


def read(data: bytes, filename: str = "a.xlsx", **options: Any) -> SheetDocument:
    return read_sheet(data, filename=filename, **options)


def only(*row: object, head: tuple[str, ...] = HEAD) -> Row:
    (found,) = read(xlsx(head, row)).rows
    return found


def test_a_plain_row() -> None:
    row = only("王 敏", GOOD.lower(), "138 0013 0001", "3号楼", "二单元", "501室", " 独居 ")
    assert row.to_json() == {
        "sheet": "总表",
        "row": 2,
        "name": "王敏",
        "id_type": "resident_id",
        "id_number": GOOD,
        "birth_date": None,
        "phones": ["13800130001"],
        "building": "3",
        "unit": "2",
        "room": "501",
        "residency": "unknown",
        "remarks": "独居",
        "problems": [],
    }


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_text_in_every_encoding(encoding: str) -> None:
    data = csv(
        ("社区名册",), HEAD, ("王𠅤", GOOD, "13800130001", "3#", "2", "501", ""), encoding=encoding
    )
    document = read(data, "a.csv")
    assert [(r["name"], r["building"], r.sheet, r.row) for r in document.rows] == [
        ("王𠅤", "3", None, 3)
    ]


def test_a_quoted_line_break_is_one_record() -> None:
    data = '姓名,手机,房号,备注\n王芳,13800130001,501,"一\n二"\n李四,13800130002,502,'.encode()
    assert [r.row for r in read(data, "a.csv").rows] == [2, 3]


def test_what_is_no_row() -> None:
    rows = [
        ("名册",),
        ("单位：人",),
        HEAD,
        ("王芳", GOOD, None, "1", "1", "101"),
        (),
        HEAD,
        ("合  计", None, "2"),
        ("共2人", "x"),
        ("填表人：李四", "1"),
        (None, None, None, "3号楼"),
        ("注：勿外传", "x"),
    ]
    assert [r.row for r in read(xlsx(*rows)).rows] == [4]


def test_two_heading_rows() -> None:
    groups = ("序号", "住址", None, None, "户主姓名", "家庭成员", None, "联系方式", None)
    heads = (None, "楼号", "单元", "室", None, "姓名", "身份证号", "电话1", "电话2")
    first = (1, "1", "1", "101", "王芳", "王芳", GOOD, "13800130001", "13800130002")
    second = (2, None, None, None, None, "李四", OTHER, None, None)
    document = read(xlsx(("表",), groups, heads, first, second))
    (columns,) = document.columns
    assert columns.header_row == 3
    assert columns.letters["phones"] == ["H", "I"]
    assert columns.letters["head"] == ["E"]
    assert [r["room"] for r in document.rows] == ["101", "101"]
    assert document.rows[0]["phones"] == ["13800130001", "13800130002"]


@pytest.mark.parametrize("section", ["3号楼", "——3号楼——", "【3栋】", "三号楼"])
def test_a_section_row_gives_the_building(section: str) -> None:
    document = read(
        xlsx(("姓名", "手机", "单元", "房号"), (section,), ("王芳", "13800130001", "1", "101"))
    )
    assert [(r["building"], r.row) for r in document.rows] == [("3", 3)]


@pytest.mark.parametrize(
    ("name", "building"),
    [
        ("1号楼", "1"),
        ("7栋", "7"),
        ("6#", "6"),
        ("A座", "A"),
        ("3号楼(旧)", "3"),
        ("6#旧", "6"),
        ("总表", None),
    ],
)
def test_a_sheet_named_after_a_building(name: str, building: str | None) -> None:
    data = xlsx(("姓名", "手机", "单元", "房号"), ("王芳", "13800130001", "1", "101"), name=name)
    assert read(data).rows[0]["building"] == building


def test_hidden_rows_are_read_and_flagged() -> None:
    data = xlsx(
        HEAD, ("王芳", GOOD, None, "1", "1", "1"), ("李四", OTHER, None, "1", "1", "2"), hidden=[3]
    )
    assert [r.problems for r in read(data).rows] == [[], ["hidden_row"]]


IDS: dict[object, tuple[str, str | None, str | None]] = {
    GOOD: ("resident_id", GOOD, None),
    "'" + GOOD: ("resident_id", GOOD, None),
    f'="{GOOD}"': ("resident_id", GOOD, None),
    "140101 19900307 4210": ("resident_id", GOOD, None),
    "140101199003074211": ("resident_id", "140101199003074211", "id_check_failed"),
    "140101199013074210": ("resident_id", "140101199013074210", "id_bad_date"),
    "140101900307421": ("resident_id_15", "140101900307421", None),
    140101900307421: ("resident_id_15", "140101900307421", None),
    140101199003074210: ("resident_id", None, "id_precision_lost"),
    "1.40101E+17": ("resident_id", None, "id_precision_lost"),
    "G08867914": ("passport", "G08867914", None),
    "EA1234567": ("passport", "EA1234567", None),
    "H05391694": ("hk_macao_permit", "H05391694", None),
    "M0539169401": ("hk_macao_permit", "M0539169401", None),
    "未上户": ("none", None, None),
    None: ("none", None, "id_missing"),
    "14010119900307": ("other", "14010119900307", "id_bad_length"),
    "身份证丢了": ("other", "身份证丢了", "id_unrecognised"),
}


@pytest.mark.parametrize(("cell", "expected"), IDS.items())
def test_identity_numbers(cell: object, expected: tuple[str, str | None, str | None]) -> None:
    if isinstance(cell, str) and cell.startswith("="):
        data = f'姓名,身份证号,手机号\n王芳,"{cell.replace(chr(34), chr(34) * 2)}",13800130001'
        (row,) = read(data.encode(), "a.csv").rows
        row.problems.remove("house_missing")
    else:
        row = only("王芳", cell, "13800130001", "1", "1", "101")
    kind, number, problem = expected
    assert (row["id_type"], row["id_number"]) == (kind, number)
    assert row.problems == ([problem] if problem else [])


@pytest.mark.parametrize(
    ("document", "kind"),
    [
        ("护照", "passport"),
        ("港澳居民来往内地通行证", "hk_macao_permit"),
        ("台胞证", "taiwan_permit"),
        ("身份证", "other"),
    ],
)
def test_a_document_column_decides(document: str, kind: str) -> None:
    head = ("姓名", "证件类型", "证件号", "手机", "房号")
    assert only("王芳", document, "08392631", None, "101", head=head)["id_type"] == kind


PHONES: dict[object, tuple[list[str], bool]] = {
    "13800130001": (["13800130001"], False),
    13800130001: (["13800130001"], False),
    "13800130001.0": (["13800130001"], False),
    "+86 138-0013-0001": (["13800130001"], False),
    "13800130001/13900130002、15000130003": (["13800130001", "13900130002", "15000130003"], False),
    "13800130001妻": (["13800130001"], False),
    "13800130001（本人）": (["13800130001"], False),
    "无": ([], False),
    "1380013000": ([], True),
    "13800130001/1390013000": (["13800130001"], True),
    "0351-0001611": (["0351-0001611"], False),
}


@pytest.mark.parametrize(("cell", "expected"), PHONES.items())
def test_phone_cells(cell: object, expected: tuple[list[str], bool]) -> None:
    row = only("王芳", GOOD, cell, "1", "1", "101")
    assert (row["phones"], "phone_invalid" in row.problems) == expected


BIRTHS: dict[object, str | None] = {
    "1990-03-07": "1990-03-07",
    "1990/3/7": "1990-03-07",
    "1990.3.7": "1990-03-07",
    "1990年3月7日": "1990-03-07",
    "19900307": "1990-03-07",
    19900307: "1990-03-07",
    32939: "1990-03-07",
    "32939": "1990-03-07",
    "1990年3月": None,
    "1990-13-07": None,
    "不详": None,
}


@pytest.mark.parametrize(("cell", "born"), BIRTHS.items())
def test_birth_dates(cell: object, born: str | None) -> None:
    row = only("王芳", GOOD, cell, "101", head=("姓名", "身份证号", "出生日期", "房号"))
    assert row["birth_date"] == born
    assert row.problems == ([] if born else ["date_unreadable"])


def test_a_birth_date_that_contradicts_the_id() -> None:
    row = only("王芳", GOOD, "1990-03-08", "101", head=("姓名", "身份证号", "生日", "房号"))
    assert row.problems == ["birth_mismatch"]


@pytest.mark.parametrize(
    ("heading_", "cell", "code"),
    [
        ("类别", "业主", "owner"),
        ("类别", "承租", "tenant"),
        ("类别", "外来", "floating"),
        ("类别", "探亲", "visitor"),
        ("类别", "常住", "unknown"),
        ("是否流动人口", "是", "floating"),
        ("是否流动人口", "否", "unknown"),
        ("是否常住", "否", "floating"),
        ("是否常住", "是", "unknown"),
    ],
)
def test_residency(heading_: str, cell: str, code: str) -> None:
    assert (
        only("王芳", GOOD, cell, "101", head=("姓名", "身份证", heading_, "室"))["residency"]
        == code
    )


def test_ditto_marks_and_brackets_behind_names() -> None:
    head = ("姓名", "电话", "住址", "备注")
    rows = [
        ("杜斌", "13800130001", "1号楼1单元101", None),
        ("杜丽（租户）", "同上", "〃", "志愿者"),
    ]
    first, second = read(xlsx(head, *rows)).rows
    assert (second["phones"], second["room"]) == (first["phones"], "101")
    assert (second["name"], second["remarks"]) == ("杜丽", "志愿者；租户")


def test_a_house_that_became_a_date_is_never_guessed_back() -> None:
    for cell in ("3月2日", "2022-03-02", "2-Mar"):
        row = only("王芳", GOOD, cell, "501", head=("姓名", "身份证号", "楼-单元", "室号"))
        assert (row["building"], row["unit"], row["room"]) == (None, None, "501")
        assert row.problems == ["house_is_date"]


def test_errors_are_empty_values() -> None:
    row = only("王芳", GOOD, "#N/A", "1", "1", "101")
    assert (row["phones"], row.problems) == ([], ["cell_error"])


def test_a_cell_too_long_is_refused_alone() -> None:
    data = csv(HEAD, ("王芳", GOOD, "13800130001", "1", "1", "101", "x" * 100_000))
    (row,) = read(data, "a.csv").rows
    assert (row["remarks"], row.problems) == (None, ["cell_too_long"])


def test_duplicates_across_rows() -> None:
    rows = [
        ("王芳", GOOD, "13800130001", "1", "1", "101"),
        ("王方", GOOD, "13800130001", "1", "1", "101"),
        ("王方", OTHER, "13800130001", "1", "1", "101"),
    ]
    one, two, three = read(xlsx(HEAD, *rows)).rows
    assert one.problems == ["duplicate_id", "name_conflict", "possible_duplicate"]
    assert two.problems == ["duplicate_id", "name_conflict", "possible_duplicate"]
    assert three.problems == ["possible_duplicate"]


def test_columns_can_be_corrected() -> None:
    data = xlsx(("甲", "乙", "丙"), ("王芳", GOOD, "13800130001"))
    assert read(data).notices[0].code == "no_headings"
    document = read(data, mapping={"": {"name": ["A"], "id_number": ["B"], "phones": ["C"]}})
    assert [r["name"] for r in document.rows] == ["甲", "王芳"]
    with pytest.raises(BadMapping):
        read(data, mapping={"": {"shoe": ["A"]}})
    with pytest.raises(UnknownKind):
        read(data, kind="cats")


def test_other_kinds_are_the_same_mechanism() -> None:
    head = ("姓名", "手机", "单位", "是否党员", "特长", "可服务时间")
    data = xlsx(head, ("王芳", "13800130001", "住建局", "是", "会录入", "周六上午"))
    (volunteer,) = read(data, kind="volunteers").rows
    assert (volunteer["org"], volunteer["party_member"], volunteer["skills"]) == (
        "住建局",
        True,
        ["data_entry"],
    )
    data = xlsx(
        ("姓名", "试管号", "检测结果", "采样时间"), ("王芳", "T1", "阴性", "2022-04-12 08:15")
    )
    (result,) = read(data, kind="results").rows
    assert (result["result"], result["sampled_at"]) == ("negative", "2022-04-12T08:15")
    data = xlsx(
        ("姓名", "手机", "房号", "需求"), ("王芳", "13800130001", "3-2-501", "土豆3斤 盐2袋")
    )
    (need,) = read(data, kind="needs").rows
    assert [i["name"] for i in need["items"]] == ["土豆", "盐"]
    data = xlsx(("单位名称", "联系人", "电话", "人数"), ("市水务局", "李四", "13800130001", "40人"))
    (organisation,) = read(data, kind="organisations").rows
    assert (organisation["name"], organisation["people"]) == ("市水务局", 40)


def test_progress_is_told() -> None:
    seen: list[tuple[int, int]] = []
    read(xlsx(HEAD, ("王芳", GOOD)), progress=lambda done, total: seen.append((done, total)))
    assert seen[-1] == (2, 2)


def test_headings_are_compared_without_ornament() -> None:
    assert heading("*姓  名") == heading("姓名") == "姓名"
    assert heading("身份证\n号码") == "身份证号码"
    assert heading("联系电话（必填）") == "联系电话"


def test_column_letters() -> None:
    assert [letter(i) for i in (0, 25, 26, 701, 702)] == ["A", "Z", "AA", "ZZ", "AAA"]
    assert all(index_of(letter(i)) == i for i in range(1000))


@pytest.mark.parametrize(
    ("building", "unit", "room", "door"),
    [
        ("4号楼", "", "1-502", ("4", "1", "502")),
        ("4", "2", "4-502", ("4", "2", "502")),
        ("4", "", "4-502", ("4", None, "502")),
        ("4", "", "4-1-502", ("4", "1", "502")),
        ("", "", "1-502", ("1", None, "502")),
    ],
)
def test_a_room_cell_that_holds_the_unit_too(
    building: str, unit: str, room: str, door: tuple[str | None, ...]
) -> None:
    data = csv(HEAD, ["王敏", "", "13800130001", building, unit, room, ""])
    (row,) = read_sheet(data, filename="a.csv").rows
    assert (row["building"], row["unit"], row["room"]) == door


def test_below_a_section_a_pair_is_unit_and_room() -> None:
    data = csv(
        ["姓名", "身份证", "电话", "房号"],
        ["4号楼", "", "", ""],
        ["王敏", "", "13800130001", "1-502"],
    )
    (row,) = read_sheet(data, filename="a.csv").rows
    assert (row["building"], row["unit"], row["room"]) == ("4", "1", "502")
