"""A text split into chains, and each chain into its header, its entries and its tail.

Works on lines only; what a line says is read later (`entries`). Source: SCHEMA A2-A4.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise

from muster.intake.chains.marks import Mark, find_mark
from muster.intake.writing import fold, is_emoji, says_something, simplify, strike

_MARKER = re.compile(
    r"[#＃][ \t]*(?:接[龙龍]|Group[ \t]*Note)|^[ \t]*接[龙龍][ \t]*$"
    r"|^[ \t]*【(?:[报報]名|群)?接[龙龍]】",
    re.IGNORECASE,
)
_DATE = r"(?:\d{4}[-/.]\d{1,2}[-/.]\d{1,2}|\d{4}年\d{1,2}月\d{1,2}日)"
_TIME = r"\d{1,2}:\d{2}(?::\d{2})?"
_SENDER = r"[^:：\t|\n]{1,20}?"
_CHAT = re.compile(rf"(?:(?P<who>{_SENDER})\s+)?{_DATE}\s+{_TIME}(?:\s+(?P<who2>{_SENDER}))?")
_SHORT_CHAT = re.compile(
    rf"(?P<who>{_SENDER})\s+\d{{1,2}}[-/]\d{{1,2}}\s+{_TIME}|\d{{1,2}}[-/]\d{{1,2}}\s+{_TIME}\s+(?P<who2>{_SENDER})"
)
_EXAMPLE = re.compile(
    r"(?:例如|例|示例|举例|接龙格式|报名格式|填写格式|格式|模板|样例)(?:\s*[:：]\s*|\s+)(?P<text>.*)"
)
_LEAD_IN = re.compile(
    "集合点|点位|采样点|地址|要求|须知|注意|事项|说明|流程|规则|分工|安排|区域|小区|如下"
)
_RULE = re.compile(r"[\s\-—–=_*~·.…─━―]{3,}")
_BULLET = re.compile(r"\s*(?:~~)?\s*[-•·★☆▪◆●*](?![-*])\s*")
_WIDE = re.compile("[０-９🔟⑴-⒛]")
_INSIDE = re.compile(r"(?<=[\s,，;；)）\]】」』>。、])")


@dataclass(slots=True)
class Block:
    """Lines of one entry, as pasted. `content` is the text behind its mark (and without the marks
    of a sub-list); `struck`: it was struck through."""

    no: int | None
    lines: list[str]
    content: str
    struck: bool = False


@dataclass(slots=True)
class Part:
    """One chain in lines. `marked`: it stood behind a chain marker."""

    marked: bool
    title: list[str] = field(default_factory=list)
    example: str | None = None
    example_line: str = ""  # as pasted
    blocks: list[Block] = field(default_factory=list)
    tail: list[str] = field(default_factory=list)


def split_chains(text: str) -> tuple[list[Part], list[str]]:
    """All chains of a text and the lines that belong to none."""
    parts: list[Part] = []
    ignored: list[str] = []
    for marked, lines in _sections(text, ignored):
        kept = [line for line in lines if not _is_chat(line, ignored)]
        parts += _Splitter(kept, marked=marked).run()
    return parts, ignored


def _sections(text: str, ignored: list[str]) -> Iterator[tuple[bool, list[str]]]:
    """Stretches between chain markers; the first line is the rest of the marker's line."""
    lines: list[str] = []
    marked = False
    for line in text.split("\n"):
        markers = list(_MARKER.finditer(line))
        if not markers:
            lines.append(line)
            continue
        if marked:
            yield True, lines
        else:
            ignored += [before for before in lines if before.strip()]
        ignored += [line[: markers[0].start()]] if line[: markers[0].start()].strip() else []
        for this, following in pairwise(markers):
            yield True, [line[this.end() : following.start()]]
        lines, marked = [line[markers[-1].end() :]], True
    yield marked, lines


def _is_chat(line: str, ignored: list[str]) -> bool:
    """A line of only a date, a time of day and perhaps a sender."""
    bare = fold(line).strip(" 「」")
    if len(bare) < 9 or ":" not in bare or find_mark(bare) or "\t" in line or "|" in line:
        return False
    match = _CHAT.fullmatch(bare) or _SHORT_CHAT.fullmatch(bare)
    if not match or (match["who"] and match["who2"]):
        return False
    ignored.append(line)
    return True


@dataclass(slots=True)
class _Line:
    text: str
    bare: str
    mark: Mark | None
    blank: bool


def _line(text: str) -> _Line:
    struck = strike(text)[0]
    indent = len(struck) - len(struck.lstrip(" ~\t"))
    return _Line(text, struck, find_mark(struck, indent), not text.strip())


class _Splitter:
    """Reads the lines of one section; a restart inside it makes another part."""

    def __init__(self, lines: list[str], *, marked: bool) -> None:
        self.lines = [_line(t) for t in lines]
        self.part = Part(marked)
        self.parts = [self.part]
        self.loose: list[str] = []  # text after a blank line: a tail, or the title of a new chain
        self.open = False  # an entry takes the unnumbered lines directly below it
        self.listing = False  # numbered lines of a lead-in
        self.sublist: Mark | None = None
        self.style: str | None = None  # of the chain's first entry

    def run(self) -> list[Part]:
        first = self.lines[0] if self.lines else None
        if first and self.part.marked and not first.mark:
            self._unfold(0, self._inner_start(first.text))
        elif not any(x.mark and x.mark.no == 1 for x in self.lines):
            self._unfold_title()
        if not any(x.mark for x in self.lines):
            self._unnumbered()
            return self.parts
        for line in self.lines:
            self._step(line)
        self._settle_loose()
        return self.parts

    # -- lost newlines in the header

    def _unfold_title(self) -> None:
        for i, line in enumerate(self.lines):
            at = None if line.mark else self._inner_start(line.text)
            if at is not None and not _is_lead_in(line.text[:at]):
                self._unfold(i, at)
                return

    def _unfold(self, index: int, at: int | None) -> None:
        if at is not None:
            text = self.lines[index].text
            self.lines[index : index + 1] = [_line(text[:at]), _line(text[at:])]

    def _inner_start(self, text: str) -> int | None:
        """Where "1." stands in a line that holds "1. … 2. …"."""
        one = _next_mark(text, 0, 1)
        if one is None or _next_mark(text, one.end, 2) is None:
            return None
        return one.start

    # -- the lines in order

    def _step(self, line: _Line) -> None:
        if line.blank:
            self.open = self.listing = False
        elif not self.part.blocks and not self.loose:
            self._header(line)
        elif line.mark:
            self._numbered(line, line.mark)
        elif _RULE.fullmatch(line.bare):
            self._end_entry(line)
        elif self.open:
            self._continue(line.text)
        else:
            self.loose.append(line.text)

    def _header(self, line: _Line) -> None:
        content = line.bare[line.mark.end :] if line.mark else line.bare
        example = _example(content)
        if example is not None and self.part.example is None:
            self.part.example, self.part.example_line = example, line.text
            self.listing = False
        elif line.mark and not self.listing:
            self._entry(line.text, line.bare, line.mark)
        else:
            self.listing = bool(line.mark) or _is_lead_in(line.bare)
            if says_something(line.text) or _has_picture(line.text):
                self.part.title.append(line.text.strip())

    def _numbered(self, line: _Line, mark: Mark) -> None:
        if self.loose and _is_lead_in(self.loose[-1]) and mark.no == 1:
            self.listing = True
        if self.loose and self.listing:
            self.loose.append(line.text)
            return
        if self.loose and mark.no == 1:
            self._restart()
        self._settle_loose()
        if not self.part.blocks:
            self._header(line)
        elif self._in_sublist(mark):
            self.sublist = mark
            self._continue(line.text, mark.end)
            self.open = True
        else:
            self._entry(line.text, line.bare, mark)

    def _restart(self) -> None:
        self.part = Part(self.part.marked)
        self.parts.append(self.part)
        self.style = None
        loose, self.loose = self.loose, []
        for text in loose:
            self._header(_line(text))

    def _in_sublist(self, mark: Mark) -> bool:
        blocks = self.part.blocks
        if mark.style == self.style:
            return False
        last = blocks[-1].no
        goes_on = (
            self.sublist is not None
            and self.sublist.style == mark.style
            and mark.no == self.sublist.no + 1
        )
        return goes_on or (last is not None and mark.no <= last)

    def _entry(self, text: str, bare: str, mark: Mark) -> None:
        """One entry, and those that follow it in the same physical line."""
        self.sublist = None
        self.open = True
        self.style = self.style or mark.style
        if text != bare:
            self.part.blocks.append(Block(mark.no, [text], bare[mark.end :], struck=True))
            return
        start, found = 0, mark
        while True:
            following = _next_mark(text, found.end, found.no + 1)
            cut = following.start if following else len(text)
            lines = text[start:cut]
            crossed = lines.lstrip().startswith("~~") and lines.rstrip().endswith("~~")
            self.part.blocks.append(Block(found.no, [lines], text[found.end : cut], crossed))
            if not following:
                return
            start, found = cut, following

    def _continue(self, text: str, skip: int = 0) -> None:
        block = self.part.blocks[-1]
        inside = None if block.no is None or self.sublist else _next_mark(text, 0, block.no + 1)
        cut = inside.start if inside else len(text)
        block.lines.append(text[:cut])
        block.content += "\n" + text[skip:cut]
        if inside:
            self._entry(text[cut:], text[cut:], _shifted(inside, cut))

    def _end_entry(self, line: _Line) -> None:
        if self.loose:
            self.loose.append(line.text)
        else:
            self.part.tail.append(line.text)
        self.open = False

    def _settle_loose(self) -> None:
        self.part.tail += self.loose
        self.loose = []

    # -- chains without numbers

    def _unnumbered(self) -> None:
        bullets = any(not x.blank and _is_bullet(x.text) for x in self.lines)
        if not bullets and not self.part.marked:
            self.part.title = [x.text.strip() for x in self.lines if not x.blank]
            return
        state = "title"
        for line in self.lines:
            state = self._bulleted(line, state) if bullets else self._listed(line, state)

    def _bulleted(self, line: _Line, state: str) -> str:
        if line.blank:
            return "title" if state == "title" else "tail"
        if _is_bullet(line.text):
            bullet = _BULLET.match(line.text)
            content = line.text[bullet.end() if bullet else 0 :]
            if state == "title" and self._took_example(content):
                return state
            self.part.blocks.append(Block(None, [line.text], content))
            return "entry"
        if state == "title":
            self._header(line)
        elif state == "entry" and not _RULE.fullmatch(line.bare):
            self._continue(line.text)
        else:
            self.part.tail.append(line.text)
            return "tail"
        return state

    def _listed(self, line: _Line, state: str) -> str:
        """Lines from the first blank line after the title to the next blank line."""
        if line.blank:
            if state == "title" and (self.part.title or self.part.example):
                return "gap"
            return "tail" if state == "entry" else state
        if state == "title":
            self._header(line)
        elif state in {"gap", "entry"} and not _RULE.fullmatch(line.bare):
            if self._took_example(line.text):
                return state
            self.part.blocks.append(Block(None, [line.text], line.text))
            return "entry"
        else:
            self.part.tail.append(line.text)
            return "tail"
        return state

    def _took_example(self, content: str) -> bool:
        example = _example(content)
        if example is None or self.part.example is not None or self.part.blocks:
            return False
        self.part.example, self.part.example_line = example, content
        return True


def _example(content: str) -> str | None:
    match = _EXAMPLE.match(simplify(content.strip()))
    return content.strip()[match.start("text") :].strip() if match else None


def _is_lead_in(text: str) -> bool:
    bare = text.strip()
    return bare.endswith((":", "：")) and bool(_LEAD_IN.search(simplify(bare)))


def _is_bullet(text: str) -> bool:
    return (
        bool(_BULLET.match(text))
        and not _RULE.fullmatch(text)
        and not text.strip().startswith("--")
    )


def _has_picture(text: str) -> bool:
    """Holds an emoji; lines, boxes and stars (━━━ ◆ ★) only decorate."""
    return any(is_emoji(c) and not ("\u2500" <= c <= "\u2606" or c in "\ufe0f\u200d") for c in text)


def _next_mark(text: str, at: int, no: int) -> Mark | None:
    """The list mark with exactly this number inside a physical line."""
    if str(no) in text or _WIDE.search(text):
        for match in _INSIDE.finditer(text, max(at, 1)):
            mark = find_mark(text, match.start())
            if mark and mark.no == no and not _clock_or_code(text, mark):
                return mark
    return _sign_mark(text, at, no)


def _clock_or_code(text: str, mark: Mark) -> bool:
    """`2-301` and `8:30` look like marks behind a space."""
    if mark.style not in {"-", ":", "—", "–"}:
        return False
    return bool(re.match(r"\s*[0-9０-９]", text[mark.end :]))


def _sign_mark(text: str, at: int, no: int) -> Mark | None:
    """A circled number needs no space before it."""
    sign = chr(0x2460 + no - 1) if 1 <= no <= 20 else None
    index = text.find(sign, at) if sign else -1
    return find_mark(text, index) if index > 0 else None


def _shifted(mark: Mark, by: int) -> Mark:
    return Mark(mark.no, mark.style, mark.start - by, mark.end - by)
