"""How readers will get it: as page, mail, plain text and PDF, and what a given partner sees of it."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from comms.actions.steps import is_coordinator, is_editor
from comms.enums import RESTRICTED
from comms.models import Publication
from comms.renderings import MailAudience, as_mail_preview, as_pdf, as_text, mail_form
from comms.sheets import sheet_of
from comms.sight import Sight, sight_of
from comms.views.desk.access import render_desk, worked_on
from comms.views.desk.texts import newest_text
from cwn.accounts.http import AccountRequest
from partners.models import Organisation

VISITOR = "bezoeker"


@login_required
@require_safe
def publication_preview(request: AccountRequest, slug: str) -> HttpResponse:
    """Show the text as it is being written, in the form that was asked for."""
    publication = worked_on(request, slug)
    writing = newest_text(publication)
    sheet = sheet_of(writing.text)
    form = request.GET.get("als", "web")
    if form == "pdf":
        headers = {"Content-Disposition": 'inline; filename="voorbeeld.pdf"'}
        return HttpResponse(as_pdf(sheet), content_type="application/pdf", headers=headers)
    if form in ("mail", "mail-donker") and publication.tlp not in RESTRICTED:
        return HttpResponse(as_mail_preview(sheet, dark=form == "mail-donker"))
    if form not in ("web", "mail", "mail-donker", "tekst"):
        raise Http404
    return render_desk(
        request,
        "preview",
        publication,
        form=form,
        sheet=sheet,
        text=writing.text,
        correction=writing.correction,
        plain=as_text(sheet) if form == "tekst" else "",
        mail=mail_form(sheet, MailAudience.READERS).text if form.startswith("mail") else "",
        **_as_partner(request, publication),
    )


def _as_partner(request: AccountRequest, publication: Publication) -> dict[str, Any]:
    """Return what the organisation in the address would see; the rule itself answers, nobody logs in.

    For the owner's people and coordinators only: trying every partner would tell others who is in a group.
    """
    wanted = request.GET.get("partner", "")
    may_look = is_editor(publication, request.user) or is_coordinator(request.user)
    partners = Organisation.objects.visible_to(request.user).partners().order_by("name")
    partners = partners if may_look else partners.none()
    context: dict[str, Any] = {"partners": partners, "wanted": wanted, "visitor": VISITOR, "may_look": may_look}
    if not wanted:
        return context | {"seen_by": "", "sight": Sight.FULL}
    if wanted == VISITOR and may_look:
        return context | {"seen_by": _("een bezoeker"), "sight": sight_of(publication, None)}
    organisation = get_object_or_404(partners, slug=wanted)
    return context | {"seen_by": organisation.name, "sight": sight_of(publication, organisation)}
