"""muster.web.round_words: every key has its words."""

from muster.apps.screening.queries.lost import PLACES
from muster.protocols.custody import Kind, Stage
from muster.web.round_words import ROUND_WORDS


def test_every_key_has_its_words() -> None:
    assert set(ROUND_WORDS["stage"]) == {s.value for s in Stage}
    assert set(ROUND_WORDS["discrepancy"]) == {k.value for k in Kind}
    assert set(ROUND_WORDS["lost"]) == set(ROUND_WORDS["lost_mend"]) == set(PLACES)
