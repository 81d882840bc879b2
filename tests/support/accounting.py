"""Whether everything that was pasted is somewhere in what was read: every letter, digit and picture
of every line stands in an entry, a title, an example, a tail or among the ignored lines, and none
stands there twice."""

from collections import Counter
from collections.abc import Iterator

from muster.intake.chains import ChainDocument
from muster.intake.chains.blocks import _EXAMPLE, _MARKER
from muster.intake.writing import clean_spaces, fold, is_emoji, simplify, strike

_SILENT = "\u200d\ufe0f\ufe0e\u20e3"


def signs(text: str) -> Counter[str]:
    """What says something: letters, digits and pictures, width-blind."""
    return Counter(c for c in fold(text) if c.isalnum() or _is_picture(c))


def _is_picture(char: str) -> bool:
    """Not a selector; and lines, boxes and stars (━━━ ◆ ★) only decorate."""
    return is_emoji(char) and char not in _SILENT and not "\u2500" <= char <= "\u2606"


def unaccounted(text: str, document: ChainDocument) -> tuple[Counter[str], Counter[str]]:
    """Signs of a text (.txt) that are lost, and signs that were made up or doubled.

    A chain's marker, and the word and number in front of its example, are said by the structure.
    """
    lines = clean_spaces(text).split("\n")
    pasted = signs("\n".join(lines))
    kept = signs("\n".join(_kept(document)))
    said: Counter[str] = Counter()
    wanted = [chain.example for chain in document.chains if chain.example is not None]
    for line in lines:
        said += _marker(line)
        # "1. 例：王某" says 王某; the number, the word and the colon are its place.
        example = next((e for e in wanted if _is_example(line, e)), None)
        if example is not None:
            wanted.remove(example)
            said += signs(_behind_marker(strike(line)[0]).partition(example)[0])
    return pasted - kept - said, kept + said - pasted


def _kept(document: ChainDocument) -> Iterator[str]:
    yield from document.ignored
    for chain in document.chains:
        yield from (chain.title or "", chain.example or "", chain.tail or "")
        yield from (entry.raw for entry in chain.entries)


def _is_example(line: str, example: str) -> bool:
    bare = strike(line)[0].strip()
    word = next(_EXAMPLE.finditer(simplify(bare)), None)
    return word is not None and example in bare[word.end("text") - len(word["text"]) :]


def _behind_marker(line: str) -> str:
    ends = [marker.end() for marker in _MARKER.finditer(line)]
    return line[max(ends, default=0) :]


def _marker(line: str) -> Counter[str]:
    found: Counter[str] = Counter()
    for marker in _MARKER.finditer(line):
        found += signs(marker[0])
    return found
