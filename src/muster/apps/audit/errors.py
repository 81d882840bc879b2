"""What can go wrong with the audit."""

from muster.kernel.errors import Invalid, MusterError


class NoActor(MusterError):
    """Something touched the database without saying who acts."""

    code = "no_actor"


class ChainBroken(MusterError):
    """The audit chain is broken at {stream}, line {seq}: {what}."""

    code = "audit_chain_broken"


class RemarkTooLong(Invalid):
    """Say why in at most {limit} characters."""

    code = "remark_too_long"


class RemarkHoldsNumber(Invalid):
    """Leave telephone and identity numbers out: what is typed here is kept for years."""

    code = "remark_holds_number"
