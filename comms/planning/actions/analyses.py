"""What the working group knows of a target group, and the log of talks (R100, R102)."""

from collections.abc import Mapping
from datetime import time
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from comms.actions.steps import require
from comms.models import Audience
from comms.planning.models import AudienceAnalysis, Talk, plans
from cwn.delivery.actions.reminding import forget_reminders, remind
from cwn.delivery.clock import local_moment
from partners.models import Organisation

#: Kind of the reminder of a next step.
NEXT_STEP = "gesprek"
MORNING = time(8)


@transaction.atomic
def add_analysis(audience: Audience, *, values: Mapping[str, Any], by: Any) -> AudienceAnalysis:
    """Write down how things stand now; older analyses stay, so that a change can be seen."""
    require(plans(by))
    analysis = AudienceAnalysis(audience=audience, made_by=by, **values)
    analysis.full_clean(exclude=["audience", "made_by"])
    analysis.save()
    return analysis


@transaction.atomic
def log_talk(*, values: Mapping[str, Any], by: Any) -> Talk:
    """Write down a talk with an organisation; the next step comes on the clock."""
    require(plans(by))
    require(Organisation.objects.visible_to(by).filter(pk=values["organisation"].pk).exists())
    talk = Talk(by=by, **values)
    talk.full_clean(exclude=["by"])
    talk.save()
    if talk.next_step_on and talk.next_step_on >= timezone.localdate():
        due_at = local_moment(talk.next_step_on, MORNING)
        remind(kind=NEXT_STEP, object_id=talk.pk, stage="volgende-stap", due_at=due_at)
    return talk


@transaction.atomic
def finish_next_step(talk: Talk, *, by: Any) -> Talk:
    """Tick the next step off."""
    require(Talk.objects.editable_by(by).filter(pk=talk.pk).exists())
    if not talk.next_step or talk.next_step_done_on:
        raise ValidationError(_("Deze stap is al gezet."))
    talk.next_step_done_on = timezone.localdate()
    talk.save(update_fields=["next_step_done_on"])
    forget_reminders(kind=NEXT_STEP, object_id=talk.pk)
    return talk
