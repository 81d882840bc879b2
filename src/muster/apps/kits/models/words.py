"""What phones said of kits at doors, word by word; issues, results and the ledger follow."""

from typing import ClassVar

from django.db import models

from muster.apps.kits.models.issues import Series
from muster.kernel.records import Record, Scope
from muster.protocols.kit_words import Kind


class KitWord(models.Model):
    """A word of a phone: kits handed out at a door, what somebody's kit showed, or an earlier word
    taken back (`undoes`). Written once; also its receipt.

    An issue's `id` is that of its `KitIssue`, a result's that of its `KitResult`, if they were the
    first. `data` is what the receipt tells besides (who was faster, when). `before` is what a
    result replaced. `settled_at`: somebody at the desk has looked at it.
    """

    record: ClassVar = Record(
        holds="which door was given kits, what a person's kit showed, by which phone",
        why="two pairs may meet at one door; what each said stays visible",
        goes="kits",
        scope=Scope(place="area", person="person"),
    )

    class State(models.TextChoices):
        ACCEPTED = "accepted"
        FLAGGED = "flagged"
        WAITING = "waiting"
        HELD = "held"

    pk = models.CompositePrimaryKey("series_id", "id")
    id = models.UUIDField()
    series = models.ForeignKey(Series, models.CASCADE, related_name="words")
    area = models.BigIntegerField()
    phone = models.UUIDField()
    by = models.TextField()
    kind = models.CharField(max_length=6, choices=[(k.value, k.value) for k in Kind])
    door = models.BigIntegerField(null=True)
    day = models.SmallIntegerField(null=True)
    kits = models.SmallIntegerField(null=True)
    store = models.UUIDField(null=True)
    person = models.UUIDField(null=True)
    value = models.CharField(max_length=10, blank=True)
    undoes = models.UUIDField(null=True)
    made_at = models.DateTimeField()
    received_at = models.DateTimeField()
    state = models.CharField(max_length=8, choices=State.choices)
    code = models.TextField(blank=True)
    data = models.JSONField(default=dict)
    before = models.JSONField(default=dict)
    taken_back_at = models.DateTimeField(null=True)
    settled_by = models.TextField(blank=True)
    settled_at = models.DateTimeField(null=True)

    class Meta:
        indexes = (
            models.Index(fields=["series", "door"], name="kit_word_of"),
            models.Index(fields=["series", "undoes"], name="kit_word_undoes"),
        )

    def __str__(self) -> str:
        return str(self.id)
