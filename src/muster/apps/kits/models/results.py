"""What people found with their kits, and what a positive asks for."""

from typing import ClassVar

from django.db import models

from muster.apps.kits.models.issues import Series
from muster.kernel.ids import new_id
from muster.kernel.records import Record, Scope


class KitResult(models.Model):
    """The result of one person on one day of a series. `id` is made by the page or phone that
    sends it: the same twice is one."""

    record: ClassVar = Record(
        holds="what a person's kit showed",
        why="find infections at home, see who is late",
        goes="kits",
        scope=Scope(place="area", person="person_id"),
    )

    class Source(models.TextChoices):
        HOUSEHOLD = "household"
        DOOR = "door"

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    series = models.ForeignKey(Series, models.CASCADE, related_name="results")
    area = models.BigIntegerField()
    person = models.ForeignKey("people.Person", models.CASCADE, related_name="+")
    door = models.ForeignKey("communities.Place", models.PROTECT, related_name="+")
    day = models.SmallIntegerField()
    value = models.CharField(max_length=10)
    source = models.CharField(max_length=10, choices=Source.choices)
    at = models.DateTimeField()
    by = models.TextField()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["series", "person", "day"], name="kit_result_once"),
        )

    def __str__(self) -> str:
        return str(self.id)


class KitPhoto(models.Model):
    """The picture of a kit, without what the phone wrote beside it."""

    record: ClassVar = Record(
        holds="the photo of a person's kit",
        why="a doubtful result is looked at again",
        goes="kits",
        scope=Scope(place="area"),
    )

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    result = models.OneToOneField(KitResult, models.CASCADE, related_name="photo")
    area = models.BigIntegerField()
    media = models.CharField(max_length=16)
    content = models.BinaryField()

    def __str__(self) -> str:
        return str(self.id)


class KitFollowUp(models.Model):
    """Somebody whose kit was positive: stays at home, is re-tested there alone by `due_at`."""

    record: ClassVar = Record(
        holds="whose kit was positive and what came of it",
        why="isolate, re-test, release",
        goes="kits",
        scope=Scope(place="area", person="person_id"),
    )

    class State(models.TextChoices):
        WAITING = "waiting"
        SAMPLED = "sampled"
        RELEASED = "released"
        POSITIVE = "positive"

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    result = models.OneToOneField(KitResult, models.CASCADE, related_name="follow_up")
    person = models.ForeignKey("people.Person", models.CASCADE, related_name="+")
    area = models.BigIntegerField()
    hold = models.BooleanField()
    state = models.CharField(max_length=8, choices=State.choices, default=State.WAITING)
    opened_at = models.DateTimeField()
    due_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)
    closed_by = models.TextField(blank=True)

    class Meta:
        indexes = (models.Index(fields=["area", "state"]),)

    def __str__(self) -> str:
        return str(self.id)
