"""`/mijn/`: what is new for the own organisation, what waits for an answer, and everything that is the reader's own."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.db.models import Exists, OuterRef, Prefetch, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from comms.enums import Tlp
from comms.models import Publication, Receipt
from cwn.core.admin_tasks import tasks_for
from cwn.core.waiting import WaitingItem, waiting_items
from cwn.portal.communication import places_for
from cwn.portal.news import news_for
from cwn.portal.saved_searches.views import search_cards
from partners.enums import ProposalState
from partners.models import Contact, Membership, Organisation, Participation, ProfileProposal
from partners.models.organisations import organisations_of

#: Searches and corrections that the page shows; lists of their own show all.
MOST_SEARCHES = 5
MOST_CORRECTIONS = 5


@login_required
@require_safe
@transaction.non_atomic_requests
def my_cwn(request: HttpRequest) -> HttpResponse:
    """Show the personal page; whoever has no organisation any more reads what can be done about it."""
    user: Any = request.user
    searches = search_cards(user)
    with transaction.atomic():  # whatever comes from the tables is read with the rights of the reader
        organisations = list(own_organisations(user))
        context = {
            "organisations": organisations,
            "waiting": waiting_for(user),
            "corrections": list(corrections_for(user)[:MOST_CORRECTIONS]),
            "suspended": list(suspended_memberships(user)),
            "roles": user.role_slugs,
            "communication": places_for(user),
        }
    context |= {
        "news": news_for(user, organisations),
        "searches": searches[:MOST_SEARCHES],
        "other_searches": len(searches[MOST_SEARCHES:]),
    }
    return render(request, "portal/my_cwn.html", context)


def suspended_memberships(user: Any) -> QuerySet[Membership]:
    """Return the memberships whose access was suspended and which the reader can have lifted (R19)."""
    return Membership.objects.filter(user=user).suspended().of_active_partners().select_related("organisation")


def waiting_for(user: Any) -> list[WaitingItem]:
    """Return everything that waits for somebody: as a person, for the organisation, and in the admin."""
    desk = [
        WaitingItem(text=f"{task.label} ({task.count})", url=task.url)
        for task in (tasks_for(user) if user.is_staff else ())
        if task.count
    ]
    return [*waiting_items(user), *desk]


def own_organisations(user: Any) -> QuerySet[Organisation]:
    """Return the organisations of the reader by name, with what tells how profile, contacts and agreements stand."""
    contacts = Contact.objects.visible_to(user)
    return (
        Organisation.objects.of(user)
        .with_domains()
        .prefetch_related(
            Prefetch("contacts", contacts.current(), to_attr="current_contacts"),
            Prefetch("contacts", contacts.to_confirm(), to_attr="unconfirmed_contacts"),
            Prefetch("participations", Participation.objects.visible_to(user).current().agreed(), to_attr="agreements"),
            Prefetch(
                "profile_proposals", ProfileProposal.objects.filter(state=ProposalState.OPEN), to_attr="proposals"
            ),
            "legal_bases",
        )
        .order_by("name")
    )


def corrections_for(user: Any) -> QuerySet[Publication]:
    """Return publications that the reader's organisations got in an earlier version and that were corrected since.

    RED stands in no list: whoever is named gets a mail about it.
    """
    received = Receipt.objects.filter(organisation__in=organisations_of(user), version__lt=OuterRef("version"))
    corrected = Publication.objects.visible_to(user).listed().filter(version__gt=1).exclude(tlp=Tlp.RED)
    mine = corrected.filter(Exists(received.filter(publication=OuterRef("pk"))))
    return mine.select_related("owner").order_by("-corrected_at", "-pk")
