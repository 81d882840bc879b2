"""The specimen log: records, first samples, tubes, changes, closings.

They are append-mostly and large. They carry their `district` and `round` in every key and no
foreign key: distributed by the one, partitioned by the other (docs/adr/0006-the-log.md).
"""

from typing import Any, ClassVar
from uuid import UUID

from django.db import models

from muster.kernel.records import Record, Scope

DISTRICT = 1_000_000
"""`area // DISTRICT` is the six-digit code of the district."""


def log_key(area: int, round_id: UUID) -> dict[str, Any]:
    """What all rows of a round have in the log's keys. Every question to the log names it: on a
    cluster it goes to one node then, on one database to one partition."""
    return {"district": area // DISTRICT, "round": round_id}


class Specimen(models.Model):
    """One record from a device; also its receipt. Never deleted, never overwritten by a device.

    `taken_at` is the device's word, `received_at` the server's: the server's decides.
    """

    record: ClassVar = Record(
        holds="who was swabbed into which tube, where and when; what a held record said",
        why="a result has to find its people",
        goes="specimens",
        scope=Scope(place="area", person="person"),
    )

    class State(models.TextChoices):
        ACCEPTED = "accepted"
        FLAGGED = "flagged"
        HELD = "held"
        VOID = "void"

    pk = models.CompositePrimaryKey("district", "round", "id")
    district = models.IntegerField()
    id = models.UUIDField()
    area = models.BigIntegerField()
    round = models.UUIDField()
    person = models.UUIDField(null=True)
    tube = models.TextField()
    table = models.UUIDField()
    device = models.UUIDField()
    taken_at = models.DateTimeField()
    received_at = models.DateTimeField()
    state = models.CharField(max_length=8, choices=State.choices)
    code = models.TextField(blank=True)
    said = models.JSONField(null=True)
    settled_by = models.TextField(blank=True)
    settled_at = models.DateTimeField(null=True)

    class Meta:
        indexes = (
            models.Index(fields=["round", "tube"]),
            models.Index(fields=["round", "person"]),
            models.Index(fields=["area", "received_at"]),
            models.Index(
                fields=["round", "area", "received_at"],
                condition=models.Q(state="held"),
                name="specimen_held",
            ),
        )

    def __str__(self) -> str:
        return str(self.id)


class Sampled(models.Model):
    """The first accepted specimen of a person in a round: what makes a second one a clash."""

    record: ClassVar = Record(
        holds="who has been tested in a round",
        why="coverage; two phones, one truth",
        goes="specimens",
        scope=Scope(place="area", person="person"),
    )

    pk = models.CompositePrimaryKey("district", "round", "person")
    district = models.IntegerField()
    round = models.UUIDField()
    person = models.UUIDField()
    area = models.BigIntegerField()
    specimen = models.UUIDField()
    table = models.UUIDField()
    at = models.DateTimeField()

    class Meta:
        indexes = (models.Index(fields=["person"]),)

    def __str__(self) -> str:
        return str(self.specimen)


class Tube(models.Model):
    """A tube of a round, first seen at a table. The code is opaque and unique within the round.

    `size` is how many it may hold, 0 for one household's. `counted` is what the recorder had in
    hand when closing it, `closed_by` the phone that did. Why it is not full is said by its
    `Closing`: `note` is empty, and goes with the next release.
    """

    record: ClassVar = Record(holds="", why="pools", goes="specimens")

    pk = models.CompositePrimaryKey("district", "round", "code")
    district = models.IntegerField()
    round = models.UUIDField()
    code = models.TextField()
    area = models.BigIntegerField()
    table = models.UUIDField()
    device = models.UUIDField()
    size = models.SmallIntegerField(default=10)
    opened_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)
    closed_by = models.UUIDField(null=True)
    counted = models.SmallIntegerField(null=True)
    note = models.TextField(blank=True)
    result = models.CharField(max_length=10, blank=True)
    resulted_at = models.DateTimeField(null=True)

    class Meta:
        indexes = (models.Index(fields=["round", "area"]),)

    def __str__(self) -> str:
        return self.code


class Change(models.Model):
    """What a phone said later of one of its records: void it, or move it to another tube. Also its
    receipt; `waiting` until the record arrives. `settled_at`: somebody at the desk decided; a held
    one that was let be stays held."""

    record: ClassVar = Record(
        holds="why a specimen does not count or was moved, in a recorder's words; no telephone or"
        " identity numbers",
        why="mistakes at the table are mended by who made them, and stay visible",
        goes="specimens",
        scope=Scope(place="area"),
    )

    class Kind(models.TextChoices):
        VOID = "void"
        MOVE = "move"

    class State(models.TextChoices):
        ACCEPTED = "accepted"
        WAITING = "waiting"
        HELD = "held"

    pk = models.CompositePrimaryKey("district", "round", "id")
    district = models.IntegerField()
    id = models.UUIDField()
    area = models.BigIntegerField()
    round = models.UUIDField()
    device = models.UUIDField()
    specimen = models.UUIDField()
    kind = models.CharField(max_length=4, choices=Kind.choices)
    tube = models.TextField(blank=True)
    reason = models.TextField(blank=True)
    made_at = models.DateTimeField()
    received_at = models.DateTimeField()
    state = models.CharField(max_length=8, choices=State.choices)
    code = models.TextField(blank=True)
    settled_by = models.TextField(blank=True, db_default="")
    settled_at = models.DateTimeField(null=True)

    class Meta:
        indexes = (
            models.Index(fields=["round", "specimen"], name="change_of"),
            models.Index(
                fields=["round", "received_at"],
                condition=models.Q(state__in=["waiting", "held"]),
                name="change_open",
            ),
        )

    def __str__(self) -> str:
        return str(self.id)


class Closing(models.Model):
    """A phone closed a tube with so many swabs in hand. Also its receipt; `waiting` while the
    server has fewer, `flagged` when it has more. `settled_at`: somebody at the desk decided."""

    record: ClassVar = Record(
        holds="why a tube is not full, in a recorder's words; no telephone or identity numbers",
        why="tubes are counted at hand-over",
        goes="specimens",
        scope=Scope(place="area"),
    )

    class State(models.TextChoices):
        ACCEPTED = "accepted"
        WAITING = "waiting"
        FLAGGED = "flagged"
        HELD = "held"

    pk = models.CompositePrimaryKey("district", "round", "id")
    district = models.IntegerField()
    id = models.UUIDField()
    area = models.BigIntegerField()
    round = models.UUIDField()
    device = models.UUIDField()
    table = models.UUIDField()
    tube = models.TextField()
    count = models.SmallIntegerField()
    household = models.BooleanField(default=False)
    reason = models.TextField(blank=True)
    closed_at = models.DateTimeField()
    received_at = models.DateTimeField()
    state = models.CharField(max_length=8, choices=State.choices)
    code = models.TextField(blank=True)
    settled_by = models.TextField(blank=True, db_default="")
    settled_at = models.DateTimeField(null=True)

    class Meta:
        indexes = (models.Index(fields=["round", "tube"], name="closing_of"),)

    def __str__(self) -> str:
        return str(self.id)
