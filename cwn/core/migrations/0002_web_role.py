"""The role of the web processes: it reads and writes rows, owns nothing, and the policies hold for it.

Making a role takes CREATEROLE once. Where the account of the portal may not do that, a database administrator
makes `cwn_web` and grants it beforehand (docs/howto/deploy.md).
"""

from django.db import migrations

MAKE_ROLE = """
DO $$
BEGIN
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'cwn_web') THEN
        CREATE ROLE cwn_web NOLOGIN;
    END IF;
EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL;  -- another database of this server came first
END $$;
DO $$
BEGIN
    IF NOT pg_has_role(current_user, 'cwn_web', 'SET') THEN
        EXECUTE format('GRANT cwn_web TO %I', current_user);
    END IF;
EXCEPTION WHEN unique_violation THEN NULL;
END $$;
"""
GRANT = """
GRANT USAGE ON SCHEMA public TO cwn_web;
GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO cwn_web;
GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO cwn_web;
ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO cwn_web;
ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT USAGE, SELECT ON SEQUENCES TO cwn_web;
"""
REVOKE = """
ALTER DEFAULT PRIVILEGES IN SCHEMA public REVOKE ALL ON TABLES FROM cwn_web;
ALTER DEFAULT PRIVILEGES IN SCHEMA public REVOKE ALL ON SEQUENCES FROM cwn_web;
REVOKE ALL ON ALL TABLES IN SCHEMA public FROM cwn_web;
REVOKE ALL ON ALL SEQUENCES IN SCHEMA public FROM cwn_web;
REVOKE USAGE ON SCHEMA public FROM cwn_web;
"""
PRINCIPALS = """
CREATE FUNCTION cwn_principals() RETURNS text[] LANGUAGE sql STABLE PARALLEL SAFE
RETURN string_to_array(coalesce(current_setting('cwn.principals', true), ''), ' ');
"""
KEYS = """
CREATE FUNCTION cwn_keys(prefix text) RETURNS bigint[] LANGUAGE sql STABLE PARALLEL SAFE
RETURN ARRAY(
    SELECT substr(principal, length(prefix) + 1)::bigint FROM unnest(cwn_principals()) AS principal
    WHERE starts_with(principal, prefix)
);
"""


class Migration(migrations.Migration):
    """Make the role, its rights, and the functions with which policies ask who is reading."""

    dependencies = [("core", "0001_initial")]
    operations = [
        migrations.RunSQL(MAKE_ROLE, migrations.RunSQL.noop),
        migrations.RunSQL(GRANT, REVOKE),
        migrations.RunSQL(PRINCIPALS, "DROP FUNCTION cwn_principals()"),
        migrations.RunSQL(KEYS, "DROP FUNCTION cwn_keys(text)"),
    ]
