"""`/kanalen/`: the ways to readers of the network and of partners, and places asked in them (R90, R91)."""

from typing import Any
from uuid import UUID

from django.db.models import Count, Q
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from comms.models import Audience
from comms.planning.actions.channels import add_channel, answer_placement, ask_placement, report_placement, save_channel
from comms.planning.enums import ChannelKind, PlacementState
from comms.planning.forms.channels import AnswerForm, ChannelForm, PlacementForm, ReportForm
from comms.planning.media_mix import media_mix
from comms.planning.models import CalendarEntry, Channel, Placement, plans, reads_plans
from comms.planning.views.access import asked_for, desk_page, members_page
from comms.planning.views.forms import StepWords, answer_form
from cwn.accounts.http import AccountRequest
from partners.models import Organisation

#: Placements that the page of channels shows.
MOST_PLACEMENTS = 50


@members_page
@require_safe
def channel_list(request: AccountRequest) -> HttpResponse:
    """Show every channel that the reader may know of, and the placements that concern him or her."""
    known = Channel.objects.visible_to(request.user).select_related("organisation").prefetch_related("audiences")
    editable = Channel.objects.editable_by(request.user)
    placements = Placement.objects.visible_to(request.user).select_related("entry", "channel__organisation")
    chosen = asked_for(request, "soort", "doelgroep", "q")
    rows = _filtered(known, chosen)
    context = {
        "network": [channel for channel in rows if channel.organisation_id is None],
        "of_partners": [channel for channel in rows if channel.organisation_id is not None],
        "editable": set(editable.values_list("pk", flat=True)),
        "placements": placements[:MOST_PLACEMENTS],
        "kinds": ChannelKind.choices,
        "audiences": Audience.objects.all(),
        "chosen": chosen,
        "own": Organisation.objects.represented_by(request.user).order_by("name"),
        "plans": plans(request.user),
        "reads_plans": reads_plans(request.user),
    }
    return render(request, "planning/channel_list.html", context)


def _filtered(rows: Any, asked: dict[str, str]) -> Any:
    if kind := asked["soort"]:
        rows = rows.filter(kind=kind)
    if audience := asked["doelgroep"]:
        rows = rows.filter(pk__in=Channel.audiences.through.objects.filter(audience__slug=audience).values("channel"))
    if words := asked["q"]:
        rows = rows.filter(Q(name__icontains=words) | Q(organisation__name__icontains=words))
    return rows.order_by("organisation__name", "name", "pk")


@members_page
@require_safe
def media_mix_page(request: AccountRequest) -> HttpResponse:
    """Show what is planned for whom along which channel; for who reads the plans."""
    if not reads_plans(request.user):
        raise Http404
    return render(request, "planning/channel_media_mix.html", {"mix": media_mix(request.user)})


@desk_page
@require_http_methods(["GET", "HEAD", "POST"])
def channel_new(request: AccountRequest) -> HttpResponse:
    """Register a channel of the network."""
    return _edit(request, Channel(), reverse("channel_list"))


@members_page
@require_http_methods(["GET", "HEAD", "POST"])
def channel_edit(request: AccountRequest, pk: int) -> HttpResponse:
    """Change a channel of the network, or of the own organisation."""
    channel = get_object_or_404(Channel.objects.editable_by(request.user), pk=pk)
    return _edit(request, channel, reverse("channel_list"))


@members_page
@require_safe
def my_channels(request: AccountRequest, slug: str) -> HttpResponse:
    """Show the channels of the own organisation, to who may keep them."""
    organisation = get_object_or_404(Organisation.objects.represented_by(request.user), slug=slug)
    channels = organisation.channels.prefetch_related("audiences").annotate(
        waiting=Count("placements", filter=Q(placements__state=PlacementState.ASKED))
    )
    context = {"organisation": organisation, "channels": channels}
    return render(request, "planning/channel_my_list.html", context)


@members_page
@require_http_methods(["GET", "HEAD", "POST"])
def my_channel_new(request: AccountRequest, slug: str) -> HttpResponse:
    """Register a channel of the own organisation."""
    organisation = get_object_or_404(Organisation.objects.represented_by(request.user), slug=slug)
    return _edit(request, Channel(organisation=organisation), reverse("my_channels", args=[slug]))


def _edit(request: AccountRequest, channel: Channel, back: str) -> HttpResponse:
    form = ChannelForm(request.POST if request.method == "POST" else None, instance=channel)
    owner = channel.organisation.name if channel.organisation else _("het netwerk")
    words = StepWords(
        _("Kanaal van %(owner)s") % {"owner": owner},
        _("Met bereik, ritme en contact weten anderen of hun bericht hier past."),
        _("Bewaar"),
        _("Het kanaal is bewaard."),
    )

    def act() -> Channel:
        values, audiences = form.values(), form.cleaned_data["audiences"]
        if channel.pk:
            return save_channel(channel, values=values, audiences=audiences, by=request.user)
        return add_channel(organisation=channel.organisation, values=values, audiences=audiences, by=request.user)

    return answer_form(request, form, words, act=act, back=back, trail=_trail())


def _trail() -> tuple[tuple[str, str], ...]:
    return ((_("Kanalen"), reverse("channel_list")),)


@desk_page
@require_http_methods(["GET", "HEAD", "POST"])
def placement_ask(request: AccountRequest) -> HttpResponse:
    """Ask a partner for a place; `?item=` and `?kanaal=` say for what and where."""
    uid = _uid(request.GET.get("item", ""))
    entry = CalendarEntry.objects.visible_to(request.user).filter(uid=uid).first() if uid else None
    initial = {"entry": entry, "channel": _key(request.GET.get("kanaal", ""))}
    form = PlacementForm(request.POST if request.method == "POST" else None, initial=initial, by=request.user)
    words = StepWords(
        _("Vraag een plaats in het kanaal van een partner"),
        _("De partner beslist zelf. De vertegenwoordigers krijgen een mail en zien uw vraag bij “Mijn CWN”."),
        _("Vraag het"),
        _("De vraag is verstuurd."),
    )
    return answer_form(
        request,
        form,
        words,
        act=lambda: ask_placement(**form.cleaned_data, by=request.user),
        back=reverse("channel_list"),
        goes_to=lambda made: made.get_absolute_url(),
        trail=_trail(),
    )


def _key(typed: str) -> int | None:
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 12 else None


def _uid(typed: str) -> UUID | None:
    try:
        return UUID(typed)
    except ValueError:
        return None


@members_page
@require_http_methods(["GET", "HEAD", "POST"])
def placement_detail(request: AccountRequest, pk: int) -> HttpResponse:
    """Show a request; the representative of the partner answers it here, and later says what came of it."""
    rows = Placement.objects.visible_to(request.user).select_related(
        "entry", "channel__organisation", "asked_by", "answered_by"
    )
    placement = get_object_or_404(rows, pk=pk)
    may_answer = Placement.objects.editable_by(request.user).filter(pk=pk).exists()
    context = {"placement": placement, "state": PlacementState(placement.state)}
    if not may_answer or placement.state == PlacementState.DECLINED:
        if request.method == "POST":
            raise Http404
        return render(request, "planning/channel_placement.html", context)
    return _answer(request, placement)


def _answer(request: AccountRequest, placement: Placement) -> HttpResponse:
    form, words, act = (_reply if placement.state == PlacementState.ASKED else _report)(request, placement)
    return answer_form(
        request,
        form,
        words,
        act=lambda: act(placement, **form.cleaned_data, by=request.user),
        back=reverse("channel_list"),
        goes_to=placement.get_absolute_url(),
        trail=_trail(),
    )


def _reply(request: AccountRequest, placement: Placement) -> Any:
    form = AnswerForm(request.POST if request.method == "POST" else None)
    lead = _("%(person)s vraagt of u dit plaatst in “%(channel)s”. %(question)s") % {
        "person": placement.asked_by,
        "channel": placement.channel.name,
        "question": placement.question,
    }
    return form, StepWords(placement.entry.title, lead, _("Antwoord"), _("Uw antwoord is verstuurd.")), answer_placement


def _report(request: AccountRequest, placement: Placement) -> Any:
    initial = {"placed_on": placement.placed_on, "url": placement.url, "reach": placement.reach}
    form = ReportForm(request.POST if request.method == "POST" else None, initial=initial)
    lead = _("U zegde een plaats toe in “%(channel)s”. Is het geplaatst? Zeg wanneer, en hoeveel lezers het bereikte.")
    words = StepWords(
        placement.entry.title, lead % {"channel": placement.channel.name}, _("Bewaar"), _("Dank u. Dit telt mee."),
    )  # fmt: skip
    return form, words, report_placement
