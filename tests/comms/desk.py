"""What the tests of the desk fill in: the writing form with a complete cover sheet, as a browser sends it."""

from typing import Any

from django.test import Client
from django.urls import reverse

from comms.models import Publication


def writing(publication: Publication, **changed: Any) -> dict[str, Any]:
    """Return everything that the writing page of a draft sends, with some boxes changed."""
    return {
        "edit_version": publication.edit_version,
        "kind": publication.kind,
        "title": publication.title,
        "language": "nl",
        "tlp": publication.tlp,
        "restriction_reason": publication.restriction_reason,
        "review_on": publication.review_on or "",
        "phase": publication.phase,
        "body": publication.body,
        "summary": publication.summary,
        "urgency": publication.urgency,
        "urgency_reason": publication.urgency_reason,
        "audiences": publication.audiences,
        "audience_reason": publication.audience_reason,
        "key_points": publication.key_points,
        "communication_message": publication.communication_message,
        "tone": publication.tone,
        "speaker": publication.speaker,
        "action_perspective-action": [row["action"] for row in publication.action_perspective],
        "action_perspective-audience": [row["audience"] for row in publication.action_perspective],
        "action_perspective-when": ["direct", "datum"][: len(publication.action_perspective)],
        "action_perspective-date": ["", "2026-12-01"][: len(publication.action_perspective)],
        "action_perspective-effort": [row["effort"] for row in publication.action_perspective],
        "channel_messages-social": publication.channel_messages.get("social", ""),
        "wider_developments": publication.wider_developments,
        "functions": publication.functions,
    } | changed


def page(client: Client, name: str, publication: Publication, **query: Any) -> str:
    """Return the words of a page of the desk."""
    response = client.get(reverse(f"publication_{name}", args=[publication.slug]), query)
    assert response.status_code == 200, response.status_code
    return response.content.decode()


def post(client: Client, name: str, publication: Publication, *keys: Any, **data: Any) -> Any:
    """Send a form of the desk."""
    return client.post(reverse(name, args=[publication.slug, *keys]), data)
