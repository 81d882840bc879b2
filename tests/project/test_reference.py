"""The reference pages say what the code says. Mend: python -m muster.project.reference"""

import pytest

from muster.project.reference import MADE, PAGES, error_classes


@pytest.mark.parametrize("page", sorted(MADE))
def test_a_page_is_the_one_that_the_code_makes(page: str) -> None:
    assert (PAGES / page).read_text("utf-8") == MADE[page]()


def test_no_code_stands_for_two_errors() -> None:
    seen: dict[str, type] = {}
    for error in error_classes():
        assert seen.setdefault(error.code, error) is error, error.code  # type: ignore[attr-defined]
