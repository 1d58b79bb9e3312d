"""What readers say back: what their organisation did with it, whether it was useful, and what the owner did next."""

from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from comms.actions.notifying import queue_notices
from comms.actions.steps import is_editor, require, require_status
from comms.enums import ISSUED, NOT_TO_BE_FORWARDED, RESTRICTED, Answer, PublicationStatus, Tlp
from comms.models import Acknowledgement, Feedback, FeedbackAnswer, NoticeKind, Publication
from comms.models.visibility import addressed_organisations
from partners.models import Organisation
from partners.models.organisations import organisations_of

#: More organisations than this do not exist; what is larger is a slip of the keyboard.
LARGEST_REACH = 3_000_000
#: What is gone cannot be passed on or found useful any more.
ANSWERABLE = (PublicationStatus.PUBLISHED, PublicationStatus.EXPIRED)


def answering_organisations(publication: Publication, user: Any) -> QuerySet[Organisation]:
    """Return the own organisations that can say what they did with it; RED is for persons, so none."""
    own = set(organisations_of(user)) if publication.status in ANSWERABLE and publication.tlp != Tlp.RED else set()
    if own and publication.tlp in RESTRICTED:
        own &= addressed_organisations(publication)
    return Organisation.objects.filter(pk__in=own).order_by("name")


@transaction.atomic
def acknowledge(
    publication: Publication,
    *,
    organisation: Organisation,
    answer: str,
    channel: str = "",
    passed_on_on: date | None = None,
    reach: int | None = None,
    note: str = "",
    by: Any,
) -> Acknowledgement:
    """Answer for an organisation: passed on, not relevant, or later (R52, R107); a new answer replaces the old.

    `reach` is about how many organisations got it. Of AMBER+STRICT it is told within the organisation only, so that
    reaches nobody else.
    """
    require(answering_organisations(publication, by).filter(pk=organisation.pk).exists())
    details: dict[str, Any] = {"channel": channel.strip(), "passed_on_on": passed_on_on, "reach": reach}
    if answer != Answer.PASSED_ON:
        details = {"channel": "", "passed_on_on": None, "reach": None}
    _require_possible(publication, **details)
    given, _created = Acknowledgement.objects.select_for_update().get_or_create(
        publication=publication,
        version=publication.version,
        organisation=organisation,
        defaults={"answer": answer, "answered_by": by},
    )
    for name, value in {**details, "answer": answer, "note": note.strip(), "answered_by": by}.items():
        setattr(given, name, value)
    given.full_clean(validate_unique=False)
    given.save()
    return given


def _require_possible(publication: Publication, *, channel: str, passed_on_on: date | None, reach: int | None) -> None:
    """Refuse a day that is still to come, a number that cannot be, and passing on what stays inside."""
    problems = {}
    if passed_on_on and passed_on_on > timezone.localdate():
        problems["passed_on_on"] = _("Deze dag is nog niet geweest.")
    if passed_on_on and publication.published_at and passed_on_on < timezone.localdate(publication.published_at):
        problems["passed_on_on"] = _("Toen was dit nog niet gepubliceerd.")
    if reach is not None and reach > LARGEST_REACH:
        problems["reach"] = _("Zoveel organisaties zijn er niet. Controleer het aantal.")
    if reach and publication.tlp in NOT_TO_BE_FORWARDED:
        problems["reach"] = _("Dit blijft binnen uw organisatie. Laat het aantal leeg.")
    if problems:
        raise ValidationError(problems)


@transaction.atomic
def give_feedback(publication: Publication, *, is_useful: bool, text: str = "", by: Any = None) -> Feedback:
    """Answer "was dit nuttig?", with or without words (R153); who is logged in has one answer per version.

    Of a visitor nothing is kept but the answer.
    """
    require_status(publication, *ANSWERABLE)
    user = by if getattr(by, "is_authenticated", False) else None
    values = {"is_useful": is_useful, "text": text.strip()}
    key: dict[str, Any] = {"publication": publication, "version": publication.version, "user": user}
    if user is None:
        return Feedback.objects.create(**key, **values)
    return Feedback.objects.update_or_create(**key, defaults={**values, "given_at": timezone.now()})[0]


@transaction.atomic
def answer_feedback(publication: Publication, *, text: str, by: Any) -> FeedbackAnswer:
    """Tell all readers what was done with their reactions ("dit deden we ermee"), and mail who gave one (R153)."""
    require(is_editor(publication, by))
    require_status(publication, *ISSUED)
    answer = FeedbackAnswer(publication=publication, text=text.strip(), by=by)
    answer.full_clean(exclude=["publication", "by"])
    answer.save()
    givers = Feedback.objects.filter(publication=publication, user__isnull=False).exclude(user=by.pk)
    queue_notices(
        publication,
        kind=NoticeKind.ANSWERED,
        recipients=[(user, None) for user in givers.values_list("user_id", flat=True).distinct()],
        occasion=str(answer.pk),
    )
    return answer
