"""The laboratory sends its results by itself, one box as FHIR; the last box comes as a file."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import httpx

from muster.apps.audit.actions import act_as
from muster.apps.screening.actions import ResultRow, import_results, register_laboratory
from muster.apps.screening.queries.custody import boxes_of
from muster.apps.screening.queries.pools import pools_of
from muster.apps.screening.queries.rounds import recalls_of
from muster.demo.night.stage import Stage
from muster.gateways.laboratory import Pool, write_bundle
from muster.kernel import clock

UNKNOWN = "ZZ0000000000"
FULL = 10


def answer(stage: Stage) -> None:
    """All negative but one pool; one tube nobody knows; the same again changes nothing."""
    with clock.travel(stage.at(12.4)), act_as(stage.actors["headquarters"]):
        _, key = register_laboratory(
            name="区疾控实验室", area=stage.community, low=stage.community, high=stage.community
        )
        boxes = {
            line.tube.code: page.box.code
            for page in boxes_of(stage.round)  # type: ignore[arg-type]
            for line in page.lines
        }
        pools = _read(pools_of(stage.round), stage)  # type: ignore[arg-type]
    first, *middle, last = (
        [p for p in pools if boxes[p.tube] == code] for code in sorted(set(boxes.values()))
    )
    plain = [p for box in middle for p in box]
    told = _send(stage, key, first, plain)
    again = _send(stage, key, first, plain)
    recalls = _by_file(stage, last)
    waiting = [r for r in told if r["state"] == "waiting"]
    stage.note(
        tubes=len(pools), positive_pools=1, recalls=recalls,
        lab_results=len(told) - len(waiting), lab_fhir=len(first), lab_file=len(last),
    )  # fmt: skip
    stage.promise(
        [(r["tube"], r["code"]) for r in waiting] == [(UNKNOWN, "tube_unknown")],
        "an unknown tube was not kept for a person",
    )
    stage.promise(again == told, "the same results again were answered otherwise")
    stage.promise(recalls == FULL, "ten recalls were not opened")


def _read(pools: Sequence[Pool], stage: Stage) -> list[Pool]:
    """The machines have run: the first full pool is positive."""
    at = stage.at(12.3)
    ordered = sorted(pools, key=lambda p: p.tube)
    full = next(p.tube for p in ordered if len(p.members) == FULL)
    return [
        replace(p, result="positive" if p.tube == full else "negative", resulted_at=at)
        for p in ordered
    ]


def _send(
    stage: Stage, key: str, fhir: Sequence[Pool], plain: Sequence[Pool]
) -> list[dict[str, Any]]:
    """Over HTTP to the laboratory's endpoint; what became of each."""
    results = [{"tube": p.tube, "value": p.result} for p in plain]
    results.append({"tube": UNKNOWN, "value": "negative"})
    with httpx.Client(
        base_url=stage.server, timeout=30,
        headers={
            "Authorization": f"Laboratory {key}",
            "X-Muster-Clock": stage.at(12.5).isoformat(),
        },
    ) as http:  # fmt: skip
        sent = (
            http.post(
                "/api/lab/results",
                content=write_bundle(fhir, now=stage.at(12.5)),
                headers={"Content-Type": "application/fhir+json"},
            ),
            http.post("/api/lab/results", json={"results": results}),
        )
    told: list[dict[str, Any]] = []
    for response in sent:
        response.raise_for_status()
        told += response.json()["results"]
    return told


def _by_file(stage: Stage, pools: Sequence[Pool]) -> int:
    """A smaller laboratory sends a table; the recalls that there are afterwards."""
    rows = [ResultRow(n, p.tube, p.result) for n, p in enumerate(pools, start=2)]
    with clock.travel(stage.at(12.6)), act_as(stage.actors["headquarters"]):
        report = import_results(round_id=stage.round, rows=rows)  # type: ignore[arg-type]
        found = len(recalls_of(stage.community))
    stage.promise(report.applied == len(rows), "a row of the result file was not applied")
    return found
