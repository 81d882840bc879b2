"""Figures frozen at a cut-off: the same tomorrow."""

from typing import ClassVar

from django.db import models

from muster.kernel.ids import new_id
from muster.kernel.records import Record


class Bulletin(models.Model):
    """An edition. `figures`: key, value, unit, definition in both languages, in order; `digest`
    is SHA-256 over them."""

    record: ClassVar = Record(holds="", why="what was reported upwards, and when", goes="bulletin")

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    area = models.BigIntegerField()
    number = models.IntegerField()
    cutoff = models.DateTimeField()
    figures = models.JSONField()
    digest = models.BinaryField()
    issued_by = models.TextField()
    issued_at = models.DateTimeField()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["area", "number"], name="bulletin_number_once"),
        )

    def __str__(self) -> str:
        return f"{self.area}/{self.number}"
