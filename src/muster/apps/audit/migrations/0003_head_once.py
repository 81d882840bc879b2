"""A stream's head is made with its first line, not tried for with every one."""

from django.db import migrations

APPEND = """
CREATE OR REPLACE FUNCTION audit_append(p_stream text, p_actor text, p_action text, p_area bigint,
                                        p_subject text, p_detail jsonb, p_at timestamptz)
RETURNS bigint LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS $$
DECLARE
    head audit_audithead;
    next_hash bytea;
BEGIN
    SELECT * INTO head FROM audit_audithead WHERE stream = p_stream FOR UPDATE;
    IF NOT FOUND THEN
        INSERT INTO audit_audithead (stream, seq, hash) VALUES (p_stream, 0, ''::bytea)
        ON CONFLICT DO NOTHING;
        SELECT * INTO head FROM audit_audithead WHERE stream = p_stream FOR UPDATE;
    END IF;
    next_hash := audit_line_hash(p_stream, head.seq + 1, p_at, p_actor, p_action, p_area,
                                 p_subject, p_detail, head.hash);
    INSERT INTO audit_auditline (stream, seq, at, actor, action, area, subject, detail, prev, hash)
    VALUES (p_stream, head.seq + 1, p_at, p_actor, p_action, p_area, p_subject, p_detail,
            head.hash, next_hash);
    UPDATE audit_audithead SET seq = head.seq + 1, hash = next_hash WHERE stream = p_stream;
    RETURN head.seq + 1;
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [("audit", "0002_chain")]
    operations = [migrations.RunSQL(APPEND, migrations.RunSQL.noop)]
