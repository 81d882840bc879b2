"""What can go wrong with people and accounts."""

from muster.kernel.errors import Conflict, Invalid, NotFound, Refused


class NotAllowed(Refused):
    """Your role does not allow this here ({verb})."""

    code = "not_allowed"


class PersonNotFound(NotFound):
    """No such person within your reach."""

    code = "person_not_found"


class MergeNotFound(NotFound):
    """These entries have not been merged, or the merge has been undone already."""

    code = "merge_not_found"


class InUse(Conflict):
    """{name} is already known elsewhere: on a roster, in a round or by a message. Mend the entry
    itself instead of undoing the row."""

    code = "person_in_use"


class NoIdentityNumber(NotFound):
    """This person has no identity number on record."""

    code = "no_identity_number"


class ReasonNeeded(Invalid):
    """Say why you need the number: at least four characters."""

    code = "reason_needed"


class PassSpent(Conflict):
    """This pass has expired or has been used up. Ask for a new one at the community desk."""

    code = "pass_spent"


class NameMissing(Invalid):
    """Enter a name."""

    code = "name_missing"


class OrganisationNotFound(NotFound):
    """No such organisation within your reach."""

    code = "organisation_not_found"
