"""The recorder of the demo's night at a real page: its script on a small city."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest

from muster.demo.night.browser import LaneStopped, Seen, record
from muster.demo.night.script import Queued, Script, Step, write
from muster.kernel import clock
from tests.flows.conftest import Server
from tests.flows.lane import codes_of, enrolment, in_tube

pytestmark = pytest.mark.browser


def played(server: Server, script: Script) -> Seen:
    """In a thread of its own: the tests' browser has the loop of this one."""
    begins, code = clock.now(), enrolment(server, 2)
    with ThreadPoolExecutor(1) as beside:
        return beside.submit(
            record, script, server=server[0], enrolment=code,
            moment=lambda share: begins + timedelta(minutes=share), tick=lambda _: None,
        ).result()  # fmt: skip


def test_a_night_at_the_page(server: Server) -> None:
    people = server[1].residents[24:47]
    codes = codes_of(*([p] for p in people))
    queue = [
        Queued(p, c, "", "2-2-302", alone=False) for p, c in zip(people, codes, strict=True)
    ]  # fmt: skip
    script = write(queue, 42)
    seen = played(server, script)
    assert seen == Seen(offline=seen.offline, unsent=0, total=len(people) + 1)
    assert seen.offline > 0
    for tube, inside in script.tubes.items():
        assert in_tube(server, tube) == inside


def test_a_page_that_says_something_else_stops_it(server: Server) -> None:
    script = Script({"x": []}, {"x": [Step("scan", "HTTP://A.B/C", says="recorded")]}, {"x": 0})
    with pytest.raises(LaneStopped, match="the page said scan_unknown, not recorded"):
        played(server, script)
