"""Which place a page is about, how lists page, what goes out as a file, what the menu shows. Covers
muster.web.lists, muster.web.exports, muster.web.navigation, muster.web.context, muster.web.fields,
muster.web.demo_urls (in test_entrance) and muster.web.words."""

from io import BytesIO
from typing import Any

import openpyxl
import pytest
from django.test import RequestFactory

from muster.apps.audit.actions import act_as
from muster.apps.audit.queries import lines_of
from muster.apps.people.errors import NotAllowed
from muster.apps.people.models import Person
from muster.kernel.divisions import code_range
from muster.protocols.actors import Actor
from muster.web import words
from muster.web.context import frame
from muster.web.exports import xlsx_response
from muster.web.lists import listed
from muster.web.reach import reach_of_page
from tests.support.city import CITY, HERE, STREET, THERE, SmallCity


def request(actor: Actor, path: str = "/") -> Any:
    made: Any = RequestFactory().get(path)
    made.actor = actor
    return made


@pytest.mark.parametrize(
    ("code", "high"),
    [(140000000000, 149999999999), (CITY, 140199999999), (140105000000, 140105999999),
     (STREET, 140105007999), (HERE, HERE)],
)  # fmt: skip
def test_the_codes_below_a_division(code: int, high: int) -> None:
    assert code_range(code) == (code, high)


def test_a_page_is_about_a_place_within_reach(city: SmallCity) -> None:
    own = reach_of_page(request(city.secretary))
    assert (own.place.name, own.low, own.high, own.is_community) == ("晨光社区", HERE, HERE, True)
    assert reach_of_page(request(city.headquarters, f"/?place={HERE}")).low == HERE
    for actor, path in (
        (city.secretary, f"/?place={THERE}"),
        (city.secretary, f"/?place={CITY}"),
        (Actor.nobody(), "/"),
    ):
        with pytest.raises(NotAllowed):
            reach_of_page(request(actor, path))


def test_a_list_pages_and_sorts_by_what_it_offers(city: SmallCity) -> None:
    with act_as(city.headquarters):
        rows = Person.objects.order_by("id")
        first = listed(request(city.headquarters), rows)
        assert (len(first.page.object_list), first.total) == (50, 52)
        by = {"name": "name"}
        down = listed(request(city.headquarters, "/?sort=-name&page=2"), rows, by)
        assert len(down.page.object_list) == 2
        names = [p.name for p in listed(request(city.headquarters, "/?sort=name"), rows, by).page]
        assert names == sorted(names)
        other = listed(request(city.headquarters, "/?sort=password&page=x"), rows, by)
        assert list(other.page) == list(first.page)


def test_an_export_holds_what_is_shown_defused_with_a_mark(city: SmallCity) -> None:
    with act_as(city.secretary):
        answer = xlsx_response(
            name="people", title="名单[1]", area=HERE, columns=["姓名", "数", "是"],
            rows=[["=HYPERLINK(1)", 3, True], ["甲", None, False]],
        )  # fmt: skip
        assert lines_of(low=HERE, high=HERE)[0].detail == {"rows": 2}
    sheet = openpyxl.load_workbook(BytesIO(answer.content)).active
    assert sheet is not None
    found = list(sheet.iter_rows(values_only=True))
    assert found[0][0] == "名单[1]"
    assert str(city.secretary.account) in str(found[1][0])
    assert found[3] == ("姓名", "数", "是")
    assert found[4] == ("=HYPERLINK(1)", 3, "✓")
    assert sheet["A5"].data_type == "s"
    with act_as(city.contact), pytest.raises(NotAllowed):
        xlsx_response(name="x", title="x", area=HERE, columns=[], rows=[])


def test_the_menu_shows_what_the_account_may_open(city: SmallCity) -> None:
    shown = {i.href for i in frame(request(city.secretary, "/people/"))["navigation"]}
    assert {"/people/", "/imports/"} <= shown
    (active,) = [
        i.href for i in frame(request(city.secretary, "/people/"))["navigation"] if i.active
    ]
    assert active == "/people/"
    assert "/people/" not in {i.href for i in frame(request(city.contact))["navigation"]}
    assert frame(request(Actor.nobody()))["menu"] == set()


def test_every_table_of_words_has_words() -> None:
    tables = {k: v for k, v in vars(words).items() if k.isupper() and isinstance(v, dict)}
    assert tables
    assert all(str(text) for table in tables.values() for text in table.values())
