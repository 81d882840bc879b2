"""The audit log. Lines are written by the SQL function `audit_append` alone (first migration)."""

from typing import ClassVar

from django.db import models

from muster.kernel.records import Record, Scope


class AuditLine(models.Model):
    """One act: who, what, where, on what. Chained by hash within its stream; never changed."""

    record: ClassVar = Record(
        holds="the account that acted and the id it acted on",
        why="accountability (GB/T 22239 level 3)",
        goes="audit",
        scope=Scope(place="area"),
    )

    id = models.BigAutoField(primary_key=True)
    stream = models.TextField()
    seq = models.BigIntegerField()
    at = models.DateTimeField()
    actor = models.TextField()
    action = models.TextField()
    area = models.BigIntegerField()
    subject = models.TextField(default="")
    detail = models.JSONField(default=dict)
    prev = models.BinaryField()
    hash = models.BinaryField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=["stream", "seq"], name="audit_line_once"),)
        indexes = (
            models.Index(fields=["area", "-at"]),
            models.Index(fields=["subject", "at"]),
        )

    def __str__(self) -> str:
        return f"{self.stream}#{self.seq} {self.action}"


class AuditHead(models.Model):
    """The newest line of a stream: what a removed tail is found out by."""

    record: ClassVar = Record(holds="", why="end of each audit chain", goes="audit")

    stream = models.TextField(primary_key=True)
    seq = models.BigIntegerField()
    hash = models.BinaryField()

    def __str__(self) -> str:
        return f"{self.stream}#{self.seq}"
