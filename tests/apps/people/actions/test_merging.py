"""Two entries become one (`muster.apps.people.actions.merging`), and two again."""

import pytest

from muster.apps.audit.actions import act_as
from muster.apps.people.actions import merge_persons, unmerge_persons
from muster.apps.people.errors import MergeNotFound
from muster.apps.people.models import Merge, Person, Phone
from muster.apps.people.queries.people import search
from tests.support.city import SmallCity


def test_undone_everybody_has_his_own_number_again(city: SmallCity) -> None:
    keep, drop = city.residents[:2]
    with act_as(city.secretary):
        before = set(Phone.objects.values_list("person_id", "number", "rank"))
        merge_persons(keep=keep, drop=drop)
        done = unmerge_persons(drop=drop)
        assert done.undone_at is not None
        assert set(Phone.objects.values_list("person_id", "number", "rank")) == before
        assert [p.id for p in search("13900000001")] == [drop]
        # And again, as often as people change their minds.
        merge_persons(keep=drop, drop=keep)
        assert Person.objects.get(id=keep).merged_into_id == drop
        unmerge_persons(drop=keep)
        assert Merge.objects.filter(undone_at=None).count() == 0
        with pytest.raises(MergeNotFound):
            unmerge_persons(drop=keep)
