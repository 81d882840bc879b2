"""The functions that write and recompute the chain. The web role may call them, not the tables."""

from django.db import migrations

FORWARD = """
CREATE FUNCTION audit_line_hash(stream text, seq bigint, at timestamptz, actor text, action text,
                                area bigint, subject text, detail jsonb, prev bytea)
RETURNS bytea LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT sha256(prev || convert_to(
        jsonb_build_array(stream, seq, extract(epoch FROM at), actor, action, area, subject,
                          detail)::text, 'UTF8'))
$$;

CREATE FUNCTION audit_append(p_stream text, p_actor text, p_action text, p_area bigint,
                             p_subject text, p_detail jsonb, p_at timestamptz)
RETURNS bigint LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS $$
DECLARE
    head audit_audithead;
    next_hash bytea;
BEGIN
    INSERT INTO audit_audithead (stream, seq, hash) VALUES (p_stream, 0, ''::bytea)
    ON CONFLICT DO NOTHING;
    SELECT * INTO head FROM audit_audithead WHERE stream = p_stream FOR UPDATE;
    next_hash := audit_line_hash(p_stream, head.seq + 1, p_at, p_actor, p_action, p_area,
                                 p_subject, p_detail, head.hash);
    INSERT INTO audit_auditline (stream, seq, at, actor, action, area, subject, detail, prev, hash)
    VALUES (p_stream, head.seq + 1, p_at, p_actor, p_action, p_area, p_subject, p_detail,
            head.hash, next_hash);
    UPDATE audit_audithead SET seq = head.seq + 1, hash = next_hash WHERE stream = p_stream;
    RETURN head.seq + 1;
END $$;
"""

BACKWARD = """
DROP FUNCTION audit_append(text, text, text, bigint, text, jsonb, timestamptz);
DROP FUNCTION audit_line_hash(text, bigint, timestamptz, text, text, bigint, text, jsonb, bytea);
"""


class Migration(migrations.Migration):
    dependencies = [("audit", "0001_initial")]
    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
