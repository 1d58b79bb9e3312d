"""Changing who reads what was issued: stricter at once, wider only with the consent of the owner (A26).

Openness is the rule and every restriction has a reason and an end (R74); the originator keeps the last word (R66).
"""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from comms.actions.drafting import note_step
from comms.actions.notifying import queue_notices
from comms.actions.steps import (
    demand_reason,
    is_coordinator,
    is_editor,
    locked,
    represents_owner,
    require,
    require_status,
    take_step,
)
from comms.enums import ISSUED, PublicationStatus, Tlp
from comms.models import NoticeKind, Publication, RelabelRequest
from comms.recipients import earlier_recipients_of


@transaction.atomic
def restrict(publication: Publication, *, tlp: str, reason: str, review_on: date | None, by: Any) -> Publication:
    """Give an issued publication a stricter label; it holds from the next request of every reader.

    Whoever got it before is told, because what was received before now has another label. The one who restricts to
    AMBER or stricter is the second person, or the one who asks for it when he or she is the author.
    """
    current = locked(publication)
    require(is_editor(current, by) or (is_coordinator(by) and current.tlp != Tlp.RED))
    require_status(current, PublicationStatus.PUBLISHED, PublicationStatus.EXPIRED)
    if tlp not in Tlp.values or Tlp(tlp).strictness <= current.label.strictness:
        raise ValidationError({"tlp": _("Kies een strenger label. Ruimer kan alleen met toestemming van de bron.")})
    reason = demand_reason(reason)
    told = earlier_recipients_of(current)
    second = current.approved_by
    if Tlp(tlp).needs_second_person and second is None:
        second = _second_person(current, by)
    take_step(
        current,
        "restrict",
        by=by,
        reason=reason,
        tlp=tlp,
        restriction_reason=reason,
        review_on=review_on,
        approved_by=second,
    )
    queue_notices(current, kind=NoticeKind.RELABELLED, recipients=told, occasion=tlp)
    return current


def _second_person(publication: Publication, by: Any) -> Any:
    """Return who stands beside the author for a label that needs two: restricting is safe, so nobody has to wait."""
    if by.pk != publication.author_id:
        return by
    raise ValidationError(
        _("Dit label heeft een tweede persoon nodig. Vraag een collega of een coördinator om dit te doen.")
    )


@transaction.atomic
def ask_wider(publication: Publication, *, tlp: str, reason: str, by: Any) -> RelabelRequest:
    """Ask for a wider label; asked by a representative of the owner, the consent is given with it."""
    current = locked(publication)
    owns = represents_owner(current, by) or (current.tlp == Tlp.RED and is_editor(current, by))
    require(owns or (is_coordinator(by) and current.tlp != Tlp.RED))
    require_status(current, *(status for status in ISSUED if status != PublicationStatus.WITHDRAWN))
    if tlp not in Tlp.values or Tlp(tlp).strictness >= current.label.strictness:
        raise ValidationError({"tlp": _("Kies een ruimer label.")})
    asked = RelabelRequest(
        publication=current, old_tlp=current.tlp, new_tlp=tlp, reason=demand_reason(reason), requested_by=by
    )
    if owns:
        asked.consented_by, asked.consented_at = by, timezone.now()
    asked.full_clean(exclude=["publication", "requested_by", "consented_by"])
    asked.save()
    note_step(current, "ask_wider", by=by, reason=asked.reason)
    return asked


@transaction.atomic
def consent(request: RelabelRequest, *, by: Any) -> RelabelRequest:
    """Record that the source agrees; only somebody who acts for the owner can (R66)."""
    asked = _open(request)
    require(represents_owner(asked.publication, by))
    asked.consented_by, asked.consented_at = by, timezone.now()
    asked.full_clean(exclude=["publication", "requested_by", "consented_by", "decided_by"])
    asked.save()
    note_step(asked.publication, "consent", by=by)
    return asked


@transaction.atomic
def decide(request: RelabelRequest, *, by: Any) -> Publication:
    """Give the wider label that the source agreed to; never the one who consented.

    A coordinator decides; of RED, which coordinators do not read, the one who was asked to review it.
    """
    asked = _open(request)
    publication = locked(asked.publication)
    require(_may_decide(publication, by))
    if asked.consented_by is None:
        raise ValidationError(_("De bron heeft nog geen toestemming gegeven."))
    if asked.consented_by_id == by.pk:
        raise ValidationError(_("Toestemming en besluit komen van twee verschillende personen."))
    if publication.tlp != asked.old_tlp:
        raise ValidationError(_("Het label is intussen veranderd. Dien een nieuw verzoek in."))
    asked.decided_by = by
    asked.save(update_fields=["decided_by"])
    take_step(publication, "widen", by=by, reason=asked.reason, tlp=asked.new_tlp)
    asked.applied_at = timezone.now()
    asked.save(update_fields=["applied_at"])
    return publication


def _may_decide(publication: Publication, user: Any) -> bool:
    if publication.tlp == Tlp.RED:
        return user.pk == publication.reviewer_id
    return is_coordinator(user)


@transaction.atomic
def refuse(request: RelabelRequest, *, reason: str, by: Any) -> RelabelRequest:
    """Leave the label as it is; the owner or a coordinator says why."""
    asked = _open(request)
    require(_may_decide(asked.publication, by) or represents_owner(asked.publication, by))
    asked.refused_at, asked.refusal_reason = timezone.now(), demand_reason(reason)
    asked.save(update_fields=["refused_at", "refusal_reason"])
    note_step(asked.publication, "refuse_wider", by=by, reason=asked.refusal_reason)
    return asked


def _open(request: RelabelRequest) -> RelabelRequest:
    rows = RelabelRequest.objects.select_for_update(of=("self",)).select_related("publication", "consented_by")
    asked = rows.get(pk=request.pk)
    if asked.applied_at or asked.refused_at:
        raise ValidationError(_("Over dit verzoek is al besloten."))
    return asked


@transaction.atomic
def readdress(
    publication: Publication,
    *,
    organisations: Iterable[Any],
    groups: Iterable[Any],
    people: Iterable[Any],
    reason: str,
    by: Any,
) -> Publication:
    """Change for whom a restricted publication is; who is added gets it, who is dropped loses it at once.

    More readers is wider sharing: only the owner decides that, and for an issued one with a coordinator or a second
    representative beside the author, so the author alone cannot.
    """
    current = locked(publication)
    require(is_editor(current, by))
    require_status(current, PublicationStatus.PUBLISHED, PublicationStatus.EXPIRED)
    if (
        by.pk == current.author_id
        and current.label.needs_second_person
        and _adds(current, organisations, groups, people)
    ):
        raise ValidationError(_("Een tweede persoon moet nieuwe lezers toevoegen. Dat is nooit de auteur."))
    reason = demand_reason(reason)
    current.addressed_organisations.set(organisations)
    current.addressed_groups.set(groups)
    current.named_readers.set(people)
    note_step(current, "readdress", by=by, reason=reason)
    return current


def _adds(publication: Publication, *wanted: Iterable[Any]) -> bool:
    links = (publication.addressed_organisations, publication.addressed_groups, publication.named_readers)
    return any(
        {one.pk for one in new} - set(link.values_list("pk", flat=True))
        for link, new in zip(links, wanted, strict=True)
    )
