"""The tables of `kits`."""

from muster.apps.kits.models.issues import DoorCode, KitIssue, Series
from muster.apps.kits.models.results import KitFollowUp, KitPhoto, KitResult
from muster.apps.kits.models.stock import Lot, StockMovement, Store

__all__ = [
    "DoorCode",
    "KitFollowUp",
    "KitIssue",
    "KitPhoto",
    "KitResult",
    "Lot",
    "Series",
    "StockMovement",
    "Store",
]
