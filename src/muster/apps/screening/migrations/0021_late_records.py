"""A batch says which of its tubes have a result by now, so that who came into them is recalled.

Rows without an entry are added to what `screening_save` returns; the release before ignores them.
"""

from importlib import import_module

from django.db import migrations

EARLIER = import_module("muster.apps.screening.migrations.0018_log_by_itself").SAVE
COUNTED = (
    ("    held int := 0;\n", "    held int := 0;\n    opened int := 0;\n"),
    (
        "ON CONFLICT DO NOTHING;\n    END IF;\n",
        "ON CONFLICT DO NOTHING;\n        GET DIAGNOSTICS opened = ROW_COUNT;\n    END IF;\n",
    ),
)
LATE = """
    IF opened = cardinality(p_tubes) THEN
        RETURN;  -- they are new: nobody has a result of them
    END IF;
    entry := NULL;
    FOR became, why IN
        SELECT t.result, t.code FROM screening_tube t
        WHERE t.district = p_district AND t.round = p_round AND t.code = ANY(p_tubes)
        ORDER BY t.code FOR KEY SHARE
    LOOP
        IF became <> '' THEN
            RETURN NEXT;
        END IF;
    END LOOP;
END $$;
"""
"""The lock lets phones and closings pass, and waits only for who brings results (`FOR UPDATE`): of a
record and a result at the same moment, the later one finds the other."""


def late(function: str) -> str:
    """`screening_save` that tells of results."""
    for old, new in COUNTED:
        function = function.replace(old, new)
    return function.replace("END $$;\n", LATE)


def replacing(function: str) -> str:
    """Its definition, over one that is there already."""
    return function.replace("CREATE FUNCTION", "CREATE OR REPLACE FUNCTION")


class Migration(migrations.Migration):
    dependencies = [("screening", "0020_settled")]
    operations = [migrations.RunSQL(replacing(late(EARLIER)), replacing(EARLIER))]
