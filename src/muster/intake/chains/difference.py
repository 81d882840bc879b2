"""What a re-post of a chain changed. The whole list is sent again at each sign-up, so a later
message supersedes the earlier one; both versions are kept, and this is what lies between them."""

from collections.abc import Callable
from dataclasses import dataclass

from muster.intake.chains.model import Chain, Entry
from muster.intake.writing import key, words


@dataclass(frozen=True, slots=True)
class Change:
    """The same entry in two versions; `fields` names what differs."""

    old: Entry
    new: Entry
    fields: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ChainDifference:
    added: tuple[Entry, ...]
    changed: tuple[Change, ...]
    withdrawn: tuple[Entry, ...]

    def __bool__(self) -> bool:
        return bool(self.added or self.changed or self.withdrawn)


_COMPARED = words(
    """
    name others people phones house org party_member skills roles availability items present
    expected cancelled note
    """
)


def same_chain(old: Chain, new: Chain) -> bool:
    """Whether `new` is a re-post of `old`: the same kind and title, or half of its entries."""
    if old.kind != new.kind:
        return False
    if key(old.title or "") == key(new.title or "") and old.title:
        return True
    mine = {_content(e) for e in old.entries if not e.is_placeholder}
    theirs = {_content(e) for e in new.entries if not e.is_placeholder}
    return bool(mine) and 2 * len(mine & theirs) >= len(mine)


def compare(old: Chain, new: Chain) -> ChainDifference:
    """Pair the entries of two versions: first by equal text, then by name, then by number; what is
    left over was added or withdrawn. Renumbered entries are the same entries."""
    mine = [e for e in old.entries if not e.is_placeholder]
    theirs = [e for e in new.entries if not e.is_placeholder]
    pairs: list[tuple[Entry, Entry]] = []
    for trait in (_raw, _content, _person, _door, _number):
        pairs += _paired(mine, theirs, trait)
    changes = [Change(a, b, _differences(a, b)) for a, b in pairs]
    changed = sorted((c for c in changes if c.fields), key=lambda c: c.new.no or 0)
    return ChainDifference(tuple(theirs), tuple(changed), tuple(mine))


def _paired(
    mine: list[Entry], theirs: list[Entry], trait: Callable[[Entry], object]
) -> list[tuple[Entry, Entry]]:
    known: dict[object, list[Entry]] = {}
    for entry in mine:
        value = trait(entry)
        if value:
            known.setdefault(value, []).append(entry)
    pairs = []
    for entry in list(theirs):
        waiting = known.get(trait(entry))
        if waiting:
            old = waiting.pop(0)
            pairs.append((old, entry))
            mine[:] = [e for e in mine if e is not old]
            theirs[:] = [e for e in theirs if e is not entry]
    return pairs


def _raw(entry: Entry) -> str:
    return entry.raw


def _content(entry: Entry) -> str:
    text = key(entry.raw)
    number = str(entry.no) if entry.no is not None else ""
    return text.removeprefix(number)


def _person(entry: Entry) -> str | None:
    return key(entry.name) if entry.name else None


def _door(entry: Entry) -> object:
    return entry.house if entry.name is None else None


def _number(entry: Entry) -> object:
    return entry.no if entry.name is None else None


def _differences(old: Entry, new: Entry) -> tuple[str, ...]:
    return tuple(f for f in _COMPARED if getattr(old, f) != getattr(new, f))
