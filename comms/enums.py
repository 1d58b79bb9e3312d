"""Fixed words of what the network says. What may change without a release is data, not an enum."""

from typing import TYPE_CHECKING

from django.db import models
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


class Tlp(models.TextChoices):
    """The five labels of the Traffic Light Protocol 2.0, from open to strict; there is no default (R74)."""

    CLEAR = "clear", "TLP:CLEAR"
    GREEN = "green", "TLP:GREEN"
    AMBER = "amber", "TLP:AMBER"
    AMBER_STRICT = "amber-strict", "TLP:AMBER+STRICT"
    RED = "red", "TLP:RED"

    @property
    def strictness(self) -> int:
        """From 0 (CLEAR) to 4 (RED)."""
        return list(Tlp).index(self)

    @property
    def needs_second_person(self) -> bool:
        """Tell whether somebody else than the author must agree before it is published."""
        return self.strictness >= Tlp.AMBER.strictness

    @property
    def meaning(self) -> "StrOrPromise":
        """Who may read it and pass it on, in one sentence."""
        return {
            Tlp.CLEAR: _("Iedereen mag dit lezen en doorgeven."),
            Tlp.GREEN: _("Voor netwerkpartners. Zij mogen het doorgeven aan hun achterban. Niet openbaar."),
            Tlp.AMBER: _("Alleen voor de genoemde organisaties, en voor hun klanten die het moeten weten."),
            Tlp.AMBER_STRICT: _("Alleen voor de genoemde organisaties. Niet doorgeven."),
            Tlp.RED: _("Alleen voor de genoemde personen. Niet doorgeven."),
        }[self]


#: Labels of which readers outside the addressed organisations may not even know that there is something.
RESTRICTED = (Tlp.AMBER, Tlp.AMBER_STRICT, Tlp.RED)
#: Labels of which nothing leaves the portal for a constituency (security.md chapter 3).
NOT_TO_BE_FORWARDED = (Tlp.AMBER_STRICT, Tlp.RED)


class PublicationKind(models.TextChoices):
    """What is shared; the kind proposes form, channels and tone (R103), see `comms.kinds`."""

    THREAT = "dreigingsinformatie", _("Dreigingsinformatie")
    VULNERABILITY = "kwetsbaarheid", _("Kwetsbaarheid")
    INCIDENT = "incident", _("Incident")
    TECHNICAL_DATA = "technische-gegevens", _("Technische gegevens")
    ANALYSIS = "analyse", _("Analyse")
    TREND_ANALYSIS = "trendanalyse", _("Fenomeen- of trendanalyse")
    BEST_PRACTICE = "best-practice", _("Goed voorbeeld uit de praktijk")
    ADVICE = "adviesproduct", _("Adviesproduct")
    WHITE_PAPER = "whitepaper", _("Whitepaper")
    HANDOUT = "hand-out", _("Hand-out")
    TOOLKIT = "toolkit", _("Toolkit")
    COURSE = "cursus", _("Cursus of training")
    LESSON = "geleerde-les", _("Geleerde les")
    NEWS = "nieuws", _("Nieuws")
    PRESS_RELEASE = "persbericht", _("Persbericht")
    INTERVIEW = "interview", _("Interview")
    CASE_STUDY = "praktijkverhaal", _("Praktijkverhaal")
    ARTICLE = "artikel", _("Artikel")
    SHOWCASE = "showcase", _("Showcase")
    ANNUAL_REPORT = "jaarverslag", _("Jaarverslag")


class PublicationStatus(models.TextChoices):
    """Where a publication stands on its way from draft to archive."""

    DRAFT = "concept", _("Concept")
    IN_REVIEW = "beoordeling", _("Ter beoordeling")
    SCHEDULED = "ingepland", _("Ingepland")
    PUBLISHED = "gepubliceerd", _("Gepubliceerd")
    SUPERSEDED = "vervangen", _("Vervangen")
    WITHDRAWN = "ingetrokken", _("Ingetrokken")
    EXPIRED = "verlopen", _("Verlopen")

    @property
    def tone(self) -> str:
        """How loud its badge is; the words say the same."""
        return {
            PublicationStatus.DRAFT: "neutral",
            PublicationStatus.IN_REVIEW: "info",
            PublicationStatus.SCHEDULED: "info",
            PublicationStatus.PUBLISHED: "success",
            PublicationStatus.SUPERSEDED: "warning",
            PublicationStatus.WITHDRAWN: "danger",
            PublicationStatus.EXPIRED: "warning",
        }[self]


#: Statuses in which the cover sheet may still have gaps.
UNFINISHED = (PublicationStatus.DRAFT, PublicationStatus.IN_REVIEW)
#: Statuses of what its readers can see, if only as a notice that it is gone.
ISSUED = (
    PublicationStatus.PUBLISHED,
    PublicationStatus.SUPERSEDED,
    PublicationStatus.WITHDRAWN,
    PublicationStatus.EXPIRED,
)
#: Statuses of which only a notice is left.
TOMBSTONES = (PublicationStatus.SUPERSEDED, PublicationStatus.WITHDRAWN)


class Urgency(models.TextChoices):
    """How soon somebody must do something (R78); it decides channel, order and timing."""

    IMMEDIATE = "direct", _("Direct handelen")
    SOON = "spoedig", _("Deze week handelen")
    PLANNED = "gepland", _("Inplannen")
    INFORMATIVE = "ter-informatie", _("Ter informatie")

    @property
    def weight(self) -> int:
        """3 for the most urgent, 0 for the least."""
        return {Urgency.IMMEDIATE: 3, Urgency.SOON: 2, Urgency.PLANNED: 1, Urgency.INFORMATIVE: 0}[self]

    @property
    def tone(self) -> str:
        """How loud its badge is; the words say the same."""
        return {3: "danger", 2: "warning", 1: "info", 0: "neutral"}[self.weight]


class ReaderRole(models.TextChoices):
    """For whom inside an organisation something is meant (R7)."""

    EXECUTIVE = "bestuurder", _("Bestuurder")
    CISO = "ciso", _("CISO of security officer")
    IT = "ict-beheerder", _("ICT-beheerder")
    ANALYST = "analist", _("Securityanalist of CSIRT")
    COMMUNICATION = "communicatieadviseur", _("Communicatieadviseur")
    LEGAL = "jurist", _("Jurist of privacyfunctionaris")
    BUYER = "inkoper", _("Inkoper")
    POLICY = "beleidsmaker", _("Beleidsmaker")
    EMPLOYEE = "medewerker", _("Medewerker")


class Tone(models.TextChoices):
    """How something is said (R81, R103)."""

    FACTUAL = "zakelijk", _("Zakelijk")
    URGENT = "dringend", _("Dringend")
    REASSURING = "geruststellend", _("Geruststellend")
    ACTIVATING = "activerend", _("Activerend")
    PERSONAL = "persoonlijk", _("Persoonlijk")


class MessageChannel(models.TextChoices):
    """Where a partner may use the ready message (R81)."""

    MAIL = "e-mail", _("E-mail")
    NEWSLETTER = "nieuwsbrief", _("Nieuwsbrief")
    SOCIAL = "social", _("Sociale media")
    INTRANET = "intranet", _("Intranet")
    PRESS = "pers", _("Pers")
    PHONE = "telefoon", _("Telefoon of piket")


class Effort(models.TextChoices):
    """How much work an action is (R82)."""

    HOUR = "uur", _("Minder dan een uur")
    DAY = "dag", _("Een dag")
    WEEK = "week", _("Enkele dagen")
    PROJECT = "project", _("Meer dan een week")


class Deadline(models.TextChoices):
    """When an action must be done, where that is no day of the calendar (R82)."""

    NOW = "direct", _("Direct")
    ONGOING = "doorlopend", _("Doorlopend")


class Licence(models.TextChoices):
    """Under which conditions others may use what is shared."""

    NOT_SET = "", _("Niet vastgelegd")
    CC0 = "CC0-1.0", _("Vrij van rechten (CC0)")
    CC_BY = "CC-BY-4.0", _("Vrij te gebruiken met bronvermelding (CC BY 4.0)")
    CC_BY_SA = "CC-BY-SA-4.0", _("Met bronvermelding, gelijk delen (CC BY-SA 4.0)")
    CC_BY_NC = "CC-BY-NC-4.0", _("Met bronvermelding, niet commercieel (CC BY-NC 4.0)")
    TLP_ONLY = "tlp", _("Alleen volgens het TLP-label")


class ReceiptChannel(models.TextChoices):
    """How a publication reached an organisation."""

    MAIL = "mail", _("Mail")
    PAGE = "pagina", _("Pagina geopend")
    SHEET = "oplegger", _("Oplegger gedownload")
    ATTACHMENT = "bijlage", _("Bijlage gedownload")
    PACK = "doorstuurpakket", _("Doorstuurpakket gedownload")
    API = "api", _("Opgehaald via de API")


class Answer(models.TextChoices):
    """What a link organisation did with a publication (R107)."""

    PASSED_ON = "doorgegeven", _("Doorgegeven")
    NOT_RELEVANT = "niet-relevant", _("Niet relevant voor ons")
    LATER = "later", _("Wij doen dit later")


class RemarkKind(models.TextChoices):
    """What somebody who may not edit can leave beside a text (R106)."""

    COMMENT = "opmerking", _("Opmerking")
    SUGGESTION = "suggestie", _("Suggestie")
