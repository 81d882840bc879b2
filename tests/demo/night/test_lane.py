"""muster.demo.night.lane and muster.demo.night.browser, where there is no browser: the table falls
back, and a page that says something else breaks a promise. With one: tests/flows/test_night.py."""

import shutil
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from muster.apps.communities.queries.doors import Resident
from muster.demo.night import browser, lane
from muster.demo.night.script import Script
from muster.demo.night.stage import Stage
from muster.kernel.ids import new_id


def a_stage() -> Stage:
    world: Any = None
    return Stage(world=world, dusk=datetime(2022, 4, 3, 10, 30, tzinfo=UTC))


def nothing(_: int) -> None:
    """No progress is shown."""


def test_who_shares_a_door_and_a_name_is_scanned_not_looked_for() -> None:
    def someone(name: str, label: str) -> Resident:
        return Resident(new_id(), name, "", "", label, 1, "", "")

    roll = [someone("王芳", "1-1-101"), someone("王芳", "1-1-101"), someone("王芳", "1-1-102")]
    roll.append(someone("John Smith", "1-1-103"))
    codes = {r.person: f"M1.{n}" for n, r in enumerate(roll)}
    queue = lane.queued(roll, codes, [r.person for r in reversed(roll)])
    assert [(q.code, q.alone) for q in queue] == [
        ("M1.3", False), ("M1.2", True), ("M1.1", False), ("M1.0", False)
    ]  # fmt: skip


@pytest.mark.parametrize("error", [browser.NoChromium(), browser.LaneStopped("scan", "a", "b")])
def test_without_a_browser_it_falls_back_and_a_stop_is_a_broken_promise(
    monkeypatch: pytest.MonkeyPatch, error: Exception
) -> None:
    def fails(*_: object, **__: object) -> None:
        raise error

    monkeypatch.setattr(lane, "record", fails)
    stage = a_stage()
    seen = lane.play(stage, lane.Lane(1, Script(), "12345678"), nothing)
    if isinstance(error, browser.NoChromium):
        assert (seen, stage.broken) == (None, [])
    else:
        assert seen is not None
        assert stage.broken == ["the lane stopped at scan: the page said b, not a"]


def test_a_machine_without_a_chromium(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(shutil, "which", lambda _: None)
    monkeypatch.setenv("PLAYWRIGHT_BROWSERS_PATH", str(tmp_path))

    def look() -> None:
        with browser.chromium():
            pass

    with ThreadPoolExecutor(1) as beside, pytest.raises(browser.NoChromium):
        beside.submit(look).result()
