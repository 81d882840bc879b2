"""A line of text that readers take words from.

Every reader sees the text with what others have taken blanked out, takes its own words, and leaves
the rest. What nobody took is the note: nothing is dropped.

States of a character: free; taken (its meaning is in a field); kept (belongs in the note, whatever
it looks like); guarded (part of a nickname: only readers of names and houses may look).
"""

import re
from collections.abc import Iterator

from muster.intake.writing import fold, simplify

BLANK = "\x00"
_FREE, _TAKEN, _KEPT, _GUARDED = range(4)


class Slate:
    """Text (NFKC, as written) and `plain` (the same, simplified; equal length) with a state per
    character."""

    __slots__ = ("_guarded", "_open", "_states", "_view", "plain", "text")

    def __init__(self, text: str) -> None:
        self.text = fold(text)
        self.plain = simplify(self.text)
        self._states = bytearray(len(self.text))
        self._view: str | None = self.plain
        self._open: str | None = self.plain
        self._guarded = False

    @property
    def view(self) -> str:
        """What is free; everything else is BLANK. Simplified."""
        if self._view is None:
            self._view = self._mask((_FREE,))
        return self._view

    @property
    def open(self) -> str:
        """What is free or guarded; everything else is BLANK. Simplified."""
        if not self._guarded:
            return self.view
        if self._open is None:
            self._open = self._mask((_FREE, _GUARDED))
        return self._open

    def _mask(self, shown: tuple[int, ...]) -> str:
        if not any(self._states):
            return self.plain
        pairs = zip(self.plain, self._states, strict=True)
        return "".join([c if s in shown else BLANK for c, s in pairs])

    def _mark(self, start: int, end: int, state: int) -> None:
        self._states[start:end] = bytes([state]) * (end - start)
        self._view = self._open = None

    def take(self, start: int, end: int) -> None:
        self._mark(start, end, _TAKEN)

    def keep(self, start: int, end: int) -> None:
        self._mark(start, end, _KEPT)

    def guard(self, start: int, end: int) -> None:
        """Close a nickname to the readers of words; what was taken from it stays taken."""
        self._guarded = True
        for i in range(start, end):
            if self._states[i] == _FREE:
                self._states[i] = _GUARDED
        self._view = self._open = None

    def written(self, start: int, end: int) -> str:
        """As written, NFKC."""
        return self.text[start:end]

    def finditer(self, pattern: re.Pattern[str]) -> Iterator[re.Match[str]]:
        """Matches in the view as it is now; the caller may take while iterating."""
        return pattern.finditer(self.view)

    def excerpt(self, start: int, end: int) -> "Slate":
        """A copy of a stretch, states included, to try something on."""
        copy = Slate.__new__(Slate)
        copy.text, copy.plain = self.text[start:end], self.plain[start:end]
        copy._states = self._states[start:end]
        copy._view = copy._open = None
        copy._guarded = self._guarded
        return copy

    def rest(self) -> Iterator[tuple[int, int, bool]]:
        """Stretches that nobody took: (start, end, kept)."""
        start = 0
        states = self._states
        while start < len(states):
            state = states[start]
            end = start + 1
            while end < len(states) and states[end] == state:
                end += 1
            if state != _TAKEN:
                yield start, end, state == _KEPT
            start = end
