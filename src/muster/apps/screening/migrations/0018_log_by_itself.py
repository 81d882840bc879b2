"""The log asked and written by itself: functions that name no other table in a statement with it.

On a Citus cluster a statement takes rows of the log or those of other tables, not both. What a
batch asks and writes therefore is in functions, which the coordinator runs statement by statement;
the phone's connection still waits for one answer (docs/adr/0006-the-log.md).
"""

from django.db import migrations

KNOWN = """
CREATE FUNCTION screening_known(p_district int, p_round uuid, p_device uuid, p_ids uuid[],
                                p_tubes text[], OUT receipts json, OUT tubes json,
                                OUT numbers json, OUT late boolean)
LANGUAGE plpgsql STABLE SET plan_cache_mode = force_generic_plan AS $$
BEGIN
    SELECT (SELECT json_agg(json_build_array(s.id, s.state, s.code,
                                             extract(epoch FROM s.received_at)))
            FROM unnest(p_ids) AS i(id) CROSS JOIN LATERAL (
                SELECT x.id, x.state, x.code, x.received_at FROM screening_specimen x
                WHERE x.district = p_district AND x.round = p_round AND x.id = i.id
                LIMIT 1) s),
           (SELECT json_agg(json_build_array(t.code, t."table", t.size, t.closed_at IS NOT NULL,
                t.closed_by IS DISTINCT FROM p_device,
                (SELECT count(*) FROM screening_specimen s
                 WHERE s.district = p_district AND s.round = p_round AND s.tube = t.code
                       AND s.state IN ('accepted', 'flagged'))))
            FROM screening_tube t
            WHERE t.district = p_district AND t.round = p_round AND t.code = ANY(p_tubes)),
           EXISTS (SELECT 1 FROM screening_change c
                   WHERE c.district = p_district AND c.round = p_round AND c.state = 'waiting'
                         AND c.specimen = ANY(p_ids))
    INTO receipts, tubes, late;
    IF tubes IS NOT NULL THEN
        SELECT json_object_agg(n.id, n.number) INTO numbers FROM screening_samplingtable n
        WHERE n.id IN (SELECT (x ->> 1)::uuid FROM json_array_elements(tubes) AS x);
    END IF;
END $$;
"""
"""LIMIT keeps the database from reading a whole round to find ten of its records. Left to itself
PostgreSQL would plan this anew for every batch: it prices the sixteen partitions that a plan for
any round names, of which it opens one. A cluster has to see the district (`distribution.py`)."""

SAVE = """
CREATE FUNCTION screening_save(p_district int, p_area bigint, p_round uuid, p_table uuid,
                               p_device uuid, p_now timestamptz, p_tubes text[],
                               p_sizes smallint[], p_rows json)
RETURNS TABLE (entry uuid, became text, why text) LANGUAGE plpgsql AS $$
DECLARE
    one uuid;
    firsts uuid[] := '{}';
    accepted int := 0;
    flagged int := 0;
    held int := 0;
BEGIN
    FOR one IN
        INSERT INTO screening_sampled (district, round, person, area, specimen, "table", at)
        SELECT DISTINCT ON (i.person) p_district, p_round, i.person, p_area, i.id, p_table, p_now
        FROM ROWS FROM (json_to_recordset(p_rows) AS (id uuid, person uuid, code text))
             WITH ORDINALITY AS i(id, person, code, n)
        WHERE i.code = '' AND i.person IS NOT NULL ORDER BY i.person, i.n
        ON CONFLICT (district, round, person) DO UPDATE SET at = screening_sampled.at
        RETURNING specimen
    LOOP
        firsts := firsts || one;
    END LOOP;
    IF cardinality(p_tubes) > 0 THEN
        INSERT INTO screening_tube (district, round, code, area, "table", device, size, opened_at,
                                    note, result)
        SELECT p_district, p_round, t.code, p_area, p_table, p_device, t.size, p_now, '', ''
        FROM unnest(p_tubes, p_sizes) AS t(code, size) ORDER BY t.code
        ON CONFLICT DO NOTHING;
    END IF;
    FOR entry, became, why IN
        INSERT INTO screening_specimen (district, id, area, round, person, tube, "table", device,
                                        taken_at, received_at, state, code, said, settled_by)
        SELECT p_district, i.id, p_area, p_round, i.person, i.tube, p_table, p_device, i.taken_at,
               p_now,
               CASE WHEN i.code <> '' THEN 'held' WHEN f.id IS NULL THEN 'flagged'
                    ELSE 'accepted' END,
               CASE WHEN i.code <> '' THEN i.code WHEN f.id IS NULL THEN 'person_already_recorded'
                    ELSE '' END,
               i.said, ''
        FROM json_to_recordset(p_rows)
             AS i(id uuid, person uuid, tube text, taken_at timestamptz, code text, said jsonb)
        LEFT JOIN unnest(firsts) AS f(id) ON f.id = i.id
        ORDER BY i.id
        ON CONFLICT DO NOTHING RETURNING id, state, code
    LOOP
        IF became = 'accepted' THEN accepted := accepted + 1;
        ELSIF became = 'flagged' THEN flagged := flagged + 1;
        ELSE held := held + 1;
        END IF;
        RETURN NEXT;
    END LOOP;
    PERFORM audit_append(
        'device:' || p_device, 'device:' || p_device, 'records_received', p_area, p_round::text,
        jsonb_strip_nulls(jsonb_build_object(
            'accepted', nullif(accepted, 0), 'flagged', nullif(flagged, 0),
            'held', nullif(held, 0))),
        p_now);
END $$;
"""
"""The conflict that changes nothing locks the first sample's row: whoever voids that sample waits
for this one, and finds it (see `records/changes.py`)."""

CLOSE = """
CREATE FUNCTION screening_close(p_district int, p_area bigint, p_round uuid, p_table uuid,
                                p_device uuid, p_size int, p_now timestamptz, p_rows json)
RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    kept int;
BEGIN
    INSERT INTO screening_tube (district, round, code, area, "table", device, size, opened_at,
                                closed_at, closed_by, counted, note, result)
    SELECT DISTINCT ON (i.tube) p_district, p_round, i.tube, p_area, p_table, p_device,
           CASE WHEN i.household THEN 0 ELSE p_size END, p_now, p_now, p_device, i.count, i.reason,
           ''
    FROM json_to_recordset(p_rows)
         AS i(id uuid, tube text, count smallint, household boolean, reason text, code text)
    WHERE i.code = '' ORDER BY i.tube, i.id DESC
    ON CONFLICT (district, round, code) DO UPDATE
    SET closed_at = excluded.closed_at, closed_by = excluded.closed_by, note = excluded.note,
        counted = excluded.counted,
        size = CASE WHEN excluded.size = 0 THEN 0 ELSE screening_tube.size END;
    INSERT INTO screening_closing (district, id, area, round, device, "table", tube, count,
                                   household, reason, closed_at, received_at, state, code)
    SELECT p_district, i.id, p_area, p_round, p_device, p_table, i.tube, i.count, i.household,
           i.reason, i.closed_at, p_now, CASE WHEN i.code = '' THEN 'waiting' ELSE 'held' END,
           i.code
    FROM json_to_recordset(p_rows)
         AS i(id uuid, tube text, count smallint, household boolean, reason text,
              closed_at timestamptz, code text)
    ORDER BY i.id
    ON CONFLICT DO NOTHING;
    GET DIAGNOSTICS kept = ROW_COUNT;
    IF kept > 0 THEN
        PERFORM audit_append('device:' || p_device, 'device:' || p_device, 'tubes_closed', p_area,
                             p_round::text, jsonb_build_object('tubes', kept), p_now);
    END IF;
END $$;
"""

BACKWARD = """
DROP FUNCTION screening_known(int, uuid, uuid, uuid[], text[]);
DROP FUNCTION screening_save(int, bigint, uuid, uuid, uuid, timestamptz, text[], smallint[], json);
DROP FUNCTION screening_close(int, bigint, uuid, uuid, uuid, int, timestamptz, json);
"""


class Migration(migrations.Migration):
    dependencies = [("screening", "0017_decisions"), ("audit", "0002_chain")]
    operations = [migrations.RunSQL(KNOWN + SAVE + CLOSE, BACKWARD)]
