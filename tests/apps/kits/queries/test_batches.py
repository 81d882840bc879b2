"""muster.apps.kits.queries.batches: what is known of a batch before any of it is done. That a batch
ends as its words one by one is in `tests/apps/kits/actions/test_plain_words.py`."""

from datetime import timedelta

from django.db import connection
from django.test.utils import CaptureQueriesContext

from muster.apps.audit.actions import act_as
from muster.apps.kits.models import KitWord, Lot
from muster.apps.kits.queries.batches import Known, known_of
from muster.apps.kits.queries.series import today
from muster.kernel import clock
from muster.kernel.ids import new_id
from tests.support.city import SmallCity
from tests.support.kit_words import Pair, pair
from tests.support.kits import kits

__all__ = ["kits", "pair"]


def of(city: SmallCity, pair: Pair, *words: KitWord) -> Known:
    with act_as(city.secretary):
        return known_of(pair.kits.series, words)


def word(pair: Pair, door: int, **said: object) -> KitWord:
    return KitWord(id=new_id(), series=pair.kits.series, door=door, made_at=clock.now(), **said)


def test_who_lives_there_what_stands_and_which_stores_serve(city: SmallCity, pair: Pair) -> None:
    had, new = city.places["D1111"], city.places["D1112"]
    given, told = pair.issue(had), pair.result(had, city.residents[0])
    pair.say(given, told)
    store = pair.kits.store
    found = of(
        city, pair,
        word(pair, had, kind="issue", store=store), word(pair, new, kind="issue", store=new_id()),
        word(pair, had, kind="result", person=city.residents[0]),
        word(pair, 99, kind="result", person=city.residents[1]),
    )  # fmt: skip
    assert found.behind == {had: city.residents[:2], new: city.residents[2:4], 99: []}
    assert [(at, issue.id) for at, issue in found.issues.items()] == [((had, 0), given.id)]
    assert found.results == {(city.residents[0], 2)}
    assert (found.stores, found.taken) == ({store}, set())


def test_an_id_that_is_there_and_a_store_with_nothing_fit(city: SmallCity, pair: Pair) -> None:
    given = pair.issue(city.places["D1111"])
    pair.say(given)
    again = word(pair, given.door or 0, kind="issue", store=pair.kits.store)
    again.id = given.id
    assert of(city, pair, again).taken == {given.id}
    with act_as(city.secretary):
        Lot.objects.update(expires_on=today() - timedelta(days=1))
    assert of(city, pair, again).stores == set()


def test_results_alone_do_not_ask_for_stores(city: SmallCity, pair: Pair) -> None:
    said = word(pair, city.places["D1111"], kind="result", person=city.residents[0])
    with act_as(city.secretary), CaptureQueriesContext(connection) as asked:
        known_of(pair.kits.series, [said])
    assert not [q for q in asked if "kits_store" in q["sql"] or "kits_kitissue" in q["sql"]]
