"""Mails to who comes to an event: compiled once, filled per person, and asked again at the moment they leave.

The subject shows the label. What is AMBER or stricter says no more than title and link (security.md chapter 3,
TLP x channel); where it is and how to get in stand on the page, for who may still open that.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from comms.enums import RESTRICTED
from comms.events.enums import COMING, EventStatus, RegistrationState
from comms.events.links import CONFIRM, OWN, may_know, token_of
from comms.events.models import Event, Registration
from cwn.core.mail import site_address
from cwn.delivery.actions.queueing import Recipient, queue_mailing
from cwn.delivery.compiling import compile_mail, hole
from cwn.delivery.enums import AfterDoubt, Stream
from cwn.delivery.kinds import MailKind, register_kind
from cwn.delivery.models import Delivery

#: About a coming event; about what became of it; asking a guest to confirm.
COMING_KIND, OUTCOME_KIND, CONFIRM_KIND = "event", "event-outcome", "event-confirm"
HOLES = ("name", "token")


def mail_registrations(
    event: Event,
    registrations: Iterable[Registration],
    template: str,
    *,
    key: str,
    kind: str = COMING_KIND,
    **context: Any,
) -> None:
    """Put one mail to each of these people in the outbox; the same key twice changes nothing."""
    people = list(registrations)
    if not people:
        return
    purpose = CONFIRM if kind == CONFIRM_KIND else OWN
    languages = list(dict.fromkeys(_language(registration) for registration in people))
    queue_mailing(
        key=key,
        kind=kind,
        object_id=event.pk,
        label=event.tlp,
        mails={language: compile_event_mail(template, event, language, context) for language in languages},
        recipients=[
            Recipient(
                key=f"registration:{registration.pk}",
                address=registration.email,
                language=_language(registration),
                user_id=registration.user_id,
                values={"name": registration.name, "token": token_of(registration, purpose)},
            )
            for registration in people
        ],
    )


def _language(registration: Registration) -> str:
    known = dict(settings.LANGUAGES)
    return registration.language if registration.language in known else settings.LANGUAGE_CODE


def compile_event_mail(template: str, event: Event, language: str, context: Mapping[str, Any]) -> bytes:
    """Compose a mail about an event in a language, with the label before title and text."""
    with override(language):
        token = hole("token")
        values = {
            "event": event,
            "site_url": settings.SITE_URL,
            "label": event.label.label,
            "meaning": event.label.meaning,
            "is_restricted": event.tlp in RESTRICTED,
            "name": hole("name"),
            "page_url": site_address("event_detail", event.slug),
            "own_url": settings.SITE_URL + reverse("registration_link", args=[token]),
            "file_url": settings.SITE_URL + reverse("registration_file", args=[token]),
            "confirm_url": settings.SITE_URL + reverse("registration_confirm", args=[token]),
            **context,
        }
        subject = " ".join(render_to_string(f"email/events/{template}_subject.txt", values).split())
        text = render_to_string(f"email/events/{template}_message.txt", values).strip() + "\n"
        subject = f"[{event.label.label}] {subject}"
        html = render_to_string("email/page.html", {"subject": subject, "text": text, "language": language})
    return compile_mail(subject=subject, text=text, html=html, language=language, holes=HOLES)


# --- asked again at the moment of sending --------------------------------------------------------------
def _rows(deliveries: Iterable[Delivery]) -> dict[int, Registration]:
    keys = {delivery.pk: int(delivery.recipient.partition(":")[2]) for delivery in deliveries}
    found = Registration.objects.select_related("event", "user").in_bulk(list(keys.values()))
    return {delivery: found[row] for delivery, row in keys.items() if row in found}


def recheck_coming(deliveries: Iterable[Delivery]) -> dict[int, str]:
    """Refuse mails to who cancelled, lost the right to know, or would hear of an event that is off."""
    return _refused(deliveries, lambda row: row.state in COMING and row.event.status == EventStatus.PUBLISHED)


def recheck_outcome(deliveries: Iterable[Delivery]) -> dict[int, str]:
    """Refuse mails to who lost the right to know."""
    return _refused(deliveries, lambda row: row.state != RegistrationState.ASKED)


def recheck_confirm(deliveries: Iterable[Delivery]) -> dict[int, str]:
    """Refuse to ask somebody who confirmed already."""
    return _refused(deliveries, lambda row: row.state == RegistrationState.ASKED)


def _refused(deliveries: Iterable[Delivery], holds: Any) -> dict[int, str]:
    rows = list(deliveries)
    known, reasons = _rows(rows), {}
    for delivery in rows:
        registration = known.get(delivery.pk)
        if registration is None:
            reasons[delivery.pk] = _("De aanmelding is er niet meer.")
        elif not may_know(registration):
            reasons[delivery.pk] = _("Deze persoon mag de bijeenkomst niet meer zien.")
        elif not holds(registration):
            reasons[delivery.pk] = _("De aanmelding of de bijeenkomst is intussen veranderd.")
    return reasons


def register_kinds() -> None:
    """Tell the outbox which mails events send."""
    for slug, label, recheck in (
        (COMING_KIND, gettext_lazy("Over een bijeenkomst waar u naartoe gaat"), recheck_coming),
        (OUTCOME_KIND, gettext_lazy("Wat er van een bijeenkomst werd"), recheck_outcome),
        (CONFIRM_KIND, gettext_lazy("Aanmelding van een gast bevestigen"), recheck_confirm),
    ):
        register_kind(MailKind(slug, label, Stream.SERVICE, AfterDoubt.RESEND, recheck))
