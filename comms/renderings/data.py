"""The cover sheet as data, for the API and `.json`: English keys that stay the same, words in one language."""

import json
from typing import Any

from comms.renderings.outline import cleaned
from comms.sheet import CoverSheet


def as_dict(sheet: CoverSheet) -> dict[str, Any]:
    """Return a sheet as plain values: first what it is, then the six elements, then what stands below."""
    sheet = cleaned(sheet)
    return {
        "title": sheet.title,
        "kind": sheet.kind,
        "tlp": str(sheet.tlp.label),
        "owner": sheet.owner,
        "published_on": sheet.published_on.isoformat() if sheet.published_on else None,
        "version": sheet.version,
        "url": sheet.url,
        "language": sheet.language,
        "summary": sheet.summary,
        "urgency": {"level": sheet.urgency, "reason": sheet.urgency_reason},
        "audience": {
            "audiences": list(sheet.audiences),
            "reader_roles": list(sheet.reader_roles),
            "reason": sheet.audience_reason,
        },
        "key_points": list(sheet.key_points),
        "communication_message": {
            "message": sheet.message,
            "channels": [{"channel": channel, "message": text} for channel, text in sheet.channel_messages],
            "tone": sheet.tone,
            "speaker": sheet.speaker,
        },
        "action_perspective": [
            {"audience": action.audience, "action": action.text, "deadline": action.deadline, "effort": action.effort}
            for action in sheet.actions
        ],
        "wider_developments": {
            "connection": sheet.wider_developments,
            "developments": list(sheet.developments),
            "functions": list(sheet.functions),
        },
        "body": sheet.body,
        "source": sheet.source,
        "licence": sheet.licence,
        "correction": sheet.correction,
        "status_note": sheet.status_note,
        "phase": sheet.phase,
    }


def as_json(sheet: CoverSheet) -> str:
    """Return a sheet as JSON, readable for people too."""
    return json.dumps(as_dict(sheet), ensure_ascii=False, indent=2) + "\n"
