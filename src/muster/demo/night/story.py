"""The order of the scenes, timed, with progress."""

import time
from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Protocol

from muster.demo import generator
from muster.demo.night import (
    antigen,
    custody,
    doors,
    evening,
    foundation,
    laboratory,
    morning,
    neighbours,
    residents,
    roster,
    tables,
)
from muster.demo.night.stage import Stage, last_dusk


class Progress(Protocol):
    """What shows how far the night has got."""

    def scene(
        self, zh: str, en: str, total: int | None = None
    ) -> AbstractContextManager[Callable[[int], None]]:
        """A scene begins; the callable it gives is ticked with what is done."""
        ...


def live(
    server: str, progress: Progress, analyse: Callable[[], None], seed: int = 20220403
) -> Stage:
    """Live the night against a running server at `server`; returns it with figures and promises.

    The database must be prepared and empty. `analyse` refreshes its statistics, which on a city
    that has stood for an hour it has done by itself.
    """
    began = time.perf_counter()
    with progress.scene("虚构一座城", "Inventing a city"):
        stage = Stage(world=generator.build(seed), dusk=last_dusk(), server=server)
    with progress.scene("建档：地点、组织、四万人", "Places, organisations, 40,000 people"):
        foundation.build(stage)
    with progress.scene("居民表格导入", "Residents come in as spreadsheets"):
        residents.come_in(stage)
        analyse()
        neighbours.keep_units(stage)
    with progress.scene("18:30 两个小区封控", "18:30 two estates are sealed"):
        evening.seal(stage)
        need = evening.plan_round(stage)
    with progress.scene("动员令下达2300个组织", "A call to 2,300 organisations"):
        evening.send_call(stage, need)
    with progress.scene("邻居报名、报到、转岗", "Neighbours sign up, report in, switch roles"):
        neighbours.come_forward(stage)
        neighbours.report_and_switch(stage)
    with progress.scene("排班、发布、到岗", "The roster: planned, published, manned"):
        roster.publish(stage)
        roster.attend(stage)
    with progress.scene("17张采样台录入", "17 tables record", total=8000) as tick:
        tables.record_night(stage, tick)
    with progress.scene("两人一组上门找人", "A pair walks the doors of who is missing"):
        walked = doors.walk(stage)
    with progress.scene("装箱、转运、交接", "Tubes in boxes, counted from hand to hand"):
        custody.carry(stage)
    with progress.scene("敲门、结果、抗原、08:00战报", "Doors, results, kits, bulletin of 08:00"):
        morning.knock(stage, but=walked)
        laboratory.answer(stage)
        antigen.hand_out(stage)
        morning.issue(stage)
        morning.close(stage)
    stage.note(seconds=round(time.perf_counter() - began, 1))
    return stage
