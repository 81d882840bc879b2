"""What can be wrong with a policy."""

from muster.kernel.errors import Invalid, NotFound


class UnknownPolicy(NotFound):
    """There is no policy "{name}". Known are: {known}."""

    code = "policy_unknown"


class BadPolicy(Invalid):
    """Policy "{name}", file {file}: {reason}"""

    code = "policy_invalid"
