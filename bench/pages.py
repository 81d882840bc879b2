"""Desk pages: server time and queries, for a community of 8,000 residents and the whole city."""

import re

from bench import stand

TIMES = 25
COMMUNITY = (
    "/", "/signups/", "/people/", "/people/?q=wang", "/imports/", "/board/", "/rounds/",
    "/coverage/", "/coverage/doors/", "/zones/", "/bulletins/", "/held/", "/recalls/",
)  # fmt: skip
POSTS, SPANS, PEOPLE = 3_400, 28, 40_000
"""Of a plan of the whole city."""
CITY = ("/", "/call/", "/people/", "/zones/", "/coverage/")


def run() -> list[tuple[str, float, str, float | None]]:
    """p95 of each page's server time, and how many queries it takes."""
    stage = stand.city()
    _live(stage)
    wide = _wide_plan(stage)
    rows: list[tuple[str, float, str, float | None]] = []
    with stand.server() as url:
        for who, pages, limit in (("secretary", COMMUNITY, 100), ("headquarters", CITY, 200)):
            import httpx

            with httpx.Client(base_url=url, follow_redirects=True, timeout=60) as browser:
                enter(browser, who)
                plan = stage.plan if who == "secretary" else wide
                for page in (*pages, f"/board/plans/{plan}/"):
                    took, queries = measure(browser, page)
                    name = re.sub(r"[0-9a-f-]{36}", "…", page)
                    rows.append((f"{who} {name}: p95", took, "ms", limit))
                    rows.append((f"{who} {name}: queries", queries, "queries", None))
    return rows


def _live(stage: object) -> None:
    """Sign-ups, a roster and records, so that no page is empty."""
    from muster.demo.night import (
        custody,
        evening,
        laboratory,
        morning,
        neighbours,
        roster,
        tables,
    )
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
        custody.carry(stage)
        laboratory.answer(stage)
    morning.knock(stage, but=set())
    morning.issue(stage)
    database.analyse()


def _wide_plan(stage: object) -> object:
    """A week of the whole city: `POSTS` posts in `SPANS` spans, two people each but for every
    seventh; written straight into the database, because only the page is timed."""
    from datetime import timedelta

    from muster.apps.audit.actions import as_system
    from muster.apps.communities.models import Place
    from muster.apps.people.models import Person
    from muster.apps.rosters.models import Assignment, Plan, Post, Shift
    from muster.demo.night.stage import CITY as CODE
    from muster.project import database

    start, span = stage.dusk, timedelta(hours=6)
    with as_system("bench"):
        places = list(Place.objects.filter(kind=Place.Kind.COMMUNITY).order_by("code"))
        people = list(Person.objects.order_by("id").values_list("id", "area")[:PEOPLE])
        posts = [
            Post(area=p.code, place=p, role="order", name=f"{p.name} {n}")
            for n in range(-(-POSTS // len(places))) for p in places
        ][:POSTS]  # fmt: skip
        Post.objects.bulk_create(posts, batch_size=5000)
        shifts = [
            Shift(post=p, area=p.area, starts_at=start + k * span, ends_at=start + (k + 1) * span,
                  required=2, minimum=1)
            for k in range(SPANS) for p in posts
        ]  # fmt: skip
        Shift.objects.bulk_create(shifts, batch_size=5000)
        plan = Plan.objects.create(
            area=CODE, title="week", starts_at=start, ends_at=start + SPANS * span,
            made_by="bench", made_at=start,
        )  # fmt: skip
        rows = [
            Assignment(plan=plan, shift=s, person_id=people[(2 * i + j) % len(people)][0],
                       area=people[(2 * i + j) % len(people)][1], serving=s.area, role="order",
                       reason={"km": 1.5})
            for i, s in enumerate(shifts) if i % 7 for j in range(2)
        ]  # fmt: skip
        Assignment.objects.bulk_create(rows, batch_size=5000)
    database.analyse()
    return plan.id


def enter(browser: object, persona: str) -> None:
    page = browser.get("/accounts/login/")
    csrf = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page.text)
    assert csrf is not None
    headers = {"Referer": str(browser.base_url)}
    answer = browser.post(
        f"/demo/enter/{persona}", data={"csrfmiddlewaretoken": csrf[1]}, headers=headers
    )
    answer.raise_for_status()


def measure(browser: object, page: str) -> tuple[float, float]:
    took, queries = [], []
    for _ in range(TIMES):
        answer = browser.get(page)
        answer.raise_for_status()
        timing = answer.headers["Server-Timing"]
        took.append(float(timing.split("dur=")[1].split(",")[0]))
        queries.append(int(timing.split('desc="')[1].rstrip('"')))
    took = sorted(took[3:])
    return took[int(0.95 * len(took))], max(queries)
