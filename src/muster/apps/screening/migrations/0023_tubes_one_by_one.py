"""The tubes of a batch are looked up one by one.

Asked for with `= ANY`, PostgreSQL's plan for any round read every tube of the round to find the one
of the batch: half of what a batch's first query cost after fifteen hundred tubes.
"""

from importlib import import_module

from django.db import migrations

EARLIER = import_module("muster.apps.screening.migrations.0018_log_by_itself").KNOWN
replacing = import_module("muster.apps.screening.migrations.0021_late_records").replacing

TOGETHER = """
            FROM screening_tube t
            WHERE t.district = p_district AND t.round = p_round AND t.code = ANY(p_tubes)),
"""
ONE_BY_ONE = """
            FROM unnest(p_tubes) AS c(code) CROSS JOIN LATERAL (
                SELECT x.code, x."table", x.size, x.closed_at, x.closed_by FROM screening_tube x
                WHERE x.district = p_district AND x.round = p_round AND x.code = c.code
                LIMIT 1) t),
"""
"""LIMIT as for the records: no plan reads more than it."""
ON_A_CLUSTER = """
DO $$ BEGIN
    IF current_setting('citus.propagate_set_commands', true) = 'local' THEN
        ALTER FUNCTION screening_known(int, uuid, uuid, uuid[], text[]) RESET ALL;
    END IF;
END $$;
"""
"""A cluster has to see the district, and goes without the function's setting (`distribution.py`)."""


class Migration(migrations.Migration):
    dependencies = [("screening", "0022_words_of_phones")]
    operations = [
        migrations.RunSQL(
            replacing(EARLIER.replace(TOGETHER, ONE_BY_ONE)) + ON_A_CLUSTER,
            replacing(EARLIER) + ON_A_CLUSTER,
        )
    ]
