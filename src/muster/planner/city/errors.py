"""What can go wrong with a city's plan."""

from muster.kernel.errors import Invalid

LISTED = 20
"""How many faults an error spells out before it counts the rest."""


class BadCity(Invalid):
    """The city problem does not hold together: {reason}"""

    code = "city_problem_invalid"


class BadCityFile(Invalid):
    """{file} cannot be read: {reason}"""

    code = "city_file_invalid"


class BadCityPlan(Invalid):
    """This is not a plan for that problem: {reason}"""

    code = "city_plan_invalid"


class BadEvents(Invalid):
    """The events cannot be applied: {reason}"""

    code = "city_events_invalid"


class RulesUnmet(Invalid):
    """No plan was found that keeps the pins and every other rule; change a pin: {reason}"""

    code = "city_rules_unmet"


class NotInProblem(Invalid):
    """There is no such post, person or slot in the problem: {reason}"""

    code = "city_not_in_problem"


class NoCluster(Invalid):
    """There is no cluster to plan on: {reason}"""

    code = "no_cluster"


def refuse(kind: type[Invalid], faults: list[str]) -> None:
    """Raise `kind` naming all of `faults`; nothing when there are none.

    Raises:
        Invalid: with the first faults spelled out and `data["faults"]` holding every one.
    """
    if not faults:
        return
    rest = [f"and {len(faults) - LISTED} more"] if len(faults) > LISTED else []
    raise kind(reason="; ".join([*faults[:LISTED], *rest]), faults=tuple(faults))
