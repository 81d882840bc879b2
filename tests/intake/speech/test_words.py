"""Small readers of plain words, each with its own table."""

import pytest

from muster.intake.speech.companions import read_companions
from muster.intake.speech.employers import read_employer
from muster.intake.speech.fillers import is_filler, trim_fillers
from muster.intake.speech.headcounts import read_headcount
from muster.intake.speech.numerals import arabic, whole
from muster.intake.speech.phones import read_phones
from muster.intake.speech.quantities import parse_quantity
from muster.intake.speech.slate import BLANK, Slate
from muster.intake.speech.trades import ROLES, SKILLS, read_party, read_trades


def kept(slate: Slate) -> list[str]:
    return [slate.text[a:b] for a, b, is_kept in slate.rest() if is_kept]


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("三", "3"),
        ("十二", "12"),
        ("二十", "20"),
        ("五零一", "501"),
        ("一百二十", "120"),
        ("一百二", "120"),
        ("一百零二", "102"),
        ("两", "2"),
        ("0501", "0501"),
        ("十", "10"),
        ("〇", "0"),
    ],
)
def test_numerals(text: str, number: str) -> None:
    assert arabic(text) == number
    assert whole(text) == int(number)


PHONES = {
    "138 0013 1601": ["13800131601"],
    "138-0013-1602": ["13800131602"],
    "138.0013.1615": ["13800131615"],
    "+86 13800131603": ["13800131603"],
    "+8613800131604": ["13800131604"],
    "0086 138 0013 1604": ["13800131604"],
    "86-138-0013-1614": ["13800131614"],
    "傅强13800131605": ["13800131605"],
    "13800131606/15000131606": ["13800131606", "15000131606"],
    "１３８００１３１６０８": ["13800131608"],
    "138****1609": ["138****1609"],
    "138xxxx1610": ["138****1610"],
    "138XXXX1610": ["138****1610"],
    "0351-0001611": ["0351-0001611"],
    "(0351)0001611": ["0351-0001611"],
    "010-12345678": ["010-12345678"],
    "140101199003074210": [],
    "短号61618": [],
    "微信号wx13800131605": [],
    "12800131605": [],
}


@pytest.mark.parametrize(("text", "numbers"), PHONES.items())
def test_phones(text: str, numbers: list[str]) -> None:
    found, doubtful = read_phones(Slate(text))
    assert [n for _, n in found] == numbers
    assert not doubtful


@pytest.mark.parametrize("text", ["1380013161", "138001316130"])
def test_a_number_of_the_wrong_length_is_doubtful(text: str) -> None:
    slate = Slate(text)
    assert read_phones(slate) == ([], True)
    assert kept(slate) == [text]


QUANTITIES = {
    "四包": (4, "包"),
    "十五卷": (15, "卷"),
    "两双": (2, "双"),
    "半斤": (0.5, "斤"),
    "一斤半": (1.5, "斤"),
    "两斤半": (2.5, "斤"),
    "1.5斤": (1.5, "斤"),
    "×3": (3, None),
    "*10根": (10, "根"),
    "x2": (2, None),
    "若干": (None, None),
    "两三斤": (None, "斤"),
    "3-4斤": (None, "斤"),
    "一两茶": (1, "两"),
}


@pytest.mark.parametrize(("text", "expected"), QUANTITIES.items())
def test_quantities(text: str, expected: tuple[float | None, str | None]) -> None:
    quantity = parse_quantity(text)
    assert quantity
    assert (quantity.number, quantity.unit) == expected
    assert quantity.doubtful == (quantity.number is None and quantity.unit is not None)


@pytest.mark.parametrize("text", ["3个人", "24小时", "3月", "5块钱x"])
def test_what_is_no_amount_of_goods(text: str) -> None:
    quantity = parse_quantity(text)
    assert quantity is None or quantity.unit == "块"


@pytest.mark.parametrize(("code", "word"), [(c, w) for c, ws in SKILLS.items() for w in ws.split()])
def test_every_skill_word(code: str, word: str) -> None:
    assert read_trades(Slate(word)).skills == (code,)


@pytest.mark.parametrize(("code", "word"), [(c, w) for c, ws in ROLES.items() for w in ws.split()])
@pytest.mark.parametrize("lead", ["", "可", "可做", "想做"])
def test_every_role_word(code: str, word: str, lead: str) -> None:
    assert code in read_trades(Slate(lead + word)).roles


@pytest.mark.parametrize(
    "text",
    ["不会电脑", "没有驾照", "无驾照", "不能上门", "别安排搬东西", "没有车", "不消杀", "不要上门"],
)
def test_a_negated_word_is_kept_for_the_note(text: str) -> None:
    slate = Slate(text)
    found = read_trades(slate)
    assert (found.skills, found.roles) == ((), ())
    assert "".join(slate.text[a:b] for a, b, _ in slate.rest()) == text


@pytest.mark.parametrize("text", ["采样点", "采样台"])
def test_a_sampling_site_is_no_role(text: str) -> None:
    assert read_trades(Slate(text)).roles == ()


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("党员", True),
        ("中共党员", True),
        ("预备党员", True),
        ("🚩", True),
        ("是否党员：是", True),
        ("非党员", False),
        ("群众", False),
        ("共青团员", False),
        ("入党积极分子", False),
        ("是否党员：否", False),
        ("黨員", True),
        ("会录入", None),
    ],
)
def test_party(text: str, answer: bool | None) -> None:
    assert read_party(Slate(text)) is answer


@pytest.mark.parametrize(
    ("text", "employer"),
    [
        ("住建局", "住建局"),
        ("市教育局李红霞", "市教育局"),
        ("机关工委", "机关工委"),
        ("第三小学", "第三小学"),
        ("晋阳银行龙城支行", "晋阳银行龙城支行"),
        ("龙城街道办", "龙城街道办"),
        ("省人民医院", "省人民医院"),
        ("单位市水务局", "市水务局"),
        ("建委", None),
        ("发改委", "发改委"),
        ("市局小王", None),
    ],
)
def test_employers(text: str, employer: str | None) -> None:
    found = read_employer(Slate(text))
    assert (found[1] if found else None) == employer


PEOPLE = {
    "2人": 2,
    "两人": 2,
    "3位": 3,
    "4个人": 4,
    "我们四个人": 4,
    "夫妇": 2,
    "我们俩": 2,
    "两口子": 2,
    "一家三口": 3,
    "一家4口": 4,
    "和老公": 2,
    "我和老公": 2,
    "带上孩子": 2,
    "跟我妈": 2,
    "与爱人": 2,
}


@pytest.mark.parametrize(("text", "people"), PEOPLE.items())
def test_people_said(text: str, people: int) -> None:
    companions = read_companions(Slate(text))
    assert companions.people == people
    assert not companions.doubtful


@pytest.mark.parametrize(
    ("text", "people"),
    [
        ("代妈妈报一个", 1),
        ("给婆婆也报一个", 2),
        ("替李四报名", 1),
        ("顺便帮邻居报一个", 2),
        ("还帮他报个名", 2),
    ],
)
def test_signing_up_for_somebody_else_is_doubtful(text: str, people: int) -> None:
    companions = read_companions(Slate(text))
    assert (companions.people, companions.doubtful) == (people, True)


def test_plus_is_doubtful_unless_a_bracket_names_the_other() -> None:
    assert read_companions(Slate("+2")).doubtful
    named = read_companions(Slate("+1（儿子冯宇轩）"))
    assert (named.plus, named.doubtful) == (1, False)


COUNTS = {
    "4/4": (4, 4),
    "应4实3": (3, 4),
    "应到120 实到118": (118, 120),
    "实到80 应到85": (80, 85),
    "应到70 缺3": (67, 70),
    "应到55 全到": (55, 55),
    "已做3 未做1": (3, 4),
    "在家2 外出1": (2, 3),
    "4人": (None, 4),
    "4口人": (None, 4),
    "五口人 少2个": (3, 5),
    "4人 缺1": (3, 4),
    "3人都在": (3, 3),
    "2口人 全做了": (2, 2),
    "1人 已上门做": (1, 1),
    "✅ 2人": (2, 2),
    "3人做完了": (3, 3),
    "3人到齐": (3, 3),
    "没人": (0, None),
    "无人": (0, None),
    "不在家": (0, None),
    "空房": (0, 0),
    "空置": (0, 0),
    "没人住": (0, 0),
    "401": (None, None),
    "3-2-501": (None, None),
}


@pytest.mark.parametrize(("text", "expected"), COUNTS.items())
def test_headcounts(text: str, expected: tuple[int | None, int | None]) -> None:
    count = read_headcount(Slate(text))
    assert (count.present, count.expected) == expected
    assert not count.doubtful


def test_more_present_than_expected_is_doubtful() -> None:
    assert read_headcount(Slate("4/3")).doubtful


def test_fillers() -> None:
    assert is_filler("都可以参加")
    assert not is_filler("补位")
    assert trim_fillers("李明报名") == (0, 2)


def test_a_slate_gives_back_what_nobody_took() -> None:
    slate = Slate("張三　３－２－５０１")
    assert (slate.text, slate.plain) == ("張三 3-2-501", "张三 3-2-501")
    slate.take(0, 2)
    slate.keep(3, 4)
    assert slate.view == BLANK * 2 + " " + BLANK + "-2-501"
    assert [slate.written(a, b) for a, b, _ in slate.rest()] == [" ", "3", "-2-501"]
    slate.guard(4, 6)
    assert slate.view.endswith(BLANK + BLANK + "-501")
    assert slate.open.endswith("-2-501")
