"""Files for all partners of a campaign: ask, watch, stop, fetch."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.db.models import Count, Q
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from comms.cobranding.actions.batches import ask_batch, batch_templates, cancel_batch
from comms.cobranding.enums import PartState
from comms.cobranding.models import RenderJob
from comms.files import content_disposition
from comms.planning.models import Campaign
from comms.planning.models.visibility import plans
from cwn.accounts.http import AccountRequest
from cwn.core.steps import press


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def template_batch(request: AccountRequest, slug: str) -> HttpResponse:
    """Show what would be made for whom, and ask for it on a yes."""
    campaign = get_object_or_404(Campaign.objects.visible_to(request.user), slug=slug)
    if not plans(request.user):
        raise Http404
    templates = batch_templates(campaign, request.user)
    if request.method == "POST":
        wish = request.POST.get("template", "")
        template = get_object_or_404(templates, slug=wish) if wish else None
        try:
            job = ask_batch(campaign=campaign, template=template, by=request.user)
        except ValidationError as refusal:
            messages.warning(request, " ".join(refusal.messages))
        else:
            return redirect("template_job", job.number)
    partners = campaign.partners.partners()  # type: ignore[attr-defined]
    context = {
        "campaign": campaign,
        "templates": templates,
        "partners": partners.annotate(logos=Count("template_logo")).order_by("name"),
        "jobs": RenderJob.objects.visible_to(request.user).filter(campaign=campaign)[:5],
    }
    return _apart(render(request, "cobranding/batch.html", context))


@login_required
@require_safe
def template_job(request: AccountRequest, number: UUID) -> HttpResponse:
    """Show how far a batch is; htmx asks again while it runs, and without JavaScript a reload does."""
    job = _job(request, number)
    page = "cobranding/_job.html" if request.htmx else "cobranding/job.html"
    return _apart(render(request, page, {"job": job, **progress_of(job)}))


@login_required
@require_POST
def template_job_cancel(request: AccountRequest, number: UUID) -> HttpResponse:
    """Stop a batch."""
    job = _job(request, number)
    done = _("De opdracht is gestopt.")
    return press(request, lambda: cancel_batch(job, by=request.user), done, "template_job", number)


@login_required
@require_safe
def template_job_file(request: AccountRequest, number: UUID) -> FileResponse:
    """Send the zip, as long as it is kept and only to who asked for it."""
    job = _job(request, number)
    if not job.has_file:
        raise Http404
    try:
        content = job.file.open("rb")
    except OSError as problem:
        raise Http404 from problem
    response = FileResponse(content, content_type="application/zip")
    response["Content-Disposition"] = content_disposition(f"templates-{job.campaign.slug}.zip")
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return _apart(response)


def progress_of(job: RenderJob) -> dict[str, Any]:
    """Return how many partners were made and left out, and which and why."""
    parts = job.parts.all()  # type: ignore[attr-defined]
    counted = parts.aggregate(total=Count("pk"), ready=Count("pk", filter=~Q(state=PartState.WAITING)))
    told = parts.exclude(reason="").select_related("organisation").order_by("organisation__name")[:100]
    return {"total": counted["total"], "ready": counted["ready"], "told": told}


def _job(request: AccountRequest, number: UUID) -> RenderJob:
    jobs = RenderJob.objects.visible_to(request.user).select_related("campaign", "template")
    return get_object_or_404(jobs, number=number)


def _apart(response: Any) -> Any:
    response["Cache-Control"] = "no-store"
    return response
