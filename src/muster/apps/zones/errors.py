"""What can go wrong with zone orders."""

from muster.kernel.errors import Conflict, Invalid


class EmptyOrder(Invalid):
    """An order needs at least one place."""

    code = "zone_order_empty"


class NumberTaken(Conflict):
    """There is an order {number} already."""

    code = "zone_number_taken"


class LevelUnknown(Invalid):
    """The policy {policy} has no level {level}."""

    code = "zone_level_unknown"
