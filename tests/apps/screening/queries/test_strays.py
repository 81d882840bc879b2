"""`muster.apps.screening.queries.strays`: what waits, and which tubes may be meant."""

from uuid import UUID

import pytest

from muster.apps.audit.actions import act_as
from muster.apps.screening.errors import ResultNotFound
from muster.apps.screening.queries.strays import (
    laboratory_names,
    near_tubes,
    stray_of,
    strays_within,
)
from muster.kernel.ids import new_id
from tests.apps.screening.actions.test_strays import TYPO, sent
from tests.support.city import CITY, HERE, THERE, SmallCity
from tests.support.records import TUBE, round_

__all__ = ["round_", "sent"]


def test_the_grave_ones_first_with_the_tubes_that_may_be_meant(city: SmallCity, sent: UUID) -> None:
    with act_as(city.headquarters):
        found = list(strays_within(low=CITY, high=CITY + 99_999_999))
        assert [r.tube for r in found] == [TYPO, "QQ7"]
        assert set(laboratory_names(found).values()) == {"区实验室"}
        (near,) = near_tubes(stray_of(sent), low=HERE, high=HERE)
        assert (near.tube, near.title, near.table) == (TUBE, "第一轮", 1)
        assert near_tubes(stray_of(sent), low=THERE, high=THERE) == []
        with pytest.raises(ResultNotFound):
            stray_of(new_id())
