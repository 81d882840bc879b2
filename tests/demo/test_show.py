"""The night on a terminal, and what its scenes hand on (`muster.demo.night.stage`)."""

from datetime import UTC, datetime, timedelta
from io import StringIO
from typing import Any

from rich.console import Console

from muster.demo.night.stage import Stage, last_dusk
from muster.demo.show import BESIDE, NO_CHROMIUM, TerminalProgress, report
from muster.kernel import clock


def told(stage: Stage) -> str:
    out = StringIO()
    report(Console(file=out, width=160), stage)
    return out.getvalue()


def a_stage() -> Stage:
    world: Any = None
    return Stage(world=world, dusk=datetime(2022, 4, 3, 10, 30, tzinfo=UTC))


def test_figures_beside_the_report_and_broken_promises() -> None:
    stage = a_stage()
    stage.note(called=2311)
    stage.promise(kept=True, what="kept")
    assert "2,311" in told(stage)
    assert "every promise of the night was kept" in told(stage)
    stage.promise(kept=False, what="a record has no receipt")
    assert stage.broken == ["a record has no receipt"]
    assert "a record has no receipt" in told(stage)
    assert len({key for key, *_ in BESIDE}) == len(BESIDE)


def test_a_night_without_a_browser_says_so() -> None:
    stage = a_stage()
    stage.note(chromium=1, lane=471)
    assert NO_CHROMIUM not in told(stage)
    assert "471" in told(stage)
    stage.note(chromium=0)
    assert NO_CHROMIUM in told(stage)


def test_a_scene_leaves_a_line() -> None:
    out = StringIO()
    with TerminalProgress(Console(file=out)).scene("敲门", "Doors", total=2) as tick:
        tick(2)
    assert "敲门 · Doors" in out.getvalue()


def test_the_night_is_over_when_it_is_lived() -> None:
    for at in (datetime(2022, 4, 3, 23, 0, tzinfo=UTC), datetime(2022, 4, 4, 1, 0, tzinfo=UTC)):
        with clock.travel(at):
            dusk = last_dusk()
            assert clock.local(dusk, "%H:%M") == "18:30"
            assert timedelta(0) <= clock.now() - dusk - timedelta(hours=13.5) < timedelta(days=1)
    assert a_stage().at(1.5) - a_stage().dusk == timedelta(minutes=90)
