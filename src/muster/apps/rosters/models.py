"""Posts, shifts, a plan that is proposed, a roster that is published, who came."""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models

from muster.kernel.ids import new_id
from muster.kernel.records import Record, Scope


class Post(models.Model):
    """Where somebody stands as what: the recorder's chair at table 5."""

    record: ClassVar = Record(holds="", why="where hands are needed", goes="attendance")

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    area = models.BigIntegerField()
    place = models.ForeignKey("communities.Place", models.PROTECT, related_name="+")
    role = models.CharField(max_length=24)
    name = models.TextField()
    table_no = models.SmallIntegerField(null=True)
    priority = models.SmallIntegerField(default=5)
    round_id = models.UUIDField(null=True)
    closed_at = models.DateTimeField(null=True)

    class Meta:
        indexes = (models.Index(fields=["area"]),)

    def __str__(self) -> str:
        return self.name


class Shift(models.Model):
    """When a post is manned, by how many: wanted (`required`) and needed (`minimum`)."""

    record: ClassVar = Record(holds="", why="when hands are needed", goes="attendance")

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    post = models.ForeignKey(Post, models.CASCADE, related_name="shifts")
    area = models.BigIntegerField()
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    required = models.SmallIntegerField()
    minimum = models.SmallIntegerField()

    class Meta:
        indexes = (models.Index(fields=["area", "starts_at"]),)

    def __str__(self) -> str:
        return str(self.id)


class Plan(models.Model):
    """A proposal for an area and a span; published it is the roster. `summary`: heads wanted,
    placed, short, by role."""

    record: ClassVar = Record(
        holds="", why="what was proposed and what was published", goes="attendance"
    )

    class State(models.TextChoices):
        DRAFT = "draft"
        PUBLISHED = "published"
        REPLACED = "replaced"

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    area = models.BigIntegerField()
    title = models.TextField()
    state = models.CharField(max_length=10, choices=State.choices, default=State.DRAFT)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    summary = models.JSONField(default=dict)
    made_by = models.TextField()
    made_at = models.DateTimeField()
    published_by = models.TextField(blank=True)
    published_at = models.DateTimeField(null=True)
    based_on = models.ForeignKey("self", models.SET_NULL, null=True, related_name="later")

    class Meta:
        indexes = (models.Index(fields=["area", "-made_at"]),)

    def __str__(self) -> str:
        return self.title


class Search(models.Model):
    """The planner at work on a plan, as a job: how far it is, how good, and whether it was told to
    stop. `cost`, `bound`: of the best plan so far; `told_at`: when it last gave a sign of life."""

    record: ClassVar = Record(holds="", why="how a plan came about", goes="attendance")

    class State(models.TextChoices):
        QUEUED = "queued"
        RUNNING = "running"
        STOPPING = "stopping"
        DONE = "done"
        FAILED = "failed"

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    plan = models.ForeignKey(Plan, models.CASCADE, related_name="searches")
    area = models.BigIntegerField()
    state = models.CharField(max_length=10, choices=State.choices, default=State.QUEUED)
    seconds = models.FloatField()
    spent = models.FloatField(default=0)
    cost = models.FloatField(null=True)
    bound = models.FloatField(null=True)
    problem = models.TextField(blank=True)
    account = models.UUIDField(null=True)
    created_at = models.DateTimeField()
    told_at = models.DateTimeField()

    class Meta:
        indexes = (models.Index(fields=["plan", "-created_at"]),)

    def __str__(self) -> str:
        return str(self.id)


class Assignment(models.Model):
    """A person on a shift, with the reason why this one."""

    record: ClassVar = Record(
        holds="who serves where and when",
        why="rosters, attendance, allowances",
        goes="attendance",
        scope=Scope(place="area", serving="serving", unit="unit", person="person_id"),
    )

    class State(models.TextChoices):
        PLANNED = "planned"
        CONFIRMED = "confirmed"
        PRESENT = "present"
        DONE = "done"
        NO_SHOW = "no_show"
        WITHDRAWN = "withdrawn"

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    plan = models.ForeignKey(Plan, models.CASCADE, related_name="assignments")
    shift = models.ForeignKey(Shift, models.CASCADE, related_name="assignments")
    person = models.ForeignKey("people.Person", models.CASCADE, related_name="assignments")
    area = models.BigIntegerField()
    unit = models.BigIntegerField(null=True)
    serving = models.BigIntegerField(null=True)
    role = models.CharField(max_length=24)
    state = models.CharField(max_length=10, choices=State.choices, default=State.PLANNED)
    reason = models.JSONField(default=dict)
    pinned = models.BooleanField(default=False)
    replaces = models.ForeignKey("self", models.SET_NULL, null=True, related_name="replaced_by")
    came_at = models.DateTimeField(null=True)
    left_at = models.DateTimeField(null=True)
    came_by = models.CharField(max_length=12, blank=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["shift", "person", "plan"], name="assignment_once"),
        )
        indexes = (
            models.Index(fields=["person", "state"]),
            models.Index(fields=["plan", "shift"]),
        )

    def __str__(self) -> str:
        return str(self.id)


class Gap(models.Model):
    """A shift that stays short, by how many, and the reason."""

    record: ClassVar = Record(holds="", why="the shortage is said first", goes="attendance")

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    plan = models.ForeignKey(Plan, models.CASCADE, related_name="gaps")
    shift = models.ForeignKey(Shift, models.CASCADE, related_name="+")
    area = models.BigIntegerField()
    missing = models.SmallIntegerField()
    reason = models.CharField(max_length=32)
    detail = models.JSONField(default=dict)

    def __str__(self) -> str:
        return self.reason


class Edit(models.Model):
    """What was done to a plan by hand, so that it can be taken back: the assignment, its shift, pin
    and state before."""

    record: ClassVar = Record(holds="", why="to take a change back", goes="attendance")

    class Kind(models.TextChoices):
        MOVED = "moved"
        REMOVED = "removed"
        ADDED = "added"
        PINNED = "pinned"

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    plan = models.ForeignKey(Plan, models.CASCADE, related_name="edits")
    assignment = models.ForeignKey(Assignment, models.CASCADE, related_name="edits")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    before = models.JSONField(default=dict)
    done_at = models.DateTimeField()
    undone_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return self.kind


class Repair(models.Model):
    """A way to mend a roster after something happened: proposed, then accepted or dismissed.
    `holes` seats were empty, `left` would still be."""

    record: ClassVar = Record(holds="", why="what was proposed and decided", goes="attendance")

    class State(models.TextChoices):
        PROPOSED = "proposed"
        ACCEPTED = "accepted"
        DISMISSED = "dismissed"

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    plan = models.ForeignKey(Plan, models.CASCADE, related_name="repairs")
    area = models.BigIntegerField()
    state = models.CharField(max_length=10, choices=State.choices, default=State.PROPOSED)
    holes = models.IntegerField()
    left = models.IntegerField()
    made_at = models.DateTimeField()
    decided_at = models.DateTimeField(null=True)
    decided_by = models.TextField(blank=True)

    def __str__(self) -> str:
        return self.state


class Change(models.Model):
    """One change of a repair: somebody's shift before, and after; none is free."""

    record: ClassVar = Record(
        holds="who is moved where",
        why="who is told what",
        goes="attendance",
        scope=Scope(place="area", serving="serving", unit="unit", person="person_id"),
    )

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    repair = models.ForeignKey(Repair, models.CASCADE, related_name="changes")
    person = models.ForeignKey("people.Person", models.CASCADE, related_name="+")
    before = models.ForeignKey(Shift, models.CASCADE, null=True, related_name="+")
    after = models.ForeignKey(Shift, models.CASCADE, null=True, related_name="+")
    area = models.BigIntegerField()
    unit = models.BigIntegerField(null=True)
    serving = models.BigIntegerField(null=True)

    def __str__(self) -> str:
        return str(self.id)


class RoleSwitch(models.Model):
    """Somebody takes a front-line role (转岗): which, until when, and what was ticked off first."""

    record: ClassVar = Record(
        holds="which front-line role somebody serves in",
        why="who may stand where",
        goes="attendance",
        scope=Scope(place="area", serving="serving", unit="unit", person="person_id"),
    )

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    person = models.ForeignKey("people.Person", models.CASCADE, related_name="role_switches")
    role = models.CharField(max_length=24)
    ticked = ArrayField(models.TextField(), default=list)
    complete = models.BooleanField(default=False)
    since = models.DateTimeField()
    until = models.DateTimeField(null=True)
    area = models.BigIntegerField()
    unit = models.BigIntegerField(null=True)
    serving = models.BigIntegerField(null=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["person"], condition=models.Q(until=None), name="one_role_at_a_time"
            ),
        )

    def __str__(self) -> str:
        return str(self.id)


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


class TeamSeat(models.Model):
    """Somebody of the group: in which team (from 0), whether he leads it, whether he stays there
    whatever the next search does. Seen by whoever sees the split."""

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
    it led, whether it was pinned."""

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
