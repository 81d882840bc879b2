"""What a household needs: 土豆5斤 白菜2颗, 2斤葡萄, 土豆、洋葱各一斤, 600ml*24瓶4箱.

A stretch between commas is a row of words and amounts. Several amounts behind one word: the last
one counts, those before it are its specification. Source: SCHEMA A9.
"""

import re
from dataclasses import dataclass, field

from muster.intake.speech.quantities import AMOUNT, BRANDED, UNIT, Quantity, read_quantity
from muster.intake.speech.slate import BLANK, Slate
from muster.intake.writing import is_emoji

_BRANDED = "|".join(map(re.escape, BRANDED.split()))
_PIECE = re.compile(
    rf"(?P<bracket>[(\[【<][^)\]】>]*[)\]】>])|(?P<each>各(?:要|来)?\s?)|(?P<brand>{_BRANDED})|(?P<amount>{AMOUNT})(?P<pack>装|/{UNIT})?"
    rf"|(?P<stop>[,;。!?:{BLANK}\n\[\]()【】<>|]+)|(?P<comma>、|和(?=\D)|及|与)|(?P<space>\s+)"
    r"|(?P<word>\d+(?:\.\d+)?(?=[^\d\s])[A-Za-z]*|[A-Za-z+\-'&]+\d*|.)",
    re.IGNORECASE,
)
_SIZE = re.compile(
    r"(?:(?<![A-Za-z])(?:[2-9]?X{0,4}[SML]|NB|均)码?|\d{1,3}码|\d段)$", re.IGNORECASE
)
_LEAD = re.compile(
    "(?:(?:需要|还要|还需要?|再加|再要|再来|另加|另要|加上|麻烦|帮忙|帮我|代买|代购|想要|想买|要|买|来|加|再|和|及|与|还有)+)"
)
_TRAIL = re.compile(r"[\s\-—–:~.+]+$")


@dataclass(frozen=True, slots=True)
class Item:
    """`name` and `spec` as written (NFKC); `quantity` a number or None; `unit` simplified."""

    name: str
    quantity: float | None
    unit: str | None
    spec: str | None = None

    def to_json(self) -> dict[str, object]:
        return {
            "name": self.name,
            "quantity": self.quantity,
            "unit": self.unit,
            "spec": self.spec,
        }


@dataclass(slots=True)
class _Piece:
    kind: str
    start: int
    end: int
    quantity: Quantity | None = None


@dataclass(slots=True)
class _Row:
    """The reading of one entry: words that wait for an amount, and the item being read."""

    slate: Slate
    items: list[Item] = field(default_factory=list)
    doubtful: bool = False
    waiting: list[_Piece] = field(default_factory=list)
    measures: list[_Piece] = field(default_factory=list)
    bracket: _Piece | None = None
    each: bool = False
    ahead: bool = False  # the amount stands before its word: 2斤葡萄

    def close(self) -> None:
        """Make the item of what was read, if it is one."""
        if self.measures and self.waiting:
            self._make()
        elif self.measures and not self.waiting:
            pass  # an amount of nothing stays in the note
        if self.measures or not self.each:
            self.measures, self.bracket, self.each, self.ahead = [], None, False, False

    def _make(self) -> None:
        last = self.measures[-1]
        if last.quantity is None:
            return
        words = self.waiting if self.each else self.waiting[-1:]
        spec = self._spec(last)
        if len(words) == 1 and len(self.waiting) > 1 and self._is_size(words[0]):
            words = [_Piece("word", self.waiting[-2].start, words[0].end)]  # 尿不湿 NB码2包
        for word in words:
            name, size = self._name(word)
            if not name:
                continue
            quantity = last.quantity
            self.items.append(Item(name, quantity.number, quantity.unit, spec or size))
            self.doubtful |= quantity.doubtful
            self.slate.take(word.start, word.end)
        for piece in self.measures:
            self.slate.take(piece.start, piece.end)
        if self.bracket:
            self.slate.take(self.bracket.start, self.bracket.end)
        self.waiting = []

    def _is_size(self, word: _Piece) -> bool:
        return bool(_SIZE.match(self.slate.plain, word.start, word.end))

    def _spec(self, last: _Piece) -> str | None:
        parts = []
        if self.bracket:
            parts.append(self.slate.written(self.bracket.start + 1, self.bracket.end - 1))
        if len(self.measures) > 1:
            parts.append(self.slate.written(self.measures[0].start, last.start))
        return " ".join(p.strip(" *×xX") for p in parts).strip() or None

    def _name(self, word: _Piece) -> tuple[str, str | None]:
        name = "".join(c for c in self.slate.written(word.start, word.end) if not is_emoji(c))
        lead = _LEAD.match(name)
        name = _TRAIL.sub("", name[lead.end() if lead else 0 :]).strip()
        size = _SIZE.search(name)
        if size and size.start() and not self.ahead:
            return name[: size.start()].strip(), size[0]
        return name, None


def read_goods(slate: Slate) -> tuple[list[Item], bool]:
    """Take every item that has an amount: (items, doubtful). A word without an amount stays in the
    note: nobody can tell it from a remark."""
    row = _Row(slate)
    pieces = _pieces(slate)
    for i, piece in enumerate(pieces):
        after = pieces[i + 1].kind if i + 1 < len(pieces) else "stop"
        _STEPS[piece.kind](row, piece, after)
    row.close()
    return row.items, row.doubtful


def _pieces(slate: Slate) -> list[_Piece]:
    pieces: list[_Piece] = []
    for match in _PIECE.finditer(slate.view):
        kind = match.lastgroup or "word"
        if match["amount"]:
            kind = "amount"
        elif match["brand"]:
            kind = "word"
        if kind == "word" and pieces and pieces[-1].kind == "word":
            pieces[-1].end = match.end()
            continue
        quantity = read_quantity(match) if kind == "amount" else None
        pieces.append(_Piece(kind, match.start(), match.end(), quantity))
    for piece in pieces:
        if piece.kind == "word" and _LEAD.fullmatch(slate.plain, piece.start, piece.end):
            piece.kind = "comma"  # 要2袋盐: the word is no name
    return pieces


def _on_word(row: _Row, piece: _Piece, after: str) -> None:
    del after
    if row.measures and not row.waiting:
        row.ahead = True
        row.waiting = [piece]
        row.close()
        return
    if row.measures:
        row.close()
    row.waiting.append(piece)


def _on_amount(row: _Row, piece: _Piece, after: str) -> None:
    glued = row.measures and row.measures[-1].end == piece.start
    if row.measures and not glued and after == "word":
        row.close()  # 猪肉1.5斤 半斤虾皮
        row.waiting = []
    row.measures.append(piece)


def _on_bracket(row: _Row, piece: _Piece, after: str) -> None:
    if row.waiting and not row.measures and after in {"amount", "space", "each"}:
        row.bracket = piece
    elif row.measures:
        row.close()


def _on_each(row: _Row, piece: _Piece, after: str) -> None:
    if after == "amount" and row.waiting:
        row.each = True
        row.slate.take(piece.start, piece.end)


def _on_stop(row: _Row, piece: _Piece, after: str) -> None:
    if row.measures or BLANK in row.slate.view[piece.start : piece.end]:
        row.close()
        row.waiting = []
        return
    if after == "stop":
        row.waiting = []


def _on_space(row: _Row, piece: _Piece, after: str) -> None:
    del piece
    if row.measures and row.waiting and after == "word":
        row.close()


def _on_comma(row: _Row, piece: _Piece, after: str) -> None:
    del piece, after
    if row.measures:
        row.close()
        row.waiting = []


_STEPS = {
    "word": _on_word,
    "amount": _on_amount,
    "bracket": _on_bracket,
    "each": _on_each,
    "stop": _on_stop,
    "space": _on_space,
    "comma": _on_comma,
}
