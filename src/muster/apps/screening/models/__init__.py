"""Rounds, sites, tables, devices; the specimen log; tubes, results, recalls, absences.

`Specimen`, `Sampled` and `Tube` are append-mostly and large. They carry their `district` in every
key and no foreign key, so that they can be distributed by it (docs/adr/0006-the-log.md).
"""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models

from muster.apps.screening.models.phones import CodeKey, Enrolment, Guess, SealingKey
from muster.kernel.ids import new_id
from muster.kernel.records import Record, Scope

__all__ = [
    "DISTRICT",
    "Absence",
    "CodeKey",
    "Device",
    "Enrolment",
    "Guess",
    "Recall",
    "Result",
    "Round",
    "Sampled",
    "SamplingTable",
    "SealingKey",
    "Site",
    "Specimen",
    "Tube",
]

DISTRICT = 1_000_000
"""`area // DISTRICT` is the six-digit code of the district."""


class Round(models.Model):
    """One round of testing over some places."""

    record: ClassVar = Record(holds="", why="which test it was", goes="specimens")

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    area = models.BigIntegerField()
    number = models.IntegerField()
    title = models.TextField()
    policy = models.CharField(max_length=16)
    places = ArrayField(models.BigIntegerField())
    tube_size = models.SmallIntegerField(default=10)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)
    made_by = models.TextField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=["area", "number"], name="round_once"),)

    def __str__(self) -> str:
        return self.title


class Site(models.Model):
    """Where tables stand."""

    record: ClassVar = Record(holds="", why="where people are tested", goes="specimens")

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    round = models.ForeignKey(Round, models.CASCADE, related_name="sites")
    area = models.BigIntegerField()
    place = models.ForeignKey("communities.Place", models.PROTECT, related_name="+")
    name = models.TextField()

    def __str__(self) -> str:
        return self.name


class SamplingTable(models.Model):
    """One table (采样台): a sampler, a recorder, a queue."""

    record: ClassVar = Record(holds="", why="where a tube was filled", goes="specimens")

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    site = models.ForeignKey(Site, models.CASCADE, related_name="tables")
    round = models.ForeignKey(Round, models.CASCADE, related_name="tables")
    area = models.BigIntegerField()
    number = models.SmallIntegerField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=["round", "number"], name="table_once"),)

    def __str__(self) -> str:
        return str(self.number)


class Device(models.Model):
    """A phone that may send records: for one table, until a time, until revoked."""

    record: ClassVar = Record(
        holds="which account enrolled a phone",
        why="records are accepted from known phones only",
        goes="specimens",
        scope=Scope(place="area"),
    )

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    token_hash = models.BinaryField(unique=True)
    area = models.BigIntegerField()
    round = models.ForeignKey(Round, models.CASCADE, related_name="devices")
    table = models.ForeignKey(SamplingTable, models.CASCADE, related_name="devices")
    label = models.TextField()
    enrolled_by = models.TextField()
    enrolled_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return self.label


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

    pk = models.CompositePrimaryKey("district", "id")
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
        indexes = (models.Index(fields=["round", "area"]), models.Index(fields=["person"]))

    def __str__(self) -> str:
        return str(self.specimen)


class Tube(models.Model):
    """A tube of a round, first seen at a table. The code is opaque and unique within the round."""

    record: ClassVar = Record(holds="", why="pools", goes="specimens")

    pk = models.CompositePrimaryKey("district", "round", "code")
    district = models.IntegerField()
    round = models.UUIDField()
    code = models.TextField()
    area = models.BigIntegerField()
    table = models.UUIDField()
    device = models.UUIDField()
    opened_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)
    result = models.CharField(max_length=10, blank=True)
    resulted_at = models.DateTimeField(null=True)

    class Meta:
        indexes = (models.Index(fields=["round", "area"]),)

    def __str__(self) -> str:
        return self.code


class Result(models.Model):
    """One row of a result file: applied to its tube, or waiting with a code."""

    record: ClassVar = Record(holds="", why="what the laboratory said of a tube", goes="specimens")

    class State(models.TextChoices):
        APPLIED = "applied"
        WAITING = "waiting"

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    round = models.ForeignKey(Round, models.CASCADE, related_name="results")
    area = models.BigIntegerField()
    batch = models.UUIDField()
    row = models.IntegerField()
    tube = models.TextField()
    value = models.CharField(max_length=10)
    state = models.CharField(max_length=8, choices=State.choices)
    code = models.TextField(blank=True)
    received_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.tube


class Recall(models.Model):
    """Somebody out of a positive, weak or invalid pool: hold at home, single re-test, release."""

    record: ClassVar = Record(
        holds="who was in a positive pool and what came of it",
        why="isolate, re-test, release",
        goes="specimens",
        scope=Scope(place="area", person="person_id"),
    )

    class State(models.TextChoices):
        WAITING = "waiting"
        SAMPLED = "sampled"
        RELEASED = "released"
        POSITIVE = "positive"

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    round = models.ForeignKey(Round, models.CASCADE, related_name="recalls")
    tube = models.TextField()
    person = models.ForeignKey("people.Person", models.CASCADE, related_name="recalls")
    area = models.BigIntegerField()
    because = models.CharField(max_length=10)
    state = models.CharField(max_length=8, choices=State.choices, default=State.WAITING)
    opened_at = models.DateTimeField()
    due_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)
    closed_by = models.TextField(blank=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["round", "tube", "person"], name="recall_once"),
        )
        indexes = (models.Index(fields=["area", "state"]),)

    def __str__(self) -> str:
        return str(self.id)


class Absence(models.Model):
    """Why somebody was not tested in a round, as found at the door or known before."""

    record: ClassVar = Record(
        holds="why a person was not tested (away, refused, exempt, immobile)",
        why="who is missing is known by door",
        goes="specimens",
        scope=Scope(place="area", person="person_id"),
    )

    class Outcome(models.TextChoices):
        AWAY = "away"
        REFUSED = "refused"
        EXEMPT = "exempt"
        HOME_VISIT = "home_visit"
        NOT_FOUND = "not_found"

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    round = models.ForeignKey(Round, models.CASCADE, related_name="absences")
    person = models.ForeignKey("people.Person", models.CASCADE, related_name="absences")
    area = models.BigIntegerField()
    outcome = models.CharField(max_length=12, choices=Outcome.choices)
    rule = models.CharField(max_length=32, blank=True)
    note = models.TextField(blank=True)
    by = models.TextField()
    at = models.DateTimeField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=["round", "person"], name="absence_once"),)

    def __str__(self) -> str:
        return str(self.id)
