"""The files of a publication: add, renew, take away."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from comms.actions.attaching import remove_attachment, set_attachment
from comms.forms.attachments import AttachmentForm
from comms.models import Attachment
from comms.views.desk.access import edited, render_desk
from cwn.accounts.http import AccountRequest
from cwn.core.steps import attempt


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def publication_attachments(request: AccountRequest, slug: str) -> HttpResponse:
    """Show the attachments and keep a file that passes the inspection."""
    publication = edited(request, slug)
    data = (request.POST, request.FILES) if request.method == "POST" else ()
    form = AttachmentForm(*data, publication=publication, by=request.user)

    def keep() -> Any:
        return set_attachment(publication, **form.cleaned_data, by=request.user)

    if request.method == "POST" and form.is_valid() and attempt(form, keep):
        messages.success(request, _("De bijlage is geplaatst."))
        return redirect("publication_attachments", slug)
    attachments = Attachment.objects.visible_to(request.user).in_use().filter(publication=publication)
    return render_desk(
        request,
        "attachments",
        publication,
        status=400 if form.errors else 200,
        form=form,
        attachments=attachments.prefetch_related("files"),
    )


@login_required
@require_POST
def attachment_remove(request: AccountRequest, slug: str, pk: int) -> HttpResponse:
    """Take an attachment away from the page."""
    publication = edited(request, slug)
    own = Attachment.objects.visible_to(request.user).in_use().filter(publication=publication)
    attachment = get_object_or_404(own, pk=pk)
    try:
        remove_attachment(attachment, by=request.user)
        messages.success(request, _("De bijlage is weggehaald."))
    except ValidationError as refusal:
        messages.error(request, refusal.messages[0])
    return redirect("publication_attachments", slug)
