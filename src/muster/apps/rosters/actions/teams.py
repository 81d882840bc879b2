"""A group in teams at the desk: two people paired, seats changed, a draft held by one at a time."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from muster.apps.audit.actions import write_line
from muster.apps.people.queries.access import require
from muster.apps.rosters.actions.watching import refuse_two
from muster.apps.rosters.errors import SplitAccepted, SplitNotFound, SplitRefused
from muster.apps.rosters.models import TeamEdit, TeamPair, TeamSearch, TeamSeat, TeamSplit
from muster.apps.rosters.queries.teams import SplitView, contradictions_of, view_of
from muster.kernel import clock
from muster.protocols.access import Verb


def pair_people(*, split: UUID, one: UUID, other: UUID, apart: bool) -> TeamPair:
    """Two of the group must stay together, or apart, from the next search and in changes by hand.

    Raises `SplitNotFound`, `NotAllowed`, `SplitAccepted`, `SplitRefused` with each contradiction.
    """
    view = locked(split)
    if one == other or not {one, other} <= {face.id for face in view.faces}:
        raise SplitRefused(reason="no_pair", against=())
    made = TeamPair.objects.create(split=view.split, one_id=one, other_id=other, apart=apart)
    keep_free(view.split)
    _remember(made, made=True)
    write_line(action="teams_paired", area=view.split.area, subject=split, apart=apart)
    return made


def keep_free(split: TeamSplit) -> None:
    """Raises `SplitRefused` with every contradiction of its pairs and pins as they stand now."""
    against = tuple(contradictions_of(split))
    if against:
        raise SplitRefused(reason=", ".join(each.kind for each in against), against=against)


def unpair_people(*, pair: UUID) -> TeamSplit:
    """Let two people go their ways again. Raises `SplitNotFound`, `NotAllowed`, `SplitAccepted`."""
    found = TeamPair.objects.select_related("split").filter(id=pair).first()
    if found is None:
        raise SplitNotFound
    view = locked(found.split_id)
    if not TeamPair.objects.filter(id=pair).exists():  # somebody was faster
        raise SplitNotFound
    _remember(found, made=False)
    found.delete()
    write_line(action="teams_unpaired", area=view.split.area, subject=view.split.id)
    return view.split


def _remember(pair: TeamPair, *, made: bool) -> None:
    said = {"id": str(pair.id), "one": str(pair.one_id), "other": str(pair.other_id),
            "apart": pair.apart, "made": made}  # fmt: skip
    TeamEdit.objects.create(split_id=pair.split_id, before={"pair": said}, done_at=clock.now())


def locked(split: UUID) -> SplitView:
    """A draft that nobody else changes meanwhile, no search among them. Raises `SplitNotFound`,
    `NotAllowed`, `SplitAccepted`, `SearchUnderWay`."""
    found = TeamSplit.objects.select_for_update().filter(id=split).first()
    if found is None:
        raise SplitNotFound
    require(Verb.FORM_TEAMS, place=found.area, unit=found.unit)
    if found.state == TeamSplit.State.ACCEPTED:
        raise SplitAccepted(reason="")
    refuse_two(TeamSearch, split=split)
    return view_of(found)


def put(view: SplitView, changes: Mapping[int, tuple[int, bool, bool]]) -> int:
    """Give seats, by position, another team, lead and pin; remember what they had. How many.

    Raises `SplitRefused` when pins then contradict the pairs."""
    before, touched = {}, []
    for at, (team, leads, pinned) in changes.items():
        seat = view.seats[at]
        if (seat.team, seat.leads, seat.pinned) != (team, leads, pinned):
            before[str(seat.id)] = [seat.team, seat.leads, seat.pinned]
            seat.team, seat.leads, seat.pinned = team, leads, pinned
            touched.append(seat)
    if touched:
        TeamEdit.objects.create(split=view.split, before=before, done_at=clock.now())
        save(touched)
        keep_free(view.split)
    return len(touched)


def save(seats: Sequence[TeamSeat]) -> None:
    """Write seats that have changed."""
    TeamSeat.objects.bulk_update(seats, ["team", "leads", "pinned"], batch_size=500)
