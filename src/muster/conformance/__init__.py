"""A conformance suite for the sync protocol over HTTP: any server can be held against it.

The cases are JSON (`cases/`), in words that another language can run; `run` plays them against an
address, with a fixture that says who may send and about whom. See docs/reference/conformance.md.
"""

from muster.conformance.cases import Case, Expected, Step, load_cases
from muster.conformance.fixture import BadFixture, Fixture, KitFixture, load_fixture
from muster.conformance.running import Verdict, run

__all__ = [
    "BadFixture",
    "Case",
    "Expected",
    "Fixture",
    "KitFixture",
    "Step",
    "Verdict",
    "load_cases",
    "load_fixture",
    "run",
]
