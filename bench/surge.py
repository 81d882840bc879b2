"""40,000 sign-ups through HTTP at the rate of ten minutes, on the same two cores as the load."""

import re
from urllib.parse import urlencode

from bench import stand
from bench.load import fire, request

SIGNUPS = 40_000
MINUTES = 10
MEASURED = 4_000


def run() -> list[tuple[str, float, str, float | None]]:
    """A tenth of the surge at its own rate (one minute); then as fast as it goes."""
    stage = stand.city()
    from muster.apps.audit.actions import act_as, as_system
    from muster.apps.calls.actions import issue_call, signup_link
    from muster.apps.calls.queries import signups_of
    from muster.apps.people.queries.organisations import organisations

    with act_as(stage.actors["headquarters"]):
        call = issue_call(
            number="bench", title="call", body="", area=stage.community,
            root=organisations().get(parent=None).id, need={"recorder": 60, "order": 300},
        )  # fmt: skip
    token = signup_link(call=call.id, area=stage.community)
    rows: list[tuple[str, float, str, float | None]] = []
    with stand.server() as url:
        cookie, csrf = _form(url, token)
        rate = SIGNUPS / (MINUTES * 60)
        steady = fire(
            stand.PORT, _requests(token, cookie, csrf, 0), connections=32, per_second=rate
        )
        flat_out = fire(stand.PORT, _requests(token, cookie, csrf, MEASURED), connections=16)
    with as_system("bench"):
        kept = signups_of(call.id).count()
    good = steady.statuses.count(302) + flat_out.statuses.count(302)
    rows.append(
        (f"sign-ups at {rate:.0f}/s for a minute: p99", steady.quantile(0.99) * 1000, "ms", 300)
    )
    rows.append(("the same: median", steady.quantile(0.5) * 1000, "ms", None))
    rows.append(("flat out", MEASURED / flat_out.wall, "sign-ups/s", None))
    rows.append(("answered 302 but not kept, or double", abs(good - kept), "sign-ups", 0))
    rows.append(("refused", 2 * MEASURED - good, "sign-ups", 0))
    return rows


def _form(url: str, token: str) -> tuple[str, str]:
    """The page's cookie and form token, as a phone would have them."""
    import httpx

    page = httpx.get(f"{url}/s/{token}/")
    csrf = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page.text)
    assert csrf is not None
    return page.cookies["csrftoken"], csrf[1]


def _requests(token: str, cookie: str, csrf: str, first: int) -> list[bytes]:
    headers = {
        "Cookie": f"csrftoken={cookie}",
        "Content-Type": "application/x-www-form-urlencoded",
    }
    return [
        request(
            "POST", f"/s/{token}/", headers,
            urlencode({
                "csrfmiddlewaretoken": csrf, "name": f"邻居{i}", "phone": f"137{i:08d}",
                "roles": ["recorder", "order"][i % 2],
            }).encode(),
        )
        for i in range(first, first + MEASURED)
    ]  # fmt: skip
