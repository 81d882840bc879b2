"""A split as the planner sees it, and as the desk shows it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import cos, radians
from uuid import UUID

from django.conf import settings

from muster import policies
from muster.apps.communities.queries.places import places
from muster.apps.people.queries.people import persons
from muster.apps.rosters.errors import SplitNotFound
from muster.apps.rosters.models import TeamPair, TeamSearch, TeamSeat, TeamSplit
from muster.apps.rosters.queries.problems import KM_PER_DEGREE
from muster.apps.zones.queries import homes_of
from muster.planner.teams.group import Group, Member, Wanted
from muster.planner.teams.pairs import Contradiction, contradictions
from muster.planner.teams.placing import Point, centres
from muster.planner.teams.proposing import Proposal, propose
from muster.planner.teams.splitting import Split, cost

type CodeRange = tuple[int, int]
NO_TEAM = -1
"""The team of somebody for whom none was found yet."""
TOO_WIDE = ("province", "city", "district")
"""Places whose middle says nothing about where somebody lives."""


@dataclass(frozen=True, slots=True)
class Face:
    """Somebody of a group, as a list shows him."""

    id: UUID
    name: str
    unit: int | None
    party: bool
    skills: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SplitView:
    """A split: `faces`, `seats` and the members of `group` stand in the same order."""

    split: TeamSplit
    faces: tuple[Face, ...]
    seats: tuple[TeamSeat, ...]
    pairs: tuple[TeamPair, ...]
    group: Group
    found: Split
    located: frozenset[UUID]
    """Of whom it is known where they live; the others stand in the middle of all homes."""

    @property
    def pending(self) -> bool:
        """Whether no search has found teams yet."""
        return any(seat.team == NO_TEAM for seat in self.seats)

    def loosened(self, at: int) -> Group:
        """The group without the pin of one member, by position: he is about to be moved."""
        key = self.group.members[at].key
        return replace(self.group, pins={k: t for k, t in self.group.pins.items() if k != key})

    @property
    def proposal(self) -> Proposal:
        """Branches and vanguard posts, by the numbers of the policy."""
        rules = policies.load(settings.MUSTER_POLICY).teams
        return propose(
            self.group, self.found,
            branch_members=rules.branch_members, post_members=rules.post_members,
        )  # fmt: skip


def split_of(split: UUID) -> TeamSplit:
    """One split. Raises `SplitNotFound`."""
    found = TeamSplit.objects.filter(id=split).first()
    if found is None:
        raise SplitNotFound
    return found


def splits_within(areas: CodeRange | None, units: CodeRange | None) -> list[TeamSplit]:
    """The newest splits of a range of places, or of a range of units."""
    found = TeamSplit.objects.order_by("-made_at")
    if areas is not None:
        found = found.filter(area__range=areas)
    elif units is not None:
        found = found.filter(unit__range=units)
    return list(found[:30])


def search_of_split(split: UUID) -> TeamSearch | None:
    """The latest search for a split."""
    return TeamSearch.objects.filter(split=split).order_by("-created_at").first()


def view_of(split: TeamSplit) -> SplitView:
    """The split with its people; who is out of reach is left out."""
    seats = {seat.person_id: seat for seat in split.seats.all()}
    faces = faces_of(list(seats))
    kept = tuple(seats[face.id] for face in faces)
    pairs = tuple(split.pairs.filter(one__in=seats, other__in=seats).order_by("id"))
    led = frozenset(seat.person_id for seat in kept if seat.leads)
    group = group_of(faces, split.teams, led)
    group = replace(
        group,
        pins={str(s.person_id): str(s.team) for s in kept if s.pinned},
        together=[(str(p.one_id), str(p.other_id)) for p in pairs if not p.apart],
        apart=[(str(p.one_id), str(p.other_id)) for p in pairs if p.apart],
    )
    team = [seat.team for seat in kept]
    leads = {seat.team: at for at, seat in enumerate(kept) if seat.leads}
    leader = [leads.get(k, team.index(k) if k in team else 0) for k in range(split.teams)]
    whole = 0.0 if NO_TEAM in team else cost(group, team)
    found = Split(team, leader, whole, split.bound)
    return SplitView(split, faces, kept, pairs, group, found, frozenset(homes_km(faces)))


def contradictions_of(split: TeamSplit) -> list[Contradiction]:
    """Why the pairs and pins of a split, as they stand, cannot all be kept. Keys are ids of people,
    teams their numbers from 0."""
    seats = list(split.seats.all())
    pairs = [(str(p.one_id), str(p.other_id), p.apart) for p in split.pairs.all()]
    return list(
        contradictions(
            [str(seat.person_id) for seat in seats],
            [(a, b) for a, b, apart in pairs if not apart],
            [(a, b) for a, b, apart in pairs if apart],
            {str(seat.person_id): str(seat.team) for seat in seats if seat.pinned},
            [str(k) for k in range(split.teams)],
        )
    )


def faces_of(ids: Sequence[UUID]) -> tuple[Face, ...]:
    """These people, by name; who was merged into another entry or is out of reach is left out."""
    rows = (
        persons()
        .filter(id__in=ids)
        .order_by("pinyin", "id")
        .values_list("id", "name", "unit", "party_member", "skills")
    )
    return tuple(
        Face(id_, name, unit, bool(party), tuple(skills)) for id_, name, unit, party, skills in rows
    )


def group_of(faces: Sequence[Face], teams: int, led: frozenset[UUID] = frozenset()) -> Group:
    """The group of `faces`, who are to be so many teams.

    Party members may lead, and who was named by hand (`led`); where they are too few, everybody
    may. Teams serve in the midst of those who live near each other, and share each skill evenly.
    Raises `BadGroup`.
    """
    homes = _points(faces)
    open_to_all = sum(face.party or face.id in led for face in faces) < teams
    members = [
        Member(
            str(face.id), *homes[face.id], frozenset(face.skills), str(face.unit or ""),
            leads=open_to_all or face.party or face.id in led, party=face.party,
        )
        for face in faces
    ]  # fmt: skip
    share = {
        skill: many
        for skill in sorted({skill for face in faces for skill in face.skills})
        if (many := sum(skill in face.skills for face in faces) // max(1, teams))
    }
    points = centres(list(homes.values()), teams) if faces else [(0.0, 0.0)] * teams
    return Group(members, [Wanted(str(k), x, y, share) for k, (x, y) in enumerate(points)])


def _points(faces: Sequence[Face]) -> dict[UUID, Point]:
    """Where each lives; without a known home, in the middle of all homes."""
    found = homes_km(faces)
    many = max(1, len(found))
    middle = (sum(x for x, _ in found.values()) / many, sum(y for _, y in found.values()) / many)
    return {face.id: found.get(face.id, middle) for face in faces}


def homes_km(faces: Sequence[Face]) -> dict[UUID, Point]:
    """km east and north of where each lives; whose home is on no map is left out."""
    paths = homes_of([face.id for face in faces])
    mapped = {p.id: p for p in places(sorted({i for path in paths.values() for i in path}))}
    found: dict[UUID, Point] = {}
    for person, path in paths.items():
        here = [p for i in path if (p := mapped.get(i)) and p.longitude is not None]
        if here and here[-1].kind not in TOO_WIDE:
            east, north = here[-1].longitude or 0.0, here[-1].latitude or 0.0
            found[person] = (east * KM_PER_DEGREE * cos(radians(north)), north * KM_PER_DEGREE)
    return found
