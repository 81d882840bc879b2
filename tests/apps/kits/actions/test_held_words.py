"""muster.apps.kits.actions.held_words: done all the same, fetched back, or let be."""

import pytest

from muster.apps.audit.actions import act_as
from muster.apps.kits.actions import (
    apply_kit_word,
    dismiss_kit_word,
    fetch_kits_back,
    receive_kits,
    reopen_kit_word,
    revoke_kit_phone,
)
from muster.apps.kits.errors import KitWordNotFound, KitWordSettled
from muster.apps.kits.models import KitIssue, KitResult, StockMovement
from muster.apps.kits.queries.series import today
from muster.apps.kits.queries.words import open_words
from muster.apps.people.errors import NotAllowed
from muster.kernel.ids import new_id
from muster.protocols.access import AccessRole, Grant
from muster.protocols.actors import Actor
from tests.support.city import HERE, SmallCity
from tests.support.kit_words import Pair, pair, pair_at
from tests.support.kits import Kits, kits

__all__ = ["kits", "pair"]


def test_a_revoked_phones_words_are_done_by_the_desk(city: SmallCity, pair: Pair) -> None:
    door, person, series = city.places["D1111"], city.residents[0], pair.kits.series
    issue, result = pair.issue(door), pair.result(door, person, "positive")
    undo = pair.undo(issue)
    with act_as(city.secretary):
        revoke_kit_phone(phone=pair.phone)
    pair.say(issue, result, undo)
    with act_as(city.secretary):
        assert [w.word.id for w in open_words(series)] == [result.id, issue.id, undo.id]
        for word in (issue, result):
            assert apply_kit_word(series=series.id, word=word.id).state == "accepted"
        assert KitIssue.objects.get().by == f"device:{pair.phone}"
        assert KitResult.objects.get().value == "positive"
        with pytest.raises(KitWordNotFound):
            apply_kit_word(series=series.id, word=issue.id)
        held = apply_kit_word(series=series.id, word=undo.id)
        assert (held.state, held.code) == ("held", "kits_used")
    assert pair.say(issue, undo) == ["accepted", "held:kits_used"]


def test_what_was_mended_is_done(city: SmallCity, kits: Kits, pair: Pair) -> None:
    issue = pair.issue(city.places["D1111"], store=new_id())
    pair.say(issue)
    with act_as(city.secretary):
        assert apply_kit_word(series=kits.series.id, word=issue.id).code == "store_not_found"
        receive_kits(
            key=new_id(), area=HERE, store="新仓库", lot="N", expires_on=today(), quantity=5
        )
        assert len(open_words(kits.series)) == 1


def test_the_second_pairs_kits_are_fetched_back(city: SmallCity, kits: Kits, pair: Pair) -> None:
    other = pair_at(city, kits, label="手机乙")
    first, second = pair.issue(city.places["D1111"]), other.issue(city.places["D1111"])
    pair.say(first)
    other.say(second)
    with act_as(city.secretary):
        (listed,) = open_words(kits.series)
        assert (listed.double, listed.doable, listed.door) == (True, False, "1-1-101")
        with pytest.raises(KitWordNotFound):
            apply_kit_word(series=kits.series.id, word=second.id)
        fetch_kits_back(series=kits.series.id, word=second.id)
        assert open_words(kits.series) == []
        assert StockMovement.objects.get(kind="returned").quantity == 10
        with pytest.raises(KitWordNotFound):
            fetch_kits_back(series=kits.series.id, word=second.id)
    assert other.say(other.undo(second)) == ["accepted"]
    with act_as(city.secretary):
        assert StockMovement.objects.filter(kind="returned").count() == 1


def test_let_be_and_taken_up_again(city: SmallCity, kits: Kits, pair: Pair) -> None:
    word = pair.issue(city.places["E1"])
    pair.say(word)
    with act_as(city.secretary):
        dismiss_kit_word(series=kits.series.id, word=word.id, reason="查过")
        assert open_words(kits.series) == []
        for act in (apply_kit_word, fetch_kits_back):
            with pytest.raises(KitWordSettled):
                act(series=kits.series.id, word=word.id)
        reopen_kit_word(series=kits.series.id, word=word.id)
        assert len(open_words(kits.series)) == 1
        with pytest.raises(KitWordNotFound):
            fetch_kits_back(series=kits.series.id, word=word.id)
        with pytest.raises(KitWordNotFound):
            dismiss_kit_word(series=kits.series.id, word=new_id(), reason="x")


def test_who_may_not(city: SmallCity, kits: Kits, pair: Pair) -> None:
    word = pair.issue(city.places["E1"])
    pair.say(word)
    grants = (Grant(role=AccessRole.RECORDER, places=((HERE, HERE),)),)
    with (
        act_as(Actor.of_grants("account:x", grants, account=None, person=None)),
        pytest.raises(NotAllowed),
    ):
        apply_kit_word(series=kits.series.id, word=word.id)
