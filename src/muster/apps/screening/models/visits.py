"""What was said at doors, word by word; `Absence` is what follows from it."""

from typing import ClassVar

from django.db import models

from muster.apps.screening.models.rounds import Round
from muster.kernel.records import Record, Scope
from muster.protocols.visits import Outcome


class Visit(models.Model):
    """A word about a person, from a phone or from the desk (`device` None). Written once; also its
    receipt. `undoes` is the earlier word that an ``undo`` takes back. `settled_at`: somebody at the
    desk has looked at a held one; it stays held."""

    record: ClassVar = Record(
        holds="what somebody found at a person's door, when, and until when a person is away",
        why="two pairs may meet at one door; what each said stays visible",
        goes="specimens",
        scope=Scope(place="area", person="person"),
    )

    class State(models.TextChoices):
        ACCEPTED = "accepted"
        FLAGGED = "flagged"
        WAITING = "waiting"
        HELD = "held"

    pk = models.CompositePrimaryKey("round_id", "id")
    id = models.UUIDField()
    round = models.ForeignKey(Round, models.CASCADE, related_name="visits")
    area = models.BigIntegerField()
    device = models.UUIDField(null=True)
    by = models.TextField()
    person = models.UUIDField(null=True)
    outcome = models.CharField(max_length=12, choices=[(o.value, o.value) for o in Outcome])
    undoes = models.UUIDField(null=True)
    rule = models.CharField(max_length=32, blank=True)
    until = models.DateField(null=True)
    note = models.TextField(blank=True)
    made_at = models.DateTimeField()
    received_at = models.DateTimeField()
    state = models.CharField(max_length=8, choices=State.choices)
    code = models.TextField(blank=True)
    settled_by = models.TextField(blank=True, db_default="")
    settled_at = models.DateTimeField(null=True)

    class Meta:
        indexes = (models.Index(fields=["round", "person"], name="visit_of"),)

    def __str__(self) -> str:
        return str(self.id)
