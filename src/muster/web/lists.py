"""Lists that filter, sort and page the same way everywhere."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.http import HttpRequest

PAGE = 50


@dataclass(frozen=True, slots=True)
class Listed:
    """One page of a list, its total, and what it is sorted by (`-` in front: downwards)."""

    page: Page[Any]
    total: int
    sort: str


def listed(
    request: HttpRequest,
    rows: QuerySet[Any] | Sequence[Any],
    sorts: Mapping[str, str] | None = None,
) -> Listed:
    """The page `?page=` of rows, sorted by `?sort=` if it is one of `sorts` (name → ordering)."""
    sort = request.GET.get("sort", "")
    name = sort.removeprefix("-")
    if sorts and name in sorts and isinstance(rows, QuerySet):
        rows = rows.order_by(("-" if sort.startswith("-") else "") + sorts[name], "pk")
    pages = Paginator(rows, PAGE)
    number = request.GET.get("page", "1")
    return Listed(pages.get_page(number), pages.count, sort)
