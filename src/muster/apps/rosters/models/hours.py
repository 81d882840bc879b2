"""When people can serve, by the hour."""

from typing import ClassVar

from django.db import models

from muster.kernel.ids import new_id
from muster.kernel.records import Record, Scope


class OwnHours(models.Model):
    """When somebody can serve (本人时段): on `days` of the week, a bit mask from Monday, from
    minute `begins` of the day to minute `ends`, which past 1440 is on the next day. Whoever has any
    serves within one of them only, whatever was said when signing up, until they are lifted."""

    record: ClassVar = Record(
        holds="when somebody can serve",
        why="nobody is sent when they cannot come",
        goes="attendance",
        scope=Scope(place="area", serving="serving", unit="unit", person="person_id"),
    )

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    person = models.ForeignKey("people.Person", models.CASCADE, related_name="+")
    area = models.BigIntegerField()
    unit = models.BigIntegerField(null=True)
    serving = models.BigIntegerField(null=True)
    days = models.SmallIntegerField()
    begins = models.SmallIntegerField()
    ends = models.SmallIntegerField()
    made_by = models.TextField()
    made_at = models.DateTimeField()
    lifted_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name_plural = "own hours"
        indexes = (models.Index(fields=["person"], condition=models.Q(lifted_at=None),
                                name="hours_in_force"),)  # fmt: skip

    def __str__(self) -> str:
        return str(self.id)
