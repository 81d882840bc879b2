"""Boxes of tubes, and who handed them to whom."""

from typing import ClassVar

from django.db import models

from muster.apps.screening.models.rounds import Round
from muster.kernel.ids import new_id
from muster.kernel.records import Record, Scope


class Box(models.Model):
    """A transport box of a round. Its code is opaque and unique within the round."""

    record: ClassVar = Record(holds="", why="where a tube is", goes="specimens")

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    round = models.ForeignKey(Round, models.CASCADE, related_name="boxes")
    area = models.BigIntegerField()
    code = models.TextField()
    opened_at = models.DateTimeField()
    opened_by = models.TextField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=["round", "code"], name="box_once"),)

    def __str__(self) -> str:
        return self.code


class Packed(models.Model):
    """A tube in a box. A tube is in one box at a time; taken out, the row stays."""

    record: ClassVar = Record(holds="", why="where a tube is", goes="specimens")

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    box = models.ForeignKey(Box, models.CASCADE, related_name="packed")
    area = models.BigIntegerField()
    round = models.UUIDField()
    tube = models.TextField()
    at = models.DateTimeField()
    by = models.TextField()
    taken_out_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["round", "tube"], condition=models.Q(taken_out_at=None), name="packed_once"
            ),
        )

    def __str__(self) -> str:
        return self.tube


class HandOver(models.Model):
    """A box changed hands: sealed at the site, taken by the courier, received by the laboratory;
    the tubes were counted each time."""

    record: ClassVar = Record(
        holds="who took a box",
        why="a lost box is looked for where it was last",
        goes="specimens",
        scope=Scope(place="area"),
    )

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    box = models.ForeignKey(Box, models.CASCADE, related_name="hand_overs")
    area = models.BigIntegerField()
    stage = models.CharField(max_length=10)
    counted = models.SmallIntegerField()
    to = models.TextField(blank=True)
    at = models.DateTimeField()
    by = models.TextField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=["box", "stage"], name="hand_over_once"),)

    def __str__(self) -> str:
        return self.stage
