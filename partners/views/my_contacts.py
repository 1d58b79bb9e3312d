"""The contacts of the own organisation: everybody of it reads them, representatives keep them right (R19)."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from partners.actions.contacts import confirm_contacts, end_contact, save_contact
from partners.forms.contacts import OwnContactForm
from partners.models import Contact, Organisation
from partners.models.people import ContactQuerySet
from partners.views.my_organisation import MemberRequest, own, render_own, represented


@login_required
@require_safe
def my_contacts(request: MemberRequest, slug: str) -> HttpResponse:
    """List the contacts, those to confirm first; the mail of the confirmation cycle leads here."""
    organisation = own(request, slug)
    contacts = contacts_of(organisation, request)
    due = contacts.to_confirm().order_by("role", "name")
    others = contacts.exclude(pk__in=due.values("pk")).order_by("role", "name")
    return render_own(request, "my_contacts", organisation, due=due, others=others)


def contacts_of(organisation: Organisation, request: MemberRequest) -> ContactQuerySet:
    """Return the contacts of the own organisation that have not ended, the future ones included."""
    contacts = Contact.objects.visible_to(request.user).filter(organisation=organisation)
    return contacts.not_ended()


@login_required
@require_POST
def confirm(request: MemberRequest, slug: str) -> HttpResponse:
    """Confirm the contacts whose button was pressed ("nog juist"): one of them, or all that were shown."""
    organisation = represented(request, slug)
    keys = [int(key) for key in request.POST.getlist("contact") if key.isdecimal() and len(key) < 19]
    number = confirm_contacts(organisation, keys, by=request.user)
    messages.success(
        request, ngettext("%(n)d contact is bevestigd.", "%(n)d contacten zijn bevestigd.", number) % {"n": number}
    )
    return redirect("my_contacts", organisation.slug)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def add_contact(request: MemberRequest, slug: str) -> HttpResponse:
    """Add a contact."""
    organisation = represented(request, slug)
    return edit(request, organisation, Contact(organisation=organisation))


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def change_contact(request: MemberRequest, slug: str, pk: int) -> HttpResponse:
    """Change a contact."""
    organisation = represented(request, slug)
    return edit(request, organisation, get_object_or_404(contacts_of(organisation, request), pk=pk))


def edit(request: MemberRequest, organisation: Organisation, contact: Contact) -> HttpResponse:
    """Show the form of a contact, and keep what was filled in."""
    form = OwnContactForm(request.POST if request.method == "POST" else None, instance=contact)
    if request.method == "POST" and form.is_valid():
        save_contact(form.save(commit=False), by=request.user)
        messages.success(request, _("Het contact is opgeslagen."))
        return redirect("my_contacts", organisation.slug)
    return render_own(request, "my_contact_form", organisation, form=form, contact=contact)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def stop_contact(request: MemberRequest, slug: str, pk: int) -> HttpResponse:
    """Ask whether a contact may end, and end it on a yes."""
    organisation = represented(request, slug)
    contact = get_object_or_404(contacts_of(organisation, request), pk=pk)
    if request.method != "POST":
        return render_own(request, "my_contact_end", organisation, contact=contact)
    end_contact(contact, by=request.user)
    messages.success(request, _("Het contact is beëindigd."))
    return redirect("my_contacts", organisation.slug)
