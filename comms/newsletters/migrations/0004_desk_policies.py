"""Row-level security again: who sits at the desk, and what only the desk reads.

A place in the working group counts for who is a member of a partner. Figures, test mails and the history of an issue
are for the desk, also once the issue itself is in the archive.
"""

from django.db import migrations

DESK = """
    (SELECT cwn_principals() && ARRAY['role:coordinator']
        OR cwn_principals() @> ARRAY['role:working_group', 'members'])
"""
ANYBODY_WITH_THE_ROLE = "(SELECT cwn_principals() && ARRAY['role:working_group', 'role:coordinator'])"
ARCHIVE = """
    OR (sent_at IS NOT NULL AND tlp IN ('clear', 'green')
        AND (SELECT cwn_principals() && ARRAY['members', 'role:coordinator', 'role:policy_owner']))
    OR (sent_at IS NOT NULL AND tlp = 'clear' AND EXISTS (
        SELECT FROM subscriptions_newsletter AS newsletter
        WHERE newsletter.id = newsletters_issue.newsletter_id AND newsletter.archive_is_public))
"""
FOR_THE_DESK = {
    "newsletters_issueevent": "pgh_obj_id",
    "newsletters_issueitemevent": "issue_id",
    "newsletters_testsend": "issue_id",
    "newsletters_issuefigure": "issue_id",
}
POLICIES = ("readers", "writers_update", "writers_delete")


def _readable(table: str, condition: str) -> list[str]:
    return [f"ALTER POLICY {policy} ON {table} USING ({condition})" for policy in POLICIES]


def _statements() -> list[str]:
    statements = _readable("newsletters_issue", DESK + ARCHIVE)
    for table in FOR_THE_DESK:
        statements += _readable(table, DESK)
    return statements


def _undo() -> list[str]:
    statements = _readable("newsletters_issue", ANYBODY_WITH_THE_ROLE + ARCHIVE)
    for table, column in FOR_THE_DESK.items():
        exists = f"EXISTS (SELECT FROM newsletters_issue AS parent WHERE parent.id = {table}.{column})"
        statements += _readable(table, exists)
    return statements


class Migration(migrations.Migration):
    """Say it anew."""

    dependencies = [("newsletters", "0003_pictures")]
    operations = [migrations.RunSQL(_statements(), _undo())]
