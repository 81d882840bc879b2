"""Doors, the bulletin of 08:00, and what must hold when the night is over."""

from uuid import UUID

from muster.apps.audit.actions import act_as, as_system
from muster.apps.audit.queries import verify
from muster.apps.bulletins.queries import bulletin_of, is_unchanged
from muster.apps.communities.queries.doors import residents_of
from muster.apps.dashboards.actions import issue_bulletin
from muster.apps.people.queries.people import persons
from muster.apps.screening.actions import note_absence
from muster.apps.screening.queries.coverage import behind_doors, coverage_below, coverage_total
from muster.demo.night.stage import Stage
from muster.kernel import clock
from muster.protocols.actors import Actor

PER_EXEMPT = 3


def knock(stage: Stage, *, but: set[UUID]) -> None:
    """What is told by telephone is noted at the desk of who is missing, `but` not of those whom the
    pair has looked for: half are away, some exempt, some refuse."""
    outcomes = ("away", "exempt", "home_visit", "not_found", "away", "refused")
    with clock.travel(stage.at(11)), act_as(stage.actors["secretary"]):
        missing = [
            b
            for estate in stage.estates()
            for b in behind_doors(stage.round, estate, only_missing=True)  # type: ignore[arg-type]
            if b.person not in but
        ]
        for i, behind in enumerate(missing[: len(missing) * 2 // 3]):
            outcome = outcomes[i % len(outcomes)]
            note_absence(
                round_id=stage.round, person=behind.person, outcome=outcome,  # type: ignore[arg-type]
                rule="vaccinated" if outcome == "exempt" else "",
            )  # fmt: skip
        total = coverage_total(stage.round)  # type: ignore[arg-type]
        parts = coverage_below(stage.round)  # type: ignore[arg-type]
        roll = len(residents_of(stage.community))
    stage.note(missing=total.missing, excused=total.residents - total.tested - total.missing)
    stage.promise(sum(p.residents for p in parts) == total.residents, "estates do not add up")
    stage.promise(total.residents == roll, "coverage and the roll differ")
    stage.promise(
        total.tested + total.exempt + total.refused + total.away + total.home_visit + total.missing
        == total.residents,
        "statuses do not add up",
    )


def issue(stage: Stage) -> None:
    """The bulletin of 08:00, and the same again: the same figures."""
    cutoff = stage.at(13.5)
    with clock.travel(stage.at(13.6)), act_as(stage.actors["secretary"]):
        first = issue_bulletin(
            area=stage.community, low=stage.community, high=stage.community, cutoff=cutoff
        )
        second = issue_bulletin(
            area=stage.community, low=stage.community, high=stage.community, cutoff=cutoff
        )
        kept = bulletin_of(first.id)
        stage.promise(is_unchanged(kept), "the bulletin has changed")
    stage.bulletin = first.id
    stage.promise(first.figures == second.figures, "the same cut-off gave other figures")


def close(stage: Stage) -> None:
    """What must hold when the night is over: the audit is whole, and other places see nothing."""
    with as_system("demo audit"):
        verdict = verify()
    stage.note(audit_lines=verdict.lines)
    stage.promise(not verdict.faults, "the audit chain is broken")
    other = Actor("demo:elsewhere", places=((140106001001, 140106001001),))
    with act_as(other):
        seen = persons().filter(area=stage.community).count()
    stage.promise(seen == 0, "another community can read residents")
