"""What PostgreSQL sees to about labels: an item is never less strict than the publication that it plans.

security.md chapter 3, label rules: "a calendar item can never be less strict than its parent (DB trigger + test)".
Both triggers look with the rights of the portal: whoever plans an item may not see the draft, and the other way round.
"""

import pgtrigger

from comms.enums import Tlp
from comms.models import Publication

LABELS = "ARRAY[" + ", ".join(f"'{label.value}'" for label in Tlp) + "]"


def entry_triggers() -> list[pgtrigger.Trigger]:
    """Return the triggers of the table of items."""
    return [
        pgtrigger.Trigger(
            name="entry_as_strict_as_its_publication",
            when=pgtrigger.Before,
            operation=pgtrigger.Insert | pgtrigger.UpdateOf("tlp", "publication_id"),
            declare=[("label", "text"), ("reader", "text")],
            func=f"""
                reader := current_setting('role');
                PERFORM set_config('role', 'none', true);
                SELECT tlp INTO label FROM comms_publication WHERE id = NEW.publication_id;
                PERFORM set_config('role', reader, true);
                IF array_position({LABELS}, NEW.tlp::text) < array_position({LABELS}, label) THEN
                    RAISE EXCEPTION 'an item is as strict as its publication'
                    USING ERRCODE = 'check_violation', CONSTRAINT = 'entry_as_strict_as_its_publication';
                END IF;
                RETURN NEW;
            """,  # noqa: S608  labels of our own
        )
    ]


# A publication that gets a stricter label takes its items along, whoever sets the label: also an author who may not
# see the calendar. So it is done with the rights of the portal. RED is not planned here: its items go.
pgtrigger.register(
    pgtrigger.Trigger(
        name="stricter_label_for_items",
        when=pgtrigger.After,
        operation=pgtrigger.UpdateOf("tlp"),
        condition=pgtrigger.Q(old__tlp__df=pgtrigger.F("new__tlp")),
        declare=[("reader", "text")],
        func=f"""
            reader := current_setting('role');
            PERFORM set_config('role', 'none', true);
            IF NEW.tlp = 'red' THEN
                UPDATE planning_calendarentry
                SET removed_at = coalesce(removed_at, now()), publication_id = NULL, tlp = 'amber-strict',
                    readers = 'planners', sequence = sequence + 1, edit_version = edit_version + 1
                WHERE publication_id = NEW.id;
            ELSE
                UPDATE planning_calendarentry
                SET tlp = NEW.tlp, sequence = sequence + 1, edit_version = edit_version + 1,
                    readers = CASE WHEN NEW.tlp = 'green' AND readers <> 'planners' THEN 'leden' ELSE 'planners' END
                WHERE publication_id = NEW.id
                  AND array_position({LABELS}, tlp::text) < array_position({LABELS}, NEW.tlp::text);
            END IF;
            PERFORM set_config('role', reader, true);
            RETURN NEW;
        """,  # noqa: S608  labels of our own
    )
)(Publication)
