from datetime import date

import pytest

from muster.kernel.resident_id import birth_date, check_digit, is_resident_id

GOOD = "11010519491231002X"  # the example of GB 11643-1999


@pytest.mark.parametrize(
    ("number", "good"),
    [
        (GOOD, True), (GOOD.lower(), True), (GOOD[:-1] + "1", False), (GOOD[:-1], False),
        ("110105194913310021", False), ("", False), ("１１０１０５１９４９１２３１００２X", False),
    ],
)  # fmt: skip
def test_date_and_check_digit_decide(number: str, good: bool) -> None:
    assert is_resident_id(number) is good


def test_parts_of_a_number() -> None:
    assert check_digit(GOOD[:17]) == "X"
    assert birth_date(GOOD) == date(1949, 12, 31)
    assert birth_date("110105194902300020") is None
