"""What an organisation does with its own contacts (R19, R155): add, change, confirm, end."""

from collections.abc import Iterable
from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from cwn.accounts.models import User
from partners.actions.confirmation import answer_notices
from partners.actions.representation import refuse_unless_representing
from partners.models import Contact, Organisation


@transaction.atomic
def save_contact(contact: Contact, *, by: User) -> Contact:
    """Add or change a contact; whoever writes it down also says that it is right today."""
    refuse_unless_representing(contact.organisation_id, by)
    contact.last_confirmed_at = timezone.now()
    contact.last_confirmed_by = by
    contact.save()
    answer_notices(contact.organisation)
    return contact


@transaction.atomic
def confirm_contacts(organisation: Organisation, contacts: Iterable[int], *, by: User) -> int:
    """Say of current contacts, by primary key, that they are still right; return of how many.

    Keys of contacts of another organisation, or of contacts that ended, change nothing (security.md A16).
    """
    refuse_unless_representing(organisation.pk, by)
    confirmed = [
        _confirm(contact, by) for contact in organisation.contacts.current().filter(pk__in=contacts).select_for_update()
    ]
    if confirmed:
        answer_notices(organisation)
    return len(confirmed)


@transaction.atomic
def end_contact(contact: Contact, *, by: User) -> Contact:
    """End a contact: from now on nobody sees or uses it; its history stays."""
    refuse_unless_representing(contact.organisation_id, by)
    contact = Contact.objects.select_for_update().get(pk=contact.pk)
    yesterday = timezone.localdate() - timedelta(days=1)
    if contact.valid_from > yesterday:  # it was never valid for a whole day
        contact.delete()
    else:
        contact.valid_until = yesterday
        contact.save(update_fields=["valid_until"])
    answer_notices(contact.organisation)
    return contact


def _confirm(contact: Contact, by: User) -> Contact:
    contact.last_confirmed_at = timezone.now()
    contact.last_confirmed_by = by
    contact.save(update_fields=["last_confirmed_at", "last_confirmed_by"])
    return contact
