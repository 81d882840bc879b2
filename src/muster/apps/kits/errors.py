"""What can go wrong with kits."""

from muster.intake.photos import PhotoRefused
from muster.kernel.errors import Conflict, Invalid, NotFound, Refused

__all__ = [
    "AlreadyIssued",
    "FollowUpNotFound",
    "FollowUpOutOfOrder",
    "HouseholdLinkSpent",
    "IssueNotFound",
    "KitDoorsElsewhere",
    "KitPhoneNotFound",
    "KitWalkTooLarge",
    "KitWordNotFound",
    "KitWordSettled",
    "KitsUsed",
    "LotDiffers",
    "NobodyLivesHere",
    "NothingInStore",
    "PhotoRefused",
    "ResultDayUnknown",
    "ResultStands",
    "ResultUnknown",
    "SeriesClosed",
    "SeriesNotFound",
    "SeriesUnknown",
    "SeriesWithoutPlaces",
    "StockShort",
    "StoreNotFound",
    "StrangerAtDoor",
    "UndoTooLate",
]


class SeriesNotFound(NotFound):
    """There is no such series of kits within your reach."""

    code = "series_not_found"


class SeriesUnknown(Invalid):
    """The rules know no such kind of series: {kind}"""

    code = "series_kind_unknown"


class SeriesWithoutPlaces(Invalid):
    """A series needs at least one place, and somebody who lives there."""

    code = "series_without_places"


class SeriesClosed(Conflict):
    """This series is closed: no more kits are handed out for it."""

    code = "series_closed"


class AlreadyIssued(Conflict):
    """This door has its kits already: {by} handed them out at {at}."""

    code = "kits_already_issued"


class NobodyLivesHere(Invalid):
    """Nobody lives behind this door according to the roll, or it is not part of the series."""

    code = "nobody_lives_here"


class NothingInStore(Conflict):
    """{store} holds no lot that may still be used. Enter what came in first."""

    code = "nothing_in_store"


class StockShort(Conflict):
    """By the ledger {missing} kits are missing for this. Count what is there, or say that it is so
    all the same."""

    code = "stock_short"


class StoreNotFound(NotFound):
    """There is no such store within your reach."""

    code = "store_not_found"


class LotDiffers(Conflict):
    """Lot {lot} is known with another date: {expires_on}. Look at the box again."""

    code = "lot_differs"


class IssueNotFound(NotFound):
    """There is no such issue of kits within your reach."""

    code = "kit_issue_not_found"


class UndoTooLate(Conflict):
    """An issue can be taken back for {minutes} minutes. Book a return in the store."""

    code = "kit_undo_too_late"


class KitsUsed(Conflict):
    """Results of these kits have come in: they cannot be taken back."""

    code = "kits_used"


class ResultUnknown(Invalid):
    """There is no such result: {value}"""

    code = "kit_result_unknown"


class ResultDayUnknown(Invalid):
    """A result for day {day} cannot be entered: it is no day of the series, or has not come yet."""

    code = "kit_day_unknown"


class ResultStands(Conflict):
    """A result for this day stands already. A positive one is settled by the re-test alone."""

    code = "kit_result_stands"


class StrangerAtDoor(NotFound):
    """This person does not live behind this door."""

    code = "stranger_at_door"


class HouseholdLinkSpent(Refused):
    """This code is not valid any more. Ask the community for a new one."""

    code = "household_link_spent"


class FollowUpNotFound(NotFound):
    """There is no such re-test within your reach."""

    code = "kit_follow_up_not_found"


class FollowUpOutOfOrder(Conflict):
    """First the re-test, then its result."""

    code = "kit_follow_up_out_of_order"


class KitDoorsElsewhere(Invalid):
    """These doors are no part of this series."""

    code = "kit_doors_elsewhere"


class KitPhoneNotFound(NotFound):
    """There is no such phone within your reach."""

    code = "kit_phone_not_found"


class KitWalkTooLarge(Invalid):
    """More than {limit} people at once: give the phone fewer buildings or stairs."""

    code = "kit_walk_too_large"


class KitWordNotFound(NotFound):
    """There is no such word from a door that waits for a decision within your reach."""

    code = "kit_word_not_found"


class KitWordSettled(Conflict):
    """Somebody has settled this word from a door already."""

    code = "kit_word_settled"
