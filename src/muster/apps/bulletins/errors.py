"""What can go wrong with bulletins."""

from muster.kernel.errors import Invalid, NotFound


class BulletinNotFound(NotFound):
    """There is no such bulletin."""

    code = "bulletin_not_found"


class CutoffInFuture(Invalid):
    """A bulletin cannot be cut off in the future."""

    code = "cutoff_in_future"
