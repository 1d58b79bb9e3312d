"""Campaigns, the channels they use and the messages they carry (R90, R91, R97, R101, R105)."""

from typing import Any

import pghistory
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from comms.models import Audience, Publication
from comms.planning.enums import SHOWN_CAMPAIGNS, Cadence, CampaignStatus, ChannelKind, CoreMessageStatus
from comms.planning.models.visibility import plans, reads_plans
from cwn.core.enums import CwnFunction
from cwn.core.visibility import MEMBERS, principals_of
from partners.models import Organisation
from partners.models.organisations import represented_organisations_of


class ChannelQuerySet(models.QuerySet["Channel"]):
    """Questions about channels."""

    def visible_to(self, user: Any) -> "ChannelQuerySet":
        """Channels that a reader may know of: members see those in use, planners all."""
        if reads_plans(user):
            return self
        return self.filter(is_active=True) if MEMBERS in principals_of(user) else self.none()

    def editable_by(self, user: Any) -> "ChannelQuerySet":
        """Channels that a reader may change: planners those of the network, representatives their own (R106)."""
        own = Q(organisation__in=represented_organisations_of(user))
        return self.filter(own | Q(organisation__isnull=True)) if plans(user) else self.filter(own)

    def of_network(self) -> "ChannelQuerySet":
        """Channels of the network itself."""
        return self.filter(organisation__isnull=True)


@pghistory.track()
class Channel(models.Model):
    """A fixed way to readers: of the network, or of a partner that gives others a place in it (R90, R91)."""

    name = models.CharField(_("naam"), max_length=120)
    kind = models.CharField(_("soort"), max_length=20, choices=ChannelKind.choices)
    organisation = models.ForeignKey(
        Organisation, models.CASCADE, null=True, blank=True, related_name="channels", verbose_name=_("van partner"),
        help_text=_("Leeg: een kanaal van het netwerk zelf."),
    )  # fmt: skip
    description = models.CharField(_("waarvoor"), max_length=400, blank=True)
    reach = models.PositiveIntegerField(_("bereik: ongeveer hoeveel lezers"), null=True, blank=True)
    reach_measured_on = models.DateField(_("bereik gemeten op"), null=True, blank=True)
    cadence = models.CharField(_("hoe vaak"), max_length=20, choices=Cadence.choices, default=Cadence.IRREGULAR)
    audiences = models.ManyToManyField(Audience, blank=True, related_name="channels", verbose_name=_("doelgroepen"))
    contact = models.CharField(_("contact"), max_length=200, blank=True, help_text=_("Bij voorkeur een rolmailbox."))
    url = models.URLField(_("adres"), blank=True)
    accepts_placements = models.BooleanField(_("neemt berichten van het netwerk op"), default=False)
    lead_days = models.PositiveSmallIntegerField(_("dagen van tevoren aanleveren"), default=0)
    is_active = models.BooleanField(_("in gebruik"), default=True)

    objects = ChannelQuerySet.as_manager()

    class Meta:
        verbose_name = _("kanaal")
        verbose_name_plural = _("kanalen")
        ordering = ["name", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "name"], nulls_distinct=False, name="one_channel_of_a_name",
                violation_error_message=_("Dit kanaal staat er al."),
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.name


@pghistory.track()
class CoreMessage(models.Model):
    """A sentence that the whole network uses, suggested by the strategy or adopted (A, Kernboodschappen; R105)."""

    text = models.CharField(_("kernboodschap"), max_length=300)
    text_en = models.CharField(_("kernboodschap in het Engels"), max_length=300, blank=True)
    status = models.CharField(
        _("status"), max_length=20, choices=CoreMessageStatus.choices, default=CoreMessageStatus.SUGGESTED
    )
    audiences = models.ManyToManyField(
        Audience, blank=True, related_name="core_messages", verbose_name=_("doelgroepen"),
        help_text=_("Leeg: voor iedereen."),
    )  # fmt: skip
    proof = models.TextField(_("waarmee laten we zien dat dit klopt?"), max_length=1000, blank=True)
    source = models.CharField(_("bron"), max_length=200, blank=True)
    suggested_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("voorgesteld door"),
    )
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("besloten door"),
    )
    decided_on = models.DateField(_("besloten op"), null=True, blank=True)
    order = models.PositiveSmallIntegerField(_("volgorde"), default=100)

    class Meta:
        verbose_name = _("kernboodschap")
        verbose_name_plural = _("kernboodschappen")
        ordering = ["order", "pk"]
        constraints = [
            models.CheckConstraint(
                name="adopted_message_was_decided",
                condition=~Q(status=CoreMessageStatus.ADOPTED) | Q(decided_on__isnull=False),
                violation_error_message=_("Vul in wanneer de kernboodschap is vastgesteld."),
            ),
        ]

    def __str__(self) -> str:
        return self.label

    @property
    def label(self) -> str:
        """The sentence in the language of the page."""
        return (get_language() == "en" and self.text_en) or self.text


class CampaignQuerySet(models.QuerySet["Campaign"]):
    """Questions about campaigns."""

    def visible_to(self, user: Any) -> "CampaignQuerySet":
        """Campaigns that a reader may know of: planners all, members those that run or ran (security.md chapter 3)."""
        if plans(user):
            return self
        return (
            self.filter(status__in=SHOWN_CAMPAIGNS)
            if MEMBERS in principals_of(user) or reads_plans(user)
            else self.none()
        )

    def editable_by(self, user: Any) -> "CampaignQuerySet":
        """Campaigns that a planner may change."""
        return self if plans(user) else self.none()


@pghistory.track()
class Campaign(models.Model):
    """Saying one thing together for a while: goal, audiences, messages, partners, and what came of it (R97)."""

    name = models.CharField(_("naam"), max_length=120)
    slug = models.SlugField(_("kenmerk in het adres"), max_length=120, unique=True)
    goal = models.TextField(_("doel"), max_length=1000)
    audiences = models.ManyToManyField(Audience, related_name="campaigns", verbose_name=_("doelgroepen"))
    core_messages = models.ManyToManyField(
        CoreMessage, blank=True, related_name="campaigns", verbose_name=_("kernboodschappen")
    )
    functions = ArrayField(
        models.CharField(max_length=60, choices=CwnFunction.choices),
        verbose_name=_("functies"),
        default=list,
        blank=True,
    )
    partners = models.ManyToManyField(
        Organisation, blank=True, related_name="campaigns", verbose_name=_("partners die meedoen")
    )
    channels = models.ManyToManyField(Channel, blank=True, related_name="campaigns", verbose_name=_("kanalen"))
    owner = models.ForeignKey(Organisation, models.PROTECT, related_name="owned_campaigns", verbose_name=_("eigenaar"))
    lead = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("trekker")
    )
    starts_on = models.DateField(_("begint op"))
    ends_on = models.DateField(_("eindigt op"))
    status = models.CharField(_("status"), max_length=20, choices=CampaignStatus.choices, default=CampaignStatus.DRAFT)
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("akkoord van")
    )
    evaluation = models.TextField(_("wat hebben wij geleerd?"), max_length=4000, blank=True)
    evaluated_on = models.DateField(_("geëvalueerd op"), null=True, blank=True)
    edit_version = models.PositiveIntegerField(default=1)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("gemaakt door")
    )
    created_at = models.DateTimeField(_("gemaakt op"), auto_now_add=True)
    updated_at = models.DateTimeField(_("gewijzigd op"), auto_now=True)

    objects = CampaignQuerySet.as_manager()

    class Meta:
        verbose_name = _("campagne")
        verbose_name_plural = _("campagnes")
        ordering = ["-starts_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="campaign_ends_after_it_starts", condition=Q(ends_on__gte=F("starts_on")),
                violation_error_message=_("De einddatum ligt voor de begindatum."),
            ),
            models.CheckConstraint(
                name="evaluated_campaign_says_what_was_learned",
                condition=~Q(status=CampaignStatus.EVALUATED) | (~Q(evaluation="") & Q(evaluated_on__isnull=False)),
                violation_error_message=_("Schrijf op wat u van de campagne leerde."),
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """The page of the campaign."""
        return reverse("campaign_detail", args=[self.slug])


@pghistory.track()
class CampaignAsset(models.Model):
    """Something a campaign works with: a publication, or a page elsewhere; message templates refer to it themselves."""

    campaign = models.ForeignKey(Campaign, models.CASCADE, related_name="assets", verbose_name=_("campagne"))
    title = models.CharField(_("wat"), max_length=200)
    publication = models.ForeignKey(
        Publication, models.CASCADE, null=True, blank=True, related_name="+", verbose_name=_("publicatie")
    )
    url = models.URLField(_("adres"), blank=True)

    class Meta:
        verbose_name = _("materiaal van een campagne")
        verbose_name_plural = _("materiaal van campagnes")
        ordering = ["title", "pk"]
        constraints = [
            models.CheckConstraint(
                name="asset_is_one_thing",
                condition=Q(publication__isnull=False, url="") | (Q(publication__isnull=True) & ~Q(url="")),
                violation_error_message=_("Kies een publicatie of vul een adres in."),
            ),
        ]

    def __str__(self) -> str:
        return self.title


@pghistory.track()
class CampaignResult(models.Model):
    """What was counted of a campaign, and by whom: a number with its unit, its day and its source."""

    campaign = models.ForeignKey(Campaign, models.CASCADE, related_name="results", verbose_name=_("campagne"))
    what = models.CharField(_("wat is er geteld?"), max_length=200)
    value = models.DecimalField(_("uitkomst"), max_digits=12, decimal_places=2)
    unit = models.CharField(_("eenheid"), max_length=40, blank=True)
    goal_value = models.DecimalField(_("streefcijfer"), max_digits=12, decimal_places=2, null=True, blank=True)
    counted_on = models.DateField(_("geteld op"))
    source = models.CharField(_("bron"), max_length=200)

    class Meta:
        verbose_name = _("resultaat van een campagne")
        verbose_name_plural = _("resultaten van campagnes")
        ordering = ["-counted_on", "-pk"]

    def __str__(self) -> str:
        return f"{self.what}: {self.value:n} {self.unit}".strip()


@pghistory.track()
class AudienceAnalysis(models.Model):
    """What the working group knows of a target group at a moment (R102)."""

    audience = models.ForeignKey(Audience, models.CASCADE, related_name="analyses", verbose_name=_("doelgroep"))
    made_on = models.DateField(_("gemaakt op"))
    who = models.TextField(_("wie zijn het?"), max_length=2000)
    needs = models.TextField(_("wat hebben zij nodig?"), max_length=2000)
    ways = models.TextField(_("hoe bereiken wij hen?"), max_length=2000)
    baseline = models.CharField(_("nulmeting"), max_length=300, blank=True)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("gemaakt door")
    )

    class Meta:
        verbose_name = _("doelgroepanalyse")
        verbose_name_plural = _("doelgroepanalyses")
        ordering = ["-made_on", "-pk"]

    def __str__(self) -> str:
        return f"{self.audience} ({self.made_on})"
