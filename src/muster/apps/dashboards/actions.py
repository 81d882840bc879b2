"""Issue a bulletin: count every figure at the cut-off, freeze them."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from muster.apps.bulletins.actions import freeze
from muster.apps.dashboards.queries import Within, figures_at

if TYPE_CHECKING:
    from muster.apps.bulletins.models import Bulletin


def issue_bulletin(*, area: int, low: int, high: int, cutoff: datetime) -> Bulletin:
    """The figures of a range of places at `cutoff`, frozen.

    Raises `NotAllowed`, `CutoffInFuture`.
    """
    values = figures_at(Within(low, high, cutoff))
    return freeze(
        area=area,
        cutoff=cutoff,
        figures=[
            {
                "key": v.figure.key,
                "topic": v.figure.topic,
                "value": v.value,
                "unit": v.figure.unit,
                "zh": v.figure.zh,
                "en": v.figure.en,
                "definition_zh": v.figure.definition_zh,
                "definition_en": v.figure.definition_en,
                "rows": v.figure.rows,
            }
            for v in values
        ],
    )
