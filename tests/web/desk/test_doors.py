"""The door list (`muster.web.desk.coverage`): paged on the screen, whole on paper."""

from typing import Any

from django.urls import reverse

from tests.support.city import SmallCity
from tests.web.desk.conftest import Enter
from tests.web.desk.test_writes import shown

Lived = tuple[SmallCity, dict[str, Any]]


def test_whole_list_has_no_forms(enter: Enter, lived: Lived) -> None:
    client, page = enter("secretary"), reverse("desk-doors")
    assert "/note" in shown(client.get(page))
    whole = shown(client.get(page, {"whole": 1}))
    assert "/note" not in whole
    assert whole.count("<h2") == 2


def test_door_list_as_a_spreadsheet(enter: Enter, lived: Lived) -> None:
    answer = enter("secretary").get(reverse("desk-doors"), {"export": "xlsx"})
    assert answer.content[:2] == b"PK"
