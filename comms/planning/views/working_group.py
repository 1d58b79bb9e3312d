"""`/werkgroep/`: who sits in the Werkgroep Communicatie, when it meets and what it agreed (R85)."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from comms.actions.steps import is_coordinator
from comms.planning.actions.working_group import (
    OPEN,
    agree_action,
    end_seat,
    keeps_minutes,
    mark_attendance,
    plan_session,
    save_session,
    say_attendance,
    seat_member,
    set_action_status,
)
from comms.planning.enums import ActivityStatus
from comms.planning.forms.desk import ActionItemForm, SeatForm, SessionForm
from comms.planning.models import ActionItem, WorkingGroupSeat, WorkingGroupSession, plans
from comms.planning.models.visibility import POLICY
from comms.planning.views.access import asked_for, desk_page
from comms.planning.views.forms import StepWords, answer_form
from comms.planning.views.merging import answer_shared_form
from cwn.accounts.http import AccountRequest
from cwn.core.steps import press
from cwn.core.visibility import principals_of

#: Sessions and open action items that the first page shows.
MOST_SHOWN = 10


def _reads(user: Any) -> None:
    """Refuse who is neither at the desk nor policy owner, as if there were no page."""
    if not plans(user) and POLICY not in principals_of(user):
        raise Http404


@login_required
@require_safe
def working_group(request: AccountRequest) -> HttpResponse:
    """Show seats per partner, sessions, and what was agreed."""
    _reads(request.user)
    sessions = WorkingGroupSession.objects.visible_to(request.user)
    now = timezone.now()
    context = {
        "seats": WorkingGroupSeat.objects.visible_to(request.user)
        .filter(until=None)
        .select_related("organisation", "user")
        .order_by("organisation__name", "user__name"),
        "ahead": sessions.filter(ends_at__gte=now).order_by("starts_at")[:MOST_SHOWN],
        "past": sessions.filter(ends_at__lt=now)[:MOST_SHOWN],
        "items": _items(request.user).filter(status__in=OPEN)[:MOST_SHOWN],
        "today": timezone.localdate(),
        "plans": plans(request.user),
        "coordinates": is_coordinator(request.user),
    }
    return render(request, "planning/working_group.html", context)


def _items(user: Any) -> Any:
    return ActionItem.objects.visible_to(user).select_related("who", "session")


@desk_page
@require_http_methods(["GET", "HEAD", "POST"])
def seat_new(request: AccountRequest) -> HttpResponse:
    """Let a coordinator give a member of a partner a seat."""
    if not is_coordinator(request.user):
        raise Http404
    form = SeatForm(request.POST if request.method == "POST" else None)
    words = StepWords(
        _("Geef iemand een zetel"),
        _("Met de zetel krijgt deze persoon de rechten van de werkgroep. Zij eindigen met de zetel."),
        _("Geef de zetel"),
        _("De zetel is gegeven."),
    )

    def act() -> WorkingGroupSeat:
        membership = form.cleaned_data["membership"]
        return seat_member(
            organisation=membership.organisation,
            user=membership.user,
            role=form.cleaned_data["role"],
            since=form.cleaned_data["since"],
            by=request.user,
        )

    return answer_form(request, form, words, act=act, back=reverse("working_group"), trail=_trail())


@desk_page
@require_POST
def seat_end(request: AccountRequest, pk: int) -> HttpResponse:
    """Let a coordinator end a seat."""
    if not is_coordinator(request.user):
        raise Http404
    seat = get_object_or_404(WorkingGroupSeat.objects.editable_by(request.user), pk=pk)
    done = _("De zetel is beëindigd.")
    return press(request, lambda: end_seat(seat, by=request.user), done, reverse("working_group"))


@desk_page
@require_http_methods(["GET", "HEAD", "POST"])
def session_new(request: AccountRequest) -> HttpResponse:
    """Plan a session; everybody with a seat gets a mail."""
    form = SessionForm(request.POST if request.method == "POST" else None)
    words = StepWords(
        _("Plan een sessie"),
        _("Iedereen met een zetel krijgt een mail met een link naar de agenda."),
        _("Plan en nodig uit"),
        _("De sessie is gepland en de uitnodigingen gaan eruit."),
    )
    return answer_form(
        request,
        form,
        words,
        act=lambda: plan_session(values=form.values(), by=request.user),
        back=reverse("working_group"),
        goes_to=lambda made: reverse("session_detail", args=[made.uid]),
        trail=_trail(),
    )


def _trail(*more: WorkingGroupSession) -> tuple[tuple[str, str], ...]:
    own = tuple((session.title, reverse("session_detail", args=[session.uid])) for session in more)
    return ((_("Werkgroep"), reverse("working_group")), *own)


@login_required
@require_safe
def session_detail(request: AccountRequest, uid: Any) -> HttpResponse:
    """Show a session: agenda, minutes, who comes, and what was agreed."""
    _reads(request.user)
    session = get_object_or_404(WorkingGroupSession.objects.visible_to(request.user), uid=uid)
    attendance = session.attendance.select_related("seat__user", "seat__organisation").order_by("seat__user__name")
    mine = next((row for row in attendance if row.seat.user_id == request.user.pk), None)
    context = {
        "session": session,
        "attendance": attendance,
        "mine": mine,
        "items": _items(request.user).filter(session=session),
        "statuses": ActivityStatus.choices,
        "today": timezone.localdate(),
        "is_past": session.starts_at <= timezone.now(),
        "keeps_minutes": keeps_minutes(request.user),
        "plans": plans(request.user),
    }
    return render(request, "planning/working_group_session.html", context)


@desk_page
@require_http_methods(["GET", "HEAD", "POST"])
def session_edit(request: AccountRequest, uid: Any) -> HttpResponse:
    """Change agenda, minutes or moment; what another changed meanwhile is merged or asked."""
    session = get_object_or_404(WorkingGroupSession.objects.editable_by(request.user), uid=uid)
    back = reverse("session_detail", args=[session.uid])
    form = SessionForm(request.POST if request.method == "POST" else None, instance=session)
    words = StepWords(session.title, "", _("Bewaar"), _("Bewaard."))

    def save(values: dict[str, Any], edit_version: int) -> WorkingGroupSession:
        return save_session(session, values=values, edit_version=edit_version, by=request.user)

    return answer_shared_form(request, form, words, save=save, back=back, trail=_trail(session))


@desk_page
@require_POST
def session_attend(request: AccountRequest, uid: Any) -> HttpResponse:
    """Say for oneself whether one comes."""
    session = get_object_or_404(WorkingGroupSession.objects.visible_to(request.user), uid=uid)
    comes = request.POST.get("komt") == "ja"
    done = _("U komt.") if comes else _("U bent afgemeld.")
    back = reverse("session_detail", args=[session.uid])
    return press(request, lambda: say_attendance(session, comes=comes, by=request.user), done, back)


@desk_page
@require_POST
def session_attendance(request: AccountRequest, uid: Any) -> HttpResponse:
    """Write down who came."""
    session = get_object_or_404(WorkingGroupSession.objects.editable_by(request.user), uid=uid)
    typed = request.POST.getlist("aanwezig")
    present = {int(key) for key in typed if key.isascii() and key.isdigit() and len(key) < 12}
    back = reverse("session_detail", args=[session.uid])
    act = lambda: mark_attendance(session, present=present, by=request.user)  # noqa: E731
    return press(request, act, _("De aanwezigheid is bewaard."), back)


@desk_page
@require_http_methods(["GET", "HEAD", "POST"])
def action_item_new(request: AccountRequest, uid: Any) -> HttpResponse:
    """Write down something that was agreed."""
    session = get_object_or_404(WorkingGroupSession.objects.editable_by(request.user), uid=uid)
    form = ActionItemForm(request.POST if request.method == "POST" else None)
    words = StepWords(
        _("Leg een actiepunt vast"),
        _("Twee dagen van tevoren krijgt deze persoon een herinnering."),
        _("Leg vast"),
        _("Het actiepunt staat op de lijst."),
    )
    return answer_form(
        request,
        form,
        words,
        act=lambda: agree_action(session, **form.cleaned_data, by=request.user),
        back=reverse("session_detail", args=[session.uid]),
        trail=_trail(session),
    )


@login_required
@require_safe
def action_item_list(request: AccountRequest) -> HttpResponse:
    """Show what was agreed in all sessions; `?van=mij` the own ones, `?stand=` one status."""
    _reads(request.user)
    rows = _items(request.user)
    chosen = asked_for(request, "stand", "van")
    status, whose = chosen["stand"] or "open", chosen["van"]
    if status == "open":
        rows = rows.filter(status__in=OPEN)
    elif status != "alle":
        rows = rows.filter(status=status)
    if whose == "mij":
        rows = rows.filter(who=request.user)
    context = {
        "items": rows,
        "statuses": ActivityStatus.choices,
        "chosen": chosen | {"stand": status},
        "today": timezone.localdate(),
        "keeps_minutes": keeps_minutes(request.user),
        "plans": plans(request.user),
    }
    return render(request, "planning/working_group_actions.html", context)


@desk_page
@require_POST
def action_item_status(request: AccountRequest, pk: int) -> HttpResponse:
    """Say how far an action item is."""
    item = get_object_or_404(ActionItem.objects.editable_by(request.user), pk=pk)
    status = request.POST.get("stand", "")
    if status not in ActivityStatus.values:
        raise Http404
    act = lambda: set_action_status(item, status=status, by=request.user)  # noqa: E731
    return press(request, act, _("Bijgewerkt."), reverse("action_item_list"))
