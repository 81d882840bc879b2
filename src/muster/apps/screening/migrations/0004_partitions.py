"""The log in partitions by round.

The log tables are made anew: a partitioned table cannot be made of one that is not, and the round
joins the key. Hash partitions, because a city has thousands of rounds (docs/adr/0006-the-log.md).
"""

from django.db import migrations, models

PARTITIONS = 16
INDEXES = {
    "screening_specimen": """
        CREATE INDEX screening_s_round_5dae08_idx ON screening_specimen (round, tube);
        CREATE INDEX screening_s_round_e5bbe6_idx ON screening_specimen (round, person);
        CREATE INDEX screening_s_area_d5e12e_idx ON screening_specimen (area, received_at);
        CREATE INDEX specimen_held ON screening_specimen (round, area, received_at)
            WHERE state = 'held';
    """,
    "screening_sampled": """
        CREATE INDEX screening_s_round_682186_idx ON screening_sampled (round, area);
        CREATE INDEX screening_s_person_1d39f4_idx ON screening_sampled (person);
    """,
    "screening_tube": "CREATE INDEX screening_t_round_6ac905_idx ON screening_tube (round, area);",
    "screening_change": """
        CREATE INDEX change_of ON screening_change (round, specimen);
        CREATE INDEX change_open ON screening_change (round, received_at)
            WHERE state IN ('waiting', 'held');
    """,
    "screening_closing": "CREATE INDEX closing_of ON screening_closing (round, tube);",
}
KEYS = {
    "screening_specimen": "district, round, id",
    "screening_sampled": "district, round, person",
    "screening_tube": "district, round, code",
    "screening_change": "district, round, id",
    "screening_closing": "district, round, id",
}


def partitioned(table: str) -> str:
    """SQL that makes `table` anew in hash partitions by round, with what was in it."""
    parts = "".join(
        f"CREATE TABLE {table}_p{i:02d} PARTITION OF {table}"
        f" FOR VALUES WITH (MODULUS {PARTITIONS}, REMAINDER {i});"
        for i in range(PARTITIONS)
    )
    return f"""
        ALTER TABLE {table} RENAME TO {table}_whole;
        CREATE TABLE {table} (LIKE {table}_whole INCLUDING DEFAULTS INCLUDING CONSTRAINTS)
            PARTITION BY HASH (round);
        {parts}
        INSERT INTO {table} SELECT * FROM {table}_whole;
        DROP TABLE {table}_whole;
        ALTER TABLE {table} ADD PRIMARY KEY ({KEYS[table]});
        {INDEXES[table]}
    """  # noqa: S608 -- constants


class Migration(migrations.Migration):
    dependencies = [("screening", "0003_changes")]
    operations = [
        migrations.SeparateDatabaseAndState(
            database_operations=[
                migrations.RunSQL(partitioned(table), migrations.RunSQL.noop) for table in KEYS
            ],
            state_operations=[
                migrations.AlterField(
                    "specimen",
                    "pk",
                    models.CompositePrimaryKey(
                        "district",
                        "round",
                        "id",
                        blank=True,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
            ],
        ),
    ]
