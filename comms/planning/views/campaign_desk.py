"""The desk of campaigns: begin, write, copy, and keep material and results (R97, R112)."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from comms.planning.actions.campaign_parts import (
    add_asset,
    add_result,
    copy_campaign,
    remove_asset,
    remove_result,
    start_topical,
)
from comms.planning.actions.campaigns import CHANGEABLE, create_campaign, save_campaign
from comms.planning.forms.campaigns import AssetForm, CampaignForm, CopyForm, ResultForm, TopicalForm
from comms.planning.models import Campaign, CampaignAsset, CampaignResult
from comms.planning.views.access import desk_page
from comms.planning.views.forms import StepWords, answer_form, render_form
from comms.planning.views.merging import answer_shared_form
from cwn.accounts.http import AccountRequest
from cwn.core.steps import press
from partners.models.organisations import organisations_of

#: Empty actions that "Nog een actie" adds.
MORE_ROWS = 3


def _trail(*more: Campaign) -> tuple[tuple[str, str], ...]:
    own = tuple((campaign.name, campaign.get_absolute_url()) for campaign in more)
    return ((_("Campagnes"), reverse("campaign_list")), *own)


def _data(request: AccountRequest) -> Any:
    return request.POST if request.method == "POST" else None


@desk_page
@require_http_methods(["GET", "HEAD", "POST"])
def campaign_new(request: AccountRequest) -> HttpResponse:
    """Begin a campaign."""
    form = CampaignForm(_data(request), by=request.user)
    words = StepWords(
        _("Begin een campagne"),
        _("Alleen de werkgroep en de coördinatoren zien een concept. Een tweede persoon geeft akkoord."),
        _("Maak het concept"),
        _("Het concept staat klaar."),
    )
    return answer_form(
        request,
        form,
        words,
        act=lambda: create_campaign(
            values=form.values(),
            links={link: rows for link, (rows, _shown) in form.chosen_links().items()},
            by=request.user,
        ),
        back=reverse("campaign_list"),
        goes_to=lambda made: made.get_absolute_url(),
        trail=_trail(),
    )


@desk_page
@require_http_methods(["GET", "HEAD", "POST"])
def campaign_edit(request: AccountRequest, slug: str) -> HttpResponse:
    """Change the plan; what another changed meanwhile is merged or asked."""
    campaign = get_object_or_404(Campaign.objects.editable_by(request.user), slug=slug, status__in=CHANGEABLE)
    back = campaign.get_absolute_url()
    form = CampaignForm(_data(request), instance=campaign, by=request.user)
    words = StepWords(
        _("Verander het plan"),
        _("Verandert u doel, naam, functies of eigenaar na het akkoord? Dan is opnieuw akkoord nodig."),
        _("Bewaar"),
        _("Bewaard."),
    )

    def save(values: dict[str, Any], edit_version: int) -> Campaign:
        return save_campaign(
            campaign, values=values, links=form.chosen_links(), edit_version=edit_version, by=request.user
        )

    return answer_shared_form(request, form, words, save=save, back=back, trail=_trail(campaign))


@desk_page
@require_http_methods(["GET", "HEAD", "POST"])
def campaign_copy(request: AccountRequest, slug: str) -> HttpResponse:
    """Begin a new campaign from an old one."""
    campaign = get_object_or_404(Campaign.objects.visible_to(request.user), slug=slug)
    initial = {"name": campaign.name, "starts_on": timezone.localdate()}
    form = CopyForm(_data(request), initial=initial)
    words = StepWords(
        _("Gebruik deze campagne opnieuw"),
        _("Doel, doelgroepen, kernboodschappen en kanalen gaan mee. De planning gaat mee als ideeën."),
        _("Maak het concept"),
        _("Het concept staat klaar."),
    )
    return answer_form(
        request,
        form,
        words,
        act=lambda: copy_campaign(campaign, **form.cleaned_data, by=request.user),
        back=campaign.get_absolute_url(),
        goes_to=lambda made: made.get_absolute_url(),
        trail=_trail(campaign),
    )


@desk_page
@require_http_methods(["GET", "HEAD", "POST"])
def campaign_topical(request: AccountRequest) -> HttpResponse:
    """Begin campaign, calendar and draft about what happens now in one form (R112)."""
    if not organisations_of(request.user):
        raise Http404
    form = TopicalForm(_data(request), by=request.user)
    words = StepWords(
        _("Speel in op de actualiteit"),
        _("Eén formulier voor campagne, kalender en bericht. De oplegger is dezelfde als altijd; aanvullen kan later."),
        _("Begin"),
        _("Campagne, kalender en concept staan klaar."),
    )
    if request.POST.get("doe") == "rij":  # room for more actions; nothing is begun and nothing typed is lost
        form.fields["action_perspective"].widget.spare = MORE_ROWS  # type: ignore[attr-defined]
        return render_form(request, form, words, back=reverse("campaign_list"), trail=_trail())
    return answer_form(
        request,
        form,
        words,
        act=lambda: start_topical(
            owner=form.cleaned_data["owner"],
            plan=form.plan(),
            sheet=form.sheet(),
            kind=form.cleaned_data["kind"],
            tlp=form.cleaned_data["tlp"],
            by=request.user,
        ),
        back=reverse("campaign_list"),
        goes_to=lambda made: made[0].get_absolute_url(),
        trail=_trail(),
    )


@desk_page
@require_http_methods(["GET", "HEAD", "POST"])
def campaign_asset_new(request: AccountRequest, slug: str) -> HttpResponse:
    """Add material."""
    campaign = get_object_or_404(Campaign.objects.editable_by(request.user), slug=slug)
    form = AssetForm(_data(request), instance=CampaignAsset(campaign=campaign), by=request.user)
    words = StepWords(_("Voeg materiaal toe"), "", _("Voeg toe"), _("Het materiaal staat bij de campagne."))
    return answer_form(
        request,
        form,
        words,
        act=lambda: add_asset(campaign, **form.cleaned_data, by=request.user),
        back=campaign.get_absolute_url(),
        trail=_trail(campaign),
    )


@desk_page
@require_http_methods(["GET", "HEAD", "POST"])
def campaign_result_new(request: AccountRequest, slug: str) -> HttpResponse:
    """Add a result."""
    campaign = get_object_or_404(Campaign.objects.editable_by(request.user), slug=slug)
    form = ResultForm(_data(request), instance=CampaignResult(campaign=campaign))
    words = StepWords(
        _("Voeg een resultaat toe"), _("Tel wat telt, en zeg waar het cijfer vandaan komt."), _("Voeg toe"),
        _("Het resultaat staat bij de campagne."),
    )  # fmt: skip
    return answer_form(
        request,
        form,
        words,
        act=lambda: add_result(campaign, values=form.cleaned_data, by=request.user),
        back=campaign.get_absolute_url(),
        trail=_trail(campaign),
    )


@desk_page
@require_POST
def campaign_asset_remove(request: AccountRequest, slug: str, pk: int) -> HttpResponse:
    """Take material off the page."""
    campaign = get_object_or_404(Campaign.objects.editable_by(request.user), slug=slug)
    asset = get_object_or_404(campaign.assets, pk=pk)
    done = _("Het materiaal staat niet meer bij de campagne.")
    return press(request, lambda: remove_asset(asset, by=request.user), done, campaign.get_absolute_url())


@desk_page
@require_POST
def campaign_result_remove(request: AccountRequest, slug: str, pk: int) -> HttpResponse:
    """Take a result away."""
    campaign = get_object_or_404(Campaign.objects.editable_by(request.user), slug=slug)
    result = get_object_or_404(campaign.results, pk=pk)
    done = _("Het resultaat is weggehaald.")
    return press(request, lambda: remove_result(result, by=request.user), done, campaign.get_absolute_url())
