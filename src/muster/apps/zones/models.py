"""Zone orders as notices give them: numbered, with an effective minute, listing places."""

from typing import ClassVar

from django.db import models

from muster.kernel.ids import new_id
from muster.kernel.records import Record


class ZoneOrder(models.Model):
    """A numbered notice. With `replaces` its list stands for the whole of the older one's."""

    record: ClassVar = Record(holds="", why="what was ordered, from which minute", goes="zone")

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    number = models.TextField()
    title = models.TextField()
    area = models.BigIntegerField()
    policy = models.CharField(max_length=16)
    effective_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    replaces = models.ForeignKey("self", models.PROTECT, null=True, related_name="replaced_by")
    issued_by = models.TextField()
    issued_at = models.DateTimeField()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["area", "number"], name="zone_order_number_once"),
        )

    def __str__(self) -> str:
        return self.number


class ZoneItem(models.Model):
    """One place in an order: at a level, or excluded from what the order says of a larger place."""

    record: ClassVar = Record(holds="", why="which places an order names", goes="zone")

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    order = models.ForeignKey(ZoneOrder, models.CASCADE, related_name="items")
    place = models.ForeignKey("communities.Place", models.PROTECT, related_name="+")
    level = models.CharField(max_length=16)
    excluded = models.BooleanField(default=False)
    note = models.TextField(blank=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["order", "place"], name="zone_item_once"),)

    def __str__(self) -> str:
        return f"{self.level} {self.place_id}"
