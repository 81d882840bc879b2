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
        self.fixture = fixture

    def person(self) -> UUID:
        """A resident whom this run has not used."""
        return next(self._people)

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
