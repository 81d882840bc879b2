"""Who takes a front-line role."""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models

from muster.kernel.ids import new_id
from muster.kernel.records import Record, Scope


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
