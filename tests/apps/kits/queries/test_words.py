"""muster.apps.kits.queries.words: what the desk has to look at."""

from datetime import timedelta
from uuid import uuid4

from muster.apps.audit.actions import act_as
from muster.apps.kits.models import KitPhone
from muster.apps.kits.queries.words import homes_of, open_words, words_of
from muster.kernel import clock
from tests.support.city import HERE, THERE, SmallCity
from tests.support.kit_words import Pair, pair
from tests.support.kits import Kits, kits

__all__ = ["kits", "pair"]


def test_held_words_positives_first_and_undoings_that_never_came(
    city: SmallCity, kits: Kits, pair: Pair
) -> None:
    door = city.places["D1111"]
    never = pair.undo(pair.issue(door))
    stranger = pair.result(door, city.strangers[0])
    positive = pair.result(door, city.residents[10], "positive")
    pair.say(pair.issue(door), never, stranger, positive)
    with act_as(city.secretary):
        assert [w.word.id for w in open_words(kits.series)] == [positive.id, stranger.id]
        first = open_words(kits.series)[0]
        assert (first.door, first.phone) == ("1-1-101", "手机甲 · 晨光花园")
        assert first.name
        assert open_words(kits.series)[1].name == ""
        phone = KitPhone.objects.get(id=pair.phone)
        assert words_of(phone) == {"issue": 1, "result": 2}
    with clock.travel(clock.now() + timedelta(days=3)), act_as(city.secretary):
        assert [w.word.id for w in open_words(kits.series)][-1] in {never.id, stranger.id}
        assert len(open_words(kits.series)) == 3


def test_where_people_belong(city: SmallCity, kits: Kits) -> None:
    one, other = city.residents[0], city.strangers[0]
    with act_as(city.secretary):
        assert homes_of([one, other, uuid4()]) == {one: HERE, other: THERE}
        assert homes_of([]) == {}
