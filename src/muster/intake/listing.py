"""What came in, as lines for a person at a terminal. Telephone and ID numbers are masked."""

from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING

from muster.intake.chains.model import Chain, ChainDocument, Entry, Kind
from muster.intake.mends import MENDS

if TYPE_CHECKING:  # a chain is listed without the libraries that read workbooks
    from muster.intake.sheets.model import SheetDocument

_KINDS = {Kind.SIGNUP: "报名 sign-up", Kind.NEEDS: "需求 needs", Kind.HEADCOUNT: "点名 head count"}
SHOWN = 20


def list_chains(document: ChainDocument) -> Iterator[str]:
    """Lines of a summary: each chain, its doubtful entries first."""
    if not document.chains:
        yield "没有找到接龙。No chain was found: paste the text from the line #接龙 on."
    for chain in document.chains:
        yield from _chain(chain)
    if document.ignored:
        yield f"不属于任何接龙的行 lines outside any chain: {len(document.ignored)}"


def _chain(chain: Chain) -> Iterator[str]:
    title = (chain.title or "（无标题）").splitlines()[0]
    doubtful = chain.doubtful
    counts = f"{len(chain.entries)} 条 entries, {len(doubtful)} 待核 doubtful"
    yield f"{title} · {_KINDS[chain.kind]} · {counts}"
    for entry in doubtful:
        yield f"  ? {_line(entry)}"
        for flag in entry.flags:
            yield f"      {MENDS[flag].zh}：{MENDS[flag].mend_zh}"
    for entry in chain.entries:
        if entry not in doubtful:
            yield f"    {_line(entry)}"


def _line(entry: Entry) -> str:
    house = "-".join(v for v in entry.house.to_json().values() if v) if entry.house else ""
    items = " ".join(f"{i.name}{_figure(i.quantity)}{i.unit or ''}" for i in entry.items)
    count = f"{entry.present}/{entry.expected}" if entry.present is not None else ""
    gone = "已取消" if entry.cancelled else ""
    phones = " ".join(mask(p) for p in entry.phones)
    parts = (entry.name or "", house, phones, items, count, gone, entry.note or "")
    number = f"{entry.no}." if entry.no is not None else "-"
    return " ".join([number, *(p for p in parts if p)])


def _figure(quantity: float | None) -> str:
    return "" if quantity is None else f"{quantity:g}"


def mask(phone: str) -> str:
    """138****0001."""
    return f"{phone[:3]}****{phone[-4:]}"


def list_sheet(document: "SheetDocument") -> Iterator[str]:
    """Lines of a summary: the columns found, what is doubtful and its mend."""
    for columns in document.columns:
        said = ", ".join(f"{k}={'+'.join(v)}" for k, v in columns.letters.items())
        name = columns.sheet or document.filename
        yield f"{name} · 表头第 {columns.header_row} 行 heading row · {said}"
    bad = document.doubtful
    yield f"{len(document.rows)} 行 rows, {len(bad)} 待核 doubtful"
    counts = Counter(code for row in document.rows for code in row.problems)
    for code, count in counts.most_common():
        where = [r for r in bad if code in r.problems][:SHOWN]
        at = ", ".join(f"{r.sheet + '!' if r.sheet else ''}{r.row}" for r in where)
        yield f"  {count:>6}  {MENDS[code].zh} → {MENDS[code].mend_zh}"
        yield f"          {at}{' …' if count > SHOWN else ''}"
    for notice in document.notices:
        where_ = (
            f"{notice.sheet or document.filename}{f' 第 {notice.row} 行' if notice.row else ''}"
        )
        yield f"  ! {where_}：{MENDS[notice.code].zh}。{MENDS[notice.code].mend_zh}"
