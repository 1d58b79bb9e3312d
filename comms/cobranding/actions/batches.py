"""Files for all partners of a campaign, made beside the page (security.md A29, G01, G09).

One partner is one transaction: a worker that is killed gives its row back at once, and a partner that was made is
never made again. Every partner is made with the rights that who asked for it has at that moment.
"""

from datetime import timedelta
from io import BytesIO
from typing import Any
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile

import structlog
from django.contrib.auth import get_user_model
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.base import ContentFile
from django.db import DatabaseError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from comms.cobranding.enums import OPEN_STATES, JobState, PartState, TemplateFormat
from comms.cobranding.materials import material_of, parts_for
from comms.cobranding.models import MessageTemplate, RenderJob, RenderJobPart
from comms.cobranding.renderings import OUTPUTS, render
from comms.enums import RESTRICTED
from comms.planning.models import Campaign
from comms.planning.models.visibility import plans
from comms.renderings.pack import safe_name
from cwn.core.guard import reading_as
from partners.models import Organisation

log = structlog.get_logger("cwn.cobranding")
#: How long the zip can be fetched.
KEPT = timedelta(days=7)
#: Partners in one batch, so that the zip stays a file that one can mail.
MOST_PARTNERS = 500


@transaction.atomic
def ask_batch(*, campaign: Campaign, template: MessageTemplate | None = None, by: Any) -> RenderJob:
    """Ask for all files of a campaign, or of one of its templates, for all its partners.

    A second click finds the batch that is already under way.
    """
    if not plans(by):
        raise PermissionDenied
    templates = batch_templates(campaign, by)
    if template is not None:
        templates = templates.filter(pk=template.pk)
    if not templates.exists():
        raise ValidationError(_("Er is geen template van deze campagne die voor alle partners kan worden gemaakt."))
    partners = list(campaign.partners.partners().order_by("name")[: MOST_PARTNERS + 1])  # type: ignore[attr-defined]
    if not partners:
        raise ValidationError(_("Bij deze campagne doen nog geen partners mee."))
    if len(partners) > MOST_PARTNERS:
        raise ValidationError(_("Dit zijn meer dan %(most)s partners. Verdeel de campagne.") % {"most": MOST_PARTNERS})
    Campaign.objects.select_for_update(of=("self",)).get(pk=campaign.pk)
    going_on = RenderJob.objects.filter(campaign=campaign, template=template, by=by, state__in=OPEN_STATES).first()
    if going_on is not None:
        return going_on
    job = RenderJob.objects.create(campaign=campaign, template=template, by=by)
    RenderJobPart.objects.bulk_create([RenderJobPart(job=job, organisation=partner) for partner in partners])
    return job


def batch_templates(campaign: Campaign, user: Any) -> Any:
    """Return the templates of a campaign that can go to all its partners: in use, and without a restricted label."""
    return (
        MessageTemplate.objects.visible_to(user)
        .in_use()
        .filter(campaign=campaign)
        .exclude(tlp__in=RESTRICTED)
        .select_related("publication__owner", "owner", "current")
    )


@transaction.atomic
def cancel_batch(job: RenderJob, *, by: Any) -> RenderJob:
    """Stop a batch; the partner at which the worker is may still be finished, and is thrown away."""
    if job.by_id != by.pk:
        raise PermissionDenied
    current = RenderJob.objects.select_for_update().get(pk=job.pk)
    if not current.is_open:
        raise ValidationError(_("Deze opdracht is al klaar of gestopt."))
    current.state, current.cancelled_at = JobState.CANCELLED, timezone.now()
    current.save(update_fields=["state", "cancelled_at"])
    transaction.on_commit(lambda: _forget_parts(current))
    return current


def make_next_part() -> bool:
    """Make the files of one partner of the oldest open batch; False when nothing waits.

    Two workers never take the same row, and a row of a killed worker is free again when its connection is gone.
    """
    # Apart from the part, so that no worker waits for another at the row of the batch.
    RenderJob.objects.filter(state=JobState.WAITING).update(state=JobState.RUNNING)
    with transaction.atomic():
        part = (
            RenderJobPart.objects.select_for_update(of=("self",), skip_locked=True)
            .filter(state=PartState.WAITING, job__state__in=OPEN_STATES)
            .select_related("job__campaign", "job__template", "organisation")
            .order_by("job__created_at", "job", "organisation__name", "pk")
            .first()
        )
        if part is None:
            return False
        _make(part)
    return True


def finish_batches() -> int:
    """Pack what is complete and return how many batches; a batch is packed once."""
    done = 0
    for key in RenderJob.objects.filter(state__in=OPEN_STATES).values_list("pk", flat=True):
        with transaction.atomic():
            job = RenderJob.objects.select_for_update(skip_locked=True).filter(pk=key, state__in=OPEN_STATES).first()
            if job is None or job.parts.filter(state=PartState.WAITING).exists():  # type: ignore[attr-defined]
                continue
            _pack(job)
            done += 1
            transaction.on_commit(lambda job=job: _forget_parts(job))  # type: ignore[misc]
    return done


def forget_batches(now: Any) -> int:
    """Delete the files of batches that expired and return how many; the rows stay, with their counts."""
    expired = RenderJob.objects.filter(expires_at__lte=now).exclude(file="")
    for job in expired:
        job.file.delete(save=False)
        RenderJob.objects.filter(pk=job.pk).update(file="")
    return len(expired)


def _make(part: RenderJobPart) -> None:
    """Make one partner with the rights of who asked, as they are now (A29)."""
    reason, content = "", b""
    person = get_user_model()._default_manager.get(pk=part.job.by_id)
    with reading_as(person):
        if not plans(person):
            reason = _("Wie dit vroeg, heeft geen toegang meer.")
        elif not Organisation.objects.partners().filter(pk=part.organisation_id).exists():
            reason = _("Deze organisatie is geen partner meer.")
        else:
            templates = batch_templates(part.job.campaign, person)
            if part.job.template_id:
                templates = templates.filter(pk=part.job.template_id)
            content, reason = _zipped(list(templates), part.organisation)
    part.state = PartState.DONE if content else PartState.SKIPPED
    part.reason, part.done_at = reason[:200], timezone.now()
    if content:
        part.file.save(f"{part.job.number}-{part.organisation_id}.zip", ContentFile(content), save=False)
    part.save()


def _zipped(templates: list[MessageTemplate], organisation: Organisation) -> tuple[bytes, str]:
    """Return the files of one partner as zip, or why there are none; one bad template stops no other (G18)."""
    if not templates:
        return b"", _("Er is geen template meer die mag worden doorgegeven.")
    buffer, problems = BytesIO(), []
    with ZipFile(buffer, "w", ZIP_DEFLATED) as pack:
        for template in templates:
            try:
                files = _files(template, organisation)
            except DatabaseError:
                raise
            except Exception as problem:
                log.warning("template_not_made", template=template.pk, problem=type(problem).__name__)
                problems.append(template.name)
                continue
            for name, content in files:
                pack.writestr(f"{template.slug}/{name}", content)
    reason = _("Niet gemaakt: %(names)s.") % {"names": ", ".join(problems)} if problems else ""
    return (buffer.getvalue(), reason) if len(problems) < len(templates) else (b"", reason)


def _files(template: MessageTemplate, organisation: Organisation) -> list[tuple[str, bytes]]:
    """Return name and content of every file of a template for a partner."""
    version, partner = template.current, parts_for(template, organisation)
    assert version is not None  # noqa: S101  a constraint says so
    version.template = template
    files = []
    for form in map(TemplateFormat, template.formats):
        material = material_of(version, form, partner)
        files += [(f"{form.value}.{ending}", render(material, ending).content) for ending in OUTPUTS[form]]
    return files


def _pack(job: RenderJob) -> None:
    """Put the zips of all partners into one, each in a folder of its own, with a note of who is not in it."""
    parts = list(job.parts.select_related("organisation").order_by("organisation__name", "pk"))  # type: ignore[attr-defined]
    made = [part for part in parts if part.state == PartState.DONE]
    now = timezone.now()
    job.finished_at = now
    if not made:
        job.state, job.reason = JobState.FAILED, parts[0].reason if parts else ""
        job.save(update_fields=["state", "reason", "finished_at"])
        return
    buffer = BytesIO()
    with ZipFile(buffer, "w", ZIP_STORED) as pack:
        pack.writestr("LEESMIJ.txt", _note(job, parts))
        for part in made:
            folder = safe_name(part.organisation.slug)
            with part.file.open("rb") as stored, ZipFile(stored) as inner:
                for name in inner.namelist():
                    pack.writestr(f"{folder}/{name}", inner.read(name), ZIP_DEFLATED)
    job.file.save(f"{job.number}.zip", ContentFile(buffer.getvalue()), save=False)
    job.state, job.expires_at = JobState.DONE, now + KEPT
    job.save(update_fields=["state", "file", "finished_at", "expires_at"])


def _note(job: RenderJob, parts: list[RenderJobPart]) -> str:
    lines = [_("Bestanden voor de partners van de campagne “%(name)s”.") % {"name": job.campaign.name}, ""]
    lines += [f"- {part.organisation.name}: {part.reason or part.get_state_display()}" for part in parts]
    return "\n".join(lines) + "\n"


def _forget_parts(job: RenderJob) -> None:
    """Delete the zips of single partners, once the whole one is there or nobody wants it."""
    for part in RenderJobPart.objects.filter(job=job).exclude(file=""):
        part.file.delete(save=False)
        RenderJobPart.objects.filter(pk=part.pk).update(file="")
