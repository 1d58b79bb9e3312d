"""What waits for a coordinator, on the first page of the admin."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from cwn.core.admin_tasks import AdminTask, admin_task
from partners.enums import ApplicationState, DuplicateState, ProposalState
from partners.models import Application, Contact, DuplicateCandidate, Membership, ProfileProposal


def _list(model: str, query: str) -> str:
    return f"{reverse(f'admin:partners_{model}_changelist')}?{query}"


@admin_task("partners.change_application", order=10)
def new_applications(user: Any) -> AdminTask:
    """Applications that nobody took up yet."""
    count = Application.objects.filter(state=ApplicationState.NEW).count()
    return AdminTask(_("Nieuwe aanmeldingen"), count, _list("application", f"state__exact={ApplicationState.NEW}"))


@admin_task("partners.change_application", order=11)
def applications_in_intake(user: Any) -> AdminTask:
    """Applications on which the decision is still to come."""
    count = Application.objects.filter(state=ApplicationState.IN_INTAKE).count()
    query = f"state__exact={ApplicationState.IN_INTAKE}"
    return AdminTask(_("Aanmeldingen in gesprek"), count, _list("application", query))


@admin_task("partners.change_profileproposal", order=20)
def proposed_profiles(user: Any) -> AdminTask:
    """Changes that organisations propose to their profile."""
    count = ProfileProposal.objects.filter(state=ProposalState.OPEN).count()
    query = f"state__exact={ProposalState.OPEN}"
    return AdminTask(_("Voorgestelde wijzigingen"), count, _list("profileproposal", query))


@admin_task("partners.change_contact", order=30)
def contacts_to_confirm(user: Any) -> AdminTask:
    """Contacts that nobody confirmed in time (R19)."""
    count = Contact.objects.visible_to(user).to_confirm().count()
    return AdminTask(_("Contacten te bevestigen"), count, _list("contact", "bevestigen=ja"))


@admin_task("partners.change_duplicatecandidate", order=40)
def possible_duplicates(user: Any) -> AdminTask:
    """Pairs that may be one organisation."""
    count = DuplicateCandidate.objects.filter(state=DuplicateState.OPEN).count()
    query = f"state__exact={DuplicateState.OPEN}"
    return AdminTask(_("Mogelijke dubbelen"), count, _list("duplicatecandidate", query))


@admin_task("partners.change_membership", order=50)
def suspended_memberships(user: Any) -> AdminTask:
    """Representatives who lost their access because nobody reacted (R19)."""
    count = Membership.objects.suspended().count()
    return AdminTask(_("Stille vertegenwoordigers, geschorst"), count, _list("membership", "stand=geschorst"))
