"""Row-level security for issues: the second guard below `visible_to`, written apart on purpose."""

from django.db import migrations

#: When a row of newsletters_issue may be read.
READABLE = """
    (SELECT cwn_principals() && ARRAY['role:working_group', 'role:coordinator'])
    OR (sent_at IS NOT NULL AND tlp IN ('clear', 'green')
        AND (SELECT cwn_principals() && ARRAY['members', 'role:coordinator', 'role:policy_owner']))
    OR (sent_at IS NOT NULL AND tlp = 'clear' AND EXISTS (
        SELECT FROM subscriptions_newsletter AS newsletter
        WHERE newsletter.id = newsletters_issue.newsletter_id AND newsletter.archive_is_public))
"""
OF_ISSUE = {
    "newsletters_issueevent": "pgh_obj_id",
    "newsletters_issueitem": "issue_id",
    "newsletters_issueitemevent": "issue_id",
    "newsletters_testsend": "issue_id",
    "newsletters_issuefigure": "issue_id",
    "newsletters_linktarget": "issue_id",
}
POLICIES = ("portal", "readers", "writers_insert", "writers_update", "writers_delete")


def _guarded(table: str, readable: str) -> list[str]:
    return [
        f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY",
        f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY",
        f"CREATE POLICY portal ON {table} TO CURRENT_USER USING (true) WITH CHECK (true)",
        f"CREATE POLICY readers ON {table} FOR SELECT TO cwn_web USING ({readable})",
        f"CREATE POLICY writers_insert ON {table} FOR INSERT TO cwn_web WITH CHECK (true)",
        f"CREATE POLICY writers_update ON {table} FOR UPDATE TO cwn_web USING ({readable}) WITH CHECK (true)",
        f"CREATE POLICY writers_delete ON {table} FOR DELETE TO cwn_web USING ({readable})",
    ]


def _statements() -> list[str]:
    statements = _guarded("newsletters_issue", READABLE)
    for table, column in OF_ISSUE.items():
        exists = f"EXISTS (SELECT FROM newsletters_issue AS parent WHERE parent.id = {table}.{column})"
        statements += _guarded(table, exists)
    return statements


def _undo() -> list[str]:
    return [
        statement
        for table in ("newsletters_issue", *OF_ISSUE)
        for statement in (
            *(f"DROP POLICY {name} ON {table}" for name in POLICIES),
            f"ALTER TABLE {table} NO FORCE ROW LEVEL SECURITY",
            f"ALTER TABLE {table} DISABLE ROW LEVEL SECURITY",
        )
    ]


class Migration(migrations.Migration):
    """Switch the policies on."""

    dependencies = [("newsletters", "0001_initial"), ("core", "0002_web_role")]
    operations = [migrations.RunSQL(_statements(), _undo())]
