"""Who is experienced, or a newcomer, by hand."""

from typing import ClassVar

from django.db import models

from muster.kernel.ids import new_id
from muster.kernel.records import Record, Scope


class Experience(models.Model):
    """Somebody is experienced (熟手), or a newcomer (新手), because a person said so: the last word
    in force holds over the count of shifts, until it is lifted."""

    record: ClassVar = Record(
        holds="whether somebody is experienced in serving",
        why="newcomers are never alone at a place",
        goes="attendance",
        scope=Scope(place="area", serving="serving", unit="unit", person="person_id"),
    )

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    person = models.ForeignKey("people.Person", models.CASCADE, related_name="+")
    area = models.BigIntegerField()
    unit = models.BigIntegerField(null=True)
    serving = models.BigIntegerField(null=True)
    experienced = models.BooleanField()
    made_by = models.TextField()
    made_at = models.DateTimeField()
    lifted_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name_plural = "experience"
        indexes = (models.Index(fields=["person"], condition=models.Q(lifted_at=None),
                                name="experience_in_force"),)  # fmt: skip

    def __str__(self) -> str:
        return str(self.id)
