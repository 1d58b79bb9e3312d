"""The last page before readers see it: exactly who, along which way, and what is still in the way."""

from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth import get_user_model
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from comms.actions.correcting import open_correction, publish_correction, with_content
from comms.actions.drafting import content_of
from comms.actions.issuing import (
    WITHDRAWABLE,
    missing_elements,
    publish,
    renew,
    require_ready,
    schedule,
    supersede,
    unschedule,
    withdraw,
)
from comms.channels import channels_of
from comms.checking import errors_of
from comms.differences import differences
from comms.enums import UNFINISHED, PublicationStatus
from comms.forms.steps import (
    CorrectionNoteForm,
    NoQuestionForm,
    RenewForm,
    ScheduleForm,
    SupersedeForm,
    WithdrawForm,
)
from comms.models import Correction, Publication
from comms.recipients import Readership, earlier_recipients_of, readership_of
from comms.views.desk.access import IN_FORCE, issued_by, render_desk
from comms.views.desk.steps import StepWords, step_page
from cwn.accounts.http import AccountRequest
from cwn.accounts.reauthentication import recently_authenticated
from cwn.core.steps import attempt
from partners.models import Organisation

#: More mails than this, and the writer shows again who he or she is (security.md chapter 1, decisions).
MANY_MAILS = 25
#: Where on the writing page a problem is mended; what is not an element of the sheet is a box.
PLACES = {"named_readers": "lezers", "addressed_organisations": "lezers", "checker": "tekstcontrole"}


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def publication_publish(request: AccountRequest, slug: str) -> HttpResponse:
    """Show who will see it and who gets mail; publish or schedule on a yes."""
    publication = issued_by(request, slug)
    if publication.is_tombstone:
        raise Http404
    correction = open_correction(publication)
    readership = readership_of(publication)
    mailed = _told_of_correction(publication) if correction else readership.mailed
    asks_again = publication.label.needs_second_person or len(mailed) > MANY_MAILS
    answer = recently_authenticated(_answer) if request.method == "POST" and asks_again else _answer
    return answer(request, publication, correction, readership, mailed)


def _answer(
    request: AccountRequest,
    publication: Publication,
    correction: Correction | None,
    readership: Readership,
    mailed: list[tuple[Any, Organisation | None]],
) -> HttpResponse:
    wish = request.POST.get("doe", "")
    now = NoQuestionForm(request.POST if wish == "nu" else None)
    later = ScheduleForm(request.POST if wish == "later" else None, auto_id="id_later_%s")
    note = CorrectionNoteForm(
        request.POST if wish == "correctie" else None, initial={"note": correction.note if correction else ""}
    )
    steps: dict[str, tuple[forms.Form, Any, Any]] = {
        "nu": (now, lambda data: publish(publication, by=request.user), PUBLISHED),
        "later": (later, lambda data: schedule(publication, at=data["publish_at"], by=request.user), SCHEDULED),
    }
    if correction is not None:
        steps = {"correctie": (note, lambda data: publish_correction(correction, **data, by=request.user), CORRECTED)}
    if wish in steps and steps[wish][0].is_valid():
        form, act, done = steps[wish]
        if attempt(form, lambda: act(form.cleaned_data)):
            return _done(request, publication, done)
    return render_desk(
        request,
        "publish",
        publication,
        status=400 if any(form.errors for form, _act, _done in steps.values()) else 200,
        forms={"now": now, "later": later, "note": note},
        correction=correction,
        readership=readership,
        mailed=mailed,
        channels=channels_of(publication),
        problems=problems_of(publication, correction),
        changed=differences(content_of(publication), correction.content) if correction else [],
        is_scheduled=publication.status == PublicationStatus.SCHEDULED,
    )


def _told_of_correction(publication: Publication) -> list[tuple[Any, Organisation | None]]:
    """Return who hears of a correction: exactly those who got an earlier version."""
    keys = dict(earlier_recipients_of(publication))
    people = get_user_model()._default_manager.filter(pk__in=keys, is_active=True).order_by("name", "pk")
    organisations = Organisation.objects.partners().in_bulk({key for key in keys.values() if key})
    return [(person, organisations.get(keys[person.pk] or 0)) for person in people]


PUBLISHED = gettext_lazy("Gepubliceerd. Uw lezers zien dit nu.")
SCHEDULED = gettext_lazy("Ingepland. Tot dat moment ziet niemand anders dit.")
CORRECTED = gettext_lazy("De correctie is gepubliceerd. Wie de vorige versie kreeg, krijgt bericht.")


def _done(request: AccountRequest, publication: Publication, words: Any) -> HttpResponse:
    messages.success(request, words)
    publication.refresh_from_db(fields=["slug"])  # a restricted one just got another address
    return redirect("publication_edit", publication.slug)


def problems_of(publication: Publication, correction: Correction | None) -> list[dict[str, str]]:
    """Return what keeps this from being published, each with the place where it is mended."""
    if correction is None and publication.status not in UNFINISHED:
        return []
    found: dict[str, list[str]] = {}
    if correction is None:
        try:
            require_ready(publication)
        except ValidationError as refusal:
            found = refusal.message_dict
    else:
        text = with_content(publication, correction.content)
        found = {name: [sentence] for name, sentence in missing_elements(text).items()}
        if errors := errors_of(text):
            found["checker"] = [error.message for error in errors]
    if "checker" in found:
        found["checker"] = [_("Tekstcontrole: %(what)s") % {"what": sentence} for sentence in found["checker"]]
    problems = [
        {"sentence": sentence, "place": PLACES.get(name, f"element-{name}")}
        for name, sentences in found.items()
        for sentence in sentences
    ]
    approved = correction.approved_by_id if correction else publication.approved_by_id
    if publication.label.needs_second_person and not approved:
        sentence = _("Een tweede persoon moet akkoord geven. Dat is nooit de auteur.")
        problems.append({"sentence": sentence, "place": "meekijken"})
    if correction is None and publication.tlp != "clear":
        if not publication.restriction_reason:
            problems.append({"sentence": _("Schrijf waarom dit niet openbaar is."), "place": "id_restriction_reason"})
        if not publication.review_on:
            problems.append({"sentence": _("Kies wanneer u het label opnieuw bekijkt."), "place": "id_review_on"})
    return problems


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def publication_unschedule(request: AccountRequest, slug: str) -> HttpResponse:
    """Make a scheduled publication a draft again."""
    publication = issued_by(request, slug, PublicationStatus.SCHEDULED)
    words = StepWords(
        _("Niet meer inplannen"),
        _("De publicatie wordt weer een concept. U kunt dan weer schrijven. Een akkoord vervalt."),
        _("Maak er weer een concept van"),
        _("Dit is weer een concept."),
    )
    form = NoQuestionForm(request.POST if request.method == "POST" else None)
    return step_page(request, publication, words, form=form, act=lambda data: unschedule(publication, by=request.user))


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@recently_authenticated
def publication_withdraw(request: AccountRequest, slug: str) -> HttpResponse:
    """Take a publication back, with a reason that readers see."""
    publication = issued_by(request, slug, *WITHDRAWABLE)
    words = StepWords(
        _("Trek deze publicatie in"),
        _("Uw lezers zien daarna alleen nog dat dit is ingetrokken, en waarom. Wie dit kreeg, krijgt bericht."),
        _("Trek in"),
        _("De publicatie is ingetrokken."),
        is_danger=True,
    )
    form = WithdrawForm(request.POST if request.method == "POST" else None)

    def act(data: dict[str, Any]) -> None:
        withdraw(publication, reason=data["withdrawal_reason"], by=request.user)

    return step_page(request, publication, words, form=form, act=act)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def publication_supersede(request: AccountRequest, slug: str) -> HttpResponse:
    """Point to a newer publication instead of this one."""
    publication = issued_by(request, slug, *IN_FORCE)
    words = StepWords(
        _("Vervang door een nieuwere publicatie"),
        _("Lezers van deze publicatie worden doorgestuurd naar de nieuwe. De oude tekst is daarna niet meer te lezen."),
        _("Vervang"),
        _("De publicatie is vervangen."),
    )
    form = SupersedeForm(request.POST if request.method == "POST" else None, publication=publication, by=request.user)
    return step_page(
        request, publication, words, form=form, act=lambda data: supersede(publication, **data, by=request.user)
    )


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def publication_renew(request: AccountRequest, slug: str) -> HttpResponse:
    """Say that it is valid longer, or again."""
    publication = issued_by(request, slug, *IN_FORCE)
    words = StepWords(
        _("Verleng de geldigheid"),
        _("Kijk eerst of de inhoud nog klopt. Lezers zien daarna weer dat dit geldig is."),
        _("Verleng"),
        _("De publicatie is verlengd."),
    )
    form = RenewForm(request.POST if request.method == "POST" else None)
    return step_page(
        request, publication, words, form=form, act=lambda data: renew(publication, **data, by=request.user)
    )
