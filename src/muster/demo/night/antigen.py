"""The morning's antigen kits: stock comes in, doors get theirs once, results come back."""

from django.db import transaction

from muster.apps.audit.actions import act_as
from muster.apps.kits.actions import (
    NewResult,
    enter_result,
    issue_kits,
    open_series,
    receive_kits,
)
from muster.apps.kits.errors import AlreadyIssued
from muster.apps.kits.queries.doors import doors_of
from muster.apps.kits.queries.follow_ups import follow_ups_within
from muster.apps.kits.queries.series import today
from muster.apps.kits.queries.stock import balances_within
from muster.demo.night.stage import Stage
from muster.kernel import clock
from muster.kernel.ids import new_id

RECEIVED = 2000
DOORS = 60
RESULTS_EVERY = 3
"""Two in three report; the third is missing at 08:00."""


def hand_out(stage: Stage) -> None:
    """06:30: the doors of the first estate that are on the way; one door is asked twice, one kit is
    positive, one shows nothing."""
    with clock.travel(stage.at(12)), act_as(stage.actors["secretary"]):
        store = receive_kits(
            key=new_id(), area=stage.community, store="居委会仓库", lot="KD220403",
            expires_on=today().replace(year=today().year + 1, day=1), quantity=RECEIVED,
        ).store_id  # fmt: skip
        series = open_series(
            area=stage.community, places=stage.estates(), kind="once", starts_on=today()
        )
        doors = [d for d in doors_of(series, stage.estates()[:1], day=1) if d.people][:DOORS]
        issued = sum(
            issue_kits(
                key=new_id(), series=series.id, door=d.door, day=1, store=store
            ).issue.kits
            for d in doors
        )  # fmt: skip
        blocked = False
        try:
            with transaction.atomic():
                issue_kits(key=new_id(), series=series.id, door=doors[0].door, day=1, store=store)
        except AlreadyIssued:
            blocked = True
        left = sum(b.balance for b in balances_within(low=stage.community, high=stage.community))
    with clock.travel(stage.at(13)), act_as(stage.actors["secretary"]):
        people = [(d.door, p.person) for d in doors for p in d.people]
        told = [who for n, who in enumerate(people) if n % RESULTS_EVERY]
        for n, (door, person) in enumerate(told):
            value = {4: "positive", 9: "invalid"}.get(n, "negative")
            enter_result(
                new=NewResult(
                    id=new_id(), series=series.id, person=person, door=door, day=1, value=value
                )
            )  # fmt: skip
        held = follow_ups_within(low=stage.community, high=stage.community).count()
    stage.note(kits=issued, kit_results=len(told), kit_positives=held)
    stage.promise(blocked, "a door was given kits twice")
    stage.promise(left == RECEIVED - issued, "the ledger of kits does not add up")
    stage.promise(held == 1, "a positive kit opened no re-test")
