"""The audit log: a table of which the database itself makes the chain and refuses every change.

The triggers stand here and not in the model, because pgtrigger's can be told to look away (ADR 8); these cannot.
"""

from django.db import migrations, models

CHAIN = """
CREATE FUNCTION core_chain_audit() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    last core_auditentry%ROWTYPE;
BEGIN
    PERFORM pg_advisory_xact_lock(19180731);  -- one writer at a time, until its transaction ends
    SELECT * INTO last FROM core_auditentry ORDER BY id DESC LIMIT 1;
    NEW.id := coalesce(last.id, 0) + 1;
    NEW.at := clock_timestamp();
    NEW.previous := coalesce(last.digest, '');
    NEW.digest := encode(sha256(convert_to(jsonb_build_array(
        NEW.previous, NEW.id, to_char(NEW.at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US'), NEW.verb, NEW.kind,
        NEW.object_id, NEW.actor_id, NEW.organisation_id, NEW.detail)::text, 'UTF8')), 'hex');
    RETURN NEW;
END $$;
CREATE TRIGGER audit_is_chained BEFORE INSERT ON core_auditentry FOR EACH ROW EXECUTE FUNCTION core_chain_audit();
"""
APPEND_ONLY = """
CREATE FUNCTION core_refuse_audit() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'lines of the audit log stay as they are' USING ERRCODE = 'insufficient_privilege';
END $$;
CREATE TRIGGER audit_is_append_only BEFORE UPDATE OR DELETE ON core_auditentry
    FOR EACH STATEMENT EXECUTE FUNCTION core_refuse_audit();
CREATE TRIGGER audit_is_not_emptied BEFORE TRUNCATE ON core_auditentry
    FOR EACH STATEMENT EXECUTE FUNCTION core_refuse_audit();
REVOKE UPDATE, DELETE, TRUNCATE ON core_auditentry FROM cwn_web;
"""


class Migration(migrations.Migration):
    """Make the table, chain its lines and keep them."""

    dependencies = [("core", "0002_web_role")]
    operations = [
        migrations.CreateModel(
            name="AuditEntry",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("at", models.DateTimeField(auto_now_add=True, verbose_name="op")),
                ("verb", models.CharField(max_length=40, verbose_name="wat")),
                ("kind", models.CharField(max_length=40, verbose_name="soort")),
                ("object_id", models.BigIntegerField(verbose_name="kenmerk")),
                ("actor_id", models.BigIntegerField(null=True, verbose_name="persoon")),
                ("organisation_id", models.BigIntegerField(null=True, verbose_name="organisatie")),
                ("detail", models.JSONField(default=dict, verbose_name="bijzonderheden")),
                ("previous", models.CharField(max_length=64, verbose_name="schakel ervoor")),
                ("digest", models.CharField(max_length=64, verbose_name="schakel")),
            ],
            options={
                "verbose_name": "regel in het logboek",
                "verbose_name_plural": "logboek",
                "ordering": ["-id"],
                "default_permissions": ("view",),
                "indexes": [
                    models.Index(fields=["kind", "object_id", "-id"], name="audit_of_a_thing"),
                    models.Index(fields=["actor_id", "-id"], name="audit_of_a_person"),
                ],
            },
        ),
        migrations.RunSQL(CHAIN, "DROP FUNCTION core_chain_audit() CASCADE"),
        migrations.RunSQL(APPEND_ONLY, "DROP FUNCTION core_refuse_audit() CASCADE"),
    ]
