"""What every model says of itself: the personal data it holds, why, when it goes, who sees a row.

`project.protect` turns `Scope` into row-level security; a test fails for a model without a
`Record`.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Scope:
    """Columns that decide who sees a row. A row is seen by whoever's reach holds its place, or its
    unit, or who it is about.

    place: bigint column, a 12-digit division code. serving: bigint column, the community where a
    person from elsewhere serves: that one sees the row too. unit: bigint column, a 15-digit
    organisation code. person: uuid column. account: uuid column. via: ``(column, table)``: seen
    exactly by whoever sees the row of `table` whose ``id`` is in `column`.
    """

    place: str | None = None
    serving: str | None = None
    unit: str | None = None
    person: str | None = None
    account: str | None = None
    via: tuple[str, str] | None = None


@dataclass(frozen=True, slots=True)
class Record:
    """The personal data of one model.

    holds: what, in words; empty when it names nobody. why: the purpose. goes: key of the
    policy's retention table. scope: who sees a row; None only where `holds` is empty.
    """

    holds: str
    why: str
    goes: str
    scope: Scope | None = None
