"""What can go wrong with rounds, devices, records and results."""

from muster.kernel.errors import Conflict, Invalid, NotFound
from muster.protocols.devices import DeviceRefused

__all__ = [
    "AlreadySettled",
    "BatchMalformed",
    "BatchTooLarge",
    "DeviceRefused",
    "NoPlaces",
    "PersonMissing",
    "PlanOpened",
    "PlannedRoundNotFound",
    "RecallNotFound",
    "RecordNotFound",
    "ResultsUnreadable",
    "RoundNotFound",
]


class RoundNotFound(NotFound):
    """There is no such round within your reach."""

    code = "round_not_found"


class PlannedRoundNotFound(NotFound):
    """There is no such planned round within your reach."""

    code = "planned_round_not_found"


class PlanOpened(Conflict):
    """This plan has been opened as a round already."""

    code = "planned_round_opened"


class NoPlaces(Invalid):
    """A round needs at least one place, and somebody who lives there."""

    code = "round_without_places"


class BatchTooLarge(Invalid):
    """A batch holds at most {limit} records; this one has {count}."""

    code = "batch_too_large"


class BatchMalformed(Invalid):
    """The batch cannot be read: {reason}. Nothing of it was taken; send it again."""

    code = "batch_malformed"


class RecordNotFound(NotFound):
    """There is no such held record."""

    code = "record_not_found"


class AlreadySettled(Conflict):
    """Somebody has settled this record already."""

    code = "record_settled"


class ResultsUnreadable(Invalid):
    """The result file cannot be read: {reason}"""

    code = "results_unreadable"


class RecallNotFound(NotFound):
    """There is no such recall."""

    code = "recall_not_found"


class PersonMissing(Invalid):
    """Choose the person this record belongs to."""

    code = "record_without_person"
