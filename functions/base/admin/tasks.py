"""What waits for a coordinator of the functions, on the first page of the admin."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from cwn.core.admin_tasks import AdminTask, admin_task
from functions.base.models import FunctionPhase


@admin_task("base.view_functionphase", order=5)
def proposed_phases(user: Any) -> AdminTask:
    """Phases that somebody else proposed and that this coordinator can confirm (R45)."""
    count = FunctionPhase.objects.visible_to(user).proposed().exclude(proposed_by=user).count()
    return AdminTask(_("Voorgestelde fasen"), count, f"{reverse('admin:base_functionphase_changelist')}?stand=voorstel")
