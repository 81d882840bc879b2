"""Editions: numbered, frozen, never of the future (`muster.apps.bulletins.queries`)."""

from datetime import timedelta

import pytest

from muster.apps.audit.actions import act_as
from muster.apps.bulletins.actions import freeze
from muster.apps.bulletins.errors import BulletinNotFound, CutoffInFuture
from muster.apps.bulletins.queries import bulletin_of, bulletins_of, digest_of, is_unchanged
from muster.apps.people.errors import NotAllowed
from muster.kernel import clock
from muster.kernel.ids import new_id
from tests.support.city import HERE, THERE, SmallCity

FIGURES = [{"key": "samples", "value": 8000, "zh": "采样份数"}]


def test_numbered_by_place_newest_first(city: SmallCity) -> None:
    with act_as(city.headquarters):
        first, second = (freeze(area=HERE, cutoff=clock.now(), figures=FIGURES) for _ in range(2))
        other = freeze(area=THERE, cutoff=clock.now(), figures=[])
        assert (first.number, second.number, other.number) == (1, 2, 1)
        assert bulletins_of(low=HERE, high=HERE) == [second, first]
        assert bulletin_of(first.id).figures == FIGURES
        with pytest.raises(BulletinNotFound):
            bulletin_of(new_id())


def test_a_changed_figure_shows(city: SmallCity) -> None:
    with act_as(city.headquarters):
        made = freeze(area=HERE, cutoff=clock.now(), figures=FIGURES)
    assert is_unchanged(made)
    made.figures[0]["value"] = 8001
    assert not is_unchanged(made)
    assert digest_of([{"a": 1, "b": 2}]) == digest_of([{"b": 2, "a": 1}])
    assert digest_of([]) != digest_of(FIGURES)


def test_not_of_the_future_and_not_by_a_contact(city: SmallCity) -> None:
    with act_as(city.headquarters), pytest.raises(CutoffInFuture):
        freeze(area=HERE, cutoff=clock.now() + timedelta(minutes=1), figures=FIGURES)
    with act_as(city.contact), pytest.raises(NotAllowed):
        freeze(area=HERE, cutoff=clock.now(), figures=FIGURES)
