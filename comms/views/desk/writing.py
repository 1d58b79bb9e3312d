"""Writing: one page with the text beside the sheet, saved by hand or by itself while somebody types."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.formats import time_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from comms.actions.drafting import content_of
from comms.actions.issuing import missing_elements
from comms.actions.steps import StaleEditError
from comms.checking import findings_of
from comms.differences import differences
from comms.forms.fields import show_version
from comms.forms.publication import ELEMENT_FIELDS, PublicationForm
from comms.kinds import profile_of, proposals_for
from comms.models import Publication
from comms.models.guards import CONTENT
from comms.renderings.outline import headings
from comms.sheets import audience_names, sheet_of
from comms.suggestions import find, with_suggestion
from comms.views.desk.access import edited, render_desk, worked_on
from comms.views.desk.merging import chosen, merge_page
from comms.views.desk.texts import Writing, newest_text, save_form, state_of, writing_of
from cwn.accounts.http import AccountRequest


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def publication_edit(request: AccountRequest, slug: str) -> HttpResponse:
    """Show the text beside the sheet, to write for who may and to read for the others."""
    publication = edited(request, slug) if request.method == "POST" else worked_on(request, slug)
    writing = writing_of(publication, request.user)
    if writing is None:
        return _reading_page(request, publication)
    form = writing.form(request)
    if request.method == "POST":
        try:
            writing = save_form(writing, form, request.user)
        except StaleEditError as stale:
            return merge_page(request, writing.publication, form, stale)
        if form.is_valid():
            return _after_saving(request, writing)
    return _writing_page(request, writing, form)


def _writing_page(request: AccountRequest, writing: Writing, form: PublicationForm) -> HttpResponse:
    if form.is_bound and form.is_up_to_date:  # else the page lacks what another saved, and would write over it
        show_version(form, writing.edit_version)
    form.fields["action_perspective"].widget.spare = _spare_rows(request)  # type: ignore[attr-defined]
    state = state_of(writing)
    return render_desk(
        request,
        "edit",
        writing.publication,
        status=400 if form.errors else 200,
        form=form,
        profile=profile_of(state["text"].kind),
        proposed_audiences=_proposed_audiences(state["text"].kind),
        elements=form.elements(headings(), state["missing"]),
        saved_at=None if writing.correction else writing.publication.updated_at,
        **state,
    )


def _proposed_audiences(kind: str) -> list[str]:
    """Return the target groups that a kind proposes, by name."""
    names = audience_names()
    return [names[slug] for slug in profile_of(kind).audiences if slug in names]


def _spare_rows(request: HttpRequest) -> int:
    """Return how many empty actions were asked for; the address keeps it."""
    wish = request.GET.get("rijen", "")
    return min(int(wish), 10) if wish.isascii() and wish.isdigit() and len(wish) < 3 else 0


def _after_saving(request: AccountRequest, writing: Writing) -> HttpResponse:
    """Do what the button said beside saving, and come back to the page or go where it leads."""
    wish, _colon, detail = request.POST.get("doe", "").partition(":")
    slug = writing.publication.slug
    here = redirect("publication_edit", slug)
    if wish == "naar" and detail in GOES_TO:
        return redirect(GOES_TO[detail], slug)
    if wish == "rij":
        return HttpResponse(status=302, headers={"Location": f"{here.url}?rijen=3#element-action_perspective"})
    if wish == "voorstel":
        return _take_proposals(request, writing)
    if wish == "neem-over":
        return _take_suggestion(request, writing, detail)
    messages.success(request, _("Bewaard."))
    return here


#: Where buttons lead that save first.
GOES_TO = {
    "lezers": "publication_readers",
    "bijlagen": "publication_attachments",
    "voorbeeld": "publication_preview",
    "meekijken": "publication_review",
    "publiceren": "publication_publish",
}


def _take_proposals(request: AccountRequest, writing: Writing) -> HttpResponse:
    """Fill what is empty with what this kind proposes, and say what was filled (R103)."""
    text = writing.text
    values = proposals_for(text.kind, {name: getattr(text, name) for name in CONTENT})
    if values:
        writing.save(values, edit_version=writing.edit_version, by=request.user)
        names = ", ".join(str(PublicationForm.base_fields[name].label).rstrip("?") for name in values)
        messages.success(request, _("Ingevuld wat nog leeg was: %(names)s.") % {"names": names})
    else:
        messages.info(request, _("Alles waarvoor een voorstel is, was al ingevuld."))
    return redirect("publication_edit", writing.publication.slug)


def _take_suggestion(request: AccountRequest, writing: Writing, key: str) -> HttpResponse:
    """Put what the checker suggests in the place of what stands there."""
    try:
        finding = find(findings_of(writing.text), key)
        values = with_suggestion(writing.text, finding)
        writing.save(values, edit_version=writing.edit_version, by=request.user)
    except ValidationError as refusal:
        messages.warning(request, refusal.messages[0])
    else:
        messages.success(request, _("Overgenomen: “%(words)s”.") % {"words": finding.suggestion})
    here = redirect("publication_edit", writing.publication.slug)
    return HttpResponse(status=302, headers={"Location": f"{here.url}#tekstcontrole"})


def _reading_page(request: AccountRequest, publication: Publication) -> HttpResponse:
    newest = newest_text(publication)
    return render_desk(
        request,
        "read",
        publication,
        sheet=sheet_of(newest.text),
        text=newest.text,
        correction=newest.correction,
        changed=differences(content_of(publication), newest.correction.content) if newest.correction else [],
    )


@login_required
@require_POST
def publication_merge(request: AccountRequest, slug: str) -> HttpResponse:
    """Save what the writer chose for each part; ask again when meanwhile there is yet another text."""
    writing = writing_of(edited(request, slug), request.user)
    if writing is None:
        messages.warning(request, _("Deze tekst kunt u nu niet veranderen."))
        return redirect("publication_edit", slug)
    form = writing.form(request)
    try:
        writing = save_form(writing, form, request.user)
    except StaleEditError as stale:
        if request.POST.get("seen") != str(stale.edit_version):
            return merge_page(request, writing.publication, form, stale)
        try:
            values = chosen(request.POST, form, stale)
            writing = writing.save(values, edit_version=stale.edit_version, by=request.user)
        except StaleEditError as newer:
            return merge_page(request, writing.publication, form, newer)
        except ValidationError as refusal:
            messages.error(request, " ".join(refusal.messages))
            return merge_page(request, writing.publication, form, stale)
    if form.errors:
        return _writing_page(request, writing, form)
    messages.success(request, _("Samengevoegd en bewaard."))
    return redirect("publication_edit", slug)


@login_required
@require_POST
def publication_save(request: AccountRequest, slug: str) -> JsonResponse:
    """Save while somebody writes, and answer in JSON what stands now."""
    writing = writing_of(edited(request, slug), request.user)
    if writing is None:
        return JsonResponse({"message": _("Deze tekst kunt u nu niet veranderen.")}, status=409)
    form = writing.form(request)
    form.is_valid()
    if not form.is_up_to_date:  # the page does not show what the other wrote, and its next save would write over it
        return _saved_elsewhere()
    try:
        writing = save_form(writing, form, request.user)
    except StaleEditError:
        return _saved_elsewhere()
    if writing.edit_version > form.seen_version + 1:
        return _saved_elsewhere()
    missing = missing_elements(writing.text)
    return JsonResponse({
        "saved_at": time_format(timezone.localtime(), "H:i"),
        "edit_version": writing.edit_version,
        "missing": missing,
        "ready": len(ELEMENT_FIELDS) - len(missing),
        "errors": {name: [str(error) for error in errors] for name, errors in form.errors.items()},
    })  # fmt: skip


def _saved_elsewhere() -> JsonResponse:
    message = _("Deze tekst is intussen ook ergens anders bewaard. Kies “Bewaar”, dan komen beide teksten samen.")
    return JsonResponse({"message": message, "conflict": True}, status=409)


@login_required
@require_safe
def publication_state(request: AccountRequest, slug: str) -> HttpResponse:
    """Show the checker and a live example again, after something was saved."""
    publication = edited(request, slug)
    return render_desk(request, "_state", publication, **state_of(newest_text(publication)))
