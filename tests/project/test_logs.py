"""Logs name nobody."""

import logging
from typing import Any

from muster.project.logs import FORBIDDEN, failures_only, without_personal_data


def test_what_could_name_somebody_is_dropped() -> None:
    event = dict.fromkeys(FORBIDDEN, "甲") | {"event": "request", "status": 200, "route": "me/"}
    assert without_personal_data(None, "info", event) == {
        "event": "request", "status": 200, "route": "me/",
    }  # fmt: skip
    assert {"name", "phone", "id_number", "token", "password"} <= FORBIDDEN


def logged(**more: Any) -> logging.LogRecord:
    record = logging.LogRecord(
        "django.request", logging.ERROR, "f", 1, "%s: %s", ("Not Found", "/s/secret-token/"), None
    )
    record.__dict__.update(more)
    return record


def test_a_path_never_reaches_the_log() -> None:
    """Paths carry tokens; Django would log those of every answer from 400 on."""
    assert not failures_only(logged())
    failed = logged(exc_info=(ValueError, ValueError("x"), None))
    assert failures_only(failed)
    assert "secret-token" not in failed.getMessage()


def test_djangos_own_lines_go_through_it() -> None:
    assert failures_only in logging.getLogger("django.request").filters
