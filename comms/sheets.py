"""From a row to the cover sheet that every form renders."""

from datetime import date
from functools import lru_cache
from typing import Any

from django.conf import settings
from django.utils import formats
from django.utils.dateparse import parse_date
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _

from comms.enums import Deadline, Effort, ReaderRole, Tone, Urgency
from comms.models import OPAQUE_SLUG, Audience, Publication
from comms.sheet import Action, CoverSheet
from cwn.core.enums import CwnFunction, IncidentPhase


def sheet_of(publication: Publication, language: str | None = None) -> CoverSheet:
    """Return the cover sheet with the labels in a language, the current one without any.

    What people wrote stays in the language in which they wrote it. Takes two queries: the names of the audiences and
    of the developments, unless those were prefetched.
    """
    with override(language or get_language()):
        names = audience_names()
        return CoverSheet(
            title=publication.title,
            kind=publication.get_kind_display(),
            tlp=publication.label,
            owner=publication.owner.name,
            published_on=publication.published_at.date() if publication.published_at else None,
            version=publication.version,
            url=settings.SITE_URL + publication.get_absolute_url(),
            discreet_url=_discreet_address(publication),
            language=publication.language,
            summary=publication.summary,
            body=publication.body,
            urgency=_word(Urgency, publication.urgency),
            urgency_tone=Urgency(publication.urgency).tone if publication.urgency in Urgency.values else "neutral",
            urgency_reason=publication.urgency_reason,
            audiences=tuple(names.get(slug, slug) for slug in publication.audiences),
            reader_roles=tuple(_word(ReaderRole, role) for role in publication.reader_roles),
            audience_reason=publication.audience_reason,
            key_points=tuple(publication.key_points),
            message=publication.communication_message,
            channel_messages=tuple((str(channel.label), text) for channel, text in publication.channel_message_list),
            tone=_word(Tone, publication.tone),
            speaker=publication.speaker,
            actions=tuple(_actions(publication, names)),
            wider_developments=publication.wider_developments,
            developments=tuple(one.label for one in publication.developments.all()) if publication.pk else (),
            functions=tuple(_word(CwnFunction, function) for function in publication.functions),
            source=publication.source,
            licence=publication.get_licence_display() if publication.licence else "",
            correction=publication.correction_note if publication.version > 1 else "",
            status_note=_status_note(publication),
            phase=_word(IncidentPhase, publication.phase),
        )


def _discreet_address(publication: Publication) -> str:
    """Return the address for a mail about RED: one that was public before may tell its title, and is left out."""
    return settings.SITE_URL + publication.get_absolute_url() if publication.slug.startswith(OPAQUE_SLUG) else ""


def audience_names() -> dict[str, str]:
    """Return the target groups by slug, in the language of the page."""
    return {audience.slug: audience.label for audience in Audience.objects.all()}


def deadline_label(deadline: Any) -> str:
    """Return a deadline in words: a day is written out."""
    if deadline in Deadline.values:
        return str(Deadline(deadline).label)
    day = _day(str(deadline))
    return formats.date_format(day, "DATE_FORMAT") if day else str(deadline)


@lru_cache(maxsize=512)
def _day(text: str) -> date | None:
    try:
        return parse_date(text)
    except ValueError:
        return None


def _actions(publication: Publication, names: dict[str, str]) -> list[Action]:
    """Return the actions; a draft may hold half of one."""
    rows = publication.action_perspective if isinstance(publication.action_perspective, list) else []
    return [
        Action(
            audience=_audience(row, names),
            text=row.get("action", ""),
            deadline=deadline_label(row.get("deadline", "")),
            effort=_word(Effort, row.get("effort", "")),
        )
        for row in rows
        if isinstance(row, dict)
    ]


def _audience(row: dict[str, Any], names: dict[str, str]) -> str:
    slug = str(row.get("audience", ""))
    return names.get(slug, slug)


def _word(choices: Any, value: str) -> str:
    return str(choices(value).label) if value in choices.values else value


def _status_note(publication: Publication) -> str:
    if not publication.is_issued:
        return _("Dit is een concept. Het is nog niet gepubliceerd.")
    if publication.public_from and publication.is_partners_first:
        return _("Dit is nu alleen voor netwerkpartners. Het wordt openbaar op %(moment)s.") % {
            "moment": formats.date_format(publication.public_from, "DATETIME_FORMAT")
        }
    if publication.status == "verlopen":
        return _("Dit is verlopen. De inhoud kan achterhaald zijn.")
    return ""
