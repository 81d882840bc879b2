"""Who came forward for a community, as a planned round counts them."""

from collections import Counter

from muster.apps.calls.queries import volunteers_of
from muster.policies import Policy
from muster.rounds.area import ANY


def hands_of(area: int, policy: Policy) -> dict[str, int]:
    """People by the role that they were given, or else by a wish that asks for a qualification; all
    others may do anything: a wish is no promise, and on the night people go where they lack."""
    qualified = {role.key for role in policy.roles if role.qualification}
    counted: Counter[str] = Counter()
    for each in volunteers_of(area):
        wished = next((role for role in each.roles if role in qualified), ANY)
        counted[each.role or wished] += 1
    return dict(counted)
