"""The label of what was issued: stricter at once, wider with two people, and other readers (A26)."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from comms.actions.drafting import save_draft
from comms.actions.labelling import ask_wider, consent, decide, readdress, refuse, restrict
from comms.actions.steps import is_coordinator, represents_owner
from comms.enums import RESTRICTED, UNFINISHED, Tlp
from comms.forms.fields import show_version
from comms.forms.readers import ReadersForm
from comms.forms.steps import ReasonForm, RestrictForm, WiderForm
from comms.models import Publication, RelabelRequest
from comms.views.desk.access import IN_FORCE, edited, issued_by, render_desk, worked_on
from comms.views.desk.steps import StepWords, step_page
from cwn.accounts.http import AccountRequest
from cwn.accounts.reauthentication import recently_authenticated
from cwn.core.steps import attempt, press


@login_required
@require_safe
def publication_label(request: AccountRequest, slug: str) -> HttpResponse:
    """Show the label, what can be done about it, and the request for a wider one."""
    publication = worked_on(request, slug)
    if not publication.is_issued:
        raise Http404
    requests = RelabelRequest.objects.visible_to(request.user).filter(publication=publication)
    requests = requests.select_related("requested_by", "consented_by", "decided_by")
    asked = next((one for one in requests if not one.applied_at and not one.refused_at), None)
    return render_desk(
        request,
        "label",
        publication,
        requests=requests,
        asked=asked,
        asked_label=Tlp(asked.new_tlp) if asked else None,
        may_consent=asked is not None and not asked.consented_at and represents_owner(publication, request.user),
        may_decide=asked is not None and asked.consented_at and asked.consented_by_id != request.user.pk,
        may_refuse=asked is not None and (represents_owner(publication, request.user) or is_coordinator(request.user)),
        is_strictest=publication.tlp == Tlp.RED,
        is_clear=publication.tlp == Tlp.CLEAR,
    )


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def publication_restrict(request: AccountRequest, slug: str) -> HttpResponse:
    """Give a stricter label; it holds at once."""
    publication = worked_on(request, slug)
    if publication.status not in IN_FORCE or publication.tlp == Tlp.RED:
        raise Http404
    words = StepWords(
        _("Kies een strenger label"),
        _("Dit geldt meteen. Wie dit eerder kreeg, hoort dat het nu strenger is."),
        _("Maak strenger"),
        _("Het nieuwe label geldt nu."),
        is_danger=True,
    )
    form = RestrictForm(request.POST if request.method == "POST" else None, publication=publication)

    def act(data: dict[str, Any]) -> None:
        restrict(publication, **data, by=request.user)

    return step_page(request, publication, words, form=form, act=act, goes_to="publication_desk")


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@recently_authenticated
def publication_ask_wider(request: AccountRequest, slug: str) -> HttpResponse:
    """Ask for a wider label."""
    publication = issued_by(request, slug, *IN_FORCE)
    if publication.tlp == Tlp.CLEAR:
        raise Http404
    words = StepWords(
        _("Vraag een ruimer label"),
        _("De organisatie die dit deelt, geeft toestemming. Iemand anders besluit. Tot dan verandert er niets."),
        _("Vraag aan"),
        _("Het verzoek is verstuurd."),
    )
    form = WiderForm(request.POST if request.method == "POST" else None, publication=publication)

    def act(data: dict[str, Any]) -> None:
        ask_wider(publication, **data, by=request.user)

    return step_page(request, publication, words, form=form, act=act, goes_to="publication_label")


@login_required
@require_POST
@recently_authenticated
def relabel_consent(request: AccountRequest, slug: str, pk: int) -> HttpResponse:
    """Record that the source agrees."""
    asked = _asked(request, slug, pk)
    done = _("Uw toestemming is vastgelegd.")
    return press(request, lambda: consent(asked, by=request.user), done, "publication_label", slug)


@login_required
@require_POST
@recently_authenticated
def relabel_decide(request: AccountRequest, slug: str, pk: int) -> HttpResponse:
    """Give the wider label."""
    asked = _asked(request, slug, pk)
    done = _("Het ruimere label geldt nu.")
    return press(request, lambda: decide(asked, by=request.user), done, "publication_label", slug)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def relabel_refuse(request: AccountRequest, slug: str, pk: int) -> HttpResponse:
    """Leave the label as it is, with a reason."""
    asked = _asked(request, slug, pk)
    words = StepWords(
        _("Wijs het ruimere label af"),
        _("Het label blijft zoals het is."),
        _("Wijs af"),
        _("Het verzoek is afgewezen."),
    )
    form = ReasonForm(request.POST if request.method == "POST" else None)

    def act(data: dict[str, Any]) -> None:
        refuse(asked, **data, by=request.user)

    return step_page(request, asked.publication, words, form=form, act=act, goes_to="publication_label")


def _asked(request: AccountRequest, slug: str, pk: int) -> RelabelRequest:
    publication = worked_on(request, slug)
    requests = RelabelRequest.objects.visible_to(request.user).select_related("publication")
    return get_object_or_404(requests, publication=publication, pk=pk)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def publication_readers(request: AccountRequest, slug: str) -> HttpResponse:
    """Choose the readers of a restricted publication; of an issued one with a reason."""
    publication = edited(request, slug)
    if publication.status not in (*UNFINISHED, *IN_FORCE):
        raise Http404
    form = ReadersForm(request.POST if request.method == "POST" else None, publication=publication, by=request.user)
    saves = request.method == "POST" and "zoek" not in request.POST
    if saves and form.is_valid() and _save_readers(form, publication, request.user):
        messages.success(request, _("De lezers zijn bewaard."))
        return redirect("publication_readers", slug)
    return render_desk(
        request,
        "readers",
        publication,
        status=400 if saves and form.errors else 200,
        form=form,
        saves=saves,
        is_named=publication.tlp == Tlp.RED,
        needs_readers=publication.tlp in RESTRICTED,
    )


def _save_readers(form: ReadersForm, publication: Publication, by: Any) -> bool:
    if form.is_stale:
        form.add_error(None, _("Iemand anders veranderde dit intussen. Kijk of uw keuze nog klopt en bewaar opnieuw."))
        show_version(form, publication.edit_version)
        return False
    readers = form.readers()
    if publication.is_issued:
        reason = form.cleaned_data["reason"]
        return attempt(form, lambda: readdress(publication, **readers, reason=reason, by=by))
    names = {"organisations": "addressed_organisations", "groups": "addressed_groups", "people": "named_readers"}
    values = {names[name]: rows for name, rows in readers.items()}
    return attempt(form, lambda: save_draft(publication, values=values, edit_version=publication.edit_version, by=by))
