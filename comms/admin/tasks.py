"""What waits for a coordinator at the desk, on the first page of the admin."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from comms.enums import PublicationStatus, Tlp
from comms.models import Publication, RelabelRequest
from cwn.core.admin_tasks import AdminTask, admin_task


@admin_task("comms.view_publication", order=60)
def publications_to_review(user: Any) -> AdminTask:
    """Publications of which somebody asked this person to look at them."""
    asked = Publication.objects.worked_on_by(user).filter(status=PublicationStatus.IN_REVIEW, reviewer=user)
    count = asked.filter(approved_by=None).count()
    return AdminTask(_("Publicaties om te beoordelen"), count, reverse("publication_desk"))


@admin_task("comms.view_publication", order=61)
def labels_to_decide(user: Any) -> AdminTask:
    """Wider labels to which the source agreed and about which somebody else must decide (A26)."""
    asked = RelabelRequest.objects.visible_to(user).exclude(publication__tlp=Tlp.RED)
    asked = asked.filter(applied_at=None, refused_at=None, consented_at__isnull=False).exclude(consented_by=user)
    return AdminTask(_("Ruimere labels om over te besluiten"), asked.count(), reverse("publication_desk"))
