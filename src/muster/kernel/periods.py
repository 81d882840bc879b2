"""Half-open spans of time, ``[start, end)``; an open end is ``None``."""

from dataclasses import dataclass
from datetime import datetime, timedelta


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """From `start` (inside) to `end` (outside, ``None`` = still running). Raises `ValueError` if
    it would end before it starts."""

    start: datetime
    end: datetime | None = None

    def __post_init__(self) -> None:
        if self.end is not None and self.end < self.start:
            raise ValueError(f"a period cannot end ({self.end}) before it starts ({self.start})")

    def __contains__(self, at: datetime) -> bool:
        return self.start <= at and (self.end is None or at < self.end)

    def overlaps(self, other: "Period") -> bool:
        """Whether the two share any moment."""
        starts_before_other_ends = other.end is None or self.start < other.end
        other_starts_before_end = self.end is None or other.start < self.end
        return starts_before_other_ends and other_starts_before_end

    @property
    def duration(self) -> timedelta | None:
        """Length, or ``None`` while it runs."""
        return None if self.end is None else self.end - self.start
