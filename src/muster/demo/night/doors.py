"""A pair takes the door list of an estate down to its phone, walks it without a network, and sends
what it found by the sync protocol. Afterwards coverage is held against what the pair said."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import httpx

from muster.apps.audit.actions import act_as
from muster.apps.communities.queries.places import place_of
from muster.apps.screening.actions import offer_enrolment
from muster.apps.screening.queries.coverage import behind_doors, coverage_below
from muster.apps.screening.queries.walks import table_for_walk, words_said
from muster.demo.night.stage import Stage
from muster.kernel import clock
from muster.kernel.ids import new_id

BEGINS = 9.5
LABEL = "Redmi 9"
SWAB = "swab"
FOUND = ("away", SWAB, "not_found", "home_visit", "away", "came", "refused", SWAB, "not_found")
"""What the pair finds, person after person; a swab where somebody is at home and was missed."""
STANDS = {
    "away": ("away", "away"),
    "refused": ("refused", "refused"),
    "home_visit": ("home_visit", "home_visit"),
    "not_found": ("missing", "not_found"),
    "came": ("missing", "came"),
}
"""Status and reason that coverage shows afterwards."""


@dataclass(slots=True)
class Pair:
    """What the pair has in hand (`persons` missing behind the doors, in walking order), what it
    found, and its outbox: nothing is sent on the way."""

    persons: list[UUID]
    found: dict[UUID, str] = field(default_factory=dict)
    batch: dict[str, list[dict[str, Any]]] = field(
        default_factory=lambda: {"records": [], "closings": [], "visits": []}
    )

    def walk(self, begins: datetime) -> None:
        """Everybody once. The first word is wrong, taken back and said anew."""
        for n, person in enumerate(self.persons):
            at = (begins + timedelta(seconds=20 * n)).isoformat()
            if n == 0:
                wrong = self._say(person, "refused", at)
                self._add("visits", outcome="undo", undoes=wrong, made_at=at)
            outcome = self.found[person] = FOUND[n % len(FOUND)]
            if outcome == SWAB:
                self._swab(person, at, f"LC98{n:08d}")
            else:
                self._say(person, outcome, at)

    def _say(self, person: UUID, outcome: str, at: str) -> str:
        until = {"until": at[:10]} if outcome == "away" else {}
        return self._add("visits", outcome=outcome, person=str(person), made_at=at, **until)

    def _swab(self, person: UUID, at: str, tube: str) -> None:
        """One tube a person, closed at once."""
        self._add("records", tube=tube, person=str(person), taken_at=at, size=1)
        self._add("closings", tube=tube, count=1, closed_at=at)

    def _add(self, where: str, **entry: Any) -> str:
        id_ = str(new_id())
        self.batch[where].append({"id": id_, **entry})
        return id_


def walk(stage: Stage) -> set[UUID]:
    """04:00: one estate is walked; whom the desk need not note any more."""
    estate = stage.estates()[-1]
    with clock.travel(stage.at(BEGINS)), act_as(stage.actors["secretary"]):
        table = table_for_walk(stage.round, place_of(estate).path)  # type: ignore[arg-type]
        _, code = offer_enrolment(table=table.id, walks=estate)
        missing = {b.person for b in _missing(stage, estate)}
    headers = {"X-Muster-Clock": stage.at(BEGINS).isoformat()}
    with httpx.Client(base_url=stage.server, timeout=30, headers=headers) as phone:
        pair = _enrol(stage, phone, code, estate)
        stage.promise(set(pair.persons) == missing, "the pair's list is not who is missing there")
        pair.walk(stage.at(BEGINS))
        first, again = (_send(phone, pair) for _ in range(2))
        left = {UUID(row[0]) for row in _list(phone, estate)}
    stage.promise(first == again, "what the pair sent twice got other receipts")
    stage.promise({s for s, _ in first} == {"accepted"}, "a word from a door was not taken")
    stage.promise(bool(missing), "nobody was missing behind the doors: not believable")
    _settle(stage, estate, pair, left)
    return set(pair.found)


def _missing(stage: Stage, estate: int) -> Sequence[Any]:
    return behind_doors(stage.round, estate, only_missing=True)  # type: ignore[arg-type]


def _enrol(stage: Stage, phone: httpx.Client, code: str, estate: int) -> Pair:
    """The eight digits of the desk, once; then the list, the last time that there is a network."""
    answers = [phone.post("/api/sync/enrol", json={"code": code, "label": LABEL}) for _ in range(2)]
    used = [answer.status_code for answer in answers]
    stage.promise(used == [200, 404], "the code of the pair did not work once")
    phone.headers["Authorization"] = f"Device {answers[0].raise_for_status().json()['token']}"
    return Pair([UUID(row[0]) for row in _list(phone, estate)])


def _list(phone: httpx.Client, estate: int) -> list[list[Any]]:
    answer = phone.get("/api/sync/doors", params={"at": estate}).raise_for_status()
    rows: list[list[Any]] = answer.json()["people"]
    return rows


def _send(phone: httpx.Client, pair: Pair) -> list[tuple[str, str]]:
    """Back in the network: all of it at once; state and code of each receipt."""
    answer = phone.post("/api/sync/records", json=pair.batch).raise_for_status()
    return [(r["state"], r["code"]) for r in answer.json()["receipts"]]


def _settle(stage: Stage, estate: int, pair: Pair, left: set[UUID]) -> None:
    """Everybody stands in coverage as the pair said, with the reason; who was swabbed is tested."""
    swabbed = {p for p, outcome in pair.found.items() if outcome == SWAB}
    said = {p: STANDS[outcome] for p, outcome in pair.found.items() if outcome != SWAB}
    with act_as(stage.actors["secretary"]):
        shown = {b.person: (b.status, b.reason) for b in _missing(stage, estate)}
        parts = coverage_below(stage.round)  # type: ignore[arg-type]
        words = words_said(stage.round, list(said))  # type: ignore[arg-type]
    total = next(p for p in parts if p.place == estate)
    counts = Counter(status for status, _ in said.values())
    seen = Counter({k: getattr(total, k) for k in counts})
    stage.note(
        doors_people=len(pair.found), doors_swabbed=len(swabbed),
        doors_reasons=sum(reason != "not_found" for _, reason in said.values()),
    )  # fmt: skip
    stage.promise(shown == said, "coverage does not show what the pair found, with the reasons")
    stage.promise(seen == counts, "the figures of the estate are not what the pair found")
    stage.promise(left == set(said), "somebody swabbed at a door is still on the pair's list")
    stage.promise(
        all(LABEL in w[0].phone for w in words.values()) and len(words) == len(said),
        "a word from a door does not say which phone it came from",
    )
