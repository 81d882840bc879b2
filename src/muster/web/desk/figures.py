"""Figures as a page shows them: in the reader's language first, the other one beneath if wanted."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from muster.apps.dashboards.queries import Value
from muster.web.navigation import chosen_place
from muster.web.templatetags.muster import chinese


def of_values(request: HttpRequest, values: Iterable[Value]) -> list[dict[str, Any]]:
    """Live figures."""
    return [
        shown(
            request,
            {
                "value": v.value,
                "unit": v.figure.unit,
                "rows": v.figure.rows,
                "zh": v.figure.zh,
                "en": v.figure.en,
                "definition_zh": v.figure.definition_zh,
                "definition_en": v.figure.definition_en,
            },
        )
        for v in values
    ]


def shown(request: HttpRequest, kept: Mapping[str, Any], *, both: bool = False) -> dict[str, Any]:
    """One figure; `both` adds the other language."""
    first, second = ("zh", "en") if chinese() else ("en", "zh")
    line = {
        "name": kept[first],
        "value": kept["value"],
        "unit": kept["unit"],
        "definition": kept[f"definition_{first}"],
        "href": reverse(kept["rows"]) + chosen_place(request),
    }
    if both:
        line |= {
            "other": kept[second],
            "other_definition": kept[f"definition_{second}"],
            "other_lang": "en" if second == "en" else "zh-CN",
        }
    return line
