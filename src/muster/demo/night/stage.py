"""What the scenes of the night hand on to each other."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID

from muster.demo.generator.model import DemoCity
from muster.kernel import clock
from muster.protocols.actors import Actor

CITY = 140100000000


@dataclass(slots=True)
class Stage:
    """The night as it is lived. `dusk` is 18:30 of the evening before."""

    world: DemoCity
    dusk: datetime
    server: str = ""
    community: int = 0
    places: dict[int, int] = field(default_factory=dict)
    cadres: dict[int, UUID] = field(default_factory=dict)
    staff: dict[int, UUID] = field(default_factory=dict)
    actors: dict[str, Actor] = field(default_factory=dict)
    call: UUID | None = None
    round: UUID | None = None
    plan: UUID | None = None
    bulletin: UUID | None = None
    figures: dict[str, int | float | str] = field(default_factory=dict)
    broken: list[str] = field(default_factory=list)

    def at(self, hours: float) -> datetime:
        """A moment of the night, hours after dusk."""
        return self.dusk + timedelta(hours=hours)

    def estates(self) -> list[int]:
        """Ids of the two sealed estates."""
        return [self.places[e] for e in self.world.estates]

    def note(self, **figures: float | str) -> None:
        """Keep figures for the report."""
        self.figures.update(figures)

    def promise(self, kept: bool, what: str) -> None:
        """A promise of the night; a broken one fails `make demo ONCE=1`."""
        if not kept:
            self.broken.append(what)


def last_dusk() -> datetime:
    """18:30 of the latest evening whose next 08:00 has passed: the night is over when it is
    lived, so every page shows it whole."""
    now = clock.to_local(clock.now())
    morning = now.replace(hour=8, minute=0, second=0, microsecond=0)
    if morning > now:
        morning -= timedelta(days=1)
    return (morning - timedelta(days=1)).replace(hour=18, minute=30)
