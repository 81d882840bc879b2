"""Logs name nobody."""

from muster.project.logs import FORBIDDEN, without_personal_data


def test_what_could_name_somebody_is_dropped() -> None:
    event = dict.fromkeys(FORBIDDEN, "甲") | {"event": "request", "status": 200, "route": "me/"}
    assert without_personal_data(None, "info", event) == {
        "event": "request", "status": 200, "route": "me/",
    }  # fmt: skip
    assert {"name", "phone", "id_number", "token", "password"} <= FORBIDDEN
