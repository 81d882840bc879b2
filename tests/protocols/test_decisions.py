from muster.protocols.decisions import allow, refuse


def test_a_decision_is_true_when_allowed_and_carries_its_reason() -> None:
    assert allow("inside")
    no = refuse("outside_seal", place=7)
    assert not no
    assert (no.reason_code, dict(no.data)) == ("outside_seal", {"place": 7})
