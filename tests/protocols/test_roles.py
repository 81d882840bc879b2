import pytest

from muster.policies import load
from muster.protocols.roles import Candidate, mask, may_take

POLICY = load("2022-04")
EVERYTHING = frozenset(line.key for role in POLICY.roles for line in role.checklist)


@pytest.mark.parametrize(
    ("role", "who", "reasons"),
    [
        ("recorder", Candidate(frozenset({"phone_skill"}), health="ok", ticked=EVERYTHING), []),
        ("recorder", Candidate(frozenset(), health="ok", ticked=EVERYTHING), ["skill_missing"]),
        ("guide", Candidate(frozenset(), ticked=EVERYTHING), ["health_unknown"]),
        ("guide", Candidate(frozenset(), health="symptoms", ticked=EVERYTHING), ["health_not_ok"]),
        ("guide", Candidate(frozenset(), health="ok"), ["not_ticked"] * 3),
        (
            "sampler",
            Candidate(frozenset(), health="ok", ticked=EVERYTHING),
            ["qualification_missing"],
        ),
        (
            "sampler",
            Candidate(frozenset(), frozenset({"medical"}), health="ok", ticked=EVERYTHING),
            [],
        ),
    ],
)
def test_who_may_take_a_role(role: str, who: Candidate, reasons: list[str]) -> None:
    answer = may_take(POLICY, role, who)
    assert [code for code, _ in answer.reasons] == reasons
    assert bool(answer) is (not reasons)


def test_roles_as_a_mask() -> None:
    assert mask(POLICY, ["prevention", "recorder", "recorder"]) == 0b10001
