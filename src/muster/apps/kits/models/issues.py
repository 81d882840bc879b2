"""Series of antigen tests over days, and the kits that were handed out at doors for them."""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models

from muster.kernel.ids import new_id
from muster.kernel.records import Record, Scope


class Series(models.Model):
    """Who tests at home on which days: the doors below `places`, on `days` after `starts_on`."""

    record: ClassVar = Record(
        holds="", why="which day counts, who is late", goes="kits", scope=Scope(place="area")
    )

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    area = models.BigIntegerField()
    title = models.TextField()
    policy = models.CharField(max_length=16)
    kind = models.CharField(max_length=32)
    places = ArrayField(models.BigIntegerField())
    starts_on = models.DateField()
    days = ArrayField(models.SmallIntegerField())
    kits_per_person = models.SmallIntegerField()
    daily = models.BooleanField()
    opened_at = models.DateTimeField()
    opened_by = models.TextField()
    closed_at = models.DateTimeField(null=True)

    class Meta:
        indexes = (models.Index(fields=["area", "starts_on"]),)

    def __str__(self) -> str:
        return self.title


class KitIssue(models.Model):
    """Kits handed out at a door. `day` is the day of the series that they are for, 0 for the whole
    series. One that stands a door and day, whoever is faster. `id` is made where it is written
    down, so that sending it twice is one issue."""

    record: ClassVar = Record(
        holds="which door got kits, for how many people, from whom",
        why="every household once",
        goes="kits",
        scope=Scope(place="area"),
    )

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    series = models.ForeignKey(Series, models.CASCADE, related_name="issues")
    area = models.BigIntegerField()
    door = models.ForeignKey("communities.Place", models.PROTECT, related_name="+")
    day = models.SmallIntegerField()
    residents = models.SmallIntegerField()
    kits = models.SmallIntegerField()
    at = models.DateTimeField()
    by = models.TextField()
    returned_at = models.DateTimeField(null=True)
    returned_by = models.TextField(blank=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["series", "door", "day"],
                condition=models.Q(returned_at=None),
                name="kit_issue_once",
            ),
        )

    def __str__(self) -> str:
        return str(self.id)


class DoorCode(models.Model):
    """Which code of a door is believed: only `version` is. A door without a row has version 0. It
    names nobody, and is read before anybody is known."""

    record: ClassVar = Record(holds="", why="a code that fell into wrong hands ends", goes="kits")

    door = models.OneToOneField(
        "communities.Place", models.CASCADE, primary_key=True, related_name="+"
    )
    version = models.IntegerField()
    at = models.DateTimeField()

    def __str__(self) -> str:
        return str(self.version)
