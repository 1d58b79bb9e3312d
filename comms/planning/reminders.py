"""What the clock says about agreements: action items of the working group, and next steps after a talk (R85, R100)."""

from django.urls import reverse

from comms.planning.actions.analyses import NEXT_STEP
from comms.planning.actions.mailing import mail_user
from comms.planning.actions.working_group import ACTION_ITEM, OPEN
from comms.planning.models import ActionItem, Talk
from cwn.delivery.clock import reminder_kind
from cwn.delivery.models import Reminder


@reminder_kind(ACTION_ITEM)
def remind_of_action(reminder: Reminder) -> str:
    """Mail whoever agreed to do something, unless it was done or dropped."""
    item = ActionItem.objects.select_related("who").filter(pk=reminder.object_id, status__in=OPEN).first()
    if item is None:
        return "het actiepunt is al klaar"
    context = {"what": item.what, "due_on": item.due_on, "path": reverse("action_item_list")}
    mail_user(item.who, key=f"reminder:{reminder.pk}", subject_id=item.pk, template="action_due", context=context)
    return ""


@reminder_kind(NEXT_STEP)
def remind_of_next_step(reminder: Reminder) -> str:
    """Mail whoever had the talk on the day of the next step; the mail does not name the organisation."""
    talk = Talk.objects.select_related("by").filter(pk=reminder.object_id, next_step_done_on=None).first()
    if talk is None or not talk.next_step:
        return "de stap is al gezet"
    context = {"day": talk.on, "path": reverse("talk_list")}
    mail_user(talk.by, key=f"reminder:{reminder.pk}", subject_id=talk.pk, template="next_step", context=context)
    return ""
