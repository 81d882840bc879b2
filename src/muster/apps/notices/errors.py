"""What can go wrong with notices."""

from muster.kernel.errors import NotFound


class NoticeNotFound(NotFound):
    """There is no such notice within your reach."""

    code = "notice_not_found"
