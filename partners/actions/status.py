"""The status ladder: the only way in which the status of an organisation changes (R34)."""

from typing import Any

import pghistory
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from partners.enums import PartnerStatus
from partners.models import Organisation, StatusChange

#: The steps of the ladder. Who was only consulted (R30) or has left comes in through an intake like all others.
NEXT_STATUSES: dict[str, tuple[PartnerStatus, ...]] = {
    PartnerStatus.CONSULTED: (PartnerStatus.PROSPECT, PartnerStatus.CANDIDATE),
    PartnerStatus.PROSPECT: (PartnerStatus.CANDIDATE,),
    PartnerStatus.CANDIDATE: (PartnerStatus.PARTNER, PartnerStatus.PROSPECT),
    PartnerStatus.PARTNER: (PartnerStatus.SUSPENDED, PartnerStatus.FORMER),
    PartnerStatus.SUSPENDED: (PartnerStatus.PARTNER, PartnerStatus.FORMER),
    PartnerStatus.FORMER: (PartnerStatus.CANDIDATE,),
}


@transaction.atomic
def change_status(organisation: Organisation, *, to: str, reason: str, by: Any) -> Organisation:
    """Take one step on the status ladder and keep the reason; `by` is nobody when the portal does it itself.

    A person must be a coordinator. Raises `ValidationError` with one sentence when the ladder has no such
    step or the reason is missing. The first day as partner is kept through a suspension; after having
    left, a new partnership begins on its own day.
    """
    if by is not None and not Organisation.objects.editable_by(by).filter(pk=organisation.pk).exists():
        raise PermissionDenied
    organisation = Organisation.objects.select_for_update().get(pk=organisation.pk)
    refusal = why_not(organisation.status, to) or ("" if reason.strip() else _("Vul in waarom de status wijzigt."))
    if refusal:
        raise ValidationError(refusal)
    old = organisation.status
    organisation.status = to
    if to == PartnerStatus.PARTNER and old != PartnerStatus.SUSPENDED:
        organisation.partner_since = timezone.localdate()
    with pghistory.context(reason=reason, **({} if by is None else {"user": by.pk})):
        organisation.save(update_fields=["status", "partner_since", "updated_at"])
        StatusChange.objects.create(
            organisation=organisation, old_status=old, new_status=to, reason=reason, changed_by=by
        )
    return organisation


def why_not(old: str, new: str) -> str:
    """Explain in one sentence why the ladder has no step from one status to another; empty when it has."""
    if new not in PartnerStatus.values:
        return _("Deze status bestaat niet.")
    if old == new:
        return _("De organisatie heeft deze status al.")
    steps = NEXT_STATUSES[old]
    if new in steps:
        return ""
    return _("Van “%(old)s” kan de status alleen naar %(steps)s.") % {
        "old": PartnerStatus(old).label,
        "steps": _(" of ").join(f"“{step.label}”" for step in steps),
    }
