"""Who acts, and how far it reaches. Every transaction has one; the database holds it to that."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from muster.protocols.access import TABLE, Grant, Scope, Verb

EVERYWHERE = ((0, 999_999_999_999),)
EVERY_UNIT = ((0, 999_999_999_999_999),)


def multirange(ranges: Iterable[tuple[int, int]]) -> str:
    """PostgreSQL text of inclusive integer ranges: ``{[1,5],[9,9]}``."""
    return "{" + ",".join(f"[{low},{high}]" for low, high in sorted(set(ranges))) + "}"


def _sees(grant: Grant, scope: Scope) -> bool:
    """Whether a role has a verb of this scope, or reads the audit of its places."""
    verbs = TABLE[grant.role]
    return scope in verbs.values() or Verb.VIEW_AUDIT in verbs


@dataclass(frozen=True, slots=True)
class Actor:
    """Somebody or something that acts.

    name: ``kind:id``, written into the audit; never a person's name. places, units: inclusive code
    ranges seen and written. person: whose own rows are seen besides.
    """

    name: str
    places: tuple[tuple[int, int], ...] = ()
    units: tuple[tuple[int, int], ...] = ()
    grants: tuple[Grant, ...] = ()
    person: UUID | None = None
    account: UUID | None = None

    @classmethod
    def of_grants(
        cls, name: str, grants: tuple[Grant, ...], *, account: UUID | None, person: UUID | None
    ) -> "Actor":
        """An account with its grants: reaches what any of them reaches. A role that is about
        nobody but its holder reaches no place, whatever range it was granted for."""
        return cls(
            name=name,
            places=tuple(r for g in grants if _sees(g, Scope.PLACE) for r in g.places),
            units=tuple(r for g in grants if _sees(g, Scope.UNIT) for r in g.units),
            grants=grants,
            person=person,
            account=account,
        )

    @classmethod
    def system(cls, why: str) -> "Actor":
        """The program itself (a job, a log-in being checked). Reaches everything, says why."""
        return cls(name=f"system:{why}", places=EVERYWHERE, units=EVERY_UNIT)

    @classmethod
    def public(cls, why: str, area: int) -> "Actor":
        """Somebody without an account, on a page that belongs to one community."""
        return cls(name=f"public:{why}", places=((area, area),))

    @classmethod
    def device(cls, device: UUID, area: int) -> "Actor":
        """An enrolled phone: its community's rows."""
        return cls(name=f"device:{device}", places=((area, area),))

    @classmethod
    def nobody(cls) -> "Actor":
        """No log-in: sees no row that names anybody."""
        return cls(name="nobody")

    @property
    def is_system(self) -> bool:
        """Whether the program acts by itself."""
        return self.name.startswith("system:")
