"""How readers get an issue: page, mail in light and dark, text, at the width of a phone; and a test mail."""

from base64 import b64encode
from dataclasses import replace

from csp.constants import NONE, SELF, UNSAFE_INLINE
from csp.decorators import csp_replace
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.html import escape
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_http_methods, require_safe

from comms.newsletters.actions.testing import MOST_ADDRESSES, checked_addresses, dummy_values, send_test
from comms.newsletters.contents import blocks_of, full_address
from comms.newsletters.enums import UNFINISHED
from comms.newsletters.forms import TestForm
from comms.newsletters.mails.issue_mail import IssueMail, write_mail
from comms.newsletters.models import Issue
from comms.newsletters.samples import SAMPLES, Sample
from comms.newsletters.views.access import at_the_desk, render_issue
from cwn.accounts.http import AccountRequest
from cwn.core.steps import attempt
from cwn.core.throttle import allowed
from cwn.delivery.compiling import hole

FORMS = {
    "mail": gettext_lazy("Mail, licht"),
    "donker": gettext_lazy("Mail, donker"),
    "telefoon": gettext_lazy("Mail op een telefoon"),
    "tekst": gettext_lazy("Platte tekst"),
}
#: What the page of the mail may do: show its own styles, and open a link in another window.
POWERLESS = {
    "default-src": [NONE],
    "script-src": [NONE],
    "style-src": [UNSAFE_INLINE],
    "img-src": ["data:"],
    "frame-ancestors": [SELF],
    "form-action": [NONE],
    "sandbox": ["allow-popups"],
}
DARK_RULES = "@media (prefers-color-scheme: dark)"


@login_required
@csp_replace({"frame-src": [SELF]})  # type: ignore[arg-type]
@require_http_methods(["GET", "HEAD", "POST"])
def issue_preview(request: AccountRequest, pk: int) -> HttpResponse:
    """Show an issue as a made-up subscriber gets it, and send a test to the desk."""
    issue = at_the_desk(request, pk)
    sample = _sample(request)
    shape = request.GET.get("als", "mail")
    if shape not in FORMS:
        raise Http404
    form = TestForm(request.POST if request.method == "POST" else None)
    may_send = request.method == "POST" and issue.status in UNFINISHED and form.is_valid()
    if may_send and attempt(form, lambda: _send(request, issue, form.cleaned_data["addresses"])):
        return redirect("issue_preview", issue.pk)
    return render_issue(
        request,
        "issue_preview",
        issue,
        status=400 if form.errors else 200,
        form=form,
        shape=shape,
        shapes=FORMS.items(),
        sample=sample,
        samples=SAMPLES,
        most_addresses=MOST_ADDRESSES,
        plain=_filled(issue, sample, request).text if shape == "tekst" else "",
        subject=_filled(issue, sample, request).subject,
    )


def _send(request: AccountRequest, issue: Issue, words: str) -> None:
    if not allowed("issue-test", str(request.user.pk), times=20, seconds=3600):
        raise ValidationError(_("U verstuurde veel testmails. Wacht even en probeer het dan opnieuw."))
    addresses = checked_addresses(words, by=request.user)
    send_test(issue, addresses=addresses, by=request.user)
    sentence = ngettext(
        "De testmail gaat naar %(number)d adres.", "De testmail gaat naar %(number)d adressen.", len(addresses)
    )
    messages.success(request, sentence % {"number": len(addresses)})


def _sample(request: AccountRequest) -> Sample:
    wanted = request.GET.get("ontvanger", SAMPLES[0].slug)
    sample = next((one for one in SAMPLES if one.slug == wanted), None)
    if sample is None:
        raise Http404
    return sample


@login_required
@xframe_options_sameorigin
@csp_replace(POWERLESS)  # type: ignore[arg-type]
@require_safe
def issue_preview_mail(request: AccountRequest, pk: int) -> HttpResponse:
    """Return the mail itself in a page that can do nothing, filled for somebody who does not exist (D13).

    The mail has its styles on its elements, which the pages of the portal may not have; so it gets a page of its own,
    without scripts and forms. Its pictures stand in it themselves: such a page cannot show who asks for them.
    """
    issue = at_the_desk(request, pk)
    html = with_pictures_inside(issue, _filled(issue, _sample(request), request).html)
    shows = "all" if request.GET.get("als") == "donker" else "not all"
    return HttpResponse(html.replace(DARK_RULES, f"@media {shows}"))


def with_pictures_inside(issue: Issue, html: str) -> str:
    """Return a mail with its pictures in it instead of their addresses."""
    for item in issue.items.exclude(picture=""):  # type: ignore[attr-defined]
        kind = "png" if str(item.picture.name).endswith(".png") else "jpeg"
        with item.picture.open() as file:
            inside = f"data:image/{kind};base64,{b64encode(file.read()).decode()}"
        html = html.replace(full_address(item.picture.url), inside)
    return html


def _filled(issue: Issue, sample: Sample, request: AccountRequest) -> IssueMail:
    """Return a mail in which the open places are filled with what belongs to nobody."""
    mail = write_mail(issue, blocks_of(issue, request.user), sample.language)
    text, html = mail.text, mail.html
    for place, value in dummy_values(sample, sample.language).items():
        text, html = text.replace(hole(place), value), html.replace(hole(place), escape(value))
    return replace(mail, text=text, html=html)
