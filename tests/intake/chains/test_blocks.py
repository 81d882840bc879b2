"""How a text falls into chains, headers, entries and tails: SCHEMA A1, A2, A4.

Covers muster.intake.chains.blocks, muster.intake.chains.marks, muster.intake.chains.kinds.
"""

import pytest

from muster.intake.chains import Chain, Kind, read_chains
from muster.intake.chains.kinds import decide_kind
from muster.intake.chains.marks import find_mark


def one(text: str) -> Chain:
    chains = read_chains(text).chains
    assert len(chains) == 1
    return chains[0]


MARKS = {
    "1. 王": (1, "."),
    "1．王": (1, "."),
    "12、王": (12, "、"),
    "3)王": (3, ")"),
    "3）王": (3, ")"),
    "(4)王": (4, "()"),
    "（4）王": (4, "()"),
    "6:王": (6, ":"),
    "6：王": (6, ":"),
    "8,王": (8, ","),
    "8，王": (8, ","),
    "[11]王": (11, "square"),
    "【12】王": (12, "lens"),
    "7 - 王": (7, "-"),
    "7-王": (7, "-"),
    "9\t王": (9, "tab"),
    "9 | 王": (9, "|"),
    "①王": (1, "circle"),
    "⑳王": (20, "circle"),
    "❶王": (1, "circle"),
    "➀王": (1, "circle"),
    "➊王": (1, "circle"),
    "⑴王": (1, "()"),
    "⒈王": (1, "."),
    "1️⃣王": (1, "keycap"),
    "1️⃣2️⃣王": (12, "keycap"),
    "1⃣王": (1, "keycap"),
    "🔟王": (10, "keycap"),
    "１２．王": (12, "."),
    "1.3-2-501": (1, "."),
    "2.505李": (2, "."),
    "4.15号楼": (4, "."),
    "0. 例": (0, "."),
}


@pytest.mark.parametrize(("line", "expected"), MARKS.items())
def test_list_marks(line: str, expected: tuple[int, str]) -> None:
    mark = find_mark(line)
    assert mark
    assert (mark.no, mark.style) == expected


@pytest.mark.parametrize(
    "line",
    [
        "4.10志愿者",
        "1.5米",
        "6:30集合",
        "8：00",
        "3-2-501",
        "2022.4.12",
        "1234. 王",
        "王1.",
        "3.2.501",
    ],
)
def test_what_is_no_list_mark(line: str) -> None:
    assert find_mark(line) is None


@pytest.mark.parametrize(
    "marker",
    [
        "#接龙",
        "#接龍",
        "＃接龙",
        "# 接龙",
        "#Group Note",
        "接龙",
        "接龍",
        "【接龙】",
        "【报名接龙】",
        "【群接龙】",
        "@某某 打卡#接龙",
    ],
)
def test_chain_markers(marker: str) -> None:
    chain = one(f"你好\n{marker}\n标题\n\n1. 王芳")
    assert (chain.title, len(chain.entries)) == ("标题", 1)


def test_a_marker_inside_a_sentence_is_none() -> None:
    assert one("请大家接龙\n1. 王芳").title == "请大家接龙"


def test_text_before_the_first_marker_is_ignored_but_not_lost() -> None:
    document = read_chains("王大姐 4-11 20:15\n大家好\n#接龙\n1. 王芳")
    assert document.ignored == ["王大姐 4-11 20:15", "大家好"]


def test_lost_newlines() -> None:
    chain = one("#接龙 4月11日 1. 王海 上午 2. 李芬 3. 4. 张鹏，5. 赵倩")
    assert chain.title == "4月11日"
    assert [e.no for e in chain.entries] == [1, 2, 3, 4, 5]
    assert chain.entries[2].is_placeholder


def test_no_marker_and_no_entries_is_no_chain() -> None:
    text = "采样点地址如下：\n1. 南门\n2. 北门\n请错峰前往"
    document = read_chains(text)
    assert document.chains == []
    assert document.ignored == text.split("\n")


def test_lead_in_lists_are_title() -> None:
    chain = one("#接龙\n集合点：\n1. 南门\n2. 北门\n要求：\n1）口罩\n例 姓名\n\n1. 王芳")
    assert chain.title == "集合点：\n1. 南门\n2. 北门\n要求：\n1）口罩"
    assert (chain.example, len(chain.entries)) == ("姓名", 1)


@pytest.mark.parametrize(
    "word",
    ["例", "例如", "示例", "举例", "格式", "接龙格式", "报名格式", "填写格式", "模板", "样例"],
)
@pytest.mark.parametrize("number", ["", "0. "])
def test_examples(word: str, number: str) -> None:
    chain = one(f"#接龙\n{number}{word}：李四 501\n1. 王芳")
    assert (chain.example, len(chain.entries)) == ("李四 501", 1)


def test_a_restart_is_a_new_chain_and_a_heading_between_is_tail() -> None:
    chains = read_chains("上午\n1. 王芳\n2. 李四\n\n下午\n1. 赵六\n\n候补：\n2. 孙七").chains
    assert [c.title for c in chains] == ["上午", "下午"]
    assert [c.tail for c in chains] == [None, "候补："]


def test_sub_lists_belong_to_their_entry() -> None:
    chain = one("#接龙\n1. 王芳\n2. 汪家 两人\n1）汪琴\n2）汪涛\n3. 田雨")
    assert [e.no for e in chain.entries] == [1, 2, 3]
    assert chain.entries[1].others == ["汪琴", "汪涛"]


def test_mixed_marks_that_go_on_counting_are_entries() -> None:
    assert [e.no for e in one("接龙\n1、王磊\n2)李娜\n(3)张伟\n④赵敏").entries] == [1, 2, 3, 4]


def test_chat_headers_are_ignored_wherever_they_stand() -> None:
    document = read_chains("#接龙\n1. 王芳\n2022-04-12 08:15:22\n物业小李 2022/4/12 8:15\n2. 李四")
    assert [e.raw for e in document.chains[0].entries] == ["1. 王芳", "2. 李四"]
    assert len(document.ignored) == 2


def test_a_line_of_dashes_ends_the_entry() -> None:
    chain = one("#接龙\n1. 王芳\n- - - - -\n谢谢\n2. 李四")
    assert [e.raw for e in chain.entries] == ["1. 王芳", "2. 李四"]
    assert "谢谢" in (chain.tail or "")


@pytest.mark.parametrize("bullet", ["-", "•", "·", "★", "☆", "▪", "◆", "●", "*"])
def test_bullets(bullet: str) -> None:
    chain = one(f"夜班\n\n{bullet} 王芳\n3-2-501\n{bullet} 李四")
    assert [(e.no, e.name) for e in chain.entries] == [(None, "王芳"), (None, "李四")]


def test_bare_lines_after_the_title_of_a_marked_chain() -> None:
    chain = one("#接龙\n夜班\n\n王芳\n李四\n\n谢谢")
    assert [e.name for e in chain.entries] == ["王芳", "李四"]
    assert chain.tail == "谢谢"


def test_a_marked_chain_without_entries_is_kept() -> None:
    assert one("#接龙\n4月14日（还没人报）").entries == []


@pytest.mark.parametrize(
    ("title", "kind"), [("蔬菜团购", Kind.NEEDS), ("点名", Kind.HEADCOUNT), ("志愿者", Kind.SIGNUP)]
)
def test_the_title_decides_when_nobody_has_signed_up(title: str, kind: Kind) -> None:
    assert decide_kind(title, []) is kind
    assert one(f"#接龙\n{title}\n1. ").kind is kind


def test_the_entries_decide_otherwise() -> None:
    assert one("#接龙\n1. 101 3/3\n2. 102 4人 缺1").kind is Kind.HEADCOUNT
    assert one("#接龙\n1. 101 土豆3斤\n2. 102 盐").kind is Kind.NEEDS
    assert one("#接龙\n点名\n1. 王芳\n2. 李四").kind is Kind.SIGNUP
