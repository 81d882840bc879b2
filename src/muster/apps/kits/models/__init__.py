"""The tables of `kits`."""

from muster.apps.kits.models.issues import DoorCode, KitIssue, Series
from muster.apps.kits.models.phones import KitEnrolment, KitPhone, KitSealingKey
from muster.apps.kits.models.results import KitFollowUp, KitPhoto, KitResult
from muster.apps.kits.models.stock import Lot, StockMovement, Store
from muster.apps.kits.models.words import KitWord

__all__ = [
    "DoorCode",
    "KitEnrolment",
    "KitFollowUp",
    "KitIssue",
    "KitPhone",
    "KitPhoto",
    "KitResult",
    "KitSealingKey",
    "KitWord",
    "Lot",
    "Series",
    "StockMovement",
    "Store",
]
