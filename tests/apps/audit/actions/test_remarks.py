"""`muster.apps.audit.actions.remarks`: short, and nobody's numbers; a phone's words are masked by
`muster.intake.speech.phones`."""

import pytest

from muster.apps.audit.actions import remark
from muster.apps.audit.errors import RemarkHoldsNumber, RemarkTooLong
from muster.intake.speech.phones import without_numbers


def test_the_words_without_the_spaces_around_them() -> None:
    assert remark("  重复\n登记 ") == "重复 登记"
    assert remark("") == ""


@pytest.mark.parametrize(
    "text",
    ["电话13900000001", "１３９００００００01 已核", "+86 139-0000-0001", "0351-7012345",
     "证件140105199001011234", "14010519900101123X", "140105 19900101 1234", "140105900101123"],
)  # fmt: skip
def test_no_numbers_of_people(text: str) -> None:
    with pytest.raises(RemarkHoldsNumber):
        remark(text)
    masked = without_numbers(f"队伍已空，{text}，换班")
    assert "****" in masked
    assert remark(masked) == masked
    assert masked.startswith("队伍已空")
    assert masked.endswith("换班")


@pytest.mark.parametrize(
    "text",
    ["管号应为LC0000000001", "LC0212345678", "3-2-501 两人", "2022-04-03 21:04 复核", "少2根"],
)
def test_tubes_doors_and_times_may_be_said(text: str) -> None:
    assert remark(text) == text
    assert without_numbers(text) == text


def test_not_a_letter() -> None:
    assert remark("好" * 80) == "好" * 80
    with pytest.raises(RemarkTooLong):
        remark("好" * 81)
