"""What PostgreSQL refuses about publications, whoever asks: steps backwards, silent changes, wider labels.

Constraints say what one row must look like; these triggers say how a row may change.
"""

import pgtrigger

from comms.enums import ISSUED, UNFINISHED, PublicationStatus, Tlp

#: What a correction changes and an approval covers; everything else is about the publication, not what it says.
CONTENT = (
    "kind", "title", "summary", "body", "language", "urgency", "urgency_reason", "audiences", "reader_roles",
    "audience_reason", "key_points", "communication_message", "channel_messages", "tone", "speaker",
    "action_perspective", "wider_developments", "functions", "source", "source_url", "licence",
)  # fmt: skip
STEPS = {
    PublicationStatus.DRAFT: ("IN_REVIEW", "SCHEDULED", "PUBLISHED"),
    PublicationStatus.IN_REVIEW: ("DRAFT", "SCHEDULED", "PUBLISHED"),
    PublicationStatus.SCHEDULED: ("DRAFT", "PUBLISHED"),
    PublicationStatus.PUBLISHED: ("SUPERSEDED", "WITHDRAWN", "EXPIRED"),
    PublicationStatus.EXPIRED: ("PUBLISHED", "SUPERSEDED", "WITHDRAWN"),
    PublicationStatus.SUPERSEDED: ("WITHDRAWN",),
}


def _list(values: tuple[str, ...]) -> str:
    return ", ".join(f"'{value}'" for value in values)


def _row(side: str) -> str:
    return ", ".join(f"{side}.{column}" for column in CONTENT)


def publication_triggers() -> list[pgtrigger.Trigger]:
    """Return the triggers of the table of publications."""
    return [
        pgtrigger.FSM(
            name="publication_goes_forward",
            field="status",
            transitions=[(old.value, PublicationStatus[new].value) for old, steps in STEPS.items() for new in steps],
        ),
        pgtrigger.Protect(
            name="issued_stays", operation=pgtrigger.Delete, condition=pgtrigger.Q(old__status__in=list(ISSUED))
        ),
        pgtrigger.Trigger(
            name="issued_text_changes_by_version",
            when=pgtrigger.Before,
            operation=pgtrigger.Update,
            condition=pgtrigger.Q(old__status__in=list(ISSUED)),
            func=f"""
                IF ({_row("NEW")}) IS DISTINCT FROM ({_row("OLD")}) AND NEW.version <> OLD.version + 1 THEN
                    RAISE EXCEPTION 'an issued publication changes only by a correction'
                    USING ERRCODE = 'check_violation', CONSTRAINT = 'issued_text_changes_by_version';
                END IF;
                RETURN NEW;
            """,
        ),
        pgtrigger.Trigger(
            name="approval_is_for_this_text",
            when=pgtrigger.Before,
            operation=pgtrigger.Update,
            condition=pgtrigger.Q(old__status__in=list(UNFINISHED)) & pgtrigger.Q(old__approved_by__isnull=False),
            func=f"""
                IF ({_row("NEW")}, NEW.tlp) IS DISTINCT FROM ({_row("OLD")}, OLD.tlp) THEN
                    NEW.approved_by_id := NULL;
                END IF;
                RETURN NEW;
            """,
        ),
        pgtrigger.Trigger(
            name="wider_label_needs_consent",
            when=pgtrigger.Before,
            operation=pgtrigger.UpdateOf("tlp"),
            condition=pgtrigger.Q(old__tlp__df=pgtrigger.F("new__tlp"))
            & ~pgtrigger.Q(old__status__in=list(UNFINISHED)),
            declare=[("labels", "text[]")],
            func=f"""
                labels := ARRAY[{_list(tuple(Tlp.values))}];
                IF array_position(labels, NEW.tlp::text) < array_position(labels, OLD.tlp::text)
                   AND NOT EXISTS (
                       SELECT FROM comms_relabelrequest AS asked
                       WHERE asked.publication_id = NEW.id AND asked.new_tlp = NEW.tlp AND asked.old_tlp = OLD.tlp
                         AND asked.consented_by_id IS NOT NULL AND asked.decided_by_id IS NOT NULL
                         AND asked.consented_by_id <> asked.decided_by_id AND asked.applied_at IS NULL
                   ) THEN
                    RAISE EXCEPTION 'a wider label needs the recorded consent of the owner'
                    USING ERRCODE = 'check_violation', CONSTRAINT = 'wider_label_needs_consent';
                END IF;
                RETURN NEW;
            """,
        ),
    ]
