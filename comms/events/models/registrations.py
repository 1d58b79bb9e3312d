"""Who comes, who waits for a seat, and who was invited (R98).

A seat is a number. PostgreSQL gives each number out once and none above the capacity of the event, so no way of
writing, however many at once, seats more people than there are chairs (docs/adr/0019-event-registration.md).
"""

import uuid
from typing import Any

import pghistory
import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from comms.events.enums import SEATED, InvitationAnswer, RegistrationState
from comms.events.models.events import Event
from comms.events.models.visibility import OfEventQuerySet
from comms.models.visibility import NOBODY
from cwn.core.visibility import principals_of, user_principal
from partners.models import Organisation
from partners.models.organisations import organisations_of, represented_organisations_of


class RegistrationQuerySet(models.QuerySet["Registration"]):
    """Questions about registrations."""

    def visible_to(self, user: Any) -> "RegistrationQuerySet":
        """The reader's own registrations for events that he or she may see, and those for events that he or she runs.

        Nobody else learns who comes (security.md chapter 1, asset 4).
        """
        own = Q(user=getattr(user, "pk", None), event__in=Event.objects.visible_to(user).values("pk"))
        organised = Q(event__in=Event.objects.organised_by(user).values("pk"))
        return self.filter(own & Q(user__isnull=False) | organised)

    def seated(self) -> "RegistrationQuerySet":
        """Registrations that hold a seat."""
        return self.filter(state__in=SEATED)

    def in_line(self) -> "RegistrationQuerySet":
        """Registrations on the waiting list, the first one first."""
        return self.filter(state=RegistrationState.WAITING).order_by("in_line_since", "pk")


@pghistory.track(fields=["event", "user", "state", "seat"], model_name="RegistrationEvent")
class Registration(models.Model):
    """Somebody who wants to come to an event: a user of the portal, or a guest with an address."""

    event = models.ForeignKey(Event, models.CASCADE, related_name="registrations", verbose_name=_("bijeenkomst"))
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, null=True, blank=True, related_name="event_registrations",
        verbose_name=_("account"),
    )  # fmt: skip
    key = models.UUIDField(_("kenmerk"), unique=True, default=uuid.uuid4, editable=False)
    """Stands in the code at the door and, signed, in links of mails."""
    name = models.CharField(_("naam"), max_length=120)
    email = models.EmailField(_("e-mailadres"), max_length=254)
    organisation = models.ForeignKey(
        Organisation, models.SET_NULL, null=True, blank=True, related_name="event_registrations",
        verbose_name=_("organisatie"),
    )  # fmt: skip
    organisation_name = models.CharField(_("organisatie van de gast"), max_length=200, blank=True)
    language = models.CharField(_("taal"), max_length=8, default="nl")
    state = models.CharField(_("stand"), max_length=20, choices=RegistrationState.choices)
    seat = models.PositiveIntegerField(_("plaats"), null=True, blank=True)
    needs = models.CharField(_("wensen over eten of toegankelijkheid"), max_length=500, blank=True)
    """Read by organisers only, and emptied after the event."""
    registered_at = models.DateTimeField(_("aangemeld op"), auto_now_add=True)
    in_line_since = models.DateTimeField(_("in de rij sinds"))
    checked_in_at = models.DateTimeField(_("binnen sinds"), null=True, blank=True)

    objects = RegistrationQuerySet.as_manager()

    class Meta:
        verbose_name = _("aanmelding")
        verbose_name_plural = _("aanmeldingen")
        ordering = ["name", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["event", "email"], name="one_registration_per_address",
                violation_error_message=_("Dit adres is al aangemeld."),
            ),
            models.UniqueConstraint(
                fields=["event", "user"], name="one_registration_per_person", condition=Q(user__isnull=False)
            ),
            models.UniqueConstraint(fields=["event", "seat"], name="one_person_per_seat"),
            models.CheckConstraint(
                name="whoever_comes_has_a_seat",
                condition=Q(state__in=[state.value for state in SEATED], seat__gte=1)
                | (~Q(state__in=[state.value for state in SEATED]) & Q(seat__isnull=True)),
            ),
        ]  # fmt: skip
        triggers = [
            pgtrigger.Trigger(
                name="seat_within_capacity",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.UpdateOf("seat", "event_id"),
                declare=[("most", "INTEGER")],
                func="""
                    IF NEW.seat IS NOT NULL THEN
                        SELECT capacity INTO most FROM events_event WHERE id = NEW.event_id FOR SHARE;
                        IF NOT FOUND OR NEW.seat > most THEN
                            RAISE EXCEPTION 'there is no such seat'
                            USING ERRCODE = 'check_violation', CONSTRAINT = 'seat_within_capacity';
                        END IF;
                    END IF;
                    RETURN NEW;
                """,
            )
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def of_organisation(self) -> str:
        """The name of the organisation that the person comes from."""
        return self.organisation.name if self.organisation else self.organisation_name

    @property
    def is_guest(self) -> bool:
        """Tell whether the person has no account."""
        return self.user_id is None

    @property
    def status(self) -> RegistrationState:
        """The state with its words."""
        return RegistrationState(self.state)


class EventInvitationQuerySet(OfEventQuerySet):
    """Questions about invitations."""

    def visible_to(self, user: Any) -> "EventInvitationQuerySet":
        """Invitations of the reader and of his or her organisations, and those for events that he or she organises."""
        return self.filter(
            self._for_events_seen(user, Q(organisation__in=organisations_of(user)))
            | Q(event__in=Event.objects.organised_by(user).values("pk"))
        )

    def answerable_by(self, user: Any) -> "EventInvitationQuerySet":
        """Invitations that a reader may answer: the own ones, and those of whom he or she may act for."""
        return self.filter(self._for_events_seen(user, Q(organisation__in=represented_organisations_of(user))))

    def _for_events_seen(self, user: Any, of_organisations: Q) -> Q:
        own = Q(person=user.pk) if user_principal(user.pk or 0) in principals_of(user) else NOBODY
        return (of_organisations | own) & Q(event__in=Event.objects.visible_to(user).values("pk"))

    def unanswered(self) -> "EventInvitationQuerySet":
        """Invitations on which nobody answered: "wie heeft nog niet geantwoord"."""
        return self.filter(answer=InvitationAnswer.NONE)


@pghistory.track()
class EventInvitation(models.Model):
    """Whom the organiser asks to come: an organisation, for which its representatives answer, or one person."""

    event = models.ForeignKey(Event, models.CASCADE, related_name="invitations", verbose_name=_("bijeenkomst"))
    organisation = models.ForeignKey(
        Organisation, models.CASCADE, null=True, blank=True, related_name="event_invitations",
        verbose_name=_("organisatie"),
    )  # fmt: skip
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, null=True, blank=True, related_name="event_invitations",
        verbose_name=_("persoon"),
    )  # fmt: skip
    answer = models.CharField(
        _("antwoord"), max_length=10, choices=InvitationAnswer.choices, default=InvitationAnswer.NONE
    )
    invited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("uitgenodigd door")
    )
    invited_at = models.DateTimeField(_("uitgenodigd op"), auto_now_add=True)
    answered_at = models.DateTimeField(_("geantwoord op"), null=True, blank=True)
    times_reminded = models.PositiveSmallIntegerField(_("keer herinnerd"), default=0)

    objects = EventInvitationQuerySet.as_manager()

    class Meta:
        verbose_name = _("uitnodiging voor een bijeenkomst")
        verbose_name_plural = _("uitnodigingen voor bijeenkomsten")
        ordering = ["organisation__name", "person__name", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["event", "organisation"], name="one_invitation_per_organisation",
                violation_error_message=_("Deze organisatie is al uitgenodigd."),
            ),
            models.UniqueConstraint(
                fields=["event", "person"], name="one_invitation_per_person",
                violation_error_message=_("Deze persoon is al uitgenodigd."),
            ),
            models.CheckConstraint(
                name="invitation_is_for_one",
                condition=Q(organisation__isnull=False, person__isnull=True)
                | Q(organisation__isnull=True, person__isnull=False),
                violation_error_message=_("Kies een organisatie of een persoon."),
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.organisation or self.person}: {self.get_answer_display()}"

    @property
    def status(self) -> InvitationAnswer:
        """The answer with its words."""
        return InvitationAnswer(self.answer)
