"""muster.apps.kits.actions.plain_words: a batch asks the same however many words it holds, and does
what one word after the other would do. What it has to know is gathered in
`muster.apps.kits.queries.batches`."""

from collections.abc import Callable, Sequence
from typing import Any

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from muster.apps.audit.actions import act_as
from muster.apps.audit.queries import lines_about
from muster.apps.kits.actions import SentKitWord, enter_result, take_kit_words, words
from muster.apps.kits.actions.results import NewResult
from muster.apps.kits.models import KitIssue, KitResult, KitWord, StockMovement
from muster.kernel.ids import new_id
from tests.support.city import SmallCity
from tests.support.kit_words import Pair, pair, pair_at
from tests.support.kits import Kits, kits

__all__ = ["kits", "pair"]
MOST = 20
type Said = Callable[[], Sequence[SentKitWord]]


def doors(city: SmallCity) -> list[int]:
    """The doors of the first estate; two people live behind each."""
    return [door for key, door in city.places.items() if key.startswith("D1")]


def at_home(city: SmallCity, pair: Pair) -> list[SentKitWord]:
    """A kit handed out at each door and a negative result of everybody."""
    said = [pair.issue(door) for door in doors(city)]
    return said + [
        pair.result(door, person)
        for i, door in enumerate(doors(city))
        for person in city.residents[2 * i : 2 * i + 2]
    ]


def asked(pair: Pair, said: Sequence[SentKitWord]) -> int:
    with CaptureQueriesContext(connection) as queries:
        take_kit_words(token=pair.token, words=said)
    return len(queries)


def test_a_batch_asks_the_same_however_large(city: SmallCity, kits: Kits, pair: Pair) -> None:
    one, second = doors(city)[0], pair_at(city, kits, label="手机乙")
    few = asked(pair, [pair.issue(one), pair.result(one, city.residents[0])])
    rest = [w for w in at_home(city, pair) if w.door != one]
    assert len(rest) == 33
    assert asked(pair, rest) <= few + 1, "also the audit of each result is one statement"
    again = [second.issue(door) for door in doors(city)]
    assert asked(second, again) <= MOST, "a second lot at every door"
    taken_back = [pair.issue(one) for _ in range(50)]
    assert asked(pair, [*taken_back, *map(pair.undo, taken_back)]) <= MOST
    assert asked(pair, rest) <= MOST, "all of it sent again"
    with act_as(city.secretary):
        assert KitWord.objects.count() == 2 + 33 + 12 + 100
        assert KitIssue.objects.count() == 12
        assert KitResult.objects.count() == 23
        ledger = list(StockMovement.objects.values_list("kind", "quantity"))
        assert sum(q for _, q in ledger) == 530 - 10 * 24
        assert {k for k, _ in ledger} == {"received", "issued", "double"}
        assert lines_about(rest[-1].id)[0].action == "kit_result_kept"


def ends(city: SmallCity, pair: Pair, said: Sequence[SentKitWord]) -> dict[str, Any]:
    """What became of a batch, without the moments."""
    receipts = take_kit_words(token=pair.token, words=said)
    with act_as(city.secretary):
        kept = KitWord.objects.order_by("id")
        return {
            "receipts": [(r.id, r.state, r.code, r.data.get("by")) for r in receipts],
            "words": [(w.id, w.state, w.code, w.day, bool(w.taken_back_at)) for w in kept],
            "issues": sorted(KitIssue.objects.values_list("id", "kits", "residents", "by", "day")),
            "results": sorted(KitResult.objects.values_list("id", "person", "value", "by")),
            "stock": sorted(StockMovement.objects.values_list("kind", "quantity")),
        }


def test_it_ends_as_word_by_word(
    city: SmallCity, kits: Kits, pair: Pair, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also where the store runs out: which line says how many were missing is by the order in which
    they are booked. Second lots, doubled words, undoings, strangers, an odd number, an unknown
    store, a household that was faster, a positive."""
    a, b, c, d = doors(city)[:4]
    who = city.residents
    early, other = pair.issue(c), pair_at(city, kits, label="手机乙")
    pair.say(early, pair.result(c, who[4]))
    other.say(other.issue(d))
    with act_as(city.secretary):
        enter_result(
            new=NewResult(id=new_id(), series=kits.series.id, person=who[1], door=a, day=2,
                          value="invalid")
        )  # fmt: skip
    back = pair.issue(doors(city)[6])
    said = [
        pair.issue(a), pair.issue(a), pair.issue(b, kits=7), pair.issue(d), back, pair.undo(back),
        pair.undo(early), pair.issue(c), pair.result(a, who[0]), pair.result(a, who[0], "invalid"),
        pair.result(a, who[1]), pair.result(b, who[2], "positive"), pair.result(b, who[3]),
        pair.result(c, who[5]), pair.result(a, who[20]), pair.result(a, city.strangers[0]),
        pair.result(d, who[6], "nonsense"), pair.result(d, who[7], day=5),
        pair.issue(doors(city)[7], store=new_id()), pair.issue(doors(city)[8], kits=300),
        pair.issue(doors(city)[9], kits=300), pair.issue(99),
    ]  # fmt: skip
    stranger = pair.result(b, new_id())
    said += [stranger, pair.undo(stranger)]

    def rolled_back() -> dict[str, Any]:
        with transaction.atomic():
            found = ends(city, pair, said)
            transaction.set_rollback(True)
        return found

    at_once = rolled_back()
    monkeypatch.setattr(words, "take_plain", lambda *_: set())
    assert at_once == rolled_back()
