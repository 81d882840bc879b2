"""The reported rounds beside ours, and that their assumptions are written down."""

import pytest

from muster.policies import load
from muster.simulate.replays import Replay, replay, replays


@pytest.mark.parametrize("case", replays(), ids=lambda case: case.key)
def test_a_replay_goes_with_its_report(case: Replay) -> None:
    found = replay(case, load("2022-04"), runs=5)
    assert found.agrees, (found.simulated, found.most, case.reported)
    assert case.assumes_zh
    assert case.assumes_en


def test_what_is_not_fitted_uses_the_policy_alone() -> None:
    free = [case for case in replays() if not case.fitted]
    assert len(free) >= 2
    assert not any(case.set for case in free)


def test_reported_figures_follow_from_the_counts() -> None:
    by_key = {case.key: case for case in replays()}
    assert by_key["yuci"].people / 4 == pytest.approx(38_858 / 217 / 4, rel=0.01)
    assert by_key["yuci"].reported == pytest.approx(38_858 / 217 / 4, rel=0.01)
    assert by_key["shenyang"].reported == pytest.approx(7_652_000 / 5_735 / 30, rel=0.01)
    assert by_key["jiancaoping"].people == 2 * 310
    assert by_key["jiancaoping"].reported == pytest.approx(620 / 7, rel=0.01)
    assert by_key["village"].reported == pytest.approx(2_011 / 2 / 6, rel=0.01)


def test_a_replay_that_is_too_slow_does_not_agree() -> None:
    policy = load("2022-04")
    fitted = next(case for case in replays() if case.key == "yuci")
    import msgspec

    assert not replay(msgspec.structs.replace(fitted, set={}), policy, runs=3).agrees
