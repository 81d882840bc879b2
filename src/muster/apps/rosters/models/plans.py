"""A plan that is proposed, a roster that is published, and what was changed in it by hand."""

from typing import ClassVar

from django.db import models
from django.db.models.fields.json import KT
from django.db.models.functions import Cast

from muster.apps.rosters.models.jobs import PlannerJob
from muster.apps.rosters.models.posts import Shift
from muster.kernel.ids import new_id
from muster.kernel.records import Record, Scope


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


class Search(PlannerJob):
    """The search for a plan, as a job."""

    record: ClassVar = Record(holds="", why="how a plan came about", goes="attendance")

    plan = models.ForeignKey(Plan, models.CASCADE, related_name="searches")

    class Meta:
        indexes = (models.Index(fields=["plan", "-created_at"]),)


KM = Cast(KT("reason__km"), models.FloatField())
"""How far somebody travels to an assignment, kilometres."""


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
            models.Index("plan", KM.desc(), "id", name="assignment_far"),
        )

    def __str__(self) -> str:
        return str(self.id)


class Gap(models.Model):
    """A shift that stays short, by how many, and the reason. `lacks`: whom it needs and has not,
    each with what keeps those away who could be it."""

    record: ClassVar = Record(holds="", why="the shortage is said first", goes="attendance")

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    plan = models.ForeignKey(Plan, models.CASCADE, related_name="gaps")
    shift = models.ForeignKey(Shift, models.CASCADE, related_name="+")
    area = models.BigIntegerField()
    missing = models.SmallIntegerField()
    reason = models.CharField(max_length=32)
    detail = models.JSONField(default=dict)
    lacks = models.JSONField(default=list)

    def __str__(self) -> str:
        return self.reason


class Edit(models.Model):
    """What was done to a plan by hand, so that it can be taken back: the assignment, its shift, pin
    and state before, and the id of the ban that came with it."""

    record: ClassVar = Record(holds="", why="to take a change back", goes="attendance")

    class Kind(models.TextChoices):
        MOVED = "moved"
        REMOVED = "removed"
        ADDED = "added"
        PINNED = "pinned"
        FORBIDDEN = "forbidden"

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    plan = models.ForeignKey(Plan, models.CASCADE, related_name="edits")
    assignment = models.ForeignKey(Assignment, models.CASCADE, related_name="edits")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    before = models.JSONField(default=dict)
    done_at = models.DateTimeField()
    undone_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return self.kind
