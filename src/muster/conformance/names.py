"""Fresh things for the names in a case."""

import random
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from muster.conformance.fixture import Fixture
from muster.kernel import clock
from muster.kernel.ids import new_id


class Supply:
    """Residents and tube codes, each given out once a run."""

    def __init__(self, fixture: Fixture) -> None:
        self._people = iter(fixture.people)
        self._prefix, self._length = fixture.tube, fixture.length
        self._first = random.randrange(10**6) * 1000  # noqa: S311 -- codes of one run
        self._tubes = 0
        self._doors = iter(fixture.kits.doors if fixture.kits else ())
        self.fixture = fixture

    def person(self) -> UUID:
        """A resident whom this run has not used."""
        return next(self._people)

    def door(self) -> tuple[int, UUID, UUID]:
        """A door of the series where nobody has been, and two who live there."""
        return next(self._doors)

    def tube(self) -> str:
        """A code that the round has not seen."""
        self._tubes += 1
        digits = self._length - len(self._prefix)
        return self._prefix + str(self._first + self._tubes)[-digits:].rjust(digits, "0")


class Names:
    """The names of one case and what they stand for."""

    def __init__(self, supply: Supply) -> None:
        self._supply = supply
        self._ids: dict[str, UUID] = {}
        self._tubes: dict[str, str] = {}
        self._doors: dict[str, tuple[int, UUID, UUID]] = {}
        self._people: dict[str, UUID] = {
            "stranger": supply.fixture.stranger,
            "home1": supply.fixture.household[0],
            "home2": supply.fixture.household[1],
            "unknown": uuid4(),
        }

    def id(self, name: str) -> UUID:
        """The id of an entry; ids are made in the order in which a case names them."""
        if name not in self._ids:
            self._ids[name] = new_id()
        return self._ids[name]

    def entry(self, written: dict[str, Any], moment: str) -> dict[str, Any]:
        """An entry of a case with names replaced. `moment` is the field that holds the phone's
        clock; ``"skew": hours`` puts it wrong."""
        sent = dict(written)
        skew = timedelta(hours=sent.pop("skew", 0))
        sent["id"] = str(self.id(sent["id"]))
        sent.setdefault(moment, _text(clock.now() + skew))
        if "tube" in sent:
            sent["tube"] = self._tube(sent["tube"])
        if isinstance(sent.get("person"), str):
            sent["person"] = str(self._person(sent["person"]))
        for names in ("record", "undoes"):
            if names in sent:
                sent[names] = str(self.id(sent[names]))
        return sent

    def kit_word(self, written: dict[str, Any]) -> dict[str, Any]:
        """A word about kits: ``"door": "d1"`` is a door, ``"person": "d1.1"`` the first who lives
        there; day, kits and store are the fixture's unless the case says otherwise."""
        series = self._supply.fixture.kits
        if series is None:
            raise LookupError("the fixture has no kits")
        sent = dict(written)
        person = sent.pop("person", None)
        if isinstance(sent.get("door"), str):
            sent["door"] = self._door(sent["door"])[0]
        if sent["kind"] == "issue":
            usual = {"day": series.covers, "kits": series.kits, "store": str(series.store)}
            sent = usual | sent
        elif sent["kind"] == "result":
            sent = {"day": series.day} | sent
        told = self.entry(sent, "made_at")
        return told if person is None else told | {"person": str(self._behind(person))}

    def _behind(self, name: str) -> UUID:
        door, _, number = name.partition(".")
        if not number:
            return self._person(name)
        _, first, second = self._door(door)
        return first if number == "1" else second

    def _door(self, name: str) -> tuple[int, UUID, UUID]:
        if name not in self._doors:
            self._doors[name] = self._supply.door()
        return self._doors[name]

    def _tube(self, name: str) -> str:
        if name.startswith("="):  # as it is
            return name[1:]
        if name not in self._tubes:
            self._tubes[name] = self._supply.tube()
        return self._tubes[name]

    def _person(self, name: str) -> UUID:
        if name not in self._people:
            self._people[name] = self._supply.person()
        return self._people[name]


def _text(at: datetime) -> str:
    return at.isoformat()
