"""Who sees a template, said once (security.md chapter 3, TLP x channel).

* CLEAR: everybody. GREEN: members, coordinators and the policy owner. AMBER: whoever may read its publication.
* What belongs to a publication is only there for who may read that, and only while it is in force.
* AMBER+STRICT and RED are not passed on, so they never become a template; a publication that got such a label
  takes its templates away.
* Not approved or retired: the communication desk.

Row-level security says the same a second time (comms/cobranding/migrations/0002_row_security.py).
"""

from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.models import Q

from comms.cobranding.enums import TemplateStatus
from comms.enums import NOT_TO_BE_FORWARDED, PublicationStatus, Tlp
from comms.models import Publication
from comms.models.visibility import NETWORK
from comms.planning.models.visibility import plans
from cwn.core.visibility import principals_of
from partners.models.organisations import organisations_of

if TYPE_CHECKING:
    from comms.cobranding.models.jobs import RenderJob  # noqa: F401  named in quotes
    from comms.cobranding.models.templates import (  # noqa: F401  named in quotes
        MessageTemplate,
        OwnLines,
        TemplateVersion,
    )


class MessageTemplateQuerySet(models.QuerySet["MessageTemplate"]):
    """Questions about templates."""

    def visible_to(self, user: Any) -> "MessageTemplateQuerySet":
        """Templates that a reader may open, and the desk those that are not in use."""
        readable = Publication.objects.visible_to(user).exclude(tlp__in=NOT_TO_BE_FORWARDED)
        in_force = readable.filter(status=PublicationStatus.PUBLISHED)
        rule = Q(status=TemplateStatus.APPROVED) & _labels_for(user) & _of(in_force)
        if plans(user):
            rule |= _of(readable)
        return self.filter(rule)

    def editable_by(self, user: Any) -> "MessageTemplateQuerySet":
        """Templates that a reader may change: the communication desk those that it sees."""
        return self.visible_to(user) if plans(user) else self.none()

    def in_use(self) -> "MessageTemplateQuerySet":
        """Templates that the library shows."""
        return self.filter(status=TemplateStatus.APPROVED)


class TemplateVersionQuerySet(models.QuerySet["TemplateVersion"]):
    """Questions about versions of templates."""

    def visible_to(self, user: Any) -> "TemplateVersionQuerySet":
        """Versions of templates that a reader may open; what was not approved is for the desk."""
        from comms.cobranding.models.templates import MessageTemplate

        own = self.filter(template__in=MessageTemplate.objects.visible_to(user).values("pk"))
        return own if plans(user) else own.filter(approved_at__isnull=False)


class OwnLinesQuerySet(models.QuerySet["OwnLines"]):
    """Questions about what partners add."""

    def visible_to(self, user: Any) -> "OwnLinesQuerySet":
        """Lines of the reader's own organisations; the desk needs those of all for a batch."""
        return self if plans(user) else self.filter(organisation__in=organisations_of(user))


class RenderJobQuerySet(models.QuerySet["RenderJob"]):
    """Questions about batches."""

    def visible_to(self, user: Any) -> "RenderJobQuerySet":
        """Batches that the reader asked for, as long as he or she works at the desk."""
        return self.filter(by=user.pk) if plans(user) else self.none()


def _labels_for(user: Any) -> Q:
    if principals_of(user).intersection(NETWORK):
        return Q(tlp__in=(Tlp.CLEAR, Tlp.GREEN)) | Q(tlp=Tlp.AMBER, publication__isnull=False)
    return Q(tlp=Tlp.CLEAR)


def _of(publications: Any) -> Q:
    return Q(publication__isnull=True) | Q(publication__in=publications.values("pk"))
