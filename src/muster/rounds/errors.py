"""What can be wrong with an area or a plan that was handed in."""

from muster.kernel.errors import Invalid


class BadArea(Invalid):
    """The area cannot be planned. {field}: {reason}"""

    code = "round_area_invalid"


class BadRoundPlan(Invalid):
    """This is not a plan of a round. {field}: {reason}"""

    code = "round_plan_invalid"
