"""Rules from the arrays of a file, refused when they contradict each other."""

from collections.abc import Mapping
from typing import Any

import numpy as np

from muster.planner.city.errors import BadCity, refuse
from muster.planner.city.problem import CityProblem
from muster.planner.city.rules.contradictions import contradictions
from muster.planner.city.rules.model import PREFIX, Rules, no_rules


def rules_of(city: CityProblem, arrays: Mapping[str, Any]) -> Rules:
    """The rules in `arrays`; what is absent forbids nothing.

    Raises:
        BadCity: with every misshapen array, or every contradiction.
    """
    made: dict[str, Any] = {}
    faults: list[str] = []
    for name, neutral in no_rules(city).stored().items():
        value = np.asarray(arrays.get(name, neutral))
        same = value.shape[1:] == neutral.shape[1:] and value.ndim == neutral.ndim
        if neutral.ndim == 1:
            same = same and value.shape == neutral.shape
        if not same or not np.can_cast(value.dtype, neutral.dtype, "same_kind"):
            faults.append(
                f"{name} is {value.dtype} of shape {value.shape}; "
                f"give {neutral.dtype} of shape {neutral.shape}"
            )
        else:
            made[name.removeprefix(PREFIX)] = value.astype(neutral.dtype)
    refuse(BadCity, faults)
    rules = Rules(**made)
    refuse(BadCity, list(contradictions(city, rules)))
    return rules
