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

    __slots__ = ("_states", "open", "plain", "text", "view")

    def __init__(self, text: str) -> None:
        self.text = fold(text)
        self.plain = simplify(self.text)
        self._states = bytearray(len(self.text))
        self.view = self.plain  # what is free; everything else is BLANK
        self.open = self.plain  # what is free or guarded; everything else is BLANK

    def _mark(self, start: int, end: int, state: int) -> None:
        # Cutting and joining is cheaper than masking again at each look.
        blank = BLANK * (end - start)
        self._states[start:end] = bytes([state]) * (end - start)
        self.view = self.view[:start] + blank + self.view[end:]
        self.open = self.open[:start] + blank + self.open[end:]

    def take(self, start: int, end: int) -> None:
        self._mark(start, end, _TAKEN)

    def keep(self, start: int, end: int) -> None:
        self._mark(start, end, _KEPT)

    def guard(self, start: int, end: int) -> None:
        """Close a nickname to the readers of words; what was taken from it stays taken."""
        for i in range(start, end):
            if self._states[i] == _FREE:
                self._states[i] = _GUARDED
        self.view = self.view[:start] + BLANK * (end - start) + self.view[end:]

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
        copy.view, copy.open = self.view[start:end], self.open[start:end]
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
