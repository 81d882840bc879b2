"""What was decided at the desk about a record, a change, a closing or a word from a door."""

from typing import ClassVar

from django.db import models

from muster.kernel.ids import new_id
from muster.kernel.records import Record, Scope


class Decision(models.Model):
    """Something that waited was settled at the desk, so that it is seen and can be taken back.

    `choice` is what was done, in the audit's word; `code` why it had waited; `tube` where it ended;
    `reason` what was typed. `change`, `closing` or `visit`: what a phone had asked for or said.
    `ended`: taken back, or decided anew since; what it would take to undo it is forgotten then.

    Of a record: `before` its state, code, person, tube, words and who had settled it; whether it
    was the person's first of the round. `after` what the decision made of it. Of a closing done:
    `before` its code and the code of its tube, and the tube as it was; `after` the tube as it is.
    Of what was let be: `after` the person it was about, if known."""

    record: ClassVar = Record(
        holds="whom a record was about and, until it cannot be undone any more, what was typed"
        " at the table where the person was not known (a name, a door, perhaps a number); a reason"
        " typed at the desk, without telephone or identity numbers",
        why="every decision at the desk is seen and can be taken back",
        goes="specimens",
        scope=Scope(place="area"),
    )

    class Choice(models.TextChoices):
        ACCEPTED = "record_accepted"
        VOIDED = "record_voided"
        CHANGED = "change_applied"
        CLOSED = "closing_applied"
        CHANGE_LEFT = "change_dismissed"
        CLOSING_LEFT = "closing_dismissed"
        VISIT_LEFT = "visit_dismissed"

    class Ended(models.TextChoices):
        UNDONE = "undone"
        REPLACED = "replaced"

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    area = models.BigIntegerField()
    round = models.UUIDField()
    choice = models.CharField(max_length=20, choices=Choice.choices, db_default="")
    code = models.TextField(blank=True, db_default="")
    tube = models.TextField(blank=True, db_default="")
    reason = models.TextField(blank=True, db_default="")
    specimen = models.UUIDField(null=True)
    change = models.UUIDField(null=True)
    closing = models.UUIDField(null=True)
    visit = models.UUIDField(null=True)
    before = models.JSONField()
    after = models.JSONField()
    made_by = models.TextField()
    made_at = models.DateTimeField()
    ended = models.CharField(max_length=8, choices=Ended.choices, blank=True, db_default="")
    ended_by = models.TextField(blank=True, db_default="")
    ended_at = models.DateTimeField(null=True)

    class Meta:
        indexes = (
            models.Index(fields=["round", "specimen", "-made_at"], name="decision_of"),
            models.Index(fields=["area", "-made_at"], name="decision_newest"),
        )

    def __str__(self) -> str:
        return str(self.id)
