"""Places as one tree, who lives where in time, and what was imported."""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models

from muster.kernel.ids import new_id
from muster.kernel.records import Record, Scope


class Place(models.Model):
    """A node of region → street → community → grid → estate → building → unit → door.

    `code`: the 12-digit division code, down to communities. `area`: the code of the community that
    it lies in (of itself above). `path`: ids from the root to this place, both included. `label`:
    the address below the community as people write it.
    """

    record: ClassVar = Record(holds="", why="house first, people second", goes="place")

    class Kind(models.TextChoices):
        PROVINCE = "province"
        CITY = "city"
        DISTRICT = "district"
        STREET = "street"
        COMMUNITY = "community"
        GRID = "grid"
        ESTATE = "estate"
        BUILDING = "building"
        UNIT = "unit"
        DOOR = "door"
        SHOP = "shop"
        BLOCK = "block"

    id = models.BigAutoField(primary_key=True)
    parent = models.ForeignKey("self", models.PROTECT, null=True, related_name="children")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    name = models.TextField()
    name_en = models.TextField(blank=True)
    aliases = ArrayField(models.TextField(), default=list)
    label = models.TextField(blank=True)
    code = models.BigIntegerField(null=True, unique=True)
    area = models.BigIntegerField()
    path = ArrayField(models.BigIntegerField(), default=list)
    ordinal = models.IntegerField(default=0)
    longitude = models.FloatField(null=True)
    latitude = models.FloatField(null=True)

    class Meta:
        indexes = (
            models.Index(fields=["area", "kind"]),
            models.Index(fields=["parent", "ordinal"]),
            GinIndex(fields=["path"]),
        )

    def __str__(self) -> str:
        return self.name


class Residence(models.Model):
    """Where somebody lives from and until when. Apart from the registered address (户籍)."""

    record: ClassVar = Record(
        holds="where a person lives, with whom",
        why="house first: who is behind which door",
        goes="residents",
        scope=Scope(place="area", person="person_id"),
    )

    class Kind(models.TextChoices):
        OWNER = "owner"
        TENANT = "tenant"
        FLOATING = "floating"
        VISITOR = "visitor"
        UNKNOWN = "unknown"

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    person = models.ForeignKey("people.Person", models.CASCADE, related_name="residences")
    place = models.ForeignKey(Place, models.PROTECT, related_name="residences")
    area = models.BigIntegerField()
    kind = models.CharField(max_length=8, choices=Kind.choices, default=Kind.UNKNOWN)
    head = models.BooleanField(default=False)
    since = models.DateTimeField()
    until = models.DateTimeField(null=True)

    class Meta:
        indexes = (
            models.Index(
                fields=["person"], condition=models.Q(until=None), name="residence_current"
            ),
            models.Index(
                fields=["area", "place"], condition=models.Q(until=None), name="residence_at"
            ),
        )

    def __str__(self) -> str:
        return str(self.id)


class Batch(models.Model):
    """One spreadsheet or pasted chain that came in. Its digest recognises the same file again."""

    record: ClassVar = Record(
        holds="",
        why="what came in, from where, and what became of it",
        goes="intake",
    )

    class Kind(models.TextChoices):
        SHEET = "sheet"
        CHAIN = "chain"
        RESULTS = "results"

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    kind = models.CharField(max_length=8, choices=Kind.choices)
    filename = models.TextField(blank=True)
    digest = models.BinaryField()
    area = models.BigIntegerField()
    mapping = models.JSONField(default=dict)
    counts = models.JSONField(default=dict)
    created_by = models.TextField()
    created_at = models.DateTimeField()

    class Meta:
        indexes = (models.Index(fields=["area", "digest"]),)

    def __str__(self) -> str:
        return str(self.id)


class Upload(models.Model):
    """A spreadsheet as it was sent. `content` is sealed; it is kept while its `batch` may be read
    again with other columns, and emptied when nothing came of it."""

    record: ClassVar = Record(
        holds="the file as it was sent, sealed; who sent it",
        why="a job reads a large one; any is read again when columns are corrected",
        goes="intake",
        scope=Scope(place="area"),
    )

    class State(models.TextChoices):
        QUEUED = "queued"
        READING = "reading"
        SAVING = "saving"
        DONE = "done"
        REFUSED = "refused"
        CANCELLED = "cancelled"

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    area = models.BigIntegerField()
    filename = models.TextField()
    sender = models.TextField(blank=True)
    estate = models.BigIntegerField(null=True)
    content = models.BinaryField()
    account = models.UUIDField(null=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.QUEUED)
    done = models.IntegerField(default=0)
    total = models.IntegerField(default=0)
    problem = models.TextField(blank=True)
    batch = models.ForeignKey(Batch, models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField()

    class Meta:
        indexes = (models.Index(fields=["area", "created_at"]),)

    def __str__(self) -> str:
        return str(self.id)


class ColumnChoice(models.Model):
    """What a person said the columns of one sender's list mean. `headings`: their signature.
    `columns`: field → letters."""

    record: ClassVar = Record(
        holds="who sends lists",
        why="a correction is made once",
        goes="intake",
        scope=Scope(place="area"),
    )

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    area = models.BigIntegerField()
    sender = models.TextField(blank=True)
    headings = models.TextField()
    columns = models.JSONField()
    by = models.TextField()
    at = models.DateTimeField()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["area", "sender", "headings"], name="columns_once"),
        )

    def __str__(self) -> str:
        return str(self.id)


class Intake(models.Model):
    """One row or entry that came in: taken, or waiting for a person to settle it. Kept raw."""

    record: ClassVar = Record(
        holds="the row as it came: name, number, phone, address",
        why="nothing is dropped and nothing is guessed",
        goes="intake",
        scope=Scope(place="area"),
    )

    class State(models.TextChoices):
        TAKEN = "taken"
        WAITING = "waiting"
        SETTLED = "settled"
        DISMISSED = "dismissed"

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    batch = models.ForeignKey(Batch, models.CASCADE, related_name="rows")
    area = models.BigIntegerField()
    sheet = models.TextField(blank=True)
    row = models.IntegerField()
    raw = models.JSONField()
    fields = models.JSONField()
    problems = ArrayField(models.TextField(), default=list)
    state = models.CharField(max_length=10, choices=State.choices)
    person = models.ForeignKey("people.Person", models.SET_NULL, null=True, related_name="+")
    settled_by = models.TextField(blank=True)
    settled_at = models.DateTimeField(null=True)

    class Meta:
        indexes = (
            models.Index(
                fields=["area", "batch", "row"],
                condition=models.Q(state="waiting"),
                name="intake_waiting",
            ),
        )

    def __str__(self) -> str:
        return str(self.id)
