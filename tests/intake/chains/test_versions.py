"""Re-posts, chains given back, exports of chat programs.

Covers muster.intake.chains.difference, muster.intake.chains.rewriting,
muster.intake.chains.messages.
"""

import json
from html import escape

import pytest

from muster.intake.chains import clean_chain, compare, read_chains, same_chain
from muster.intake.chains.messages import LIMIT, message_text
from muster.intake.errors import (
    BrokenEncoding,
    Damaged,
    Empty,
    NoMessageText,
    TooLong,
)

OLD = "#接龙\n志愿者\n\n1. 王芳 501 上午\n2. 李四 502\n3. 赵六 503 13800130001"
NEW = "#接龙\n志愿者\n\n1. 王芳 501 下午\n2. 赵六 503 13800130001\n3. 孙七 504"


def test_a_repost_shows_what_changed() -> None:
    old, new = read_chains(OLD).chains[0], read_chains(NEW).chains[0]
    assert same_chain(old, new)
    difference = compare(old, new)
    assert [e.name for e in difference.added] == ["孙七"]
    assert [e.name for e in difference.withdrawn] == ["李四"]
    assert [(c.new.name, c.fields) for c in difference.changed] == [("王芳", ("availability",))]
    assert not compare(old, old)


def test_another_chain_is_not_a_repost() -> None:
    other = read_chains("#接龙\n买菜\n\n1. 501 盐1袋").chains[0]
    assert not same_chain(read_chains(OLD).chains[0], other)


def test_a_clean_chain_has_no_phones_and_reads_the_same() -> None:
    text = (
        "#接龙\n志愿者 电话13900130009\n\n1. 王芳 3-2-501 13800130001 周六上午\n"
        "2. \n3. 李四 取消\n5. 赵六 +1"
    )
    clean = clean_chain(read_chains(text).chains[0])
    assert "1380013" not in clean
    assert "1390013" not in clean
    again = read_chains(clean).chains[0]
    assert [(e.no, e.name) for e in again.entries] == [(1, "王芳"), (2, "赵六")]
    assert again.entries[0].house == read_chains(text).chains[0].entries[0].house


@pytest.mark.parametrize("text", ["#接龙\n1. 501 土豆5斤 奶粉(3段)2罐", "#接龙\n1. 101 3/4 出差"])
def test_clean_needs_and_counts(text: str) -> None:
    chain = read_chains(text).chains[0]
    again = read_chains(clean_chain(chain)).chains[0]
    first, second = chain.entries[0], again.entries[0]
    assert (first.items, first.present, first.house) == (second.items, second.present, second.house)


def test_wecom_and_wechat_exports() -> None:
    text = "#接龙\n甲&乙<第二批>\n\n1. 王芳"
    wecom = json.dumps({"msgtype": 213, "content": {"title": text, "solitaireInfo": {}}})
    wechat = f"<msg><appmsg><title>{escape(text)}</title></appmsg></msg>"
    for data, suffix in ((wecom, ".json"), (wechat, ".xml"), (text, ".txt")):
        assert read_chains(data, suffix=suffix).chains[0].title == "甲&乙<第二批>"


def test_spaces_and_line_ends_are_cleaned() -> None:
    assert message_text("\ufeffa\u00a0b\r\nc\u200bd\re", suffix=".txt") == "a b\ncd\ne"


def test_gb18030_is_read() -> None:
    assert read_chains("#接龙\n1. 王芳".encode("gb18030")).chains[0].entries[0].name == "王芳"


@pytest.mark.parametrize(
    ("data", "suffix", "error"),
    [
        (b"", ".txt", Empty),
        (b" \n", ".txt", Empty),
        (b"\xff\xff\xff\x80", ".txt", BrokenEncoding),
        (b"{", ".json", Damaged),
        (b"[]", ".json", NoMessageText),
        (b'{"content": {"title": " "}}', ".json", NoMessageText),
        (b"<msg/>", ".xml", NoMessageText),
        (b"<title></title>", ".xml", NoMessageText),
        (b"a" * (LIMIT + 1), ".txt", TooLong),
    ],
)
def test_what_cannot_be_taken_is_refused(data: bytes, suffix: str, error: type[Exception]) -> None:
    with pytest.raises(error):
        read_chains(data, suffix=suffix)


def test_entities_are_not_expanded() -> None:
    bomb = (
        '<!DOCTYPE m [<!ENTITY c SYSTEM "file:///etc/passwd">]>'
        "<msg><appmsg><title>#接龙 &c;</title></appmsg></msg>"
    )
    assert read_chains(bomb, suffix=".xml").chains[0].title == "&c;"
