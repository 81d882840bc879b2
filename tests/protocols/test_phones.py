"""Telephone numbers as people write them."""

import pytest

from muster.protocols.phones import PhoneMalformed, mobile


@pytest.mark.parametrize(
    "text",
    ["13900010002", "139 0001 0002", "139-0001-0002", "+86 139 0001 0002", "8613900010002",
     "008613900010002", "１３９０００１０００２", "(139)00010002"],
)  # fmt: skip
def test_any_usual_spelling(text: str) -> None:
    assert mobile(text) == "13900010002"


@pytest.mark.parametrize("text", ["", "1390001000", "139000100021", "12900010002", "阿姨", "0351"])
def test_what_is_none_is_refused_without_repeating_it(text: str) -> None:
    with pytest.raises(PhoneMalformed) as refused:
        mobile(text)
    assert refused.value.data["number"] == f"…{text[-4:]}"
