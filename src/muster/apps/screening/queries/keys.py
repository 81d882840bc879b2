"""The keys that sign residents' codes, for whoever runs the machine."""

from dataclasses import dataclass
from datetime import datetime

from muster.apps.screening.models import CodeKey
from muster.kernel import clock

DAY = "%Y-%m-%d %H:%M"


@dataclass(frozen=True, slots=True)
class Key:
    """A key: since when; `retired_at` where it signs no more, `believed_until` then."""

    number: int
    made_at: datetime
    retired_at: datetime | None
    believed_until: datetime | None

    @property
    def state(self) -> str:
        """``signs``, ``believed`` or ``refused``."""
        if self.retired_at is None:
            return "signs"
        good = self.believed_until is not None and self.believed_until > clock.now()
        return "believed" if good else "refused"

    @property
    def line(self) -> str:
        """For a terminal."""
        last = clock.local(self.believed_until, f" until {DAY}") if self.believed_until else ""
        return f"{self.number:>10}  made {clock.local(self.made_at, DAY)}  {self.state}{last}"


def keys() -> list[Key]:
    """All of them, the newest first."""
    rows = CodeKey.objects.order_by("-made_at")
    return [Key(k.number, k.made_at, k.retired_at, k.believed_until) for k in rows]
