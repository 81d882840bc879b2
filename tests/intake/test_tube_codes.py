"""`muster.intake.tube_codes`: what a typist, a scanner and a tired eye do to a code."""

import pytest

from muster.intake.tube_codes import nearest

KNOWN = ["LC0000000001", "LC0000000010", "LC0000000123", "LC0000009999", "XX5555555555"]


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("LC0000000132", "LC0000000123"),  # two swapped: one edit
        ("LC000000123", "LC0000000123"),  # one left out
        ("LC00000001234", "LC0000000123"),  # one too many
        ("XX5555655555", "XX5555555555"),  # one wrong
        ("LC0000009999", "LC0000009999"),  # right after all
    ],
)
def test_the_nearest_comes_first(typed: str, meant: str) -> None:
    assert nearest(typed, KNOWN)[0] == meant


def test_equals_by_code_and_no_more_than_asked() -> None:
    assert nearest("LC0000000000", KNOWN, limit=2) == ["LC0000000001", "LC0000000010"]


def test_a_code_of_another_kind_is_nobodys() -> None:
    assert nearest("QQ777", KNOWN) == []
    assert nearest("", []) == []
