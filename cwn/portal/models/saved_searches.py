"""Searches that people keep, and the mails about what is new in them (R12)."""

from datetime import UTC, datetime, time, timedelta
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext_lazy as _

#: When the mails of a day or a week go out, by the clock of the Netherlands; never in the hour that summer time skips.
HOUR = time(7)
MONDAY = 0
#: Somebody who wants to hear at once gets one mail in so much time at most.
PERIOD = timedelta(minutes=5)
#: Tries after which a mail is given up.
MOST_TRIES = 5
#: The list pages of which a search can be kept, by the kind that they list.
LIST_PAGES = {
    "": "home",
    "organisation": "organisation_list",
    "initiative": "initiative_list",
    "publication": "publication_list",
}


class AlertFrequency(models.TextChoices):
    """How often somebody hears that a search finds something new."""

    DIRECT = "direct", _("Direct")
    DAILY = "dagelijks", _("Elke dag om 7.00 uur")
    WEEKLY = "wekelijks", _("Elke maandag om 7.00 uur")
    NONE = "geen", _("Geen mail")


def period_of(moment: datetime) -> datetime:
    """Return the beginning of the five minutes in which a moment falls."""
    return moment.astimezone(UTC) - timedelta(seconds=moment.timestamp() % PERIOD.total_seconds())


def last_due(frequency: str, now: datetime) -> datetime:
    """Return the last moment at which alerts of a frequency were due; it may be long ago after a stop (H06)."""
    if frequency == AlertFrequency.DIRECT:
        return period_of(now)
    day = timezone.localdate(now)
    if frequency == AlertFrequency.WEEKLY:
        day -= timedelta(days=(day.weekday() - MONDAY) % 7)
    due = timezone.make_aware(datetime.combine(day, HOUR))
    if due <= now:
        return due
    earlier = day - timedelta(days=7 if frequency == AlertFrequency.WEEKLY else 1)
    return timezone.make_aware(datetime.combine(earlier, HOUR))


class SavedSearchQuerySet(models.QuerySet["SavedSearch"]):
    """Questions about saved searches."""

    def visible_to(self, user: Any) -> "SavedSearchQuerySet":
        """The own searches: nobody else sees what somebody looks for, coordinators neither."""
        return self.filter(user=user.pk) if user.pk else self.none()

    def due(self, now: datetime) -> "SavedSearchQuerySet":
        """Searches that were not looked at since their mail was due, of people with an open account."""
        rule = Q(pk__in=[])
        for frequency in (AlertFrequency.DIRECT, AlertFrequency.DAILY, AlertFrequency.WEEKLY):
            rule |= Q(frequency=frequency, checked_at__lt=last_due(frequency, now))
        return self.filter(rule, is_paused=False, user__is_active=True)


class SavedSearch(models.Model):
    """A question to a list page that somebody asks again and again, and how often to hear of new answers (R12)."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="saved_searches", verbose_name=_("van")
    )
    name = models.CharField(_("naam"), max_length=80)
    kind = models.CharField(max_length=40, blank=True, editable=False)
    """What its list page lists, as in `/partners/`; empty for everything together."""
    language = models.CharField(max_length=5, editable=False)
    """Of the pages on which the question is asked: words are looked up in it."""
    query = models.CharField(max_length=2_000, blank=True, editable=False)
    """Words and filters as they stand in the address; only those that exist, always in the same order."""
    frequency = models.CharField(
        _("mail over nieuwe resultaten"), max_length=20, choices=AlertFrequency.choices, default=AlertFrequency.DAILY
    )
    is_paused = models.BooleanField(_("even geen mail (pauze)"), default=False)
    seen = models.JSONField(default=dict, editable=False)
    """What the person saw here or got by mail, by kind (`cwn.portal.saved_searches.things`)."""
    checked_at = models.DateTimeField(default=timezone.now, editable=False)
    """When the portal last asked whether there is something to mail."""
    looked_at = models.DateTimeField(_("laatst bekeken"), default=timezone.now, editable=False)
    created_at = models.DateTimeField(_("bewaard op"), auto_now_add=True)

    objects = SavedSearchQuerySet.as_manager()

    class Meta:
        verbose_name = _("bewaarde zoekvraag")
        verbose_name_plural = _("bewaarde zoekvragen")
        ordering = ["name", "pk"]
        indexes = [
            models.Index(fields=["frequency", "checked_at"], name="saved_searches_due", condition=Q(is_paused=False))
        ]
        constraints = [
            models.UniqueConstraint(fields=["user", "kind", "language", "query"], name="one_saved_search_per_question"),
            models.CheckConstraint(name="known_alert_frequency", condition=Q(frequency__in=AlertFrequency.values)),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def address(self) -> str:
        """The list page that asks this question."""
        with translation.override(self.language):
            page = reverse(LIST_PAGES[self.kind])
        return f"{page}?{self.query}" if self.query else page

    @property
    def mails(self) -> bool:
        """Tell whether new results are mailed now."""
        return not self.is_paused and self.frequency != AlertFrequency.NONE


class AlertMailQuerySet(models.QuerySet["AlertMail"]):
    """Questions about alert mails."""

    def unfinished(self) -> "AlertMailQuerySet":
        """Mails that were not sent and not given up."""
        return self.filter(sent_at__isnull=True, given_up_at__isnull=True)

    def pending(self, now: datetime) -> "AlertMailQuerySet":
        """Unfinished mails that may be tried now; nobody is trying them at the moment."""
        return self.unfinished().filter(next_at__lte=now)

    def outdated(self, now: datetime) -> "AlertMailQuerySet":
        """Mails of more than thirty days ago, whatever became of them."""
        return self.filter(created_at__lt=now - timedelta(days=30))


class AlertMail(models.Model):
    """One mail to one person about what is new in his or her searches: first a row, then sent (architecture.md 3).

    It names things by key, never by title: titles and rights are those of the moment of sending (security.md A29).
    """

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="alert_mails", verbose_name=_("aan")
    )
    period = models.DateTimeField(_("tijdvak"))
    """The beginning of the five minutes in which it was queued; each person gets one mail in them at most."""
    found = models.JSONField(default=dict)
    """Search to what was new in it (`cwn.portal.saved_searches.things`)."""
    tries = models.PositiveSmallIntegerField(_("pogingen"), default=0)
    next_at = models.DateTimeField(_("volgende poging"), default=timezone.now)
    sent_at = models.DateTimeField(_("verstuurd op"), null=True, blank=True)
    given_up_at = models.DateTimeField(_("opgegeven op"), null=True, blank=True)
    created_at = models.DateTimeField(_("gemaakt op"), default=timezone.now)

    objects = AlertMailQuerySet.as_manager()

    class Meta:
        verbose_name = _("mail over nieuwe resultaten")
        verbose_name_plural = _("mails over nieuwe resultaten")
        ordering = ["-created_at", "-pk"]
        indexes = [
            models.Index(
                fields=["next_at"],
                name="alert_mails_to_send",
                condition=Q(sent_at__isnull=True, given_up_at__isnull=True),
            )
        ]
        constraints = [models.UniqueConstraint(fields=["user", "period"], name="one_alert_mail_per_period")]

    def __str__(self) -> str:
        return f"{self.user} {self.period:%Y-%m-%d %H:%M}"
