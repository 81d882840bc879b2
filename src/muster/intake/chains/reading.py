"""A text read into chains. Source: SCHEMA A2 (kind), A4 (flags), A10 (references)."""

from collections import Counter

from muster.intake.chains.blocks import Part, split_chains
from muster.intake.chains.entries import Draft, read_entry
from muster.intake.chains.kinds import decide_kind
from muster.intake.chains.messages import message_text
from muster.intake.chains.model import Chain, ChainDocument, Flag, Kind
from muster.intake.chains.phrases import Reference
from muster.intake.writing import fold


def read_chains(
    text: str | bytes, *, suffix: str = ".txt", filename: str = "The text"
) -> ChainDocument:
    """Every chain in a pasted text or a message export.

    `suffix` says what it is: .txt, .json (WeCom), .xml (WeChat). A text without a marker and
    without entries gives no chain. Raises the errors of `messages.message_text`.
    """
    cleaned = message_text(text, suffix=suffix, filename=filename)
    parts, ignored = split_chains(cleaned)
    chains = []
    for part in parts:
        if part.marked or part.blocks:
            chains.append(_chain(part))
            ignored += [] if part.example else [part.example_line]  # "例：" with nothing behind it
        else:
            ignored += [*part.title, part.example_line, *part.tail]
    return ChainDocument(chains, [line.strip() for line in ignored if line.strip()])


def _chain(part: Part) -> Chain:
    title = "\n".join(part.title) or None
    kind = decide_kind(title, part.blocks)
    drafts = [read_entry(block, kind) for block in part.blocks]
    _settle_references(drafts, kind)
    _flag_duplicates(drafts)
    tail = "\n".join(line.strip() for line in part.tail) or None
    return Chain(kind, title, part.example or None, tail, [d.entry for d in drafts])


def _settle_references(drafts: list[Draft], kind: Kind) -> None:
    """Copy what 同上 and 同4号 point to, as already resolved; a bare one is doubtful."""
    for i, draft in enumerate(drafts):
        for reference in draft.phrases.references:
            source = _source(drafts, i, reference)
            if reference.what is None:
                draft.entry.flag(Flag.AMBIGUOUS)
            if source:
                _copy(source, draft, reference, kind)


def _source(drafts: list[Draft], index: int, reference: Reference) -> Draft | None:
    if reference.no is None:
        before = [d for d in drafts[:index] if not d.entry.is_placeholder]
        return before[-1] if before else None
    same = [d for d in drafts if d.entry.no == reference.no and d is not drafts[index]]
    return same[0] if same else None


def _copy(source: Draft, target: Draft, reference: Reference, kind: Kind) -> None:
    a, b = source.entry, target.entry
    if reference.what in {"house", None} and b.house is None:
        b.house = a.house
    if reference.what in {"times", None} and not b.availability:
        b.availability = list(a.availability)
    if reference.what is not None:
        return
    if kind is Kind.SIGNUP and not b.roles:
        b.roles = list(a.roles)
    if kind is Kind.NEEDS and not b.items:
        b.items = list(a.items)


def _flag_duplicates(drafts: list[Draft]) -> None:
    names = Counter(_key(d.entry.name) for d in drafts if d.entry.name)
    numbers = Counter(d.entry.no for d in drafts if d.entry.no is not None)
    for draft in drafts:
        entry = draft.entry
        if entry.name and names[_key(entry.name)] > 1:
            entry.flag(Flag.DUPLICATE_NAME)
        if entry.no is not None and numbers[entry.no] > 1:
            entry.flag(Flag.DUPLICATE_NUMBER)


def _key(name: str | None) -> str:
    return "".join(fold(name or "").casefold().split())
