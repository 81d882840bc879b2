"""Columns that a person has corrected once are read so in the next list of the same sender with the
same headings."""

from typing import Any

from muster.apps.communities.models import ColumnChoice


def remembered_columns(area: int, sender: str) -> dict[str, Any]:
    """What was corrected for this sender ("": for lists without one): signature of the headings →
    field → letters."""
    rows = ColumnChoice.objects.filter(area=area, sender=sender)
    return {row.headings: row.columns for row in rows}
