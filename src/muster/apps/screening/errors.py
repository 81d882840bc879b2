"""What can go wrong with rounds, devices, records and results."""

from muster.kernel.errors import Conflict, Invalid, NotFound, Refused, Unavailable
from muster.protocols.devices import DeviceRefused, DeviceRevoked
from muster.protocols.sealing import SealedUnreadable

__all__ = [
    "AlreadySettled",
    "BatchMalformed",
    "BatchTooLarge",
    "BoxNotFound",
    "BoxSealed",
    "ChangeNotFound",
    "ClosingNotFound",
    "CodeMissing",
    "DeviceRefused",
    "DeviceRevoked",
    "DoorsElsewhere",
    "EnrolmentUnknown",
    "HandOverOutOfOrder",
    "KeyNotRetired",
    "KeyUntilTooLate",
    "LaboratoryRefused",
    "NoDoors",
    "NoPlaces",
    "PersonMissing",
    "PlanOpened",
    "PlannedRoundNotFound",
    "RecallNotFound",
    "RecallOutOfOrder",
    "RecordNotFound",
    "ResultKindUnknown",
    "ResultNotFound",
    "ResultsUnreadable",
    "RoundNotFound",
    "SealedUnreadable",
    "TooManyGuesses",
    "TubeAmbiguous",
    "TubeCodeUnfit",
    "TubeInAnotherBox",
    "TubeNotFound",
    "TubeResulted",
    "VisitNotFound",
    "WalkTooLarge",
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


class NoDoors(Invalid):
    """None of these doors is one of the round's community."""

    code = "second_call_without_doors"


class BatchTooLarge(Invalid):
    """A batch holds at most {limit} records; this one has {count}."""

    code = "batch_too_large"


class BatchMalformed(Invalid):
    """The batch cannot be read: {reason}. Nothing of it was taken; send it again."""

    code = "batch_malformed"


class RecordNotFound(NotFound):
    """There is no such held record."""

    code = "record_not_found"


class ChangeNotFound(NotFound):
    """There is no such change of a phone in this round."""

    code = "change_not_found"


class VisitNotFound(NotFound):
    """There is no such held word within your reach."""

    code = "visit_not_found"


class ClosingNotFound(NotFound):
    """There is no such closing of a tube in this round."""

    code = "closing_not_found"


class TubeCodeUnfit(Invalid):
    """{tube} is no code of a tube. Scan or type it again."""

    code = "tube_code_unfit"


class ResultNotFound(NotFound):
    """There is no such result that waits for its tube."""

    code = "result_not_found"


class TubeNotFound(NotFound):
    """No tube has the code {tube}."""

    code = "tube_not_found"


class TubeAmbiguous(Conflict):
    """Tubes of two rounds have the code {tube}: choose the one with its round."""

    code = "tube_ambiguous"


class TubeResulted(Conflict):
    """The tube {tube} has its result already. Choose another one."""

    code = "tube_has_result"


class ResultKindUnknown(Invalid):
    """{value} is no result that this policy knows. Ask the laboratory, and dismiss the row."""

    code = "result_kind_unknown"


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


class DoorsElsewhere(Refused):
    """This phone does not walk these doors. Ask the desk for a code for them."""

    code = "doors_elsewhere"


class WalkTooLarge(Invalid):
    """More than {limit} people are missing there. Take fewer buildings or stairs at once."""

    code = "walk_too_large"


class EnrolmentUnknown(NotFound):
    """This code is wrong, used already or older than ten minutes. Ask the desk for a new one."""

    code = "enrolment_unknown"


class TooManyGuesses(Unavailable):
    """Too many wrong codes. Try again in {retry_after} seconds, with a new code from the desk."""

    code = "enrolment_guesses"


class KeyUntilTooLate(Invalid):
    """No code lasts longer than {days} days: the old key need not be believed longer."""

    code = "key_until_too_late"


class KeyNotRetired(Conflict):
    """There is no retired key of this number. The key that signs now is replaced, not taken
    away."""

    code = "key_not_retired"


class BoxNotFound(NotFound):
    """There is no such box in this round."""

    code = "box_not_found"


class BoxSealed(Conflict):
    """This box is sealed: nothing goes in or out of it any more."""

    code = "box_sealed"


class TubeInAnotherBox(Conflict):
    """This tube is in box {box}. Take it out there first, if it is really here."""

    code = "tube_in_another_box"


class HandOverOutOfOrder(Conflict):
    """A box is sealed, then taken by the courier, then received; this one is {stage}."""

    code = "hand_over_out_of_order"


class CodeMissing(Invalid):
    """Scan or type the code first."""

    code = "code_missing"


class LaboratoryRefused(Refused):
    """This laboratory is not known, or was revoked. Ask headquarters for a new key."""

    code = "laboratory_refused"


class RecallOutOfOrder(Conflict):
    """Take the re-test first: nobody is released before it."""

    code = "recall_out_of_order"


class NothingDecided(Conflict):
    """Nothing was decided here that can be taken back, or it has been taken back."""

    code = "nothing_decided"


class DecisionNotFound(NotFound):
    """There is no such decision within your reach."""

    code = "decision_not_found"


class TakenBackAlready(Conflict):
    """Somebody has taken this back already: nothing is left to undo."""

    code = "decision_taken_back"


class DecidedSince(Conflict):
    """This record, or the one that counts in its place, has changed since. Decide anew."""

    code = "decided_since"


class ClosedSince(Conflict):
    """Tube {tube} has been closed anew since. Look at it again."""

    code = "closed_since"


class ResultedSince(Conflict):
    """A result has come for its tube since: people rely on it. Decide anew, with a reason."""

    code = "resulted_since"


class RecalledSince(Conflict):
    """This called somebody to a re-test, and they have been told. Close the re-test instead."""

    code = "recalled_since"
