"""A group in teams, and what was changed in it by hand."""

from typing import ClassVar

from django.db import models

from muster.apps.rosters.models.jobs import PlannerJob
from muster.kernel.ids import new_id
from muster.kernel.records import Record, Scope


class TeamSplit(models.Model):
    """A group in teams (编队方案): proposed, changed by hand, accepted. The group: who signed up in
    `area`, of the body with code `unit` and below it; no unit: of all bodies and of none."""

    record: ClassVar = Record(
        holds="",
        why="which teams were proposed and accepted",
        goes="attendance",
        scope=Scope(place="area", unit="unit"),
    )

    class State(models.TextChoices):
        DRAFT = "draft"
        ACCEPTED = "accepted"

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    area = models.BigIntegerField()
    unit = models.BigIntegerField(null=True)
    title = models.TextField()
    teams = models.SmallIntegerField()
    state = models.CharField(max_length=10, choices=State.choices, default=State.DRAFT)
    bound = models.FloatField(default=0)
    made_by = models.TextField()
    made_at = models.DateTimeField()
    accepted_by = models.TextField(blank=True)
    accepted_at = models.DateTimeField(null=True)

    class Meta:
        indexes = (models.Index(fields=["area", "-made_at"]),)

    def __str__(self) -> str:
        return str(self.id)


class TeamSearch(PlannerJob):
    """The search for a split, as a job; costs in km."""

    record: ClassVar = Record(holds="", why="how a split came about", goes="attendance")

    split = models.ForeignKey(TeamSplit, models.CASCADE, related_name="searches")

    class Meta:
        indexes = (models.Index(fields=["split", "-created_at"]),)


class TeamSeat(models.Model):
    """Somebody of the group: in which team (from 0; -1 until the first search has ended), whether
    he leads it, whether he stays there whatever the next search does. Seen by whoever sees the
    split."""

    record: ClassVar = Record(
        holds="who is in which team and leads it",
        why="teams need members and a leader",
        goes="attendance",
        scope=Scope(via=("split_id", "rosters_teamsplit")),
    )

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    split = models.ForeignKey(TeamSplit, models.CASCADE, related_name="seats")
    person = models.ForeignKey("people.Person", models.CASCADE, related_name="+")
    team = models.SmallIntegerField()
    leads = models.BooleanField(default=False)
    pinned = models.BooleanField(default=False)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["split", "person"], name="team_seat_once"),)

    def __str__(self) -> str:
        return str(self.id)


class TeamPair(models.Model):
    """Two of a group who must stay together, or apart."""

    record: ClassVar = Record(
        holds="which two people are to be together or apart",
        why="a split that a person has to keep",
        goes="attendance",
        scope=Scope(via=("split_id", "rosters_teamsplit")),
    )

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    split = models.ForeignKey(TeamSplit, models.CASCADE, related_name="pairs")
    one = models.ForeignKey("people.Person", models.CASCADE, related_name="+")
    other = models.ForeignKey("people.Person", models.CASCADE, related_name="+")
    apart = models.BooleanField()

    def __str__(self) -> str:
        return str(self.id)


class TeamEdit(models.Model):
    """A change of a split, so that it can be taken back. `before`: id of a seat → its team, whether
    it led, whether it was pinned; ``pair``: the pair that was made or let go."""

    record: ClassVar = Record(
        holds="where somebody was before a change",
        why="every change by hand can be taken back",
        goes="attendance",
        scope=Scope(via=("split_id", "rosters_teamsplit")),
    )

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    split = models.ForeignKey(TeamSplit, models.CASCADE, related_name="edits")
    before = models.JSONField()
    done_at = models.DateTimeField()

    def __str__(self) -> str:
        return str(self.id)
