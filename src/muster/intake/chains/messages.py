"""The text of a chain in what chat programs export. Source: SCHEMA A1.

WeCom sends JSON (`msgtype` 213), WeChat XML (app message type 53). Both carry ranges in UTF-16 code
units that are stale once the text was edited: only the text counts.
"""

import json
import re
from html import unescape

from muster.intake.errors import (
    BrokenEncoding,
    Damaged,
    Empty,
    NoMessageText,
    NotText,
    Picture,
    TooLong,
)
from muster.intake.signatures import is_picture, other
from muster.intake.writing import clean_spaces

LIMIT = 2_000_000  # characters; a chain of 500 neighbours has about 30,000
_TITLE = re.compile(r"<title>(?:<!\[CDATA\[(?P<cdata>.*?)\]\]>|(?P<text>.*?))</title>", re.DOTALL)
_APPMSG = re.compile(r"<appmsg\b.*?</appmsg>", re.DOTALL)


def message_text(data: str | bytes, *, suffix: str, filename: str = "The text") -> str:
    """The pasted text, cleaned of odd spaces. `suffix`: .txt, .json or .xml.

    Raises BrokenEncoding, Empty, TooLong, Picture, NotText;
    Damaged or NoMessageText for a message export that is
    none.
    """
    text = data if isinstance(data, str) else _decoded(data, filename)
    if len(text) > LIMIT:
        raise TooLong(filename=filename, characters=len(text), limit=LIMIT)
    if not text.strip():
        raise Empty(filename=filename)
    if suffix == ".json":
        text = _wecom(text, filename)
    elif suffix == ".xml":
        text = _wechat(text, filename)
    return clean_spaces(text)


def _decoded(data: bytes, filename: str) -> str:
    if is_picture(data):
        raise Picture(filename=filename)
    found = other(data)
    if found:
        raise NotText(filename=filename, found=found)
    offset = 0
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError as problem:
            offset = problem.start
    raise BrokenEncoding(filename=filename, offset=offset)


def _wecom(text: str, filename: str) -> str:
    try:
        message = json.loads(text)
    except (ValueError, RecursionError) as problem:
        raise Damaged(filename=filename, reason="not JSON") from problem
    content = message.get("content") if isinstance(message, dict) else None
    title = content.get("title") if isinstance(content, dict) else None
    if not isinstance(title, str) or not title.strip():
        raise NoMessageText(filename=filename)
    return title


def _wechat(text: str, filename: str) -> str:
    """The title of the message, without an XML parser: nothing is expanded or fetched."""
    message = _APPMSG.search(text)
    title = _TITLE.search(message[0] if message else text)
    if not title:
        raise NoMessageText(filename=filename)
    said = title["cdata"] if title["cdata"] is not None else unescape(title["text"])
    if not said.strip():
        raise NoMessageText(filename=filename)
    return said
