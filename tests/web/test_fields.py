"""What a form says, and what of it is refused by name."""

from collections.abc import Callable
from datetime import timedelta
from uuid import uuid4

import pytest
from django.http import QueryDict
from django.utils import timezone

from muster.web import fields


def said(**values: str | list[str]) -> QueryDict:
    form = QueryDict(mutable=True)
    for name, value in values.items():
        form.setlist(name, value if isinstance(value, list) else [value])
    return form


def test_values_are_read_and_spaces_dropped() -> None:
    one, two = uuid4(), uuid4()
    form = said(
        hours=" 9 ", person=str(one), also=[str(one), str(two)], door=["3", "4"], note=" a "
    )
    assert fields.number(form, "hours") == 9
    assert fields.key(form, "person") == one
    assert fields.keys(form, "also") == [one, two]
    assert fields.numbers(form, "door") == [3, 4]
    assert fields.text(form, "note") == "a"
    assert fields.minute(said(begins="07:30"), "begins") == 450
    assert fields.keys(form, "nothing") == []
    assert fields.numbers(form, "nothing") == []


def test_a_default_stands_for_what_was_left_empty_alone() -> None:
    now = timezone.now()
    assert fields.number(said(hours=""), "hours", 7) == 7
    assert fields.moment(said(), "cutoff", now) == now
    with pytest.raises(fields.FieldUnreadable):
        fields.number(said(hours="x"), "hours", 7)


def test_a_moment_without_a_zone_is_local() -> None:
    found = fields.moment(said(cutoff="2022-04-03T20:00"), "cutoff")
    assert found.utcoffset() == timedelta(hours=8)


@pytest.mark.parametrize(
    ("read", "value"),
    [
        *((fields.number, value) for value in ("", "-1", "一", "٣", "1e3", "1" * 16, "<b>")),
        (fields.numbers, ["3", "many"]),
        (fields.numbers, [""]),
        (fields.key, ""),
        (fields.key, "7"),
        (fields.keys, [str(uuid4()), "nobody"]),
        (fields.moment, ""),
        (fields.moment, "tomorrow"),
        (fields.minute, "25:00"),
    ],
)
def test_what_cannot_be_read_is_named(
    read: Callable[[QueryDict, str], object], value: str | list[str]
) -> None:
    with pytest.raises(fields.FieldUnreadable) as refused:
        read(said(person=value), "person")
    assert "人" in str(refused.value) or "Person" in str(refused.value)
