"""House codes as SCHEMA A7 lists them, spelling by spelling: muster.intake.addresses, and the place
they mean: muster.intake.places."""

import pytest

from muster.intake.addresses import House, Place, match_place, parse_house, read_houses, read_pairs
from muster.intake.speech.slate import Slate

# area/building/unit/room
HOUSES = {
    "3栋2单元501": "/3/2/501",
    "3号楼2单元501室": "/3/2/501",
    "3棟2單元501": "/3/2/501",
    "3 栋 2 单元 501": "/3/2/501",
    "3＃楼2单元501": "/3/2/501",
    "3-2-501": "/3/2/501",
    "3—2—501": "/3/2/501",
    "3－2－501": "/3/2/501",
    "3/2/501": "/3/2/501",
    "3~2~501": "/3/2/501",
    "3.2.501": "/3/2/501",
    "3#2-501": "/3/2/501",
    "3栋2-501": "/3/2/501",
    "3栋-2-501": "/3/2/501",
    "3#2单元501": "/3/2/501",
    "3栋2门501": "/3/2/501",
    "3栋2梯501": "/3/2/501",
    "B3-1-1201": "/B3/1/1201",
    "2-1304": "/2//1304",
    "A座1203": "/A//1203",
    "A座 1203": "/A//1203",
    "3号楼513": "/3//513",
    "3幢301": "/3//301",
    "2单元501": "//2/501",
    "5号楼": "/5//",
    "12#楼": "/12//",
    "A座": "/A//",
    "11号楼西单元": "/11/西/",
    "8号楼东单元202": "/8/东/202",
    "3号楼2单元5层东户": "/3/2/5东",
    "5楼东户": "///5东",
    "505": "///505",
    "502室": "///502",
    "A区11号楼西单元": "A区/11/西/",
    "东区3-2-501": "东区/3/2/501",
    "一期3-2-501": "一期/3/2/501",
    "2号院5号楼1单元301": "2号院/5/1/301",
    "香槟花园3-2-509": "香槟花园/3/2/509",
    "丽景苑A区6号楼": "丽景苑A区/6//",
    "香槟花园东区5号楼3单元1102": "香槟花园东区/5/3/1102",
    "东二巷15号": "东二巷/15//",
    "南营村东街8号": "南营村东街/8//",
    "红寺村三排6号": "红寺村三排/6//",
    "西岸公寓": "西岸公寓///",
    "三号楼二单元五零一": "/3/2/501",
    "十二号楼东单元三零二": "/12/东/302",
    "七号楼东单元 应到40实到39": "/7/东/",
    "张立新-3-2-501-下午": "/3/2/501",
    "李四-3-2-501-2人": "/3/2/501",
    "住3-1-201": "/3/1/201",
    "502业主": "///502",
    "501张建华": "///501",
    "101应4实3": "///101",
    "3号楼 应到120 实到118": "/3//",
    "西岸公寓 3-2-501": "西岸公寓/3/2/501",
    "3-2-501室": "/3/2/501",
    "6#1-701": "/6/1/701",
    "八号楼二单元1203户": "/8/2/1203",
    "3-2-0501": "/3/2/0501",
    "b座2單元1101": "/B/2/1101",
}


@pytest.mark.parametrize(("text", "expected"), HOUSES.items())
def test_every_spelling_of_a_house(text: str, expected: str) -> None:
    assert "/".join(part or "" for part in parse_house(text).to_json().values()) == expected


@pytest.mark.parametrize(
    "text", ["今年必破130", "8:00-12:00", "1380013161", "2022年", "38.5", "王苑"]
)
def test_what_is_no_house(text: str) -> None:
    assert not parse_house(text)


def test_four_parts_and_bare_pairs_are_doubtful_and_kept() -> None:
    slate = Slate("3-2-5-1")
    assert read_houses(slate) == ([], True)
    assert [slate.text[a:b] for a, b, kept in slate.rest() if kept] == ["3-2-5-1"]
    slate = Slate("8-12")
    assert read_houses(slate) == ([], False)
    assert read_pairs(slate)


def test_two_codes_are_two_readings() -> None:
    found, _ = read_houses(Slate("3-2-501 5-1-302"))
    assert [r.house.room for r in found] == ["501", "302"]


PLACES = [
    Place("a", "香槟花园", "3", "2", "501", aliases=("香槟",)),
    Place("b", "香槟花园", "3", "2", "510"),
    Place("c", "丽景苑", "3", "2", "501"),
]


@pytest.mark.parametrize(
    ("text", "best"),
    [
        ("香槟花园3-2-501", "a"),
        ("香檳花園3棟2單元501", "a"),
        ("香宾花园3-2-501", "a"),
        ("丽景3-2-501", None),
        ("丽井苑3-2-501", "c"),
    ],
)
def test_a_text_finds_its_place(text: str, best: str | None) -> None:
    found = match_place(parse_house(text), PLACES)
    if best:
        assert found[0].place.key == best
    assert all(0 <= c.score <= 1 for c in found)


def test_a_code_without_an_estate_is_not_decided() -> None:
    first, second, *_ = match_place(House(building="3", unit="2", room="501"), PLACES)
    assert first.score == second.score == 1.0
    assert {first.place.key, second.place.key} == {"a", "c"}


def test_a_wrong_building_is_no_candidate_of_worth() -> None:
    found = match_place(House("香槟花园", "9", "2", "501"), PLACES)
    assert all(c.score < 0.95 for c in found)
    assert dict(found[0].reasons)["building"] == 0.0
