"""What is a partner's own: its logo, and its two lines in a template (R93)."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from comms.cobranding.actions.branding import place_logo, remove_logo, write_own_lines
from comms.cobranding.forms.library import LogoForm, OwnLinesForm
from comms.cobranding.models import OwnLines
from comms.cobranding.views.access import readable
from comms.cobranding.views.library import logo_of
from cwn.accounts.http import AccountRequest
from cwn.core.steps import attempt
from partners.models import Organisation
from partners.models.organisations import represented_organisations_of

#: Ground → the picture for it.
GROUNDS = {"licht": "on_light", "donker": "on_dark"}


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def template_logo(request: AccountRequest, slug: str) -> HttpResponse:
    """Show the own logo on light and on dark, and let a representative place another one."""
    organisation = get_object_or_404(Organisation.objects.of(request.user), slug=slug)
    may_place = organisation.pk in represented_organisations_of(request.user)
    form = LogoForm(request.POST or None, request.FILES or None)
    if request.method == "POST":
        if not may_place:
            raise Http404
        form = LogoForm(request.POST, request.FILES)
        if form.is_valid() and attempt(
            form, lambda: place_logo(organisation, upload=form.cleaned_data["upload"], by=request.user)
        ):
            messages.success(request, _("Uw beeldmerk is geplaatst. Zo staat het in elke template."))
            return redirect("template_logo", organisation.slug)
    context = {
        "organisation": organisation,
        "logo": logo_of(request, organisation),
        "form": form,
        "may_place": may_place,
    }
    response = render(request, "cobranding/logo.html", context, status=400 if form.errors else 200)
    response["Cache-Control"] = "no-store"
    return response


@login_required
@require_POST
def template_logo_remove(request: AccountRequest, slug: str) -> HttpResponse:
    """Take the own logo away."""
    organisation = get_object_or_404(Organisation.objects.of(request.user), slug=slug)
    try:
        remove_logo(organisation, by=request.user)
    except PermissionDenied as refusal:
        raise Http404 from refusal
    messages.success(request, _("Uw beeldmerk is weggehaald."))
    return redirect("template_logo", organisation.slug)


@login_required
@require_safe
def template_logo_picture(request: AccountRequest, slug: str, ground: str) -> HttpResponse:
    """Send the logo as it stands on light or on dark, to its own people and to the desk."""
    organisation = get_object_or_404(Organisation.objects.visible_to(request.user), slug=slug)
    logo = logo_of(request, organisation)
    if logo is None or ground not in GROUNDS:
        raise Http404
    try:
        with getattr(logo, GROUNDS[ground]).open("rb") as file:
            content = file.read()
    except OSError as problem:
        raise Http404 from problem
    response = HttpResponse(content, content_type="image/png")
    response["Cache-Control"] = "no-store"
    return response


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def template_lines(request: AccountRequest, slug: str, organisation: str) -> HttpResponse:
    """Ask for the two lines that a partner adds; everything else stands as it is."""
    template = readable(request, slug)
    partner = get_object_or_404(Organisation.objects.of(request.user), slug=organisation)
    lines = OwnLines.objects.visible_to(request.user).filter(template=template, organisation=partner).first()
    form = OwnLinesForm(request.POST if request.method == "POST" else None, instance=lines)
    if request.method == "POST" and form.is_valid():
        values = {name: form.cleaned_data[name] for name in ("opening", "contact")}
        if attempt(form, lambda: write_own_lines(template, organisation=partner, **values, by=request.user)):
            messages.success(request, _("Bewaard. Uw regels staan in alle vormen."))
            return redirect(f"{reverse('template_detail', args=[template.slug])}?organisatie={partner.slug}")
    context = {"template": template, "organisation": partner, "form": form}
    response = render(request, "cobranding/own_lines.html", context, status=400 if form.errors else 200)
    response["Cache-Control"] = "no-store"
    return response
