"""The database itself refuses: a forgotten filter returns nothing, for every table."""

import psycopg
import pytest
from django.db import connection, transaction
from django.db.utils import ProgrammingError

from muster import policies
from muster.apps.audit.actions import act_as
from muster.apps.communities.actions import correct_columns, import_roll, receive_upload
from muster.apps.people.actions import merge_persons
from muster.apps.people.models import Person
from muster.apps.rosters.actions import (
    forbid_post,
    mark_experience,
    propose_repair,
    remove_person,
    set_hours,
)
from muster.apps.rosters.queries.rosters import assignments_of, plans_of
from muster.apps.screening.actions import void_record
from muster.apps.screening.queries.rounds import held_records
from muster.project.protect import (
    LIBRARY_OPEN,
    PARTITIONS,
    muster_models,
    protected_tables,
    record_of,
)
from muster.protocols.actors import Actor
from tests.support.city import HERE, SmallCity
from tests.support.life import live

PROTECTED = sorted(p.table for p in protected_tables())
# Tables of libraries that stay empty unless their feature is configured.
MAY_BE_EMPTY = {"account_emailaddress", "mfa_authenticator", "socialaccount_socialaccount"}
# Rows of these come in with spreadsheets only; tests/apps/communities/test_rolls.py shows them.
BY_FILE = {"communities_intake"}


def rows_seen(table: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM {table}")  # table names are our own
        return int(cursor.fetchone()[0])


def test_every_model_says_what_personal_data_it_holds_and_when_it_goes() -> None:
    datasets = {r.dataset for r in policies.load("2022-04").retention}
    for model in muster_models():
        record = record_of(model)
        if record.holds:
            assert record.scope is not None, f"{model.__name__} names people and has no scope"
            assert record.goes in datasets, f"{model.__name__}: no retention for {record.goes!r}"
            assert record.why


def test_every_table_is_protected_or_listed_with_a_reason(owner: psycopg.Connection) -> None:
    tables = {
        row[0]: row[1]
        for row in owner.execute(
            "SELECT c.relname, c.relrowsecurity FROM pg_class c JOIN pg_namespace n"
            " ON n.oid = c.relnamespace WHERE n.nspname = 'public' AND c.relkind IN ('r', 'p')"
            " AND NOT c.relispartition"
        )
    }
    nameless = {m._meta.db_table for m in muster_models() if record_of(m).scope is None}
    open_tables = {t for t, protected in tables.items() if not protected}
    assert open_tables == (nameless | set(LIBRARY_OPEN)) & set(tables)
    assert {t for t, protected in tables.items() if protected} == set(PROTECTED)


def test_a_part_of_a_table_cannot_be_reached_past_its_policy(
    city: SmallCity, owner: psycopg.Connection
) -> None:
    parts = [row[0] for row in owner.execute(PARTITIONS)]
    assert parts
    with act_as(city.secretary):
        for part in parts:
            with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
                rows_seen(part)


def test_another_communitys_user_reads_nothing_from_any_table(city: SmallCity) -> None:
    round_id = live(city)["round"].id  # type: ignore[attr-defined]
    with act_as(city.secretary):
        (held,) = held_records(round_id)
        void_record(round_id=round_id, record=held.id, reason="x")
        merge_persons(keep=city.residents[0], drop=city.residents[1])
        receive_upload(area=HERE, filename="a.xlsx", data=b"large")
        came = import_roll(area=HERE, filename="b.csv", data="姓名,房号,手机号\n甲,1,".encode())
        correct_columns(batch=came.batch.id, sheet="", columns={"name": ["A"]})
        plan = next(p for p in plans_of(HERE) if p.state == "published")
        first = assignments_of(plan.id)[0]
        remove_person(assignment=first.id)
        propose_repair(plan=plan.id)
        forbid_post(plan=plan.id, shift=first.shift_id, person=first.person_id)
        mark_experience(area=HERE, person=first.person_id, experienced=True)
        set_hours(area=HERE, person=first.person_id, days=(0,), begins=0, ends=60)
    with act_as(Actor("test:all", places=((0, 10**12),), units=((0, 10**15),))):
        filled = {t: rows_seen(t) for t in PROTECTED}
    empty = {t for t, n in filled.items() if n == 0}
    assert empty <= MAY_BE_EMPTY | BY_FILE
    elsewhere = Actor("test:elsewhere", places=((140106001001, 140106001001),))
    with act_as(elsewhere):
        assert {t: n for t in PROTECTED if (n := rows_seen(t))} == {}
    with act_as(Actor.nobody()):
        assert {t: n for t in PROTECTED if (n := rows_seen(t))} == {}


def test_outside_any_scope_nothing_is_read(city: SmallCity) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('muster.places', '', true)")
    assert Person.objects.count() == 0


def test_a_row_of_another_community_cannot_be_written(city: SmallCity) -> None:
    with (
        pytest.raises(ProgrammingError, match="row-level security"),
        act_as(city.other_secretary),
    ):
        Person.objects.create(area=HERE, name="甲", created_at="2022-04-03T00:00:00Z")


def test_somebody_sees_his_own_row_whatever_his_reach(city: SmallCity) -> None:
    with act_as(Actor("test:self", person=city.residents[3])):
        assert [p.id for p in Person.objects.all()] == [city.residents[3]]


def test_a_unit_sees_its_people_wherever_they_live(city: SmallCity) -> None:
    live(city)
    with act_as(Actor("test:unit", units=((1_001_002_000_000, 1_001_002_999_999),))):
        assert {p.unit for p in Person.objects.all()} == {1_001_002_000_000}


def test_the_web_role_cannot_touch_the_audit_log(city: SmallCity) -> None:
    for statement in (
        "INSERT INTO audit_audithead VALUES ('x', 1, '')",
        "UPDATE audit_auditline SET actor = 'x'",
        "DELETE FROM audit_auditline",
        "TRUNCATE audit_auditline",
    ):
        with (
            pytest.raises(ProgrammingError, match="permission denied"),
            act_as(city.headquarters),
            connection.cursor() as cursor,
        ):
            cursor.execute(statement)


def test_the_web_role_is_held_by_the_policies(owner: psycopg.Connection) -> None:
    (role,) = owner.execute(
        "SELECT rolsuper OR rolbypassrls OR rolcreaterole FROM pg_roles"
        " WHERE rolname = 'muster_web'"
    )
    assert role == (False,)
    owned = owner.execute(
        "SELECT count(*) FROM pg_class WHERE pg_get_userbyid(relowner) = 'muster_web'"
    ).fetchone()
    assert owned == (0,)
