"""What can go wrong with the audit."""

from muster.kernel.errors import MusterError


class NoActor(MusterError):
    """Something touched the database without saying who acts."""

    code = "no_actor"


class ChainBroken(MusterError):
    """The audit chain is broken at {stream}, line {seq}: {what}."""

    code = "audit_chain_broken"
