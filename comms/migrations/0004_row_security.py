"""Row-level security for everything that hangs on a publication: the second guard below `visible_to`.

The same rule as `comms.models.visibility`, written apart on purpose; `tests/comms/test_policies.py` holds the two
equal on random worlds. Policies are for the role of the web processes; the owner of the tables reads all.
"""

from django.db import migrations

#: When a row of comms_publication may be read.
READABLE = """
    CASE WHEN status IN ('gepubliceerd', 'vervangen', 'ingetrokken', 'verlopen') THEN
        (tlp = 'clear' AND (public_from IS NULL OR public_from <= now()))
        OR (tlp IN ('clear', 'green')
            AND (SELECT cwn_principals() && ARRAY['members', 'role:coordinator', 'role:policy_owner']))
        OR (tlp IN ('amber', 'amber-strict') AND (
            (SELECT 'role:coordinator' = ANY (cwn_principals()))
            OR owner_id = ANY ((SELECT cwn_keys('org:'))::bigint[])
            OR EXISTS (
                SELECT FROM comms_publication_addressed_organisations AS addressed
                WHERE addressed.publication_id = comms_publication.id
                  AND addressed.organisation_id = ANY ((SELECT cwn_keys('org:'))::bigint[]))
            OR EXISTS (
                SELECT FROM comms_publication_addressed_groups AS addressed
                JOIN comms_sharinggroupmember AS member ON member.group_id = addressed.sharinggroup_id
                WHERE addressed.publication_id = comms_publication.id
                  AND member.organisation_id = ANY ((SELECT cwn_keys('org:'))::bigint[]))))
        OR (tlp = 'red' AND (SELECT cwn_principals() && ARRAY['members', 'role:coordinator']) AND EXISTS (
                SELECT FROM comms_publication_named_readers AS named
                WHERE named.publication_id = comms_publication.id
                  AND named.user_id = ANY ((SELECT cwn_keys('user:'))::bigint[])))
        OR (author_id = ANY ((SELECT cwn_keys('user:'))::bigint[])
            AND owner_id = ANY ((SELECT cwn_keys('org:'))::bigint[]))
    ELSE
        (author_id = ANY ((SELECT cwn_keys('user:'))::bigint[])
            AND owner_id = ANY ((SELECT cwn_keys('org:'))::bigint[]))
        OR (tlp <> 'red' AND owner_id = ANY ((SELECT cwn_keys('represents:'))::bigint[]))
        OR (tlp <> 'red' AND (SELECT 'role:coordinator' = ANY (cwn_principals())))
        OR (reviewer_id = ANY ((SELECT cwn_keys('user:'))::bigint[])
            AND (SELECT cwn_principals() && ARRAY['members', 'role:coordinator']))
    END
"""
#: Links that the rule above asks: they hold nothing but keys, and a policy on them would ask itself for ever.
ASKED = ("addressed_organisations", "addressed_groups", "named_readers")
LINKS = ("regions", "sectors", "branches", "developments")
#: Table → the column with the key of its publication. Who may read the publication may read the row, and no other.
OF_PUBLICATION = {
    "comms_publicationevent": "pgh_obj_id",
    "comms_attachment": "publication_id",
    "comms_attachmentevent": "publication_id",
    "comms_correction": "publication_id",
    "comms_correctionevent": "publication_id",
    "comms_remark": "publication_id",
    "comms_remarkevent": "publication_id",
    "comms_publicationstep": "publication_id",
    "comms_publicationstepevent": "publication_id",
    "comms_relabelrequest": "publication_id",
    "comms_relabelrequestevent": "publication_id",
    "comms_acknowledgement": "publication_id",
    "comms_acknowledgementevent": "publication_id",
    "comms_feedback": "publication_id",
    "comms_feedbackevent": "publication_id",
    "comms_feedbackanswer": "publication_id",
    "comms_feedbackanswerevent": "publication_id",
    "comms_publicationkeyword": "content_object_id",
    "comms_receipt": "publication_id",
    "comms_notice": "publication_id",
    "comms_download": "publication_id",
    "comms_publication_related": "from_publication_id",
    **{f"comms_publication_{link}": "publication_id" for link in LINKS},
    **{f"comms_publication{link}linkevent": "publication_id" for link in (*ASKED, *LINKS)},
}
#: Files hang on attachments.
OF_ATTACHMENT = {"comms_attachmentfile": "attachment_id", "comms_attachmentfileevent": "attachment_id"}


def _guarded(table: str, readable: str) -> list[str]:
    """Return the statements that close a table: rows that cannot be read cannot be changed or deleted either.

    A changed row may be one that its writer cannot read any more, such as after a stricter label.
    """
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
    statements = _guarded("comms_publication", READABLE)
    for children, parent in ((OF_PUBLICATION, "comms_publication"), (OF_ATTACHMENT, "comms_attachment")):
        for table, column in children.items():
            statements += _guarded(table, f"EXISTS (SELECT FROM {parent} AS parent WHERE parent.id = {table}.{column})")
    return statements


def _undo() -> list[str]:
    return [
        statement
        for table in ("comms_publication", *OF_PUBLICATION, *OF_ATTACHMENT)
        for statement in (
            *(f"DROP POLICY {name} ON {table}" for name in POLICIES),
            f"ALTER TABLE {table} NO FORCE ROW LEVEL SECURITY",
            f"ALTER TABLE {table} DISABLE ROW LEVEL SECURITY",
        )
    ]


POLICIES = ("portal", "readers", "writers_insert", "writers_update", "writers_delete")


class Migration(migrations.Migration):
    """Switch the policies on."""

    dependencies = [("comms", "0003_publications"), ("core", "0002_web_role")]
    operations = [migrations.RunSQL(_statements(), _undo())]
