"""Core messages: suggested by any member, adopted or retired by the desk with a reason (R105)."""

from collections.abc import Iterable
from typing import Any

import pghistory
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from comms.actions.steps import demand_reason, require
from comms.planning.enums import CoreMessageStatus
from comms.planning.models import CoreMessage, plans
from cwn.core.visibility import MEMBERS, principals_of


@transaction.atomic
def suggest_core_message(
    *, text: str, text_en: str = "", proof: str = "", audiences: Iterable[Any] = (), by: Any
) -> CoreMessage:
    """Propose a sentence that the whole network could use."""
    require(plans(by) or MEMBERS in principals_of(by))
    message = CoreMessage(text=text.strip(), text_en=text_en.strip(), proof=proof.strip(), suggested_by=by)
    message.full_clean()
    message.save()
    message.audiences.set(audiences)
    return message


@transaction.atomic
def adopt_core_message(message: CoreMessage, *, reason: str, by: Any) -> CoreMessage:
    """Take a suggestion over for the network; never the one who suggested it."""
    return _decide(message, CoreMessageStatus.ADOPTED, CoreMessageStatus.SUGGESTED, reason=reason, by=by)


@transaction.atomic
def retire_core_message(message: CoreMessage, *, reason: str, by: Any) -> CoreMessage:
    """Stop using a sentence, or decline a suggestion."""
    allowed = (CoreMessageStatus.SUGGESTED, CoreMessageStatus.ADOPTED)
    return _decide(message, CoreMessageStatus.RETIRED, *allowed, reason=reason, by=by)


def _decide(message: CoreMessage, status: CoreMessageStatus, *allowed: str, reason: str, by: Any) -> CoreMessage:
    require(plans(by))
    current = CoreMessage.objects.select_for_update(of=("self",)).get(pk=message.pk)
    if current.status not in allowed:
        raise ValidationError(_("Over deze kernboodschap is al besloten."))
    if status == CoreMessageStatus.ADOPTED and current.suggested_by_id == by.pk:
        raise ValidationError(_("U stelde deze kernboodschap zelf voor. Laat iemand anders besluiten."))
    current.status, current.decided_by, current.decided_on = status, by, timezone.localdate()
    with pghistory.context(reason=demand_reason(reason)):
        current.save(update_fields=["status", "decided_by", "decided_on"])
    return current
