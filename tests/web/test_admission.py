"""muster.web.admission: records before rolls before pages; nobody starves anybody."""

from concurrent.futures import ThreadPoolExecutor, as_completed
from itertools import islice
from threading import Event

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory

from muster.project.settings import base
from muster.web import admission
from muster.web.admission import GATES, PAGES, RECORDS, ROLLS, THREADS, Gate, admit, gate_of


def gate(places: int = 1, room: int = 0, seconds: float = 0.01) -> Gate:
    return Gate("test", places, room, seconds, (2, 4))


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("/api/sync/records", RECORDS),
        ("/api/sync/sealed", RECORDS),
        ("/api/sync/lane", ROLLS),
        ("/api/sync/filter", ROLLS),
        ("/", PAGES),
        ("/coverage/", PAGES),
        ("/api/v1/figures", PAGES),
        ("/healthz", None),
        ("/static/client/desk.js", None),
    ],
)
def test_each_kind_has_its_gate(path: str, expected: Gate | None) -> None:
    assert gate_of(path) is expected


def test_a_place_is_given_back() -> None:
    one = gate()
    for _ in range(3):
        with one.entered() as got:
            assert got


def test_whoever_finds_the_room_full_is_turned_away_at_once() -> None:
    one = gate()
    with one.entered(), one.entered() as second:
        assert not second
    with one.entered() as again:
        assert again


def test_whoever_waits_gets_the_place_that_is_given_back() -> None:
    one = gate(room=1, seconds=30)
    inside, leave = Event(), Event()

    def first() -> None:
        with one.entered():
            inside.set()
            leave.wait(30)

    def second() -> bool:
        with one.entered() as got:
            return got

    with ThreadPoolExecutor(2) as pool:
        one_at_work = pool.submit(first)
        assert inside.wait(30)
        waiting = pool.submit(second)
        leave.set()
        assert waiting.result(30)
        one_at_work.result(30)


def test_a_full_gate_answers_with_when_to_come_again(
    monkeypatch: pytest.MonkeyPatch, rf: RequestFactory
) -> None:
    monkeypatch.setattr(admission, "PAGES", gate(places=0))
    monkeypatch.setattr(admission, "RECORDS", gate(places=0))
    reached: list[str] = []

    def page(request: HttpRequest) -> HttpResponse:
        reached.append(request.path)
        return HttpResponse("page")

    handle = admit(page)
    shown = handle(rf.get("/coverage/"))
    assert shown.status_code == 503
    assert 2 <= int(shown["Retry-After"]) <= 4
    assert "请稍等" in shown.content.decode()  # type: ignore[attr-defined]
    assert 'http-equiv="refresh"' in shown.content.decode()  # type: ignore[attr-defined]
    posted = handle(rf.post("/coverage/"))
    assert "没有保存" in posted.content.decode()  # type: ignore[attr-defined]
    told = handle(rf.post("/api/sync/records"))
    assert told["Content-Type"] == "application/problem+json"
    assert not reached
    assert handle(rf.get("/healthz")).status_code == 200


def test_a_flood_of_pages_leaves_the_records_their_places() -> None:
    """So many more than there is room for are turned away; the records all find a place."""
    more = 8
    with ThreadPoolExecutor(PAGES.places + PAGES.room + more) as pool:
        leave = Event()

        def page() -> bool:
            with PAGES.entered() as got:
                if got:
                    leave.wait(30)
                return got

        flood = [pool.submit(page) for _ in range(PAGES.places + PAGES.room + more)]
        turned_away = [f.result() for f in islice(as_completed(flood), more)]
        seen = []
        for _ in range(RECORDS.places):
            with RECORDS.entered() as got:
                seen.append(got)
        leave.set()
    assert not any(turned_away)
    assert all(seen)


def test_there_are_threads_to_say_no_and_a_connection_for_each_place() -> None:
    assert sum(g.places + g.room for g in GATES) < THREADS
    assert sum(g.places for g in GATES) == base.CONNECTIONS
