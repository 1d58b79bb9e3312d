"""At the door: the list of who comes, letting people in with a code or by name, and the list as a file.

Names, addresses and wishes are for organisers only (security.md chapter 1, asset 4); each export is accounted for.
"""

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from comms.events.actions.attending import check_in, mark_absent
from comms.events.actions.registering import cancel_registration
from comms.events.enums import SEATED, RegistrationState
from comms.events.models import Event, Registration
from comms.events.views.access import organised, render_desk
from cwn.accounts.http import AccountRequest
from cwn.accounts.reauthentication import recently_authenticated
from cwn.core.audit import record
from cwn.core.sheets import write_csv
from cwn.core.steps import press


def _registrations(request: AccountRequest, event: Event):  # type: ignore[no-untyped-def]
    rows = Registration.objects.visible_to(request.user).filter(event=event)
    return rows.exclude(state=RegistrationState.ASKED).select_related("organisation", "event")


@login_required
@require_safe
def event_participants(request: AccountRequest, slug: str) -> HttpResponse:
    """Show who comes, who waits and who cancelled; on a phone it serves at the door."""
    event = organised(request, slug)
    rows = list(_registrations(request, event))
    groups = [
        (_("Hebben een plaats"), [row for row in rows if row.state in SEATED]),
        (_("Op de wachtlijst"), sorted(
            (row for row in rows if row.state == RegistrationState.WAITING), key=lambda row: (row.in_line_since, row.pk)
        )),
        (_("Afgemeld"), [row for row in rows if row.state == RegistrationState.CANCELLED]),
    ]  # fmt: skip
    attended = sum(row.state == RegistrationState.ATTENDED for row in rows)
    seated = sum(row.state in SEATED for row in rows)
    return render_desk(request, "participants", event, groups=groups, attended=attended, seated=seated)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def event_check_in(request: AccountRequest, slug: str, key: UUID) -> HttpResponse:
    """Show who holds a code; only the button lets in, and only an organiser sees the page."""
    event = organised(request, slug)
    registration = get_object_or_404(_registrations(request, event), key=key)
    if request.method == "POST":
        done = _("%(name)s is binnen.") % {"name": registration.name}
        return press(request, lambda: check_in(registration, by=request.user), done, "event_check_in", slug, key)
    return render_desk(request, "check_in", event, registration=registration)


@login_required
@require_POST
def event_participant_mark(request: AccountRequest, slug: str, key: UUID) -> HttpResponse:
    """Write down by the list who came and who did not, or cancel for somebody who called."""
    event = organised(request, slug)
    registration = get_object_or_404(_registrations(request, event), key=key)
    acts = {
        "aanwezig": lambda: check_in(registration, by=request.user),
        "afwezig": lambda: mark_absent(registration, by=request.user),
        "afmelden": lambda: cancel_registration(registration),
    }
    wish = request.POST.get("doe")
    if wish not in acts:
        raise Http404
    done = _("Bewaard: %(name)s.") % {"name": registration.name}
    return press(request, acts[wish], done, "event_participants", slug)


@login_required
@recently_authenticated
@require_safe
def event_participants_file(request: AccountRequest, slug: str) -> HttpResponse:
    """Give the list as a table, without formulas (B10); the log book keeps who took it."""
    event = organised(request, slug)
    header = [_("Naam"), _("E-mailadres"), _("Organisatie"), _("Stand"), _("Plaats"), _("Wensen"), _("Aangemeld op")]
    rows = [
        [
            row.name,
            row.email,
            row.of_organisation,
            str(row.status.label),
            str(row.seat or ""),
            row.needs,
            date_format(timezone.localtime(row.registered_at), "Y-m-d H:i"),
        ]
        for row in _registrations(request, event)
    ]
    response = HttpResponse(write_csv(header, rows), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="deelnemers-{event.slug}.csv"'
    response["Cache-Control"] = "no-store"
    record("export_participants", kind="event", object_id=event.pk, by=request.user, detail={"rows": len(rows)})
    return response
