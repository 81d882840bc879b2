"""What can go wrong in planning."""

from muster.kernel.errors import Invalid, MusterError


class BadProblem(Invalid):
    """The planning problem does not hold together: {reason}"""

    code = "problem_invalid"


class PlanBroken(MusterError):
    """The solver "{solver}" broke the rule {rule} ({count} times); its plan was thrown away."""

    code = "plan_broken"
