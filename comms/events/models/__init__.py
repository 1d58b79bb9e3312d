"""The tables of events, one file per subject."""

from comms.events.models.events import Event
from comms.events.models.programme import ContributionOffer, EventDocument, EventMaterial, ProgrammeItem, Speaker
from comms.events.models.registrations import EventInvitation, Registration

__all__ = [
    "ContributionOffer",
    "Event",
    "EventDocument",
    "EventInvitation",
    "EventMaterial",
    "ProgrammeItem",
    "Registration",
    "Speaker",
]
