"""muster.conformance.running: this server keeps the protocol's promises, case by case."""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any
from uuid import uuid4

import pytest

from muster.conformance import Fixture, KitFixture, Verdict, load_cases, run
from muster.conformance.running import KIT_DEVICES

CASES = load_cases()


@pytest.fixture(scope="module")
def verdicts(target: tuple[str, Fixture]) -> dict[str, Verdict]:
    """The whole catalogue, played once."""
    url, fixture = target
    return {v.case.name: v for v in run(url, fixture, CASES)}


@pytest.mark.parametrize("name", [c.name for c in CASES])
def test_the_promise_is_kept(verdicts: dict[str, Verdict], name: str) -> None:
    assert verdicts[name].passed, verdicts[name].wrong


type Answer = Callable[[dict[str, Any]], tuple[int, dict[str, Any]]]


@contextmanager
def server(answer: Answer) -> Iterator[str]:
    """A server that answers every batch like this."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            raw = self.rfile.read(int(self.headers["Content-Length"]))
            try:
                sent = json.loads(raw)
            except ValueError:
                sent = {}
            status, body = answer(sent)
            data = json.dumps(body).encode()
            self.send_response(status)
            self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            self.wfile.write(data)

        def log_message(self, *_: Any) -> None:
            """Quiet."""

    class Server(ThreadingHTTPServer):
        def handle_error(self, *_: Any) -> None:
            """Whoever hung up does not hear it."""

    running = Server(("127.0.0.1", 0), Handler)
    thread = Thread(target=running.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{running.server_address[1]}"
    finally:
        running.shutdown()
        thread.join()
        running.server_close()


def accepts_everything(sent: dict[str, Any]) -> tuple[int, dict[str, Any]]:
    """Says yes to whatever comes and looks at none of it."""
    entries = [e for kind in ("records", "changes", "closings") for e in sent.get(kind, [])]
    return 200, {"receipts": [{"id": e["id"], "state": "accepted", "code": ""} for e in entries]}


def in_another_order(sent: dict[str, Any]) -> tuple[int, dict[str, Any]]:
    status, body = accepts_everything(sent)
    return status, {"receipts": body["receipts"][::-1]}


FIXTURE = Fixture(
    {"a": "a", "b": "b", "revoked": "r", "ka": "ka", "kb": "kb", "krevoked": "kr"},
    [uuid4() for _ in range(200)],
    (uuid4(), uuid4()),
    uuid4(),
    kits=KitFixture(2, 0, 10, uuid4(), [(n, uuid4(), uuid4()) for n in range(1, 40)]),
)


def test_a_server_that_says_yes_to_everything_fails_where_it_must() -> None:
    with server(accepts_everything) as url:
        verdicts = {v.case.name: v for v in run(url, FIXTURE, CASES)}
    assert verdicts["A tube of residents"].passed
    for name in ("One person at two tables", "Not enrolled", "An eleventh", "No JSON"):
        assert not verdicts[name].passed, name
    assert verdicts["One person at two tables"].wrong == [
        "step 2: r2: accepted instead of flagged:person_already_recorded"
    ]


def test_receipts_in_another_order_are_wrong() -> None:
    with server(in_another_order) as url:
        (verdict,) = run(url, FIXTURE, CASES[:1])
    assert "receipts are not one an entry, in the order sent" in verdict.wrong[0]


def test_a_server_without_kits_is_not_asked_about_them() -> None:
    fixture = Fixture(FIXTURE.devices, FIXTURE.people, FIXTURE.household, FIXTURE.stranger)
    with server(accepts_everything) as url:
        verdicts = list(run(url, fixture, CASES))
    asked = {v.case.name for v in verdicts}
    assert asked == {c.name for c in CASES if not KIT_DEVICES & set(c.needs)}
    assert len(asked) < len(CASES)


def test_a_server_that_is_not_there_fails_every_case() -> None:
    with server(accepts_everything) as url:
        pass
    verdicts = list(run(url, FIXTURE, CASES))
    assert len(verdicts) == len(CASES)
    assert not any(v.passed for v in verdicts)
