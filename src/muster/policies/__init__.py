"""Data: what a policy orders: zone levels, rhythms, ratios, roles, rest, retention. Versioned."""

from muster.policies.loader import load, names
from muster.policies.model import Policy

__all__ = ["Policy", "load", "names"]
