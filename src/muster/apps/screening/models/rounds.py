"""Rounds, their sites, tables and phones."""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models

from muster.kernel.ids import new_id
from muster.kernel.records import Record, Scope


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


class PlannedRound(models.Model):
    """A round as it was planned and rehearsed, before it is opened or instead.

    `plan`: a `muster.rounds.plan.RoundPlan`. `rehearsal`: what its rehearsals came to. `doors`:
    under ``calls`` for each call of the plan the first and the last door that it calls down, under
    ``home`` for each building the doors to visit.
    """

    record: ClassVar = Record(
        holds="how many of a building are sampled at home, and its doors; no names",
        why="sites, call times and hands are known before people come down",
        goes="specimens",
        scope=Scope(place="area"),
    )

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    area = models.BigIntegerField()
    title = models.TextField()
    places = ArrayField(models.BigIntegerField())
    plan = models.JSONField()
    rehearsal = models.JSONField()
    doors = models.JSONField()
    round = models.ForeignKey(Round, models.SET_NULL, null=True, related_name="plans")
    made_by = models.TextField()
    made_at = models.DateTimeField()

    class Meta:
        indexes = (models.Index(fields=["area", "made_at"]),)

    def __str__(self) -> str:
        return self.title


class Device(models.Model):
    """A phone that may send records: for one table, until a time, until revoked.

    `walks`: the building or stairs whose doors it walks, its slice of the roll; None at a table.
    `swabs`: whether whoever carries it takes swabs.
    """

    record: ClassVar = Record(
        holds="which account enrolled a phone",
        why="records are accepted from known phones only",
        goes="specimens",
        scope=Scope(place="area"),
    )
    kind: ClassVar = "round"

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    token_hash = models.BinaryField(unique=True)
    area = models.BigIntegerField()
    round = models.ForeignKey(Round, models.CASCADE, related_name="devices")
    table = models.ForeignKey(SamplingTable, models.CASCADE, related_name="devices")
    walks = models.BigIntegerField(null=True)
    swabs = models.BooleanField(default=True, db_default=True)
    label = models.TextField()
    enrolled_by = models.TextField()
    enrolled_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return self.label
