"""Data: what differs between cities. Never code."""

from muster.cities.loader import load, names
from muster.cities.model import City

__all__ = ["City", "load", "names"]
