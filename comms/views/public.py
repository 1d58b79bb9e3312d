"""The page of a publication: its sheet first, then the text, then what a reader can do with it."""

from dataclasses import replace
from pathlib import PurePosixPath
from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.db.models import Prefetch
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from comms.actions.receiving import note_reading
from comms.actions.responding import ANSWERABLE, answering_organisations
from comms.enums import NOT_TO_BE_FORWARDED, RESTRICTED, PublicationStatus, Tlp, Urgency
from comms.forms.answers import AnswerForm, FeedbackForm, answer_choices, given_values
from comms.models import Attachment, Publication
from comms.passing_on import own_logos
from comms.sheets import sheet_of
from comms.versions import compared_versions, may_compare
from comms.views.finding import for_readers_only, is_public, readable, visible
from comms.watermark import MARKABLE
from cwn.core.enums import CwnFunction
from cwn.core.markdown import render_article
from cwn.core.visibility import MEMBERS, principals_of

#: Actions that stand above the sheet, so that a phone shows them at once.
FIRST_ACTIONS = 3


@require_safe
def publication_detail(request: HttpRequest, slug: str) -> HttpResponse:
    """Show a publication to who may read it; what was taken back leaves a notice (security.md chapter 3)."""
    publication = get_object_or_404(_with_the_page(request), slug=slug)
    if publication.is_tombstone:
        return _gone(request, publication)
    response = render(request, "comms/publication_detail.html", _page(publication, request.user))
    if request.method == "GET" and "prefetch" not in request.headers.get("Sec-Purpose", ""):
        note_reading(publication, by=request.user)
    return for_readers_only(response, publication)


@login_required
@require_safe
def publication_by_number(request: HttpRequest, pk: int) -> HttpResponse:
    """Lead from a mail to the page: an address with a number tells nothing of what it is about (A23)."""
    return redirect(get_object_or_404(visible(request), pk=pk))


@require_safe
def publication_changes(request: HttpRequest, slug: str) -> HttpResponse:
    """Show what the last correction changed, to who could read the version before it."""
    publication = readable(request, slug, status__in=ANSWERABLE)
    if not may_compare(publication, request.user):
        raise Http404
    context = {"publication": publication, "differences": compared_versions(publication)}
    return for_readers_only(render(request, "comms/publication_changes.html", context), publication)


def _with_the_page(request: HttpRequest) -> Any:
    """Return publications with everything that their page shows."""
    attachments = Attachment.objects.visible_to(request.user).in_use().prefetch_related("files")
    return (
        visible(request)
        .select_related("owner")
        .prefetch_related(  # type: ignore[misc]  # a manager of taggit can be prefetched too
            "developments", "keywords", "regions", "sectors", "branches", Prefetch("attachments", attachments)
        )
    )


def _gone(request: HttpRequest, publication: Publication) -> HttpResponse:
    """Say that it is gone, why, and what came instead: nothing of what it said (410)."""
    steps = publication.steps.filter(new_status=publication.status)  # type: ignore[attr-defined]
    context = {
        "publication": publication,
        "reason": publication.withdrawal_reason or steps.values_list("reason", flat=True).first(),
        "gone_at": steps.values_list("at", flat=True).first(),
        "successor": visible(request).filter(supersedes=publication).first(),
    }
    return for_readers_only(render(request, "comms/publication_gone.html", context, status=410), publication)


def _page(publication: Publication, user: Any) -> dict[str, Any]:
    sheet = sheet_of(publication, publication.language)
    label = publication.label
    is_known = publication.version > 1 and publication.status in ANSWERABLE
    return {
        "publication": publication,
        "sheet": replace(sheet, status_note="", correction=""),  # the page says both above the sheet
        "notice": (sheet if get_language() == publication.language else sheet_of(publication)).status_note,
        "first_actions": sheet.actions[:FIRST_ACTIONS],
        "publication_tone": PublicationStatus(publication.status).tone,
        "is_restricted": publication.tlp in RESTRICTED,
        "urgency": Urgency(publication.urgency) if publication.urgency else None,
        "body": render_article(publication.body),
        "attachments": _attachments(publication),
        "functions": [(code, CwnFunction(code).label) for code in publication.functions],
        "related": visible_related(publication, user),
        "shows_changes": is_known and may_compare(publication, user),
        "facts": public_facts(publication) if is_public(publication) else {},
        "may_export": label != Tlp.RED,
        "may_forward": may_forward(publication, user),
        "own_logos": own_logos(user) if may_forward(publication, user) else [],
        "may_mail": label not in NOT_TO_BE_FORWARDED and publication.status == PublicationStatus.PUBLISHED,
        "answers": _answers(publication, user),
        "feedback_form": FeedbackForm(auto_id="nuttig-%s") if _may_react(publication, user) else None,
        "is_answerable": publication.status in ANSWERABLE,
        "works_on_it": Publication.objects.worked_on_by(user).filter(pk=publication.pk).exists(),
        "feedback_answers": publication.feedback_answers.all(),  # type: ignore[attr-defined]
    }


def _attachments(publication: Publication) -> list[dict[str, Any]]:
    """Return the newest file of each attachment, with its type as people call it.

    Of TLP:RED only what can bear a watermark leaves the portal.
    """
    files = [one.current_file for one in publication.attachments.all() if one.current_file]  # type: ignore[attr-defined]
    return [
        {
            "file": file,
            "type": PurePosixPath(file.name).suffix[1:].upper(),
            "stays": publication.tlp == Tlp.RED and file.content_type not in MARKABLE,
        }
        for file in files
    ]


def visible_related(publication: Publication, user: Any) -> Any:
    """Return what belongs to it and is in force, as far as this reader may know (A14)."""
    return Publication.objects.visible_to(user).listed().filter(related=publication).order_by("-published_at", "pk")


def may_forward(publication: Publication, user: Any) -> bool:
    """Tell whether a reader gets the pack for a constituency: a member of a partner, of what may be passed on."""
    may_leave = publication.tlp not in NOT_TO_BE_FORWARDED and publication.status == PublicationStatus.PUBLISHED
    return may_leave and MEMBERS in principals_of(user)


def _may_react(publication: Publication, user: Any) -> bool:
    """Tell whether the form stands on the page itself: for a visitor it has its own, so that reading sets no cookie."""
    return user.is_authenticated and publication.status in ANSWERABLE


def _answers(publication: Publication, user: Any) -> list[dict[str, Any]]:
    """Return one form per own organisation, with what it answered before."""
    organisations = list(answering_organisations(publication, user))
    rows = publication.acknowledgements.filter(version=publication.version, organisation__in=organisations)  # type: ignore[attr-defined]
    given = {row.organisation_id: row for row in rows}
    choices = answer_choices(publication)
    labels = dict(choices)
    return [
        {
            "organisation": one,
            "given": given.get(one.pk),
            "given_label": labels[given[one.pk].answer] if one.pk in given else "",
            "choices": choices,
            "form": AnswerForm(
                publication=publication,
                initial=given_values(given.get(one.pk)),
                auto_id=f"reactie-{one.pk}-%s",
            ),
        }
        for one in organisations
    ]


def public_facts(publication: Publication) -> dict[str, Any]:
    """Return what a search engine may know of what every visitor reads (security.md A13)."""
    address = settings.SITE_URL + publication.get_absolute_url()
    facts = {
        "@type": "Article",
        "headline": publication.title,
        "url": address,
        "inLanguage": publication.language,
        "description": publication.summary,
        "datePublished": publication.published_at.isoformat() if publication.published_at else "",
        "dateModified": publication.corrected_at.isoformat() if publication.corrected_at else "",
        "publisher": {"@type": "Organization", "name": publication.owner.name},
    }
    return {name: value for name, value in facts.items() if value}
