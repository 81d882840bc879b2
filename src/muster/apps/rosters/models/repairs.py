"""Ways to mend a roster."""

from typing import ClassVar

from django.db import models

from muster.apps.rosters.models.plans import Plan
from muster.apps.rosters.models.posts import Shift
from muster.kernel.ids import new_id
from muster.kernel.records import Record, Scope


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
