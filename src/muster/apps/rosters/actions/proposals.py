"""What the planner found, written down as a plan: assignments, gaps, figures."""

from collections import Counter
from collections.abc import Sequence

from muster.apps.rosters.models import Assignment, Gap, Plan, Shift
from muster.apps.rosters.queries.experience import told_crew
from muster.apps.rosters.queries.joint import codes_of, whom
from muster.apps.rosters.queries.rosters import GONE
from muster.apps.rosters.queries.weeks import Facts
from muster.planner.plan import Plan as Proposal


def write_proposal(plan: Plan, facts: Facts, proposal: Proposal) -> None:
    """Replace what is on the draft, but for what is pinned, by the proposal."""
    kept = {
        (a.person_id, a.shift_id): a
        for a in Assignment.objects.filter(plan=plan, pinned=True).exclude(state__in=GONE)
    }
    Assignment.objects.filter(plan=plan).exclude(id__in=[a.id for a in kept.values()]).delete()
    Gap.objects.filter(plan=plan).delete()
    plan.edits.all().delete()
    shifts, people = facts.shifts, facts.people
    Assignment.objects.bulk_create(
        [
            Assignment(
                plan=plan,
                shift=shifts[a.post],
                person_id=people[a.person].id,
                area=people[a.person].area,
                serving=shifts[a.post].area,
                unit=people[a.person].unit,
                role=shifts[a.post].post.role,
                reason={"code": a.why.value, "km": round(a.km, 2), "earlier": a.earlier},
            )
            for a in proposal.assignments
            if (people[a.person].id, shifts[a.post].id) not in kept
        ],
        batch_size=1000,
    )
    codes = codes_of(shifts)
    Gap.objects.bulk_create(
        [
            Gap(
                plan=plan, shift=shifts[g.post], area=shifts[g.post].area, missing=g.short,
                reason=g.reason.value, detail={bar.value: n for bar, n in g.counts},
                lacks=[
                    {"who": whom(each.tag, codes), "reason": each.reason.value,
                     "counts": {bar.value: n for bar, n in each.counts}}
                    for each in g.lacks
                ],
            )
            for g in proposal.gaps
        ],
        batch_size=1000,
    )  # fmt: skip
    plan.summary = {**summary_of(shifts, proposal), "newcomers": told_crew(facts.crew)}
    plan.save(update_fields=["summary"])


def summary_of(shifts: Sequence[Shift], proposal: Proposal) -> dict[str, object]:
    """Role → [wanted, needed, placed]; people short; ways; what it costs and how good it is."""
    roles: dict[str, list[int]] = {}
    for shift in shifts:
        line = roles.setdefault(shift.post.role, [0, 0, 0])
        line[0] += shift.required
        line[1] += shift.minimum
    for each in proposal.assignments:
        roles[shifts[each.post].post.role][2] += 1
    figures = proposal.figures
    loads = Counter(each.person for each in proposal.assignments)
    km = [each.km for each in proposal.assignments]
    return {
        "roles": roles,
        "short": proposal.short,
        "short_of_minimum": proposal.short_of_minimum,
        "people": len(loads),
        "most_shifts": max(loads.values(), default=0),
        "km": round(sum(km) / len(km), 2) if km else 0.0,
        "farthest": max(km, default=0.0),
        "parts": {name: round(cost, 2) for name, cost in figures.parts.items()},
        "cost": round(figures.cost, 2),
        "bound": None if figures.bound is None else round(figures.bound, 2),
        "gap": figures.gap,
        "solver": proposal.solver,
        "seconds": round(proposal.seconds, 2),
    }
