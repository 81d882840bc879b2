"""muster.web.round_words: every key has its words, and no other page takes them away."""

from muster.apps.kits.models import StockMovement
from muster.apps.screening.queries.lost import PLACES
from muster.protocols.custody import Kind, Stage
from muster.protocols.kits import DayState
from muster.web.round_words import ROUND_WORDS
from muster.web.words import WORDS


def test_every_key_has_its_words() -> None:
    assert set(ROUND_WORDS["stage"]) == {s.value for s in Stage}
    assert set(ROUND_WORDS["discrepancy"]) == {k.value for k in Kind}
    assert set(ROUND_WORDS["lost"]) == set(ROUND_WORDS["lost_mend"]) == set(PLACES)
    assert set(ROUND_WORDS["movement"]) == set(StockMovement.Kind.values)
    assert set(ROUND_WORDS["day_state"]) == {s.value for s in DayState}


def test_no_other_page_takes_them_away() -> None:
    assert {kind: WORDS[kind] for kind in ROUND_WORDS} == ROUND_WORDS
