"""muster.apps.audit.actions.ageing: a plan made for an empty table is not kept for a full one."""

import psycopg
import pytest
from django.db import connection

from muster.apps.audit.actions import ageing, as_system, write_line
from tests.support.city import HERE, SmallCity


def plan(raw: psycopg.Connection) -> str:
    rows = raw.execute("EXPLAIN EXECUTE everybody").fetchall()
    return "\n".join(row[0] for row in rows)


def look(age: ageing.Ageing, raw: psycopg.Connection) -> None:
    age.seen(age.renew(raw))


def test_a_grown_table_is_planned_for_again(
    city: SmallCity, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ageing, "SIZES", "SELECT count(*)::int FROM audit_auditline")
    age = ageing.Ageing(seconds=0)
    with as_system("grow"):
        raw = connection.connection
        raw.execute("SET LOCAL plan_cache_mode = force_generic_plan")
        raw.execute("PREPARE everybody AS SELECT area FROM people_person WHERE pinyin = 'x'")
        look(age, raw)
        look(age, raw)
        before, old = age.size, plan(raw)
        raw.execute("SET LOCAL enable_seqscan = off")
        raw.execute("SET LOCAL enable_indexscan = off")
        raw.execute("SET LOCAL enable_bitmapscan = off")
        look(age, raw)
        assert plan(raw) == old, "PostgreSQL keeps the old plan: what this is about"
        write_line(action="grown", area=HERE)
        look(age, raw)
        assert age.size == before + 1
        look(age, raw)
        assert plan(raw) != old
        raw.execute("DEALLOCATE everybody")


def test_a_size_is_how_often_the_tables_have_quadrupled(city: SmallCity) -> None:
    with as_system("look"):
        raw = connection.connection
        bytes_ = raw.execute(
            "SELECT pg_relation_size(oid) FROM pg_class WHERE relkind = 'r'"
            " AND relnamespace = 'public'::regnamespace"
        ).fetchall()
        told = raw.execute(ageing.SIZES).fetchone()
    steps = [next(n for n in range(40) if size < 4 ** (n + 1) * 65536) for (size,) in bytes_]
    assert told == (sum(steps),)


def test_it_looks_once_in_a_while(city: SmallCity) -> None:
    age = ageing.Ageing(seconds=3600)
    with as_system("look"):
        raw = connection.connection
        assert age.renew(raw) is not None
        assert age.renew(raw) is None
        age.seen(None)
        assert age.size == 0


def test_plans_are_dropped_once_for_each_size(city: SmallCity) -> None:
    age, sent = ageing.Ageing(seconds=3600), []

    class Counting(psycopg.Cursor):
        def execute(self, query, *args, **kwargs):  # type: ignore[no-untyped-def]
            sent.append(query)
            return super().execute(query, *args, **kwargs)

    with as_system("look"):
        raw = connection.connection
        usual, raw.cursor_factory = raw.cursor_factory, Counting
        try:
            age.renew(raw)
            age.renew(raw)
            age.size += 1
            age.renew(raw)
        finally:
            raw.cursor_factory = usual
    assert sent == ["DISCARD PLANS"] * 2
