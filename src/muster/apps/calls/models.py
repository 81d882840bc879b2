"""The call down the tree, what each body answers, who signs up, who reports in."""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models

from muster.kernel.ids import new_id
from muster.kernel.records import Record, Scope


class Call(models.Model):
    """A call for hands (动员令): `need` is role → heads. It closes itself when all are found."""

    record: ClassVar = Record(holds="", why="what was called for", goes="call")

    class State(models.TextChoices):
        OPEN = "open"
        FILLED = "filled"
        CLOSED = "closed"

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    number = models.TextField()
    title = models.TextField()
    body = models.TextField()
    area = models.BigIntegerField()
    root = models.ForeignKey("people.Organisation", models.PROTECT, related_name="+")
    need = models.JSONField(default=dict)
    taken = models.JSONField(default=dict)
    state = models.CharField(max_length=8, choices=State.choices, default=State.OPEN)
    issued_by = models.TextField()
    issued_at = models.DateTimeField()
    due_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return self.number


class CallNode(models.Model):
    """One body that the call reached: its share, whether it has answered, how many it offers."""

    record: ClassVar = Record(holds="", why="who is silent", goes="call")

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    call = models.ForeignKey(Call, models.CASCADE, related_name="nodes")
    organisation = models.ForeignKey("people.Organisation", models.PROTECT, related_name="+")
    unit = models.BigIntegerField()
    area = models.BigIntegerField()
    level = models.SmallIntegerField()
    sent_at = models.DateTimeField()
    acknowledged_at = models.DateTimeField(null=True)
    acknowledged_by = models.TextField(blank=True)
    offered = models.IntegerField(default=0)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["call", "organisation"], name="call_node_once"),
        )
        indexes = (models.Index(fields=["call", "unit"]),)

    def __str__(self) -> str:
        return str(self.id)


class SignUp(models.Model):
    """Somebody who comes forward: by link, poster, chain, or offered by a body.

    `state`: new → accepted (fills the call) or reserve (`rank`: first 1), withdrawn; doubtful =
    waits for a person. One person signs up once for a call.
    """

    record: ClassVar = Record(
        holds="who offers to serve, when and as what",
        why="to post people",
        goes="sign_ups",
        scope=Scope(place="area", serving="serving", unit="unit", person="person_id"),
    )

    class Source(models.TextChoices):
        LINK = "link"
        QR = "qr"
        CHAIN = "chain"
        ORGANISATION = "organisation"
        DESK = "desk"

    class State(models.TextChoices):
        NEW = "new"
        ACCEPTED = "accepted"
        RESERVE = "reserve"
        WITHDRAWN = "withdrawn"

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    call = models.ForeignKey(Call, models.CASCADE, related_name="signups")
    person = models.ForeignKey("people.Person", models.CASCADE, related_name="signups")
    area = models.BigIntegerField()
    unit = models.BigIntegerField(null=True)
    serving = models.BigIntegerField(null=True)
    source = models.CharField(max_length=12, choices=Source.choices)
    roles = ArrayField(models.TextField(), default=list)
    role = models.CharField(max_length=24, blank=True)
    availability = models.JSONField(default=list)
    note = models.TextField(blank=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.NEW)
    rank = models.IntegerField(null=True)
    created_at = models.DateTimeField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=["call", "person"], name="signup_once"),)
        indexes = (models.Index(fields=["call", "state", "rank"]),)

    def __str__(self) -> str:
        return str(self.id)


class ReportIn(models.Model):
    """Report-in (双报到): a member keeps the work unit and serves where he lives. Both confirm."""

    record: ClassVar = Record(
        holds="who reported to which community, of which unit",
        why="both sides know where a member serves",
        goes="sign_ups",
        scope=Scope(place="area", unit="unit", person="person_id"),
    )

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    person = models.ForeignKey("people.Person", models.CASCADE, related_name="reports")
    area = models.BigIntegerField()
    unit = models.BigIntegerField(null=True)
    inside = models.CharField(max_length=16, blank=True)
    reported_at = models.DateTimeField()
    unit_confirmed_at = models.DateTimeField(null=True)
    community_confirmed_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["person"], condition=models.Q(ended_at=None), name="report_once"
            ),
        )
        indexes = (models.Index(fields=["area"]),)

    def __str__(self) -> str:
        return str(self.id)


class ChainVersion(models.Model):
    """A pasted chain as it came; a later paste of the same chain supersedes it."""

    record: ClassVar = Record(
        holds="pasted text with names and numbers",
        why="versions and their differences",
        goes="intake",
        scope=Scope(place="area"),
    )

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    call = models.ForeignKey(Call, models.CASCADE, null=True, related_name="chains")
    area = models.BigIntegerField()
    title = models.TextField(blank=True)
    title_key = models.TextField()
    text = models.TextField()
    digest = models.BinaryField()
    counts = models.JSONField(default=dict)
    pasted_by = models.TextField()
    pasted_at = models.DateTimeField()

    class Meta:
        indexes = (models.Index(fields=["area", "title_key", "-pasted_at"]),)

    def __str__(self) -> str:
        return str(self.id)


class ChainEntry(models.Model):
    """One entry of a chain version: who it became, or the flags a person must settle."""

    record: ClassVar = Record(
        holds="an entry as pasted: name, door, number",
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
    version = models.ForeignKey(ChainVersion, models.CASCADE, related_name="entries")
    area = models.BigIntegerField()
    no = models.IntegerField(null=True)
    ordinal = models.IntegerField()
    raw = models.TextField()
    fields = models.JSONField()
    flags = ArrayField(models.TextField(), default=list)
    state = models.CharField(max_length=10, choices=State.choices)
    signup = models.ForeignKey(SignUp, models.SET_NULL, null=True, related_name="+")

    class Meta:
        indexes = (models.Index(fields=["version", "ordinal"]),)

    def __str__(self) -> str:
        return str(self.id)
