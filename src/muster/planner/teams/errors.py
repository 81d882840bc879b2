"""What can go wrong when a group is split."""

from muster.kernel.errors import Invalid


class BadGroup(Invalid):
    """The group cannot be split: {reason}"""

    code = "group_invalid"
