"""What a record, or a tube, was before somebody at the desk decided on it."""

from typing import ClassVar

from django.db import models

from muster.kernel.ids import new_id
from muster.kernel.records import Record, Scope


class Decision(models.Model):
    """A record accepted, voided or changed at the desk, so that it can be taken back. `before`: its
    state, code, person, tube, words and who had settled it; whether it was the person's first of
    the round. `after`: what the decision made of it. `change`: what a phone had asked for.

    Of a closing done at the desk: `closing`, and no specimen; `before` its code and the code of its
    tube, and the tube as it was; `after` the tube as it is."""

    record: ClassVar = Record(
        holds="whom a record was about and what it said before it was decided",
        why="every decision at the desk can be taken back",
        goes="specimens",
        scope=Scope(place="area"),
    )

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    area = models.BigIntegerField()
    round = models.UUIDField()
    specimen = models.UUIDField(null=True)
    change = models.UUIDField(null=True)
    closing = models.UUIDField(null=True)
    before = models.JSONField()
    after = models.JSONField()
    made_by = models.TextField()
    made_at = models.DateTimeField()

    class Meta:
        indexes = (models.Index(fields=["round", "specimen", "-made_at"], name="decision_of"),)

    def __str__(self) -> str:
        return str(self.id)
