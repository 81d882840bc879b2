"""Phones that walk the doors of a series: how one comes to it, until when it may, and the key that
its sealed files are opened with."""

from typing import ClassVar

from django.db import models

from muster.apps.kits.models.issues import Series
from muster.kernel.ids import new_id
from muster.kernel.records import Record, Scope


class KitEnrolment(models.Model):
    """A short-lived code that makes one phone the phone of a pair for the doors below `place`.
    Only its keyed hash is kept."""

    record: ClassVar = Record(
        holds="which account asked for a code",
        why="a phone is enrolled without typing a token",
        goes="kits",
        scope=Scope(place="area"),
    )

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    code_hash = models.BinaryField(unique=True)
    area = models.BigIntegerField()
    series = models.ForeignKey(Series, models.CASCADE, related_name="enrolments")
    place = models.ForeignKey("communities.Place", models.PROTECT, related_name="+")
    made_by = models.TextField()
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)
    phone = models.UUIDField(null=True)

    def __str__(self) -> str:
        return str(self.id)


class KitPhone(models.Model):
    """A phone that hands out kits below `place`: for one series, until a time, until revoked. It
    acts for the account that enrolled it (`enrolled_by`), which had the right to."""

    record: ClassVar = Record(
        holds="which account enrolled a phone",
        why="kits are handed out by known phones only, and somebody answers for each",
        goes="kits",
        scope=Scope(place="area"),
    )
    kind: ClassVar = "kits"

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    token_hash = models.BinaryField(unique=True)
    area = models.BigIntegerField()
    series = models.ForeignKey(Series, models.CASCADE, related_name="phones")
    place = models.ForeignKey("communities.Place", models.PROTECT, related_name="+")
    label = models.TextField()
    enrolled_by = models.TextField()
    enrolled_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        indexes = (models.Index(fields=["series", "enrolled_at"]),)

    def __str__(self) -> str:
        return self.label


class KitSealingKey(models.Model):
    """The key pair of a series' sealed files: phones seal with the public half, the server alone
    opens. `private` is sealed."""

    record: ClassVar = Record(holds="", why="a file of words passes unread", goes="kits")

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    series = models.OneToOneField(Series, models.CASCADE, related_name="sealing")
    private = models.BinaryField()
    public = models.JSONField()
    made_at = models.DateTimeField()

    def __str__(self) -> str:
        return str(self.id)
