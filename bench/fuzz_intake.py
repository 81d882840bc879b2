"""Mutated chains and sheets without end: never an exception, never a lost line.

    python -m bench.fuzz_intake 1000000           chains
    python -m bench.fuzz_intake 5000 --sheets     spreadsheets, broken bytes and broken cells
    --seed 2                                      other mutants, for a second process

The check is exact: every letter, digit and picture that was pasted stands somewhere in what was
read, and none twice. Prints the first mutant that breaks the promise and stops.
"""

import argparse
import random
import time

from tests.intake.shared import samples
from tests.support.accounting import unaccounted
from tests.support.broken_sheets import broken

from muster.intake.chains import read_chains
from muster.intake.errors import NotReadable
from muster.intake.sheets import read_sheet

LONGEST = 320  # characters of one mutant: many small ones find more than few large ones
EVERY = 50_000


def texts() -> list[str]:
    """Stretches of the corpus, each from a line's start, most with their chain's first lines."""
    found = []
    for path in sorted((samples() / "chains").glob("*.txt")):
        lines = path.read_text("utf-8-sig").splitlines(keepends=True)
        for at in range(0, len(lines), 4):
            head = lines[:2] if at > 2 else []
            found.append("".join([*head, *lines[at : at + 14]])[:LONGEST])
    return [text for text in found if text.strip()]


def mutant(chance: random.Random, corpus: list[str]) -> str:
    """A text with stretches cut out, doubled and put in from other texts."""
    text = chance.choice(corpus)
    for _ in range(chance.randint(1, 8)):
        other = chance.choice(corpus)
        at, start = chance.randrange(len(text) + 1), chance.randrange(len(other))
        piece = other[start : start + chance.randint(0, 9)]
        text = text[:at] + piece + text[at + chance.randint(0, 4) :]
    return text if text.strip() else "x"


def chains(count: int, seed: int) -> int:
    """How many mutants were read well before one was not, or `count`."""
    chance, corpus = random.Random(seed), texts()
    for done in range(count):
        text = mutant(chance, corpus)
        try:
            lost, doubled = unaccounted(text, read_chains(text))
        except Exception:
            print(repr(text))
            raise
        if lost or doubled:
            print(repr(text), "lost", dict(lost), "doubled", dict(doubled))
            return done
        if done % EVERY == EVERY - 1:
            print(f"{done + 1:,}", flush=True)
    return count


def sheets(count: int, seed: int) -> int:
    """The same for spreadsheets: a clear refusal, or rows."""
    chance = random.Random(seed)
    files = [p for p in sorted((samples() / "sheets").iterdir()) if p.suffix != ".json"]
    contents = [(p.name, p.read_bytes()) for p in files]
    for done in range(count):
        name, data = chance.choice(contents)
        bad = broken(data, name, chance)
        try:
            read_sheet(bad, filename=name)
        except NotReadable:
            continue
        except Exception:
            print(name, "mutant", done, "of seed", seed)
            raise
    return count


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("count", type=int, nargs="?", default=10_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--sheets", action="store_true")
    said = parser.parse_args()
    begun = time.perf_counter()
    good = (sheets if said.sheets else chains)(said.count, said.seed)
    what = "sheets" if said.sheets else "chains"
    took = time.perf_counter() - begun
    print(f"{good:,} of {said.count:,} mutated {what} read without loss in {took:,.0f} s")
