"""Signed links in mails: who has one may confirm, see and cancel that one registration, without a log-in.

A link says nothing by itself: at each use it is asked anew whether this person may still know of the event
(security.md A04, D01), and opening one changes nothing.
"""

from uuid import UUID

from django.core import signing
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from comms.enums import Tlp
from comms.events.enums import SHOWN, RegistrationState
from comms.events.models import Event, Registration
from cwn.core.guard import as_the_portal

CONFIRM, OWN = "events.confirm", "events.registration"
#: A guest has this long to confirm an address; after that the question is forgotten.
DAYS_TO_CONFIRM = 7


def token_of(registration: Registration, purpose: str = OWN) -> str:
    """Return the signed part of a link."""
    return signing.dumps(registration.key.hex, salt=purpose)


def find_registration(token: str, purpose: str = OWN) -> Registration:
    """Return the registration behind a link, or say in one sentence that the link works no more.

    The sentence is the same whether the link is wrong, too old, or of somebody who lost the right to know.
    """
    refusal = ValidationError(_("Deze link werkt niet meer."))
    try:
        key = UUID(signing.loads(token, salt=purpose, max_age=DAYS_TO_CONFIRM * 86_400 if purpose == CONFIRM else None))
    except (signing.BadSignature, ValueError, TypeError, AttributeError):
        raise refusal from None
    with as_the_portal():
        rows = Registration.objects.select_related("event__owner", "user", "organisation")
        registration = rows.filter(key=key).first()
        if registration is None or not may_know(registration):
            raise refusal
        if purpose == OWN and registration.state == RegistrationState.ASKED:
            raise refusal
    return registration


def may_know(registration: Registration) -> bool:
    """Tell whether somebody who registered may still know of the event; ask as the portal."""
    event = registration.event
    if registration.user is None:
        return event.allows_guests and event.tlp == Tlp.CLEAR and event.status in SHOWN
    return Event.objects.visible_to(registration.user).filter(pk=event.pk).exists()
