"""A pair with a phone at the doors of a series, and what it says."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

import pytest

from muster.apps.audit.actions import act_as, as_system
from muster.apps.kits.actions import (
    SentKitWord,
    enrol_kit_phone,
    offer_kit_phone,
    take_kit_words,
)
from muster.kernel import clock
from muster.kernel.ids import new_id
from tests.support.city import SmallCity
from tests.support.kits import Kits


@dataclass
class Pair:
    """A phone of a series and its token."""

    kits: Kits
    phone: UUID
    token: str

    def issue(self, door: int, kits: int = 10, day: int = 0, **more: Any) -> SentKitWord:
        """Kits were handed out at a door."""
        said = {"store": self.kits.store} | more
        return SentKitWord(new_id(), "issue", clock.now(), door, day, kits, **said)

    def result(self, door: int, person: UUID, value: str = "negative", day: int = 2) -> SentKitWord:
        """What somebody's kit showed."""
        return SentKitWord(new_id(), "result", clock.now(), door, day, person=person, value=value)

    def undo(self, word: SentKitWord) -> SentKitWord:
        """A word is taken back."""
        return SentKitWord(new_id(), "undo", clock.now(), undoes=word.id)

    def say(self, *words: SentKitWord) -> list[str]:
        """``state:code`` of each receipt, in the order sent."""
        receipts = take_kit_words(token=self.token, words=words)
        assert [r.id for r in receipts] == [w.id for w in words]
        return [f"{r.state}:{r.code}".rstrip(":") for r in receipts]


def sent(word: SentKitWord) -> dict[str, Any]:
    """A word as it goes over the line."""
    fields = {k: getattr(word, k) for k in SentKitWord.__slots__}
    fields["made_at"] = word.made_at.isoformat()
    return {
        k: str(v) if isinstance(v, UUID) else v for k, v in fields.items() if v not in (None, "")
    }


def pair_at(city: SmallCity, kits: Kits, place: str = "E1", label: str = "手机甲") -> Pair:
    """Enrolled by the secretary for a place of the series."""
    with act_as(city.secretary):
        _, code = offer_kit_phone(series=kits.series.id, place=city.places[place])
    with as_system("test"):
        enrolled = enrol_kit_phone(code=code, label=label)
    assert enrolled is not None
    return Pair(kits, enrolled[0].id, enrolled[1])


@pytest.fixture
def pair(city: SmallCity, kits: Kits) -> Pair:
    """A pair at the first estate."""
    return pair_at(city, kits)
