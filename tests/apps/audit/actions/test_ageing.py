"""muster.apps.audit.actions.ageing: a plan made for an empty table is not kept for a full one."""

import psycopg
from django.db import connection

from muster.apps.audit.actions import as_system
from muster.apps.audit.actions.ageing import Ageing
from tests.support.city import HERE, SmallCity

GROW = """
INSERT INTO people_person (id, area, name, pinyin, initials, id_type, id_tail, skills, roles,
    unavailable, registered_address, remarks, source, created_at)
SELECT gen_random_uuid(), %s, 'x' || i, '', '', 'none', '', '{}', '{}', '', '', '', 'test', now()
FROM generate_series(1, 6000) i
"""


def plan(raw: psycopg.Connection) -> str:
    rows = raw.execute("EXPLAIN EXECUTE everybody").fetchall()
    return "\n".join(row[0] for row in rows)


def look(ageing: Ageing, raw: psycopg.Connection) -> None:
    ageing.seen(ageing.renew(raw))


def test_a_grown_table_is_planned_for_again(city: SmallCity) -> None:
    ageing = Ageing(seconds=0)
    with as_system("grow"):
        raw = connection.connection
        raw.execute("SET LOCAL plan_cache_mode = force_generic_plan")
        raw.execute("PREPARE everybody AS SELECT count(*) FROM people_person")
        look(ageing, raw)
        look(ageing, raw)
        before, small = ageing.size, plan(raw)
        raw.execute(GROW, [HERE])
        assert plan(raw) == small, "PostgreSQL keeps the old plan: what this is about"
        look(ageing, raw)
        assert ageing.size > before
        look(ageing, raw)
        assert plan(raw) != small
        raw.execute("DEALLOCATE everybody")


def test_it_looks_once_in_a_while(city: SmallCity) -> None:
    ageing = Ageing(seconds=3600)
    with as_system("look"):
        raw = connection.connection
        assert ageing.renew(raw) is not None
        assert ageing.renew(raw) is None
        ageing.seen(None)
        assert ageing.size == 0


def test_plans_are_dropped_once_for_each_size(city: SmallCity) -> None:
    ageing, sent = Ageing(seconds=3600), []

    class Counting(psycopg.Cursor):
        def execute(self, query, *args, **kwargs):  # type: ignore[no-untyped-def]
            sent.append(query)
            return super().execute(query, *args, **kwargs)

    with as_system("look"):
        raw = connection.connection
        usual, raw.cursor_factory = raw.cursor_factory, Counting
        try:
            ageing.renew(raw)
            ageing.renew(raw)
            ageing.size += 1
            ageing.renew(raw)
        finally:
            raw.cursor_factory = usual
    assert sent == ["DISCARD PLANS"] * 2
