"""What every protocol answers: yes or no, and the code of the reason."""

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Decision:
    """`reason_code` is stable, translated elsewhere; `data` fills its text. True when allowed."""

    allowed: bool
    reason_code: str
    data: tuple[tuple[str, Any], ...] = ()

    def __bool__(self) -> bool:
        return self.allowed


def allow(reason_code: str = "allowed", **data: Any) -> Decision:
    """A yes."""
    return Decision(True, reason_code, tuple(data.items()))


def refuse(reason_code: str, **data: Any) -> Decision:
    """A no."""
    return Decision(False, reason_code, tuple(data.items()))
