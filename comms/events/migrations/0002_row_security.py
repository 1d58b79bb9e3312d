"""Row-level security for events and all that stands beside them: the second guard below `visible_to`.

The same rule as `comms.events.models.visibility`, written apart on purpose; `tests/events/test_event_policies.py`
holds the two equal on random worlds. Policies are for the role of the web processes; the owner of the tables reads all.
"""

from django.db import migrations

COORDINATOR = "(SELECT 'role:coordinator' = ANY (cwn_principals()))"
WORKING_GROUP = "(SELECT 'role:working_group' = ANY (cwn_principals()))"
OWN = "ANY ((SELECT cwn_keys('org:'))::bigint[])"
REPRESENTED = "ANY ((SELECT cwn_keys('represents:'))::bigint[])"
MYSELF = "ANY ((SELECT cwn_keys('user:'))::bigint[])"
#: When a row of events_event may be read.
READABLE = f"""
    CASE WHEN status = 'concept' THEN
        owner_id = {REPRESENTED}
        OR {COORDINATOR}
        OR (tlp IN ('clear', 'green') AND {WORKING_GROUP})
    ELSE
        tlp = 'clear'
        OR (tlp = 'green' AND (SELECT cwn_principals() && ARRAY['members', 'role:coordinator', 'role:policy_owner']))
        OR (tlp IN ('amber', 'amber-strict') AND (
            {COORDINATOR}
            OR owner_id = {OWN}
            OR EXISTS (
                SELECT FROM events_event_addressed_organisations AS addressed
                WHERE addressed.event_id = events_event.id AND addressed.organisation_id = {OWN})
            OR EXISTS (
                SELECT FROM events_event_addressed_groups AS addressed
                JOIN comms_sharinggroupmember AS member ON member.group_id = addressed.sharinggroup_id
                WHERE addressed.event_id = events_event.id AND member.organisation_id = {OWN})))
    END
"""
#: When the reader organises an event that he or she may read.
ORGANISED = f"""
    {COORDINATOR} OR parent.owner_id = {REPRESENTED} OR (parent.owner_id = {OWN} AND {WORKING_GROUP})
"""
#: Tables that whoever reads the event may read, with their column for it.
OF_EVENT = {
    "events_eventevent": "pgh_obj_id",
    "events_speaker": "event_id",
    "events_speakerevent": "event_id",
    "events_programmeitem": "event_id",
    "events_programmeitemevent": "event_id",
    "events_eventmaterial": "event_id",
    "events_eventmaterialevent": "event_id",
    "events_eventdocument": "event_id",
    "events_eventdocumentevent": "event_id",
    "events_event_audiences": "event_id",
    "events_event_regions": "event_id",
    "events_event_sectors": "event_id",
}
#: Tables for organisers, and for the person or the organisation that the row is about.
PERSONAL = {
    "events_registration": f"user_id = {MYSELF}",
    "events_registrationevent": f"user_id = {MYSELF}",
    "events_eventinvitation": f"organisation_id = {OWN}",
    "events_eventinvitationevent": f"organisation_id = {OWN}",
    "events_contributionoffer": f"organisation_id = {OWN}",
    "events_contributionofferevent": f"organisation_id = {OWN}",
}


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


def _statements() -> list[str]:
    statements = _guarded("events_event", READABLE)
    parent = "EXISTS (SELECT FROM events_event AS parent WHERE parent.id = {table}.{column}{condition})"
    for table, column in OF_EVENT.items():
        statements += _guarded(table, parent.format(table=table, column=column, condition=""))
    for table, own in PERSONAL.items():
        rule = parent.format(table=table, column="event_id", condition=f" AND ({table}.{own} OR {ORGANISED})")
        statements += _guarded(table, rule)
    return statements


def _undo() -> list[str]:
    return [
        statement
        for table in ("events_event", *OF_EVENT, *PERSONAL)
        for statement in (
            *(f"DROP POLICY {name} ON {table}" for name in POLICIES),
            f"ALTER TABLE {table} NO FORCE ROW LEVEL SECURITY",
            f"ALTER TABLE {table} DISABLE ROW LEVEL SECURITY",
        )
    ]


POLICIES = ("portal", "readers", "writers_insert", "writers_update", "writers_delete")


class Migration(migrations.Migration):
    """Switch the policies on."""

    dependencies = [("events", "0001_initial"), ("comms", "0004_row_security"), ("core", "0002_web_role")]
    operations = [migrations.RunSQL(_statements(), _undo())]
