"""What can go wrong with places and imports."""

from muster.kernel.errors import Conflict, Invalid, NotFound


class PlaceNotFound(NotFound):
    """There is no such place: {place}."""

    code = "place_not_found"


class ParentMissing(Invalid):
    """The place {place} names a parent that is not there: {parent}."""

    code = "place_parent_missing"


class BatchNotFound(NotFound):
    """There is no such import within your reach."""

    code = "batch_not_found"


class NothingToCancel(Conflict):
    """This file is not being read any more."""

    code = "nothing_to_cancel"


class UploadCancelled(Conflict):
    """Somebody has stopped this file while it was being read."""

    code = "upload_cancelled"


class AlreadySettled(Conflict):
    """Somebody has settled this row already."""

    code = "already_settled"


class StillDoubtful(Invalid):
    """This row still has a problem: {problems}. Mend the field, or tick that it is right as it
    is."""

    code = "still_doubtful"
