"""Read and verify the audit log."""

from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from django.db import connection

from muster.apps.audit.models import AuditLine

# Recomputes every hash from the line itself and the line before; a head without its line is a
# removed tail, a line without a head a forged stream.
FAULTS = """
WITH chained AS (
    SELECT stream, seq, hash, prev,
           lag(hash, 1, ''::bytea) OVER line AS before,
           lag(seq, 1, 0::bigint) OVER line AS before_seq,
           audit_line_hash(stream, seq, at, actor, action, area, subject, detail, prev) AS expected
    FROM audit_auditline WINDOW line AS (PARTITION BY stream ORDER BY seq)
)
SELECT stream, seq,
       CASE WHEN seq <> before_seq + 1 THEN 'removed'
            WHEN prev <> before THEN 'reordered' ELSE 'changed' END AS what
FROM chained WHERE hash <> expected OR prev <> before OR seq <> before_seq + 1
UNION ALL
SELECT coalesce(h.stream, l.stream), coalesce(h.seq, l.seq), 'tail removed'
FROM audit_audithead h
FULL JOIN (SELECT DISTINCT ON (stream) stream, seq, hash FROM audit_auditline
           ORDER BY stream, seq DESC) l USING (stream)
WHERE h.seq IS DISTINCT FROM l.seq OR h.hash IS DISTINCT FROM l.hash
ORDER BY 1, 2
"""


@dataclass(frozen=True, slots=True)
class Fault:
    """A line that is not what was written: changed, removed, reordered, or a tail cut off."""

    stream: str
    seq: int
    what: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """Lines and streams read, faults found, and one digest over all heads to keep elsewhere."""

    lines: int
    streams: int
    faults: tuple[Fault, ...]
    seal: str


def verify() -> Verdict:
    """Recompute the whole log. Needs an actor that sees all of it."""
    with connection.cursor() as cursor:
        cursor.execute(FAULTS)
        faults = tuple(Fault(*row) for row in cursor.fetchall())
        cursor.execute("SELECT count(*) FROM audit_auditline")
        lines = cursor.fetchone()[0]
        cursor.execute("SELECT stream, seq, hash FROM audit_audithead ORDER BY stream")
        heads = cursor.fetchall()
    seal = sha256()
    for stream, seq, hash_ in heads:
        seal.update(f"{stream}\x1f{seq}\x1f".encode() + bytes(hash_))
    return Verdict(lines, len(heads), faults, seal.hexdigest())


def lines_about(subject: object, *, limit: int = 50) -> list[AuditLine]:
    """The newest lines about one id, newest first."""
    return list(AuditLine.objects.filter(subject=str(subject)).order_by("-at")[:limit])


def lines_of(
    *, low: int, high: int, before: datetime | None = None, limit: int = 100
) -> list[AuditLine]:
    """The newest lines of a range of places, newest first."""
    lines = AuditLine.objects.filter(area__range=(low, high))
    if before is not None:
        lines = lines.filter(at__lt=before)
    return list(lines.order_by("-at", "-id")[:limit])
