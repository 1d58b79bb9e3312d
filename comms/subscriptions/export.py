"""Everything that is kept of one subscriber, for that subscriber (GDPR articles 15 and 20)."""

import datetime
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from comms.subscriptions.holders import LinkHolder
from comms.subscriptions.models import Subscription, SubscriptionStep


def subscriber_export(holder: LinkHolder) -> dict[str, Any]:
    """Return the own data in plain values, under the words that the pages use."""
    rows = Subscription.objects.visible_to(holder).with_topics().prefetch_related("steps__consent_text")
    return {"abonnementen": [_subscription(row) for row in rows.order_by("newsletter__order", "pk")]}


def _subscription(row: Subscription) -> dict[str, Any]:
    return {
        "nieuwsbrief": row.newsletter.label,
        "stand": row.get_state_display(),
        "e-mailadres": row.email,
        "naam": row.name,
        "taal": row.get_language_display(),
        "hoe vaak": row.get_frequency_display(),
        "onderwerpen": [topic.label for topic in row.topics.all()],
        "functies": row.functions,
        "regio's": row.regions,
        "sectoren": row.sectors,
        "branches": row.branches,
        "rol": row.get_reader_role_display(),
        "soort organisatie": row.organisation_kind,
        "gepauzeerd tot": row.paused_until,
        "meten mag": row.tracks_me,
        "akkoord gegeven op": row.consented_at,
        "akkoord gegeven via": row.get_consent_source_display(),
        "akkoord met versie": row.consent_text.version,
        "akkoord met tekst": row.consent_text.text,
        "bevestigd op": row.confirmed_at,
        "beëindigd op": row.ended_at,
        "wat er gebeurde": [_step(step) for step in row.steps.all()],
    }


def _step(step: SubscriptionStep) -> dict[str, Any]:
    version = step.consent_text.version if step.consent_text else None
    return {
        "op": step.at,
        "wat": step.get_kind_display(),
        "toelichting": step.details,
        "versie van de tekst": version,
    }


def in_words(data: dict[str, Any]) -> list[tuple[str, list[tuple[str, str]]]]:
    """Return the same data to read: per newsletter what is known, without what is empty and without the steps."""
    return [
        (
            row["nieuwsbrief"],
            [
                (capfirst(name), _words(value))
                for name, value in row.items()
                if name not in ("nieuwsbrief", "wat er gebeurde") and value not in ("", None, [])
            ],
        )
        for row in data["abonnementen"]
    ]


def _words(value: Any) -> str:
    if isinstance(value, bool):
        return _("ja") if value else _("nee")
    if isinstance(value, datetime.datetime):
        return date_format(timezone.localtime(value), "j F Y H:i")
    if isinstance(value, datetime.date):
        return date_format(value, "j F Y")
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)
