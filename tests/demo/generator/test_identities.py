import re
from datetime import date
from random import Random

import pytest

from muster.demo.generator import DemoCity
from muster.demo.generator.identities import Inventor
from muster.kernel.resident_id import check_digit


@pytest.mark.parametrize("number", ["11010519491231002X", "440524188001010014"])
def test_the_check_digit_of_the_standards_own_samples(number: str) -> None:
    assert check_digit(number[:17]) == number[17]


def test_every_number_is_valid_and_nobody_shares_a_phone(city: DemoCity) -> None:
    people = [*city.residents, *city.staff, *(c for c in city.cadres if c.resident is None)]
    phones = [phone for person in people for phone in person.who.phones]
    assert len(set(phones)) == len(phones)
    assert all(re.fullmatch(r"1[3-9]\d0000\d{4}", phone) for phone in phones)
    cards = [person.who for person in people if person.who.id_kind == "id_card"]
    numbers = [who.id_number or "" for who in cards]
    assert len(set(numbers)) == len(numbers)
    for who, number in zip(cards, numbers, strict=True):
        assert number[17] == check_digit(number[:17])
        assert number[6:14] == f"{who.born:%Y%m%d}"
        assert (int(number[16]) % 2 == 1) == (who.sex == "男")


def test_common_surnames_are_common() -> None:
    inventor = Inventor(Random(1))
    drawn = [inventor.surname() for _ in range(5000)]
    assert drawn.count("王") > drawn.count("常") > 0
    assert "欧阳" in drawn


def test_ages_are_full_years() -> None:
    inventor, night = Inventor(Random(1)), date(2022, 4, 3)
    for _ in range(200):
        born = inventor.born(night, 18, 20)
        assert 18 <= (night - born).days / 365.25 < 21.1
