"""A second pair of eyes: asking, agreeing, giving back, and remarks of who may not edit (R76, R106)."""

from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from comms.actions.correcting import approve_correction, open_correction
from comms.actions.drafting import SUGGESTIBLE, accept_remark, decline_remark, remark
from comms.actions.review import approve, ask_review, return_to_author
from comms.differences import compared, in_words, label_of
from comms.forms.steps import AskReviewForm, ReasonForm, RemarkForm
from comms.models import Publication, Remark
from comms.views.desk.access import edited, render_desk, worked_on
from cwn.accounts.http import AccountRequest
from cwn.core.steps import attempt, press


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def publication_review(request: AccountRequest, slug: str) -> HttpResponse:
    """Show who looks along and what was said, and take one of the three steps of a review."""
    publication = worked_on(request, slug)
    wish = request.POST.get("doe", "")
    forms_of_page = _forms(request, publication, wish)
    acts = {
        "vraag": lambda data: ask_review(publication, reviewer=data["reviewer"], by=request.user),
        "terug": lambda data: return_to_author(publication, reason=data["reason"], by=request.user),
        "opmerking": lambda data: remark(publication, **data, by=request.user),
    }
    if wish in acts:
        form = forms_of_page[wish]
        if form.is_valid() and attempt(form, lambda: acts[wish](form.cleaned_data)):
            messages.success(request, DONE[wish])
            return redirect("publication_review", slug)
    return _review_page(request, publication, forms_of_page)


DONE: dict[str, Any] = {
    "vraag": gettext_lazy("De vraag is verstuurd. Deze persoon kan de tekst nu lezen."),
    "terug": gettext_lazy("De tekst ligt weer bij de schrijver."),
    "opmerking": gettext_lazy("Uw opmerking staat erbij. De schrijver ziet die."),
}


def _forms(request: AccountRequest, publication: Publication, wish: str) -> dict[str, forms.Form]:
    data = {name: request.POST if name == wish else None for name in ("vraag", "terug", "opmerking")}
    parts = [(name, label_of(name)) for name in sorted(SUGGESTIBLE)]
    return {
        "vraag": AskReviewForm(data["vraag"], publication=publication, by=request.user),
        "terug": ReasonForm(data["terug"], auto_id="id_terug_%s"),
        "opmerking": RemarkForm(data["opmerking"], fields=parts, auto_id="id_opmerking_%s"),
    }


def _review_page(request: AccountRequest, publication: Publication, forms_of_page: dict[str, Any]) -> HttpResponse:
    remarks = Remark.objects.visible_to(request.user).filter(publication=publication)
    correction = open_correction(publication)
    return render_desk(
        request,
        "review",
        publication,
        status=400 if any(form.errors for form in forms_of_page.values()) else 200,
        ask=forms_of_page["vraag"],
        give_back=forms_of_page["terug"],
        add_remark=forms_of_page["opmerking"],
        remarks=[_shown(one, publication) for one in remarks.select_related("author", "resolved_by")],
        correction=correction,
        approves_correction=correction is not None and correction.author_id != request.user.pk,
    )


def _shown(one: Remark, publication: Publication) -> dict[str, Any]:
    """Return a remark with the part that it is about, and a suggestion as a difference."""
    stands = in_words(one.field, getattr(publication, one.field, "")) if one.field else ""
    return {
        "remark": one,
        "part": label_of(one.field) if one.field else "",
        "pieces": compared(stands, one.proposed_text) if one.proposed_text and one.accepted is None else [],
    }


@login_required
@require_POST
def publication_approve(request: AccountRequest, slug: str) -> HttpResponse:
    """Agree with the text, or with its correction."""
    publication = worked_on(request, slug)
    correction = open_correction(publication)

    def act() -> Any:
        return approve_correction(correction, by=request.user) if correction else approve(publication, by=request.user)

    done = _("U gaf akkoord. Verandert de tekst, dan vervalt uw akkoord.")
    return press(request, act, done, "publication_review", slug)


@login_required
@require_POST
def remark_accept(request: AccountRequest, slug: str, pk: int) -> HttpResponse:
    """Take a suggestion over, or tick a comment off."""
    one = _remark(request, edited(request, slug), pk)
    done = _("Overgenomen.")
    return press(request, lambda: accept_remark(one, by=request.user), done, "publication_review", slug)


@login_required
@require_POST
def remark_decline(request: AccountRequest, slug: str, pk: int) -> HttpResponse:
    """Leave the text as it is."""
    one = _remark(request, worked_on(request, slug), pk)
    done = _("Niet overgenomen.")
    return press(request, lambda: decline_remark(one, by=request.user), done, "publication_review", slug)


def _remark(request: AccountRequest, publication: Publication, pk: int) -> Remark:
    return get_object_or_404(Remark.objects.visible_to(request.user), publication=publication, pk=pk)
