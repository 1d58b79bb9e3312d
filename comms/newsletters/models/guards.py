"""What PostgreSQL sees to: the label of an issue is that of the strictest thing in it (security.md chapter 3)."""

import pgtrigger

from comms.enums import Tlp

LABELS = "ARRAY[" + ", ".join(f"'{label}'" for label in Tlp.values) + "]::text[]"
REFUSED = "USING ERRCODE = 'check_violation', CONSTRAINT ="


def issue_triggers() -> list[pgtrigger.Trigger]:
    """Return the triggers of the table of issues."""
    return [
        pgtrigger.Trigger(
            name="label_is_the_strictest",
            when=pgtrigger.Before,
            operation=pgtrigger.Insert | pgtrigger.Update,
            declare=[("labels", "text[]"), ("strictest", "integer"), ("ceiling", "text")],
            func=f"""
                labels := {LABELS};
                SELECT max(array_position(labels, item.tlp::text)) INTO strictest
                FROM newsletters_issueitem AS item WHERE item.issue_id = NEW.id;
                NEW.tlp := labels[greatest(coalesce(strictest, 1), array_position(labels, NEW.own_tlp::text))];
                SELECT newsletter.label_ceiling INTO ceiling
                FROM subscriptions_newsletter AS newsletter WHERE newsletter.id = NEW.newsletter_id;
                IF ceiling = 'clear' AND NEW.tlp <> 'clear' THEN
                    RAISE EXCEPTION 'this newsletter holds TLP:CLEAR only'
                    {REFUSED} 'label_below_the_ceiling';
                END IF;
                RETURN NEW;
            """,  # noqa: S608  from our own enum
        )
    ]


def _never_less_strict_than(about: str, table: str) -> pgtrigger.Trigger:
    """Return the trigger that refuses an item with a milder label than what it is about."""
    return pgtrigger.Trigger(
        name=f"item_is_as_strict_as_its_{about}",
        when=pgtrigger.Before,
        operation=pgtrigger.Insert | pgtrigger.UpdateOf("tlp", f"{about}_id"),
        declare=[("labels", "text[]"), ("original", "text")],
        condition=pgtrigger.Q(**{f"new__{about}__isnull": False}),
        func=f"""
            labels := {LABELS};
            SELECT original_row.tlp INTO original
            FROM {table} AS original_row WHERE original_row.id = NEW.{about}_id;
            IF array_position(labels, NEW.tlp::text) < array_position(labels, original) THEN
                RAISE EXCEPTION 'an item is never less strict than what it is about'
                {REFUSED} 'item_as_strict_as_its_{about}';
            END IF;
            RETURN NEW;
        """,  # noqa: S608  from our own enum
    )


def item_triggers() -> list[pgtrigger.Trigger]:
    """Return the triggers of the table of items."""
    return [
        _never_less_strict_than("publication", "comms_publication"),
        _never_less_strict_than("event", "events_event"),
        pgtrigger.Trigger(
            name="issue_takes_the_label",
            when=pgtrigger.After,
            operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
            func="""
                UPDATE newsletters_issue SET tlp = own_tlp WHERE id = coalesce(NEW.issue_id, OLD.issue_id);
                RETURN NULL;
            """,
        ),
    ]
