"""Row-level security for planning: the second guard below `visible_to` (docs/adr/0011).

The same rules as the QuerySets of `comms.planning.models`, written apart on purpose; `tests/planning/` holds the two
equal. What was removed from the calendar can still be read by who may put it back. A calendar address is looked up
by its secret before anybody is known, so that happens with the rights of the portal.
"""

from django.db import migrations

DESK = """(SELECT 'role:coordinator' = ANY (cwn_principals())
    OR cwn_principals() @> ARRAY['role:working_group', 'members'])"""
POLICY = "(SELECT 'role:policy_owner' = ANY (cwn_principals()))"
PLANNERS = f"({DESK} OR {POLICY} OR (SELECT cardinality(cwn_keys('represents:')) > 0))"
MEMBERS = "(SELECT 'members' = ANY (cwn_principals()))"
COORDINATOR = "(SELECT 'role:coordinator' = ANY (cwn_principals()))"
WORKING_GROUP = f"({DESK} OR {POLICY})"


def _key_of(prefix: str) -> str:
    return f"ANY ((SELECT cwn_keys('{prefix}'))::bigint[])"


#: Moments and milestones say for whom they are.
FOR_READERS = f"readers = 'iedereen' OR (readers = 'leden' AND {MEMBERS}) OR {PLANNERS}"

#: Table → when a row of it may be read.
READABLE = {
    "planning_calendarentry": f"""
        (removed_at IS NULL OR {DESK} OR owner_id = {_key_of("represents:")}) AND (
            (readers = 'iedereen' AND tlp = 'clear')
            OR (readers IN ('leden', 'iedereen') AND tlp IN ('clear', 'green') AND {MEMBERS})
            OR (tlp <> 'red' AND {COORDINATOR})
            OR ({PLANNERS} AND (
                tlp IN ('clear', 'green')
                OR owner_id = {_key_of("org:")}
                OR EXISTS (SELECT FROM comms_publication AS planned WHERE planned.id = publication_id))))
    """,
    "planning_campaign": f"""
        {DESK} OR (status IN ('loopt', 'afgerond', 'geevalueerd') AND ({PLANNERS} OR {MEMBERS}))
    """,
    "planning_channel": f"{PLANNERS} OR (is_active AND {MEMBERS})",
    "planning_celebration": f"""
        {PLANNERS} OR (state = 'overgenomen' AND EXISTS (
            SELECT FROM planning_milestone AS reached WHERE reached.id = milestone_id
            AND (reached.readers = 'iedereen' OR (reached.readers = 'leden' AND {MEMBERS}))))
    """,
    "planning_bulkchange": f"by_id = {_key_of('user:')}",
    "planning_calendarfeed": f"user_id = {_key_of('user:')}",
    "planning_audienceanalysis": PLANNERS,
    "planning_keymoment": FOR_READERS,
    "planning_keymomentevent": FOR_READERS,  # calendar programs are told that a deleted one is gone
    "planning_milestone": FOR_READERS,
    "planning_workinggroupseat": WORKING_GROUP,
    "planning_workinggroupsession": WORKING_GROUP,
}
#: Table → its parent with the column, and what else is asked: who may read the parent may read the row.
CHILDREN = {
    "planning_calendarentryevent": ("planning_calendarentry", "pgh_obj_id", PLANNERS),
    "planning_calendarentry_audiences": ("planning_calendarentry", "calendarentry_id", ""),
    "planning_calendarentry_channels": ("planning_calendarentry", "calendarentry_id", ""),
    "planning_calendarentry_depends_on": ("planning_calendarentry", "from_calendarentry_id", PLANNERS),
    "planning_entrycomment": ("planning_calendarentry", "entry_id", PLANNERS),
    "planning_entrycommentevent": ("planning_calendarentry", "entry_id", PLANNERS),
    "planning_entrycomment_mentions": ("planning_entrycomment", "entrycomment_id", ""),
    "planning_entryeditor": ("planning_calendarentry", "entry_id", PLANNERS),
    "planning_campaignevent": ("planning_campaign", "pgh_obj_id", PLANNERS),
    "planning_campaignasset": ("planning_campaign", "campaign_id", ""),
    "planning_campaignassetevent": ("planning_campaign", "campaign_id", PLANNERS),
    "planning_campaignresult": ("planning_campaign", "campaign_id", ""),
    "planning_campaignresultevent": ("planning_campaign", "campaign_id", PLANNERS),
    "planning_channelevent": ("planning_channel", "pgh_obj_id", PLANNERS),
    "planning_celebrationevent": ("planning_celebration", "pgh_obj_id", ""),
    "planning_audienceanalysisevent": ("planning_audienceanalysis", "pgh_obj_id", ""),
    "planning_milestoneevent": ("planning_milestone", "pgh_obj_id", PLANNERS),
    "planning_workinggroupseatevent": ("planning_workinggroupseat", "pgh_obj_id", ""),
    "planning_workinggroupsessionevent": ("planning_workinggroupsession", "pgh_obj_id", ""),
    "planning_sessionattendance": ("planning_workinggroupsession", "session_id", ""),
    "planning_sessionattendanceevent": ("planning_workinggroupsession", "session_id", ""),
    "planning_actionitem": ("planning_workinggroupsession", "session_id", ""),
    "planning_actionitemevent": ("planning_workinggroupsession", "session_id", ""),
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


def _of_parent(table: str, parent: str, column: str, extra: str) -> str:
    rule = f"EXISTS (SELECT FROM {parent} AS parent WHERE parent.id = {table}.{column})"
    return f"{extra} AND {rule}" if extra else rule


def _statements() -> list[str]:
    statements = [one for table, readable in READABLE.items() for one in _guarded(table, readable)]
    for table, (parent, column, extra) in CHILDREN.items():
        statements += _guarded(table, _of_parent(table, parent, column, extra))
    return statements


def _undo() -> list[str]:
    return [
        statement
        for table in (*CHILDREN, *READABLE)
        for statement in (
            *(f"DROP POLICY {name} ON {table}" for name in POLICIES),
            f"ALTER TABLE {table} NO FORCE ROW LEVEL SECURITY",
            f"ALTER TABLE {table} DISABLE ROW LEVEL SECURITY",
        )
    ]


class Migration(migrations.Migration):
    """Switch the policies on."""

    dependencies = [("planning", "0002_placements_and_talks"), ("comms", "0004_row_security")]
    operations = [migrations.RunSQL(_statements(), _undo())]
