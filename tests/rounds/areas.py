"""An area for tests: two estates of a sealed community."""

from datetime import datetime
from typing import Any

from muster.kernel.clock import LOCAL
from muster.rounds.area import Area, Building

NIGHT = datetime(2022, 4, 3, 19, 0, tzinfo=LOCAL)


def buildings(count: int = 26, **changes: Any) -> tuple[Building, ...]:
    """Rows of four, 90 by 70 metres apart; 300 to 325 people, five of them at home."""
    return tuple(
        Building(
            key=f"b{n}",
            name=f"{n + 1}号楼",
            **{
                "residents": 300 + n,
                "households": 100 + n,
                "x": 90.0 * (n % 4),
                "y": 70.0 * (n // 4),
                "at_home": 5,
                **changes,
            },
        )
        for n in range(count)
    )


def area(count: int = 26, **changes: Any) -> Area:
    plain: dict[str, Any] = {
        "name": "香槟", "starts_at": NIGHT, "hours": 7.0, "tables": 17,
        "staff": {"any": 22}, "neighbours": {"any": 80},
    }  # fmt: skip
    return Area(buildings=changes.pop("buildings", buildings(count)), **{**plain, **changes})
