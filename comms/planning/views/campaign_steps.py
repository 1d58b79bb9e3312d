"""The steps of a campaign: agree, start, end, learn, stop; each a page with what will happen and one button."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from comms.checking import is_warm
from comms.planning.actions.campaigns import (
    approve_campaign,
    evaluate_campaign,
    finish_campaign,
    start_campaign,
    stop_campaign,
    writers_of,
)
from comms.planning.enums import CampaignStatus
from comms.planning.forms.campaigns import EvaluationForm, ReasonForm
from comms.planning.models import Campaign, plans
from comms.planning.views.access import desk_page
from comms.planning.views.forms import StepWords, answer_form
from cwn.accounts.http import AccountRequest


@dataclass(frozen=True, slots=True)
class Step:
    """One step: from where it can be taken, what its page says and what it does."""

    slug: str
    label: Any
    lead: Any
    done: Any
    statuses: tuple[str, ...]
    act: Callable[..., Campaign]
    form: type[forms.Form] = forms.Form
    is_danger: bool = False


STEPS = (
    Step(
        "akkoord",
        gettext_lazy("Geef akkoord"),
        gettext_lazy("Na uw akkoord begint de campagne op haar eerste dag. Leden van partners zien haar dan."),
        gettext_lazy("U bent akkoord met de campagne."),
        (CampaignStatus.DRAFT,),
        approve_campaign,
    ),
    Step(
        "start",
        gettext_lazy("Begin nu"),
        gettext_lazy("De campagne begint nu. Leden van partners zien haar vanaf dit moment."),
        gettext_lazy("De campagne loopt."),
        (CampaignStatus.APPROVED,),
        start_campaign,
    ),
    Step(
        "afronden",
        gettext_lazy("Rond af"),
        gettext_lazy("De campagne stopt vandaag. Daarna schrijft u op wat u leerde."),
        gettext_lazy("De campagne is afgerond."),
        (CampaignStatus.RUNNING,),
        finish_campaign,
    ),
    Step(
        "evaluatie",
        gettext_lazy("Schrijf de evaluatie"),
        gettext_lazy("Alle leden van partners lezen de evaluatie."),
        gettext_lazy("De evaluatie is bewaard."),
        (CampaignStatus.FINISHED, CampaignStatus.EVALUATED),
        evaluate_campaign,
        EvaluationForm,
    ),
    Step(
        "stoppen",
        gettext_lazy("Stop de campagne"),
        gettext_lazy("De campagne verdwijnt voor leden van partners. Wat al is gepubliceerd, blijft staan."),
        gettext_lazy("De campagne is gestopt."),
        (CampaignStatus.DRAFT, CampaignStatus.APPROVED, CampaignStatus.RUNNING),
        stop_campaign,
        ReasonForm,
        is_danger=True,
    ),
)


def steps_for(campaign: Campaign, user: Any) -> list[tuple[Step, str]]:
    """Return the steps that somebody can take now, with their addresses."""
    if not plans(user):
        return []
    found = [step for step in STEPS if campaign.status in step.statuses]
    if waits_for_second(campaign, user):
        found = [step for step in found if step.act is not approve_campaign]
    return [(step, reverse("campaign_step", args=[campaign.slug, step.slug])) for step in found]


def waits_for_second(campaign: Campaign, user: Any) -> bool:
    """Tell whether somebody wrote a plan that another must agree with."""
    return campaign.status == CampaignStatus.DRAFT and user.pk in writers_of(campaign)


@desk_page
@require_http_methods(["GET", "HEAD", "POST"])
def campaign_step(request: AccountRequest, slug: str, step: str) -> HttpResponse:
    """Show what a step does, or take it."""
    campaign = get_object_or_404(Campaign.objects.editable_by(request.user), slug=slug)
    found = next((one for one in STEPS if one.slug == step and campaign.status in one.statuses), None)
    if found is None:
        raise Http404
    asks_reason = found.act is start_campaign and is_warm(campaign.functions)
    form_class = ReasonForm if asks_reason else found.form
    initial = {"evaluation": campaign.evaluation}
    form = form_class(request.POST if request.method == "POST" else None, initial=initial)
    lead = str(found.lead)
    if asks_reason:
        lead = _("Een functie van deze campagne is in de warme fase. Een campagne leidt dan af. Waarom begint u toch?")
    words = StepWords(str(found.label), lead, str(found.label), str(found.done), found.is_danger)
    return answer_form(
        request,
        form,
        words,
        act=lambda: found.act(campaign, **form.cleaned_data, by=request.user),
        back=campaign.get_absolute_url(),
        trail=((_("Campagnes"), reverse("campaign_list")), (campaign.name, campaign.get_absolute_url())),
    )
