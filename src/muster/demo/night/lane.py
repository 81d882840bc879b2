"""One table is recorded through the lane's page: the desk's code, signed codes, a scanner that
types. Afterwards the log is held against what was scanned."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from muster.apps.audit.actions import act_as
from muster.apps.communities.queries.doors import Resident, residents_of
from muster.apps.screening.actions import offer_enrolment, paper_codes
from muster.apps.screening.queries.rounds import members_of, tube_of
from muster.demo.night.browser import LaneStopped, NoChromium, Seen, record
from muster.demo.night.script import Queued, Script, write
from muster.demo.night.stage import Stage
from muster.kernel import clock


@dataclass(frozen=True, slots=True)
class Lane:
    """A table's night before it is lived."""

    number: int
    script: Script
    enrolment: str


def prepare(stage: Stage, *, table: UUID, number: int, estate: int, queue: Sequence[UUID]) -> Lane:
    """The desk prints the residents' codes and makes an eight-digit code for the phone."""
    with clock.travel(stage.at(1.4)), act_as(stage.actors["secretary"]):
        roll = residents_of(stage.community, within=estate)
        cards = [card for card in paper_codes(place=estate) if len(card.names) == 1]
        _, enrolment = offer_enrolment(table=table)
    codes = {r.person: card.text for r, card in zip(roll, cards, strict=True)}
    return Lane(number, write(queued(roll, codes, queue), number), enrolment)


def queued(roll: Sequence[Resident], codes: dict[UUID, str], queue: Sequence[UUID]) -> list[Queued]:
    """The queue with each one's code, and whether door and name find nobody else."""
    by_id = {r.person: r for r in roll}
    same = Counter((r.label, r.name) for r in roll)
    return [
        Queued(
            person, codes[person], who.name, who.label,
            alone=same[who.label, who.name] == 1 and who.name.isalnum(),
        )
        for person in queue
        for who in (by_id[person],)
    ]  # fmt: skip


def play(stage: Stage, lane: Lane, tick: Callable[[int], None]) -> Seen | None:
    """Record it in the browser; None where no browser starts. A page that says something else than
    it should breaks a promise of the night."""
    begins, ends = stage.at(1.45), stage.at(9.5)
    length: timedelta = ends - begins
    try:
        return record(
            lane.script, server=stage.server, enrolment=lane.enrolment,
            moment=lambda share: begins + share * length, tick=tick,
        )  # fmt: skip
    except NoChromium:
        return None
    except LaneStopped as stopped:
        stage.promise(kept=False, what=f"the lane stopped at {stopped}")
        return Seen(0, -1, 0)


def settle(stage: Stage, lane: Lane, seen: Seen) -> None:
    """Everybody who was scanned is in the log once, in the tube in hand; every tube was closed with
    what was counted."""
    script = lane.script
    with act_as(stage.actors["secretary"]):
        inside = {code: members_of(stage.round, code) for code in script.tubes}  # type: ignore[arg-type]
        tubes = {code: tube_of(stage.round, code) for code in script.tubes}  # type: ignore[arg-type]
    wrong = sum(
        Counter(m.person for m in inside[code]) != Counter(people)
        for code, people in script.tubes.items()
    )
    closed = {code: tube for code, tube in tubes.items() if tube and tube.closed_at}
    counted = {code: tube.counted for code, tube in closed.items()}
    stage.note(lane=seen.total, lane_offline=seen.offline, lane_unsent=seen.unsent)
    stage.promise(seen.unsent == 0, "the lane's phone has unsent records")
    stage.promise(seen.offline > 0, "the lane was never without a network: not believable")
    stage.promise(seen.total == script.people + 1, "the page and the queue count differently")
    stage.promise(not wrong, f"{wrong} tubes of the lane are not in the log as they were scanned")
    stage.promise(counted == script.counts, "a closing of the lane did not arrive")
