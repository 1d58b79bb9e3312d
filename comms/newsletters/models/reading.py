"""What belongs to an issue on its way and after: addresses, test mails, checked links and figures."""

from django.conf import settings
from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from comms.newsletters.enums import Measure, ReaderClass
from comms.newsletters.models.visibility import DeskRowsQuerySet, IssueRowsQuerySet


class LinkTarget(models.Model):
    """An address in an issue; a counted link names its key, never the address itself (security.md D06)."""

    issue = models.ForeignKey("newsletters.Issue", models.CASCADE, related_name="targets", verbose_name=_("editie"))
    url = models.URLField(_("adres"), max_length=1_000)
    position = models.PositiveSmallIntegerField(_("hoeveelste link"))

    objects = IssueRowsQuerySet.as_manager()

    class Meta:
        verbose_name = _("adres in een editie")
        verbose_name_plural = _("adressen in edities")
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["issue", "url"], name="address_once_in_an_issue"),
            models.CheckConstraint(
                name="target_is_a_web_address", condition=models.Q(url__regex=r"^https?://[^\s/]+(/\S*)?$")
            ),
        ]

    def __str__(self) -> str:
        return self.url


class LinkCheck(models.Model):
    """Whether an address outside the portal answers; the worker looked, never a request."""

    url = models.URLField(_("adres"), max_length=1_000, unique=True)
    is_broken = models.BooleanField(_("werkt niet"), null=True, blank=True)
    explanation = models.CharField(_("uitleg"), max_length=200, blank=True)
    asked_at = models.DateTimeField(_("gevraagd op"), db_default=Now())
    checked_at = models.DateTimeField(_("nagekeken op"), null=True, blank=True)

    class Meta:
        verbose_name = _("nagekeken adres")
        verbose_name_plural = _("nagekeken adressen")
        ordering = ["-asked_at", "-pk"]

    def __str__(self) -> str:
        return self.url


class TestSend(models.Model):
    """A test mail: who asked for it and to how many desk addresses it went."""

    #: pytest would take the name for a test.
    __test__ = False

    issue = models.ForeignKey("newsletters.Issue", models.CASCADE, related_name="test_sends", verbose_name=_("editie"))
    number_of_addresses = models.PositiveSmallIntegerField(_("aantal adressen"))
    sent_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("verstuurd door")
    )
    sent_at = models.DateTimeField(_("verstuurd op"), db_default=Now())

    objects = DeskRowsQuerySet.as_manager()

    class Meta:
        verbose_name = _("testmail")
        verbose_name_plural = _("testmails")
        ordering = ["-sent_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.issue_id}: {self.number_of_addresses}"


class IssueFigure(models.Model):
    """How many mails were opened or clicked in an hour, by whom probably; nobody stands in it."""

    issue = models.ForeignKey("newsletters.Issue", models.CASCADE, related_name="figures", verbose_name=_("editie"))
    measure = models.CharField(_("maat"), max_length=20, choices=Measure.choices)
    reader_class = models.CharField(_("wie waarschijnlijk"), max_length=20, choices=ReaderClass.choices)
    hour = models.DateTimeField(_("uur"))
    target = models.ForeignKey(
        LinkTarget, models.CASCADE, null=True, blank=True, related_name="figures", verbose_name=_("adres")
    )
    """Empty for mails as a whole; set for how many mails a link was followed from."""
    count = models.IntegerField(_("aantal mails"), default=0)

    objects = DeskRowsQuerySet.as_manager()

    class Meta:
        verbose_name = _("cijfer van een editie")
        verbose_name_plural = _("cijfers van edities")
        ordering = ["hour", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["issue", "measure", "reader_class", "hour", "target"],
                name="one_figure_per_hour",
                nulls_distinct=False,
            )
        ]

    def __str__(self) -> str:
        return f"{self.issue_id} {self.measure} {self.reader_class} {self.hour:%Y-%m-%d %H}: {self.count}"
