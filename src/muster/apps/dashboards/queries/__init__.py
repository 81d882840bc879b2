"""Figures with their definitions. A new one is one function in a topic's file."""

from muster.apps.dashboards.queries import mobilising, testing, tests_at_home, zoning
from muster.apps.dashboards.queries.figure import FIGURES, Figure, Value, Within, figures_at

__all__ = [
    "FIGURES",
    "Figure",
    "Value",
    "Within",
    "figures_at",
    "mobilising",
    "testing",
    "tests_at_home",
    "zoning",
]
