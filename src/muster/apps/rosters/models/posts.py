"""Posts, their shifts, and who is never sent there."""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models

from muster.kernel.ids import new_id
from muster.kernel.records import Record, Scope


class Post(models.Model):
    """Where somebody stands as what: the recorder's chair at table 5. At a `vanguard` post
    (党员先锋岗) a party member is among those who serve; at one that is `led`, somebody who leads a
    body; at a joint post (联合岗) somebody of each of `bodies`, codes in the tree of bodies."""

    record: ClassVar = Record(holds="", why="where hands are needed", goes="attendance")

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    area = models.BigIntegerField()
    place = models.ForeignKey("communities.Place", models.PROTECT, related_name="+")
    role = models.CharField(max_length=24)
    name = models.TextField()
    table_no = models.SmallIntegerField(null=True)
    priority = models.SmallIntegerField(default=5)
    vanguard = models.BooleanField(default=False)
    led = models.BooleanField(default=False)
    bodies = ArrayField(models.BigIntegerField(), default=list)
    round_id = models.UUIDField(null=True)
    closed_at = models.DateTimeField(null=True)

    class Meta:
        indexes = (models.Index(fields=["area"]),)

    def __str__(self) -> str:
        return self.name


class Shift(models.Model):
    """When a post is manned, by how many: wanted (`required`) and needed (`minimum`)."""

    record: ClassVar = Record(holds="", why="when hands are needed", goes="attendance")

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    post = models.ForeignKey(Post, models.CASCADE, related_name="shifts")
    area = models.BigIntegerField()
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    required = models.SmallIntegerField()
    minimum = models.SmallIntegerField()

    class Meta:
        indexes = (models.Index(fields=["area", "starts_at"]),)

    def __str__(self) -> str:
        return str(self.id)


class Ban(models.Model):
    """A person whom no plan may send to a post, until it is lifted."""

    record: ClassVar = Record(
        holds="who is not to serve at a post",
        why="plans and changes by hand keep to it",
        goes="attendance",
        scope=Scope(place="area", serving="serving", unit="unit"),
    )

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    post = models.ForeignKey(Post, models.CASCADE, related_name="bans")
    person = models.ForeignKey("people.Person", models.CASCADE, related_name="+")
    area = models.BigIntegerField()
    unit = models.BigIntegerField(null=True)
    serving = models.BigIntegerField(null=True)
    made_by = models.TextField()
    made_at = models.DateTimeField()
    lifted_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["post", "person"],
                condition=models.Q(lifted_at=None),
                name="banned_once",
            ),
        )

    def __str__(self) -> str:
        return str(self.id)
