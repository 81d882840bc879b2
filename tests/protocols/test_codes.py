"""Residents' codes: what is signed is read, everything else is refused with its reason."""

from typing import Any
from uuid import uuid4

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from hypothesis import given
from hypothesis import strategies as st

from muster.protocols.codes import Kind, Verdict, public_jwk, read_code, sign_code
from tests.protocols.vectors import vectors

CODES = vectors("codes")
KEYS = {key["id"]: key["jwk"] for key in CODES["keys"]}


@pytest.mark.parametrize("case", CODES["cases"], ids=lambda c: c["what"])
def test_a_shown_code(case: dict[str, Any]) -> None:
    shown = read_code(case["text"], keys=KEYS, now=CODES["now"])
    assert shown.verdict.value == case["verdict"]
    assert (shown.kind.value, shown.expires) == (case["kind"], case["expires"])
    assert [str(p) for p in shown.persons] == case["persons"]


def test_what_is_signed_is_read_again() -> None:
    private = ec.generate_private_key(ec.SECP256R1())
    family = [uuid4() for _ in range(5)]
    text = sign_code(private, number=2**32 - 1, kind=Kind.SCREEN, expires=100, persons=family)
    shown = read_code(text, keys={2**32 - 1: public_jwk(private)}, now=99)
    assert (shown.verdict, shown.persons) == (Verdict.OK, tuple(family))


@given(st.text(max_size=200))
def test_whatever_is_scanned_is_answered(text: str) -> None:
    assert read_code(text, keys=KEYS, now=0).verdict is Verdict.GARBLED


@given(st.integers(0, 200), st.sampled_from("AZaz09-_.+"))
def test_one_changed_letter_never_passes(at: int, letter: str) -> None:
    text = CODES["cases"][0]["text"]
    changed = text[: at % len(text)] + letter + text[at % len(text) + 1 :]
    shown = read_code(changed, keys=KEYS, now=CODES["now"])
    assert changed == text or shown.verdict is not Verdict.OK
