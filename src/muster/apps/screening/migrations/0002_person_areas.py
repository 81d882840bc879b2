"""Where a person belongs, and nothing else: a phone must be able to learn that somebody is of
another community without being able to read who that is."""

from django.db import migrations

FORWARD = """
CREATE FUNCTION screening_person_areas(people uuid[]) RETURNS TABLE (id uuid, area bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public AS $$
    SELECT p.id, p.area FROM people_person p WHERE p.id = ANY(people) AND p.merged_into_id IS NULL
$$;
"""


class Migration(migrations.Migration):
    dependencies = [("screening", "0001_initial"), ("people", "0001_initial")]
    operations = [
        migrations.RunSQL(FORWARD, "DROP FUNCTION screening_person_areas(uuid[])"),
    ]
