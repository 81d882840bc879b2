"""What can go wrong with calls and sign-ups."""

from muster.kernel.errors import Conflict, Invalid, NotFound


class CallNotFound(NotFound):
    """There is no such call."""

    code = "call_not_found"


class CallClosed(Conflict):
    """This call is closed. Thank you: you are kept in the reserve when the next one opens."""

    code = "call_closed"


class NotReached(NotFound):
    """The call did not go to this organisation."""

    code = "call_not_reached"


class RoleUnknown(Invalid):
    """There is no role {role} in this policy."""

    code = "role_unknown"


class LinkSpent(Invalid):
    """This link is not valid any more. Ask the community for a new one."""

    code = "link_spent"


class NotReported(NotFound):
    """This person has not reported in."""

    code = "not_reported"


class EntrySettled(Conflict):
    """Somebody has settled this entry already."""

    code = "entry_settled"
