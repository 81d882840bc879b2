"""How a phone comes to a table, and the keys that it is given: enrolment codes and who guesses at
them, the key that signs residents' codes, the key that a round's sealed files are opened with."""

from typing import ClassVar

from django.db import models

from muster.kernel.ids import new_id
from muster.kernel.records import Record, Scope


class Enrolment(models.Model):
    """A short-lived code that makes one phone the phone of a table, or of a walk from there
    (`walks`, `swabs` as in `Device`). Only its keyed hash is kept."""

    record: ClassVar = Record(
        holds="which account asked for a code",
        why="a phone is enrolled without typing a token",
        goes="specimens",
        scope=Scope(place="area"),
    )

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    code_hash = models.BinaryField(unique=True)
    area = models.BigIntegerField()
    table = models.ForeignKey("screening.SamplingTable", models.CASCADE, related_name="enrolments")
    walks = models.BigIntegerField(null=True)
    swabs = models.BooleanField(default=True, db_default=True)
    made_by = models.TextField()
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)
    device = models.UUIDField(null=True)

    def __str__(self) -> str:
        return str(self.id)


class Guess(models.Model):
    """How often codes were tried from one address (as a keyed hash) since a moment."""

    record: ClassVar = Record(holds="", why="codes cannot be guessed", goes="specimens")

    sender = models.BinaryField(primary_key=True)
    since = models.DateTimeField()
    count = models.IntegerField()

    def __str__(self) -> str:
        return str(self.count)


class CodeKey(models.Model):
    """The key pair that signs residents' codes. `number` stands in each code; the one that is not
    retired signs, a retired one is believed until `believed_until`. `private` is sealed."""

    record: ClassVar = Record(holds="", why="a code is believed without a server", goes="place")

    number = models.BigIntegerField(primary_key=True)
    private = models.BinaryField()
    public = models.JSONField()
    made_at = models.DateTimeField()
    retired_at = models.DateTimeField(null=True)
    believed_until = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                models.Value(1),
                condition=models.Q(retired_at=None),
                name="one_key_signs",
            ),
        )

    def __str__(self) -> str:
        return str(self.number)


class SealingKey(models.Model):
    """The key pair of a round's sealed files: phones seal with the public half, the server alone
    opens. `private` is sealed."""

    record: ClassVar = Record(holds="", why="a file of records passes unread", goes="specimens")

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    round = models.OneToOneField("screening.Round", models.CASCADE, related_name="sealing")
    area = models.BigIntegerField()
    private = models.BinaryField()
    public = models.JSONField()
    made_at = models.DateTimeField()

    def __str__(self) -> str:
        return str(self.id)
