"""What waits to be handled: requests of strangers, changes of address, files with subscribers."""

import datetime
import uuid

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from comms.subscriptions.holders import LinkHolder
from comms.subscriptions.models.consent import ConsentText
from comms.subscriptions.models.newsletters import Newsletter
from comms.subscriptions.models.subscriptions import CONFIRMATION_TERM

#: A file that was read and checked waits this long for a yes.
IMPORT_TERM = datetime.timedelta(days=1)
#: A request that cannot be answered is kept this long.
REQUEST_TERM = datetime.timedelta(days=1)


class SubscriptionRequestQuerySet(models.QuerySet["SubscriptionRequest"]):
    """Questions about requests."""

    def expired(self) -> "SubscriptionRequestQuerySet":
        """Requests that could not be answered: who asked has asked again by now."""
        return self.filter(created_at__lte=timezone.now() - REQUEST_TERM)


class SubscriptionRequest(models.Model):
    """The form of a stranger as it came in; a worker looks whose address it is (security.md D04).

    The request that takes the form only writes this row, whoever asks: its answer cannot say, in words or in
    milliseconds, whether the address is known.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    """Made here, not by the database: the web role may write the row and not read it back."""
    email = models.EmailField(_("e-mailadres"), max_length=254)
    choices = models.JSONField(_("wat gevraagd is"))
    created_at = models.DateTimeField(_("ontvangen"), default=timezone.now)

    objects = SubscriptionRequestQuerySet.as_manager()

    class Meta:
        verbose_name = _("aanvraag van een abonnement")
        verbose_name_plural = _("aanvragen van abonnementen")
        ordering = ["created_at"]

    def __str__(self) -> str:
        return str(self.pk)


class AddressChangeQuerySet(models.QuerySet["AddressChange"]):
    """Questions about changes of address."""

    def of(self, holder: LinkHolder) -> "AddressChangeQuerySet":
        """Changes that the holder of a link asked for."""
        return self.filter(subscriber=holder.subscriber)

    def expired(self) -> "AddressChangeQuerySet":
        """Changes that nobody confirmed in time."""
        return self.filter(created_at__lte=timezone.now() - CONFIRMATION_TERM)


class AddressChange(models.Model):
    """A subscriber's new address, until somebody opens the link that was sent there."""

    key = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    subscriber = models.UUIDField(_("abonnee"))
    email = models.EmailField(_("nieuw e-mailadres"), max_length=254)
    created_at = models.DateTimeField(_("gevraagd op"), default=timezone.now)

    objects = AddressChangeQuerySet.as_manager()

    class Meta:
        verbose_name = _("wijziging van adres")
        verbose_name_plural = _("wijzigingen van adres")
        ordering = ["created_at"]

    def __str__(self) -> str:
        return str(self.pk)


class SubscriberImportQuerySet(models.QuerySet["SubscriberImport"]):
    """Questions about imports."""

    def expired(self) -> "SubscriberImportQuerySet":
        """Imports that nobody said yes to in time."""
        return self.filter(done_at__isnull=True, created_at__lte=timezone.now() - IMPORT_TERM)


class SubscriberImport(models.Model):
    """A file with existing subscribers, and why they may be taken over; its rows go as soon as it is done."""

    newsletter = models.ForeignKey(Newsletter, models.CASCADE, related_name="imports", verbose_name=_("nieuwsbrief"))
    consent_text = models.ForeignKey(ConsentText, models.PROTECT, related_name="+", verbose_name=_("akkoord met"))
    proof = models.CharField(_("waaruit blijkt de toestemming"), max_length=400)
    rows = models.JSONField(_("regels"), default=list)
    number_added = models.PositiveIntegerField(_("toegevoegd"), default=0)
    created_at = models.DateTimeField(_("ingelezen op"), default=timezone.now)
    done_at = models.DateTimeField(_("uitgevoerd op"), null=True, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("door"))

    objects = SubscriberImportQuerySet.as_manager()

    class Meta:
        verbose_name = _("overname van abonnees")
        verbose_name_plural = _("overnames van abonnees")
        ordering = ["-created_at"]

    def __str__(self) -> str:
        return f"{self.newsletter} {self.created_at:%Y-%m-%d}"
