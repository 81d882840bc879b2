"""The pages about teams: `muster.web.desk.teams`, `muster.web.desk.team_edits`; their addresses are
in `muster.web.desk.team_urls`, their words in `muster.web.team_words`."""

import io
import re
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from python_calamine import CalamineWorkbook

from muster.apps.audit.actions import as_system
from muster.apps.people.models import Organisation
from muster.apps.rosters.models import TeamPair, TeamSeat, TeamSplit
from tests.support.city import OFFICE
from tests.support.teams import search_now
from tests.web.desk.conftest import Enter
from tests.web.desk.test_writes import sent, shown

QUERIES = 40


@pytest.fixture
def split(lived: tuple[object, dict[str, Any]]) -> TeamSplit:
    found: TeamSplit = lived[1]["teams"]
    return found


def plain(split: TeamSplit, team: int) -> list[TeamSeat]:
    with as_system("look"):
        return list(split.seats.filter(team=team, leads=False, pinned=False).order_by("id"))


def test_a_group_is_chosen_and_split(enter: Enter) -> None:
    client = enter("secretary")
    text = shown(client.get(reverse("desk-teams")))
    assert "所有人" in text
    assert "区教育局" in text
    text = shown(sent(client, "desk-team-make", teams=2, unit="", next=reverse("desk-teams")))
    assert "正在自动编队" in text
    assert "停止，保留目前最好的" in text
    with as_system("look"):
        made = TeamSplit.objects.latest("made_at")
    asked = reverse("desk-team-progress", args=[made.id])
    assert "HX-Refresh" not in client.get(asked).headers
    search_now(made)
    assert client.get(asked).headers["HX-Refresh"] == "true"
    text = shown(client.get(reverse("desk-team", args=[made.id])))
    assert "第2队" in text
    assert "带队" in text
    text = shown(sent(client, "desk-team-make", teams=41, unit="", next=reverse("desk-teams")))
    assert "最多" in text
    text = shown(sent(client, "desk-team-make", teams=9, unit=OFFICE, next=reverse("desk-teams")))
    assert "比要编的队还少" in text


def test_a_contact_sees_the_own_body(enter: Enter, split: TeamSplit) -> None:
    client = enter("contact")
    text = shown(client.get(reverse("desk-teams")))
    assert "区教育局 · 2" in text
    assert "区医院" not in text
    assert "干部0" not in shown(sent(client, "desk-team-make", teams=1, unit=OFFICE))
    made = TeamSplit.objects.none()
    with as_system("look"):
        made = TeamSplit.objects.get(unit=OFFICE)
    search_now(made)
    assert "干部0" in shown(client.get(reverse("desk-team", args=[made.id])))
    got = client.get(f"{reverse('desk-team', args=[made.id])}?export=xlsx")
    assert got.status_code == 200
    assert client.get(reverse("desk-team", args=[split.id])).status_code == 404
    assert enter("other").get(reverse("desk-team", args=[split.id])).status_code == 404


def test_moved_refused_paired_and_taken_back(enter: Enter, split: TeamSplit) -> None:
    client, here = enter("hq"), reverse("desk-team", args=[split.id])
    with as_system("look"):
        bound = {p for pair in split.pairs.all() for p in (pair.one_id, pair.other_id)}
    # Whoever is bound to another cannot go alone.
    seat = next(s for s in plain(split, 0) if s.person_id not in bound)
    text = shown(client.get(reverse("desk-team-where", args=[split.id, seat.person_id])))
    to = re.search(r'name="to" value="([^"]+)"', text)
    assert to is not None
    text = shown(
        sent(client, "desk-team-move", split.id, seat.person_id, to=to.group(1), next=here)
    )
    assert "已调整，并固定" in text or "固定" in text
    assert "撤回上一次修改" in text or "撤" in text
    assert "已撤回" in shown(sent(client, "desk-team-undo", split.id, next=here))
    with as_system("look"):
        leader = split.seats.get(team=0, leads=True)
        pair = TeamPair.objects.get(split=split)
    text = shown(sent(client, "desk-team-move", split.id, leader.person_id, to="1", next=here))
    assert "请先指定别人带队" in text
    text = shown(sent(client, "desk-team-pair", split.id, one=pair.one_id, other=pair.other_id,
                      apart="1", next=here))  # fmt: skip
    assert "却又必须同队" in text
    assert "已取消" in shown(sent(client, "desk-team-unpair", pair.id, next=here))
    text = shown(sent(client, "desk-team-lead", split.id, seat.person_id, next=here))
    assert "已由其带队" in text
    text = shown(sent(client, "desk-team-pin", split.id, seat.person_id, pinned="0", next=here))
    assert "不再固定" in text or "固定" in text
    bad = sent(client, "desk-team-move", split.id, seat.person_id, to="x", next=here)
    assert bad.status_code == 422


def test_accepted_exported_and_closed(enter: Enter, split: TeamSplit) -> None:
    client, here = enter("hq"), reverse("desk-team", args=[split.id])
    assert "正在自动编队" in shown(sent(client, "desk-team-again", split.id, next=here))
    assert "请等一等" in shown(sent(client, "desk-team-accept", split.id, next=here))
    search_now(split)
    text = shown(sent(client, "desk-team-accept", split.id, next=here))
    assert "设立了" in text
    with as_system("look"):
        assert Organisation.objects.filter(kind="team").count() == 3
    assert "已采纳，请另做" in shown(sent(client, "desk-team-again", split.id, next=here))
    got = client.get(f"{here}?export=xlsx")
    rows = CalamineWorkbook.from_filelike(io.BytesIO(got.content)).get_sheet_by_index(0).to_python()
    assert rows[3][:2] == ["编队", "姓名"]
    with as_system("look"):
        assert len(rows) - 4 == split.seats.count()
    text = shown(client.get(reverse("desk-teams")))
    assert "已在" in text
    assert "不再编入" in text
    with as_system("look"):
        one = split.seats.latest("id").person_id
    text = shown(sent(client, "desk-team-make", teams=1, unit="", also=one))
    assert "正在自动编队" in text


def test_a_search_is_stopped_and_one_that_failed_begun_again(
    enter: Enter, split: TeamSplit
) -> None:
    client, here = enter("hq"), reverse("desk-team", args=[split.id])
    shown(sent(client, "desk-team-make", teams=2, unit="", next=reverse("desk-teams")))
    with as_system("look"):
        made = TeamSplit.objects.latest("made_at")
    assert "已停止" in shown(sent(client, "desk-team-stop", made.id, next=here))
    with as_system("a fault"):
        made.searches.update(state="failed")
    text = shown(client.get(reverse("desk-team", args=[made.id])))
    assert "还没有编队方案" in text
    shown(sent(client, "desk-team-again", made.id, seconds=1))
    with as_system("look"):
        assert made.searches.latest("created_at").seconds == 1
    assert enter("other").get(reverse("desk-team-progress", args=[made.id])).status_code == 404


def test_a_page_of_teams_asks_little(enter: Enter, split: TeamSplit) -> None:
    client = enter("hq")
    with CaptureQueriesContext(
        connection,
    ) as asked:
        shown(client.get(reverse("desk-team", args=[split.id])))
    assert len(asked) <= QUERIES
