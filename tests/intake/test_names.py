"""Real names, mechanically; one way of writing; identity numbers."""

import pytest

from muster.intake.identity import judge
from muster.intake.names import SURNAMES, is_familiar, is_real_name, is_titled
from muster.intake.writing import clean_spaces, fold, is_emoji, is_han, key, simplify, strike, words
from muster.kernel.resident_id import check_digit


@pytest.mark.parametrize(
    "name",
    [
        "王芳",
        "王建国",
        "陳麗華",
        "歐陽雪",
        "欧阳文静",
        "司马飞",
        "尉迟恭",
        "买买提·吐尔逊",
        "涂成",
        "劉曉雯",
        "范 冰".replace(" ", ""),
    ],
)
def test_real_names(name: str) -> None:
    assert is_real_name(name)


@pytest.mark.parametrize(
    "name",
    [
        "芳芳",
        "方方",
        "豆豆妈",
        "王姐",
        "张阿姨",
        "李大夫",
        "王总",
        "王工",
        "王师傅",
        "楼长",
        "单元长",
        "物业",
        "Lisa",
        "A刘洋",
        "王",
        "王建国家人",
        "高血压",
        "",
    ],
)
def test_what_is_no_real_name(name: str) -> None:
    assert not is_real_name(name)


def test_titles_and_familiar_names() -> None:
    assert is_titled("李叔")
    assert is_titled("陳太太")
    assert not is_titled("打工")
    assert is_familiar("老秦")
    assert not is_familiar("阿莫西林")
    assert {"王", "司"} <= SURNAMES


def test_writing() -> None:
    assert fold("Ａ１：") == "A1:"
    assert simplify("陳麗華週六後") == "陈丽华周六后"
    assert len(simplify("葉")) == 1
    assert clean_spaces("a\r\nb\u3000\u200bc") == "a\nb c"
    assert key("Ａ-b 三！") == "ab三"
    assert strike("王\u0336芳\u0336") == ("王芳", True)
    assert is_han("三〇𠅤")
    assert is_emoji("🍀")
    assert not is_emoji("王")
    assert words("a\n b") == ("a", "b")


def test_check_digits() -> None:
    assert check_digit("14010119900307421") == "0"
    assert judge("14010119570621412X").problem is None
    born = judge("140101199003074210").born
    assert born
    assert born.isoformat() == "1990-03-07"
