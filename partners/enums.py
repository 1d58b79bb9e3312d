"""Fixed words of the registry. What may change without a release is data, not an enum."""

from typing import TYPE_CHECKING

from django.db import models
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


class PartnerStatus(models.TextChoices):
    """Where an organisation stands towards the network (R34); "consulted" is no step on the ladder."""

    PROSPECT = "prospect", _("Mogelijke partner")
    CANDIDATE = "kandidaat", _("Kandidaat")
    PARTNER = "partner", _("Netwerkpartner")
    SUSPENDED = "geschorst", _("Geschorst")
    FORMER = "voormalig", _("Voormalig partner")
    CONSULTED = "geraadpleegd", _("Geraadpleegd")

    @property
    def tone(self) -> str:
        """How loud its badge is; the words say the same."""
        return {
            PartnerStatus.PROSPECT: "neutral",
            PartnerStatus.CANDIDATE: "info",
            PartnerStatus.PARTNER: "success",
            PartnerStatus.SUSPENDED: "danger",
            PartnerStatus.FORMER: "warning",
            PartnerStatus.CONSULTED: "neutral",
        }[self]


#: Organisations that anybody may see; of the others the coordinators and their own people know.
PUBLIC_STATUSES = (PartnerStatus.PARTNER, PartnerStatus.CONSULTED)


class RegionLevel(models.TextChoices):
    """The levels of the region tree (R4, R164); islands stand beside provinces as equals."""

    KINGDOM = "koninkrijk", _("Koninkrijk")
    COUNTRY = "land", _("Land")
    PROVINCE = "provincie", _("Provincie")
    ISLAND = "eiland", _("Eiland")
    SAFETY_REGION = "veiligheidsregio", _("Veiligheidsregio")


class SectorGroup(models.TextChoices):
    """How the NIS2 directive and the Cyberbeveiligingswet group a sector (R5)."""

    ESSENTIAL = "zeer-kritiek", _("Zeer kritieke sector (NIS2, bijlage I)")
    IMPORTANT = "kritiek", _("Andere kritieke sector (NIS2, bijlage II)")
    OTHER = "overig", _("Buiten NIS2")


class ParticipationDegree(models.TextChoices):
    """How much an organisation puts into a function; it chooses itself (R49)."""

    FOLLOW = "volgen", _("Volgen")
    CONTRIBUTE = "bijdragen", _("Bijdragen")
    LEND_CAPACITY = "capaciteit", _("Capaciteit leveren")


class ParticipationBasis(models.TextChoices):
    """Whether a participation was agreed or only follows from what an organisation publicly does."""

    AGREED = "afgesproken", _("Afgesproken")
    EXPECTED = "verwacht", _("Verwacht, op grond van openbare informatie")


class ContactRole(models.TextChoices):
    """What a contact is for (R19, R155)."""

    GENERAL = "algemeen", _("Algemeen aanspreekpunt")
    DUTY = "piket", _("Piket, dag en nacht bereikbaar")
    FUNCTION = "functie", _("Aanspreekpunt voor een functie")
    COMMUNICATION = "communicatie", _("Communicatie")
    TECHNICAL = "techniek", _("Techniek")
    EXECUTIVE = "bestuur", _("Bestuur")


class VisibilityLevel(models.TextChoices):
    """Who may read a field of a profile or a contact."""

    PUBLIC = "openbaar", _("Iedereen")
    MEMBERS = "netwerk", _("Leden van netwerkpartners")
    OWN = "eigen", _("Eigen organisatie en coördinatoren")


class MembershipRole(models.TextChoices):
    """What somebody may do for an organisation."""

    MEMBER = "lid", _("Lid")
    REPRESENTATIVE = "vertegenwoordiger", _("Vertegenwoordiger")


class RelationKind(models.TextChoices):
    """How organisations relate to each other (R38)."""

    MEMBER_OF = "lid-van", _("is lid van")
    PART_OF = "onderdeel-van", _("is onderdeel van")
    SERVES = "bedient", _("bedient")
    SUPPLIES = "levert-aan", _("levert aan")
    OVERLAPS = "overlapt", _("overlapt met")

    @property
    def reverse_label(self) -> "StrOrPromise":
        """The same relation, told from the other end."""
        return {
            RelationKind.MEMBER_OF: _("heeft als lid"),
            RelationKind.PART_OF: _("heeft als onderdeel"),
            RelationKind.SERVES: _("wordt bediend door"),
            RelationKind.SUPPLIES: _("krijgt geleverd van"),
            RelationKind.OVERLAPS: _("overlapt met"),
        }[self]


class LegalBasisKind(models.TextChoices):
    """On what ground information may be shared with an organisation (R21); the law itself is data."""

    OKTT = "oktt", _("OKTT-status")
    CSIRT_DESIGNATION = "csirt", _("Aangewezen (sectoraal) CSIRT")
    STATUTORY_TASK = "wettelijke-taak", _("Wettelijke taak")
    AGREEMENT = "overeenkomst", _("Overeenkomst")


class InitiativeStatus(models.TextChoices):
    """How an initiative stands towards the network, which replaces nothing (R37)."""

    LINKED = "gekoppeld", _("Gekoppeld aan het netwerk")
    ABSORBED = "opgenomen", _("Opgenomen in het netwerk")
    PARALLEL = "naast", _("Bestaat naast het netwerk")

    @property
    def explanation(self) -> "StrOrPromise":
        """What this means for somebody who works with the initiative."""
        return {
            InitiativeStatus.LINKED: _("Dit initiatief blijft zelfstandig. Het werkt samen met het netwerk."),
            InitiativeStatus.ABSORBED: _("Het werk van dit initiatief gaat verder als onderdeel van het netwerk."),
            InitiativeStatus.PARALLEL: _("Dit initiatief staat los van het netwerk. Het kan wel nuttig voor u zijn."),
        }[self]

    @property
    def tone(self) -> str:
        """How loud its badge is; the words say the same."""
        return {
            InitiativeStatus.LINKED: "success",
            InitiativeStatus.ABSORBED: "info",
            InitiativeStatus.PARALLEL: "neutral",
        }[self]


class InitiativeKind(models.TextChoices):
    """What sort of initiative it is."""

    PROGRAMME = "programma", _("Programma")
    PROJECT = "project", _("Project")
    ISAC = "isac", _("ISAC")
    COALITION = "coalitie", _("Coalitie")
    PARTNERSHIP = "samenwerking", _("Samenwerkingsverband")
    STUDY = "verkenning", _("Verkenning")
    EXERCISE_PROGRAMME = "oefenprogramma", _("Oefenprogramma")
    CONSULTATION = "overleg", _("Overleg")
    PLATFORM = "platform", _("Platform")


class ApplicationState(models.TextChoices):
    """How far an application to join has come."""

    UNCONFIRMED = "onbevestigd", _("Adres nog niet bevestigd")
    NEW = "nieuw", _("Nieuw")
    IN_INTAKE = "intake", _("In gesprek")
    ADMITTED = "toegelaten", _("Toegelaten")
    DECLINED = "afgewezen", _("Afgewezen")


class ProposalState(models.TextChoices):
    """What became of a change that a representative proposed."""

    OPEN = "open", _("Wacht op een coördinator")
    ACCEPTED = "overgenomen", _("Overgenomen")
    DECLINED = "afgewezen", _("Niet overgenomen")
    WITHDRAWN = "ingetrokken", _("Ingetrokken")


class DuplicateState(models.TextChoices):
    """What became of a possible duplicate."""

    OPEN = "open", _("Te beoordelen")
    DISMISSED = "verschillend", _("Zijn verschillende organisaties")
    MERGED = "samengevoegd", _("Samengevoegd")
