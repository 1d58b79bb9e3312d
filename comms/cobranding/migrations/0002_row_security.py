"""Row-level security for templates: the second guard below `visible_to`.

The same rule as `comms.cobranding.models.visibility`, written apart on purpose; a test holds the two equal. What a
reader may know of a publication is asked from the policy of its own table.
"""

from django.db import migrations

DESK = "(SELECT cwn_principals() && ARRAY['role:coordinator', 'role:working_group'])"
NETWORK = "(SELECT cwn_principals() && ARRAY['members', 'role:coordinator', 'role:policy_owner'])"
SOURCE = """(publication_id IS NULL OR EXISTS (
    SELECT FROM comms_publication AS source
    WHERE source.id = cobranding_messagetemplate.publication_id AND source.tlp NOT IN ('amber-strict', 'red') {more}))"""
#: When a row of cobranding_messagetemplate may be read.
READABLE = f"""
    (status = 'akkoord'
        AND (tlp = 'clear' OR (tlp = 'green' AND {NETWORK})
             OR (tlp = 'amber' AND publication_id IS NOT NULL AND {NETWORK}))
        AND {SOURCE.format(more="AND source.status = 'gepubliceerd'")})
    OR ({DESK} AND {SOURCE.format(more="")})
"""
OWN = "organisation_id = ANY ((SELECT cwn_keys('org:'))::bigint[])"
#: Table → when a row of it may be read.
TABLES = {
    "cobranding_messagetemplate": READABLE,
    "cobranding_messagetemplateevent": "EXISTS (SELECT FROM cobranding_messagetemplate AS parent"
    " WHERE parent.id = cobranding_messagetemplateevent.pgh_obj_id)",
    "cobranding_templateversion": f"""EXISTS (SELECT FROM cobranding_messagetemplate AS parent
        WHERE parent.id = cobranding_templateversion.template_id) AND (approved_at IS NOT NULL OR {DESK})""",
    "cobranding_templatedownload": f"{DESK} OR {OWN}",
    "cobranding_ownlines": f"{DESK} OR {OWN}",
    "cobranding_renderjob": f"{DESK} AND by_id = ANY ((SELECT cwn_keys('user:'))::bigint[])",
    "cobranding_renderjobpart": "EXISTS (SELECT FROM cobranding_renderjob AS parent"
    " WHERE parent.id = cobranding_renderjobpart.job_id)",
}
POLICIES = ("portal", "readers", "writers_insert", "writers_update", "writers_delete")


def _guarded(table: str, readable: str) -> list[str]:
    """Return the statements that close a table: rows that cannot be read cannot be changed or deleted either."""
    return [
        f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY",
        f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY",
        f"CREATE POLICY portal ON {table} TO CURRENT_USER USING (true) WITH CHECK (true)",
        f"CREATE POLICY readers ON {table} FOR SELECT TO cwn_web USING ({readable})",
        f"CREATE POLICY writers_insert ON {table} FOR INSERT TO cwn_web WITH CHECK (true)",
        f"CREATE POLICY writers_update ON {table} FOR UPDATE TO cwn_web USING ({readable}) WITH CHECK (true)",
        f"CREATE POLICY writers_delete ON {table} FOR DELETE TO cwn_web USING ({readable})",
    ]


def _undo(table: str) -> list[str]:
    return [
        *(f"DROP POLICY {name} ON {table}" for name in POLICIES),
        f"ALTER TABLE {table} NO FORCE ROW LEVEL SECURITY",
        f"ALTER TABLE {table} DISABLE ROW LEVEL SECURITY",
    ]


class Migration(migrations.Migration):
    """Switch the policies on."""

    dependencies = [
        ("cobranding", "0001_initial"),
        ("comms", "0004_row_security"),
        ("core", "0002_web_role"),
    ]
    operations = [
        migrations.RunSQL(
            [statement for table, readable in TABLES.items() for statement in _guarded(table, readable)],
            [statement for table in TABLES for statement in _undo(table)],
        )
    ]
