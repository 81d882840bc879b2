"""What may become of somebody who is recalled: nobody is released before the re-test."""

STEPS: dict[str, frozenset[str]] = {
    "waiting": frozenset({"sampled"}),
    "sampled": frozenset({"released", "positive"}),
    "released": frozenset(),
    "positive": frozenset(),
}


def may_become(state: str, to: str) -> bool:
    """Whether a recall in `state` may become `to`; the same again changes nothing."""
    return state == to or to in STEPS[state]
