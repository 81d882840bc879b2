"""Desk pages: server time and queries, for a community of 8,000 residents and the whole city."""

import re

from bench import stand

TIMES = 25
COMMUNITY = (
    "/", "/signups/", "/people/", "/people/?q=wang", "/imports/", "/board/", "/rounds/",
    "/coverage/", "/coverage/doors/", "/zones/", "/bulletins/", "/held/", "/recalls/",
)  # fmt: skip
CITY = ("/", "/call/", "/people/", "/zones/", "/coverage/")


def run() -> list[tuple[str, float, str, float | None]]:
    """p95 of each page's server time, and how many queries it takes."""
    stage = stand.city()
    _live(stage)
    rows: list[tuple[str, float, str, float | None]] = []
    with stand.server() as url:
        for who, pages, limit in (("secretary", COMMUNITY, 100), ("headquarters", CITY, 200)):
            import httpx

            with httpx.Client(base_url=url, follow_redirects=True, timeout=60) as browser:
                _enter(browser, who)
                for page in (*pages, f"/board/plans/{stage.plan}/"):
                    took, queries = _measure(browser, page)
                    name = re.sub(r"[0-9a-f-]{36}", "…", page)
                    rows.append((f"{who} {name}: p95", took, "ms", limit))
                    rows.append((f"{who} {name}: queries", queries, "queries", None))
    return rows


def _live(stage: object) -> None:
    """Sign-ups, a roster and records, so that no page is empty."""
    from muster.demo.night import evening, morning, neighbours, roster, tables
    from muster.project import database

    if stage.call is not None:
        return
    with stand.server() as url:
        stage.server = url
        neighbours.keep_units(stage)
        evening.send_call(stage, {"recorder": 34, "order": 68, "sampler": 68})
        neighbours.come_forward(stage)
        neighbours.report_and_switch(stage)
        roster.publish(stage)
        tables.record_night(stage)
    morning.knock(stage)
    morning.results(stage)
    morning.issue(stage)
    database.analyse()


def _enter(browser: object, persona: str) -> None:
    page = browser.get("/accounts/login/")
    csrf = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page.text)
    assert csrf is not None
    headers = {"Referer": str(browser.base_url)}
    answer = browser.post(
        f"/demo/enter/{persona}", data={"csrfmiddlewaretoken": csrf[1]}, headers=headers
    )
    answer.raise_for_status()


def _measure(browser: object, page: str) -> tuple[float, float]:
    took, queries = [], []
    for _ in range(TIMES):
        answer = browser.get(page)
        answer.raise_for_status()
        timing = answer.headers["Server-Timing"]
        took.append(float(timing.split("dur=")[1].split(",")[0]))
        queries.append(int(timing.split('desc="')[1].rstrip('"')))
    took = sorted(took[3:])
    return took[int(0.95 * len(took))], max(queries)
