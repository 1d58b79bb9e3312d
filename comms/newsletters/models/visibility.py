"""Who sees an issue, said once for the ORM (security.md chapter 3: campaign and newsletter draft, archive).

The same rule stands a second time in PostgreSQL (migration `0002_row_security`), written apart on purpose.

* Not sent yet: the desk (working group and coordinators), nobody else; figures, test mails and history never others.
* Sent: CLEAR of a list with a public archive everybody, CLEAR and GREEN the network; with a title of AMBER in it the
  desk only, for others it is a mail.
"""

from typing import Any

from django.db import models
from django.db.models import Q

from comms.enums import Tlp
from comms.models.visibility import NETWORK
from comms.newsletters.enums import UNFINISHED, IssueStatus
from comms.planning.models import plans
from cwn.core.visibility import principals_of


class IssueQuerySet(models.QuerySet[Any]):
    """Questions about issues."""

    def visible_to(self, user: Any) -> "IssueQuerySet":
        """Issues that a reader may open."""
        if plans(user):
            return self
        if principals_of(user).intersection(NETWORK):
            return self.sent().filter(tlp__in=[Tlp.CLEAR, Tlp.GREEN])
        return self.sent().filter(tlp=Tlp.CLEAR, newsletter__archive_is_public=True)

    def editable_by(self, user: Any) -> "IssueQuerySet":
        """Issues that a reader may change now: the desk, until a second person agreed."""
        return self.filter(status__in=UNFINISHED) if plans(user) else self.none()

    def at_the_desk_of(self, user: Any) -> "IssueQuerySet":
        """Issues of which a reader sees how they come about."""
        return self if plans(user) else self.none()

    def sent(self) -> "IssueQuerySet":
        """Issues of which the first mail has left: what the archive holds."""
        return self.filter(sent_at__isnull=False)

    def tested(self) -> "IssueQuerySet":
        """Issues of which a test mail went to the desk."""
        return self.filter(test_sends__isnull=False)


class DeskRowsQuerySet(models.QuerySet[Any]):
    """Questions about what the desk knows of an issue, and nobody else: figures and test mails."""

    def visible_to(self, user: Any) -> "DeskRowsQuerySet":
        """All for the desk, nothing for others, also of an issue that they may open."""
        return self if plans(user) else self.none()


class IssueRowsQuerySet(models.QuerySet[Any]):
    """Questions about what belongs to an issue."""

    def visible_to(self, user: Any) -> "IssueRowsQuerySet":
        """Rows of issues that a reader may open."""
        issues: Any = self.model._meta.get_field("issue").related_model
        return self.filter(issue__in=issues.objects.visible_to(user).values("pk"))

    def mailed_to_everybody(self) -> "IssueRowsQuerySet":
        """Rows of CLEAR issues of which a mail left or may leave: a mail program shows them without a log-in."""
        left = Q(issue__sent_at__isnull=False) | Q(issue__status=IssueStatus.SCHEDULED)
        tested = Q(issue__in=self.model._meta.get_field("issue").related_model.objects.tested().values("pk"))  # type: ignore[union-attr]
        return self.filter(left | tested, issue__tlp=Tlp.CLEAR)
