"""muster.apps.screening.queries.pools: each tube with who counts in it."""

from muster.apps.audit.actions import act_as
from muster.apps.screening.actions import record_batch
from muster.apps.screening.queries.pools import laboratories_within, pools_of
from tests.apps.screening.actions.records.steps import void
from tests.support.city import HERE, OpenRound, SmallCity
from tests.support.records import TUBE, record, round_, tube_of

__all__ = ["round_"]


def test_only_who_counts_is_in_a_pool(city: SmallCity, round_: OpenRound) -> None:
    sent = [*tube_of(city.residents[:3]), record(None, said={"name": "访客"})]
    record_batch(token=round_.tokens[0], records=sent, changes=[void(sent[1])])
    with act_as(city.secretary):
        (pool,) = pools_of(round_.id)
        assert laboratories_within(low=HERE, high=HERE) == []
    assert (pool.tube, pool.result) == (TUBE, "")
    assert {m.person for m in pool.members} == {city.residents[0], city.residents[2]}
    assert {m.specimen for m in pool.members} == {sent[0].id, sent[2].id}
