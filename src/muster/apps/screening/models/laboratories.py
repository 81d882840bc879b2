"""Laboratories that send results by themselves."""

from typing import ClassVar

from django.db import models

from muster.kernel.ids import new_id
from muster.kernel.records import Record, Scope


class Laboratory(models.Model):
    """A laboratory: it may send results for tubes of a range of places, until it is revoked."""

    record: ClassVar = Record(
        holds="which account let a laboratory in",
        why="results are taken from known laboratories only",
        goes="specimens",
        scope=Scope(place="area"),
    )

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    name = models.TextField()
    area = models.BigIntegerField()
    low = models.BigIntegerField()
    high = models.BigIntegerField()
    token_hash = models.BinaryField()
    made_by = models.TextField()
    made_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return self.name
