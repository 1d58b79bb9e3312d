"""The desk of templates: begin, write, let a second person agree, take out of use (R92)."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import Sum
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from comms.cobranding.actions.templates import (
    EditedElsewhereError,
    approve_version,
    ask_approval,
    begin_version,
    change_template,
    create_template,
    retire_template,
    write_version,
)
from comms.cobranding.checking import findings_of, says_what_to_do
from comms.cobranding.enums import TemplateFormat
from comms.cobranding.forms.desk import TemplateForm, VersionForm
from comms.cobranding.models import MessageTemplate, TemplateVersion
from comms.cobranding.texts import VARIABLES
from comms.cobranding.views.access import RELATED, edited
from comms.forms.fields import show_version
from comms.planning.models.visibility import plans
from cwn.accounts.http import AccountRequest
from cwn.core.steps import attempt, press


@login_required
@require_safe
def template_desk(request: AccountRequest) -> HttpResponse:
    """Show every template to the desk: what waits for approval first, then drafts, what is in use and what is not."""
    if not plans(request.user):
        raise Http404
    templates = MessageTemplate.objects.editable_by(request.user).select_related(*RELATED)
    counted = templates.annotate(taken=Sum("versions__downloads__count"))
    open_versions = {
        version.template_id: version
        for version in TemplateVersion.objects.visible_to(request.user)
        .filter(approved_at=None)
        .select_related("made_by")
    }
    rows = [(template, open_versions.get(template.pk)) for template in counted.order_by("name", "pk")]
    asked = [(template, version) for template, version in rows if version is not None and version.asked_at]
    return render(request, "cobranding/desk.html", {"rows": rows, "asked": asked})


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def template_new(request: AccountRequest) -> HttpResponse:
    """Begin a template."""
    if not plans(request.user):
        raise Http404
    form = TemplateForm(request.POST if request.method == "POST" else None, by=request.user)
    made: list[MessageTemplate] = []
    is_sent = request.method == "POST" and form.is_valid()
    if is_sent and attempt(form, lambda: made.append(create_template(values=form.values(), by=request.user))):
        return redirect("template_write", made[0].slug)
    return _render(request, "desk_form", None, form=form)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def template_edit(request: AccountRequest, slug: str) -> HttpResponse:
    """Change what a template is for."""
    template = edited(request, slug)
    form = TemplateForm(request.POST if request.method == "POST" else None, by=request.user, instance=template)
    is_sent = request.method == "POST" and form.is_valid()
    if is_sent and attempt(form, lambda: change_template(template, values=form.values(), by=request.user)):
        messages.success(request, _("Bewaard."))
        return redirect("template_edit", template.slug)
    return _render(request, "desk_form", template, form=form)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def template_write(request: AccountRequest, slug: str) -> HttpResponse:
    """Write the text of the version in the making, in each form."""
    template = edited(request, slug)
    version = _newest(request, template)
    if version.is_approved:
        return _render(request, "desk_write", template, version=version, form=None)
    form = VersionForm(request.POST if request.method == "POST" else None, version=version)
    if request.method == "POST" and form.is_valid() and _save(request, form, version):
        messages.success(request, _("Bewaard."))
        return redirect("template_approve" if request.POST.get("doe") == "bekijk" else "template_write", template.slug)
    context = {"version": version, "variables": VARIABLES.items(), "findings": findings_of(version)}
    return _render(request, "desk_write", template, form=form, **context)


def _save(request: AccountRequest, form: VersionForm, version: TemplateVersion) -> bool:
    """Save what was written; when somebody else saved meanwhile, nothing is lost and the writer decides."""
    seen = form.cleaned_data["edit_version"]
    try:
        return attempt(form, lambda: write_version(version, values=form.values(), edit_version=seen, by=request.user))
    except EditedElsewhereError:
        form.add_error(
            None,
            _("Iemand anders bewaarde deze versie intussen. Uw tekst staat hier nog. Vergelijk, en bewaar opnieuw."),
        )
        version.refresh_from_db()
        show_version(form, version.edit_version)
        return False


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def template_approve(request: AccountRequest, slug: str) -> HttpResponse:
    """Show every form as it will be, ask for approval, and give it as a second person."""
    template = edited(request, slug)
    version = _newest(request, template)
    if request.method == "POST":
        act, done = _step(request, version)
        return press(request, act, done, "template_approve", slug)
    return _render(
        request,
        "desk_approve",
        template,
        version=version,
        forms=[form for form in TemplateFormat if form.value in version.bodies and says_what_to_do(version)],
        is_maker=version.made_by_id == request.user.pk,
        findings=[] if version.is_approved else findings_of(version),
    )


def _step(request: AccountRequest, version: TemplateVersion) -> tuple[Callable[[], Any], str]:
    seen = request.POST.get("edit_version", "")
    number = int(seen) if seen.isascii() and seen.isdigit() and len(seen) < 9 else 0
    steps = {
        "vraag": (lambda: ask_approval(version, by=request.user), _("Gevraagd. Een collega kan nu akkoord geven.")),
        "akkoord": (
            lambda: approve_version(version, edit_version=number, by=request.user),
            _("De template is in gebruik. Partners kunnen hem nu meenemen."),
        ),
    }
    wish = request.POST.get("doe", "")
    if wish not in steps:
        raise Http404
    return steps[wish]


@login_required
@require_POST
def template_version_new(request: AccountRequest, slug: str) -> HttpResponse:
    """Begin the next version."""
    template = edited(request, slug)
    begin_version(template, by=request.user)
    return redirect("template_write", template.slug)


@login_required
@require_POST
def template_retire(request: AccountRequest, slug: str) -> HttpResponse:
    """Take a template out of the library."""
    template = edited(request, slug)
    done = _("De template is vervallen.")
    return press(request, lambda: retire_template(template, by=request.user), done, "template_approve", slug)


def _newest(request: AccountRequest, template: MessageTemplate) -> TemplateVersion:
    versions = TemplateVersion.objects.visible_to(request.user).filter(template=template)
    version = versions.select_related("made_by", "approved_by").order_by("-number").first()
    if version is None:
        raise Http404
    version.template = template
    return version


def _render(request: AccountRequest, page: str, template: MessageTemplate | None, **context: Any) -> HttpResponse:
    form = context.get("form")
    status = 400 if form is not None and form.errors else 200
    response = render(request, f"cobranding/{page}.html", {"template": template, **context}, status=status)
    response["Cache-Control"] = "no-store"
    return response
