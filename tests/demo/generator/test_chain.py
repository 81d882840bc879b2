from collections import Counter

from muster.demo.generator import DemoCity
from muster.demo.generator.chain import chain


def test_the_paste_holds_every_neighbour(city: DemoCity) -> None:
    made = chain(city)
    assert made == chain(city)
    assert "#接龙" in made.text
    signed = [entry.resident for entry in made.entries if entry.resident is not None]
    assert set(signed) == set(made.people) == {n.resident for n in city.neighbours}
    kinds = Counter(entry.kind for entry in made.entries)
    assert kinds["placeholder"] == 2
    assert kinds["again"] == 2
    assert kinds["nickname"] >= 3
    assert kinds["plus_one"] >= 3


def test_numbers_rise_and_leave_gaps(city: DemoCity) -> None:
    numbers = [entry.number for entry in chain(city).entries]
    assert numbers == sorted(set(numbers))
    assert numbers[-1] == len(numbers) + 2


def test_each_name_stands_in_the_text_unless_it_is_a_nickname(city: DemoCity) -> None:
    made = chain(city)
    residents = {resident.id: resident for resident in city.residents}
    for entry in made.entries:
        if entry.resident is not None:
            who = residents[entry.resident].who
            assert (who.name in made.text) or entry.kind == "nickname"
