"""A bulletin is frozen: the same tomorrow, whatever comes in later. Covers
muster.apps.bulletins.actions and muster.apps.bulletins.queries in tests/apps/bulletins."""

from muster.apps.audit.actions import act_as
from muster.apps.bulletins.models import Bulletin
from muster.apps.bulletins.queries import bulletin_of, is_unchanged
from muster.apps.dashboards.queries import FIGURES
from muster.apps.screening.actions import record_batch
from tests.support.city import SmallCity
from tests.support.life import live
from tests.support.records import tube_of


def test_every_figure_with_its_definition_and_no_later_record(city: SmallCity) -> None:
    lived = live(city)
    bulletin, round_ = lived["bulletin"], lived["round"]
    assert isinstance(bulletin, Bulletin)
    before = {f["key"]: f["value"] for f in bulletin.figures}
    assert list(before) == list(FIGURES)
    assert all(f["definition_zh"] and f["definition_en"] and f["rows"] for f in bulletin.figures)
    assert before["people_tested"] == 10
    record_batch(
        token=round_.tokens[0],  # type: ignore[attr-defined]
        records=tube_of(city.residents[10:14], "LC0000000007"),
    )
    with act_as(city.headquarters):
        again = bulletin_of(bulletin.id)
        assert {f["key"]: f["value"] for f in again.figures} == before
        assert is_unchanged(again)
