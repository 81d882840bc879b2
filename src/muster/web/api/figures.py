"""Figures of a place at a moment."""

from datetime import datetime

from django.http import HttpRequest
from ninja import Router, Schema

from muster.apps.dashboards.queries import Within, figures_at
from muster.kernel import clock
from muster.web.reach import reach_of_page

router = Router()


class FigureOut(Schema):
    """A figure with its value and its definition in both languages."""

    key: str
    unit: str
    value: int
    zh: str
    en: str
    definition_zh: str
    definition_en: str


@router.get("", response=list[FigureOut], summary="Figures of a place")
def figures(
    request: HttpRequest, place: int | None = None, at: datetime | None = None
) -> list[dict[str, object]]:
    """Every figure within `place` (12-digit code; yours by default), counting nothing that came in
    after `at`."""
    reach = reach_of_page(request)
    values = figures_at(Within(reach.low, reach.high, at or clock.now()))
    return [
        {
            "key": v.figure.key,
            "unit": v.figure.unit,
            "value": v.value,
            "zh": v.figure.zh,
            "en": v.figure.en,
            "definition_zh": v.figure.definition_zh,
            "definition_en": v.figure.definition_en,
        }
        for v in values
    ]
