"""The small parts of every page: `muster.web.fields`, `muster.web.lists`, `muster.web.navigation`,
`muster.web.context`, `muster.web.reach`, `muster.web.language`, `muster.web.words`,
`muster.web.exports`, `muster.web.templatetags.muster`, `muster.web.desk.qr`,
`muster.web.desk.roles`, `muster.web.desk.figures`, `muster.web.desk.today`, `muster.web.health`."""

import io

import pytest
from django.http import QueryDict
from django.test import Client, RequestFactory
from django.urls import reverse
from django.utils import translation
from openpyxl import load_workbook

from muster.apps.audit.actions import act_as
from muster.apps.people.errors import NotAllowed
from muster.kernel.divisions import code_range
from muster.kernel.ids import new_id
from muster.web.desk.qr import qr
from muster.web.desk.roles import levels, need_of, role, roles
from muster.web.exports import xlsx_response
from muster.web.lists import listed
from muster.web.templatetags.muster import (
    clock,
    id_masked,
    level_name,
    percent_of,
    phone_masked,
    problem_mend,
    problem_name,
    role_name,
    said,
)
from muster.web.words import WORDS
from tests.support.city import HERE, THERE, SmallCity
from tests.web.desk.conftest import log_in

KEY = new_id()


def test_lists_are_paged() -> None:
    request = RequestFactory().get("/", {"page": "2"})
    found = listed(request, list(range(120)))
    assert (found.total, next(iter(found.page)), len(found.page)) == (120, 50, 50)
    assert listed(RequestFactory().get("/", {"page": "x"}), []).total == 0


@pytest.mark.parametrize(
    ("code", "high"),
    [
        (140105007001, 140105007001),
        (140105007000, 140105007999),
        (140105000000, 140105999999),
        (140100000000, 140199999999),
    ],
)
def test_code_ranges(code: int, high: int) -> None:
    assert code_range(code) == (code, high)


def test_menu_shows_what_may_be_opened(city: SmallCity) -> None:
    secretary = log_in("secretary").get("/").content.decode()
    assert reverse("desk-imports") in secretary
    assert 'href="/audit/"' not in secretary
    contact = log_in("contact").get("/", follow=True).content.decode()
    assert 'href="/call/"' in contact
    assert 'href="/imports/"' not in contact


def test_language_is_kept_and_stays_on_this_site(city: SmallCity) -> None:
    client = log_in("secretary")
    answer = client.post(reverse("language"), {"language": "en", "next": "/people/"})
    assert answer["Location"] == "/people/"
    assert '<h1 class="h2 mb-0">People</h1>' in client.get("/people/").content.decode()
    answer = client.post(reverse("language"), {"language": "xx", "next": "https://evil.example"})
    assert answer["Location"] == "/"


def test_words_and_names_in_both_languages() -> None:
    for language, name, level in (("zh-hans", "信息录入员", "封控区"), ("en", "Information", "")):
        with translation.override(language):
            assert role_name("recorder").startswith(name)
            assert level in level_name("lockdown")
            assert problem_name("name_missing")
            assert problem_mend("door_unknown")
    assert role_name("nobody") == "nobody"
    assert said("unheard-of", "signup") == "unheard-of"
    with translation.override("en"):
        assert all(str(text) for words in WORDS.values() for text in words.values())


def test_masks_and_figures() -> None:
    assert phone_masked("13900000005") == "139****0005"
    assert phone_masked("") == "—"
    assert id_masked("123X").endswith("123X")
    assert percent_of(999, 1000) == 99
    assert percent_of(0, 0) == 100
    assert clock(None) == "—"


def test_roles_and_needs() -> None:
    assert role("recorder") in roles()
    assert role("?") is None
    assert levels()[0].key == "lockdown"
    assert need_of(QueryDict("need-recorder=3&need-guide=")) == {"recorder": 3}


def test_qr_has_no_style() -> None:
    code = qr("https://example.org/s/x/")
    assert code.startswith("<svg")
    assert "style=" not in code


def test_export_defuses_formulas_and_is_marked(city: SmallCity) -> None:
    with act_as(city.secretary):
        answer = xlsx_response(
            name="x", title="名单", area=HERE, columns=["姓名"], rows=[["=1+1"], [None], [3]]
        )
        with pytest.raises(NotAllowed):
            xlsx_response(name="x", title="名单", area=THERE, columns=[], rows=[])
    sheet = load_workbook(io.BytesIO(answer.content)).active
    assert sheet["A5"].data_type == "s"
    assert "account:" in sheet["A2"].value


def test_health_says_no_more_than_needed(city: SmallCity) -> None:
    assert Client().get("/healthz").json() == {"status": "ok"}
