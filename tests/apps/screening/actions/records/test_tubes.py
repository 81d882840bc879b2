"""`muster.apps.screening.actions.records.tubes`: a tube comes up once, by whoever sent first."""

from typing import cast

import psycopg
from django.db import connection

from muster.apps.audit.actions import act_as
from muster.apps.screening.actions import record_batch
from muster.apps.screening.actions.records.tubes import open_tube, recount
from muster.apps.screening.actions.standing import sender_at
from muster.apps.screening.models import Device, Tube
from tests.support.city import OpenRound, SmallCity
from tests.support.records import TUBE, record, round_

__all__ = ["round_"]


def test_a_tube_that_is_there_stays_its_tables(city: SmallCity, round_: OpenRound) -> None:
    record_batch(token=round_.tokens[0], records=[record(city.residents[0])])
    with act_as(city.secretary), connection.cursor() as wrapped:
        cursor = cast(psycopg.Cursor, wrapped)
        before = Tube.objects.get(code=TUBE)
        device = Device.objects.exclude(id=before.device).get(round=round_.id)
        sender = sender_at(device=device.id, table=device.table_id, round_id=round_.id)
        assert sender.number == 2
        for code in (TUBE, "LC0000000002"):
            open_tube(cursor, sender, code)
        recount(cursor, sender, [])
        tables = dict(Tube.objects.filter(round=round_.id).values_list("code", "table"))
        assert tables == {TUBE: before.table, "LC0000000002": device.table_id}
