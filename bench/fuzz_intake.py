"""Mutated chains without end: `python -m bench.fuzz_intake 1000000`. Never an exception, never a
lost line. Prints the first text that breaks the promise and stops."""

import random
import sys

from tests.intake.shared import samples
from tests.intake.test_fuzz import lost_lines

from muster.intake.chains import read_chains


def mutants(count: int, seed: int) -> int:
    """How many mutants were read well before one was not, or `count`."""
    chance = random.Random(seed)
    texts = [p.read_text("utf-8") for p in sorted((samples() / "chains").glob("*.txt"))]
    texts = [t[:1200] for t in texts]
    for done in range(count):
        text = list(chance.choice(texts))
        for _ in range(chance.randint(1, 12)):
            at = chance.randrange(len(text) or 1)
            text[at : at + chance.randint(0, 4)] = chance.choice(texts)[
                at : at + chance.randint(0, 9)
            ]
        mutant = "".join(text) or "x"
        try:
            lost = lost_lines(mutant, read_chains(mutant))
        except Exception:
            print(repr(mutant))
            raise
        if lost:
            print(repr(mutant), lost)
            return done
    return count


if __name__ == "__main__":
    wanted = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000
    print(f"{mutants(wanted, 1):,} of {wanted:,} mutated chains read without loss")
