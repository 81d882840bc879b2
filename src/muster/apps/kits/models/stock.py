"""The stock of kits: a ledger. What is there is the sum of what moved."""

from typing import ClassVar

from django.db import models

from muster.apps.kits.models.issues import KitIssue
from muster.kernel.ids import new_id
from muster.kernel.records import Record, Scope


class Store(models.Model):
    """A place where kits are kept."""

    record: ClassVar = Record(
        holds="", why="where kits are", goes="kits", scope=Scope(place="area")
    )

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    area = models.BigIntegerField()
    name = models.TextField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=["area", "name"], name="store_once"),)

    def __str__(self) -> str:
        return self.name


class Lot(models.Model):
    """Kits of one production, by the code on the box. After `expires_on` none is handed out."""

    record: ClassVar = Record(
        holds="", why="an old or recalled kit tells nothing", goes="kits", scope=Scope(place="area")
    )

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    area = models.BigIntegerField()
    code = models.TextField()
    expires_on = models.DateField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=["area", "code"], name="lot_once"),)

    def __str__(self) -> str:
        return self.code


class StockMovement(models.Model):
    """So many kits of a lot into a store (positive) or out of it. Written once: the database lets
    the web neither change nor delete one. `short`: how many were not there by the ledger when it
    was booked. ``double``: given to a door that had its kits already (`issue`), by the `word` of a
    phone."""

    record: ClassVar = Record(
        holds="who moved kits", why="what is there can be told", goes="kits",
        scope=Scope(place="area"),
    )  # fmt: skip

    class Kind(models.TextChoices):
        RECEIVED = "received"
        ISSUED = "issued"
        RETURNED = "returned"
        SPOILED = "spoiled"
        COUNTED = "counted"
        DOUBLE = "double"

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    area = models.BigIntegerField()
    store = models.ForeignKey(Store, models.PROTECT, related_name="movements")
    lot = models.ForeignKey(Lot, models.PROTECT, related_name="movements")
    kind = models.CharField(max_length=8, choices=Kind.choices)
    quantity = models.IntegerField()
    short = models.IntegerField(default=0)
    issue = models.ForeignKey(KitIssue, models.PROTECT, null=True, related_name="movements")
    word = models.UUIDField(null=True)
    note = models.TextField(blank=True)
    at = models.DateTimeField()
    by = models.TextField()

    class Meta:
        indexes = (models.Index(fields=["store", "lot"]),)

    def __str__(self) -> str:
        return f"{self.kind} {self.quantity}"
