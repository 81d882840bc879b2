"""A notice, and one delivery for each person it is for."""

from typing import ClassVar

from django.db import models

from muster.kernel.ids import new_id
from muster.kernel.records import Record, Scope


class Notice(models.Model):
    """A text for many. Names nobody: what differs between persons is filled in at delivery."""

    record: ClassVar = Record(holds="", why="what was said to whom", goes="notices")

    class Kind(models.TextChoices):
        CALL = "call"
        ROSTER = "roster"
        RECALL = "recall"
        PLAIN = "plain"

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    kind = models.CharField(max_length=16, choices=Kind.choices)
    title = models.TextField()
    body = models.TextField()
    area = models.BigIntegerField()
    about = models.UUIDField(null=True)
    channel = models.CharField(max_length=32)
    created_by = models.TextField()
    created_at = models.DateTimeField()
    total = models.IntegerField(default=0)

    def __str__(self) -> str:
        return self.title


class Delivery(models.Model):
    """One notice to one person over one channel. `attempting` is written before the gateway is
    called, so that a crash leaves a row that says so instead of a hole or a double."""

    record: ClassVar = Record(
        holds="who was told what, at which address",
        why="to know who was reached",
        goes="notices",
        scope=Scope(place="area", serving="serving", unit="unit", person="person_id"),
    )

    class State(models.TextChoices):
        WAITING = "waiting"
        ATTEMPTING = "attempting"
        SENT = "sent"
        FAILED = "failed"
        UNREACHABLE = "unreachable"

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    notice = models.ForeignKey(Notice, models.CASCADE, related_name="deliveries")
    person = models.ForeignKey("people.Person", models.CASCADE, related_name="+")
    address = models.TextField(blank=True)
    fields = models.JSONField(default=dict)
    state = models.CharField(max_length=12, choices=State.choices, default=State.WAITING)
    attempts = models.SmallIntegerField(default=0)
    error = models.TextField(blank=True)
    sent_at = models.DateTimeField(null=True)
    read_at = models.DateTimeField(null=True)
    area = models.BigIntegerField()
    unit = models.BigIntegerField(null=True)
    serving = models.BigIntegerField(null=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["notice", "person"], name="delivery_once"),)
        indexes = (
            models.Index(
                fields=["notice", "id"],
                condition=models.Q(state__in=["waiting", "attempting"]),
                name="delivery_open",
            ),
        )

    def __str__(self) -> str:
        return str(self.id)
