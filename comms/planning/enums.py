"""Fixed words of planning together. What may change without a release is data, not an enum."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class EntryStatus(models.TextChoices):
    """How far a planned item is, from an idea to having learned from it (R86)."""

    IDEA = "idee", _("Idee")
    CONCEPT = "concept", _("Concept")
    REVIEW = "review", _("Ter beoordeling")
    PLANNED = "gepland", _("Gepland")
    LIVE = "live", _("Live")
    EVALUATED = "geevalueerd", _("Geëvalueerd")

    @property
    def tone(self) -> str:
        """How loud its badge is; the words say the same."""
        return {"idee": "neutral", "concept": "neutral", "review": "warning", "live": "success"}.get(self, "info")


class EntryReaders(models.TextChoices):
    """Who sees a planned item besides the people who plan (security.md chapter 3, content calendar)."""

    PLANNERS = "planners", _("Werkgroep, coördinatoren en vertegenwoordigers")
    MEMBERS = "leden", _("Alle leden van netwerkpartners")
    PUBLIC = "iedereen", _("Iedereen")


class Medium(models.TextChoices):
    """The form in which something is said (R87, R90)."""

    TEXT = "tekst", _("Tekst")
    IMAGE = "beeld", _("Beeld")
    ANIMATION = "animatie", _("Animatie")
    VIDEO = "video", _("Video")
    AUDIO = "audio", _("Audio of podcast")
    PRINT = "drukwerk", _("Drukwerk")
    MEETING = "bijeenkomst", _("Bijeenkomst")
    PERSONAL = "persoonlijk", _("Persoonlijk gesprek of mail")


class ChannelKind(models.TextChoices):
    """What kind of channel something goes along (R90, R91)."""

    WEBSITE = "website", _("Website of portaal")
    NEWSLETTER = "nieuwsbrief", _("Nieuwsbrief")
    MAIL = "mail", _("Persoonlijke e-mail")
    SOCIAL = "social", _("Sociale media")
    WEBINAR = "webinar", _("Webinar")
    EVENT = "evenement", _("Bijeenkomst of evenement")
    VIDEO = "video", _("Video of animatie")
    PRESS = "pers", _("Pers")
    MAGAZINE = "vakblad", _("Vakblad of ledenblad")
    INTRANET = "intranet", _("Intranet of besloten omgeving")
    PHONE = "telefoon", _("Telefoon of piket")


class Cadence(models.TextChoices):
    """How often a channel comes out (R91)."""

    CONTINUOUS = "doorlopend", _("Doorlopend")
    DAILY = "dagelijks", _("Elke dag")
    WEEKLY = "wekelijks", _("Elke week")
    FORTNIGHTLY = "tweewekelijks", _("Elke twee weken")
    MONTHLY = "maandelijks", _("Elke maand")
    QUARTERLY = "kwartaal", _("Elk kwartaal")
    YEARLY = "jaarlijks", _("Elk jaar")
    IRREGULAR = "wisselend", _("Wisselend")


class CampaignStatus(models.TextChoices):
    """How far a campaign is (R97)."""

    DRAFT = "concept", _("Concept")
    APPROVED = "akkoord", _("Akkoord")
    RUNNING = "loopt", _("Loopt")
    FINISHED = "afgerond", _("Afgerond")
    EVALUATED = "geevalueerd", _("Geëvalueerd")
    STOPPED = "gestopt", _("Gestopt")

    @property
    def tone(self) -> str:
        """How loud its badge is; the words say the same."""
        return {"loopt": "success", "akkoord": "info", "gestopt": "danger"}.get(self, "neutral")


#: Campaigns that members of partners may see; the others are for the desk.
SHOWN_CAMPAIGNS = (CampaignStatus.RUNNING, CampaignStatus.FINISHED, CampaignStatus.EVALUATED)


class CoreMessageStatus(models.TextChoices):
    """Whether the network says this already."""

    SUGGESTED = "voorstel", _("Voorstel")
    ADOPTED = "vastgesteld", _("Vastgesteld")
    RETIRED = "vervallen", _("Vervallen")


class RolloutPhase(models.TextChoices):
    """The four phases in which the network comes about; not the phase of an incident (R109)."""

    LAUNCH = "lancering", _("Lancering en bekendmaking")
    NETWORK_BUILDING = "netwerkopbouw", _("Actieve netwerkopbouw")
    ACTIVATION = "activatie", _("Activatie van functies")
    STRENGTHENING = "versterken", _("Versterken en evalueren")


class ActivityStatus(models.TextChoices):
    """How far an activity or an agreed action is."""

    TO_DO = "te-doen", _("Te doen")
    BUSY = "bezig", _("Bezig")
    DONE = "klaar", _("Klaar")
    DROPPED = "vervallen", _("Vervallen")


class MilestoneStatus(models.TextChoices):
    """Whether a milestone was reached."""

    AHEAD = "gepland", _("Gepland")
    REACHED = "bereikt", _("Bereikt")
    DROPPED = "vervallen", _("Vervallen")


class CelebrationState(models.TextChoices):
    """What happened to the proposal to celebrate a milestone (R89)."""

    PROPOSED = "voorgesteld", _("Voorgesteld")
    ACCEPTED = "overgenomen", _("Overgenomen")
    DECLINED = "afgewezen", _("Niet gedaan")


class SeatRole(models.TextChoices):
    """What somebody is in the working group (R85)."""

    CHAIR = "voorzitter", _("Voorzitter")
    SECRETARY = "secretaris", _("Secretaris")
    MEMBER = "lid", _("Lid")


class SessionForm(models.TextChoices):
    """How the working group meets."""

    IN_PERSON = "fysiek", _("Op locatie")
    ONLINE = "online", _("Online")
    HYBRID = "hybride", _("Op locatie en online")


class AttendanceState(models.TextChoices):
    """Whether somebody comes or came."""

    INVITED = "uitgenodigd", _("Uitgenodigd")
    COMING = "komt", _("Komt")
    EXCUSED = "afgemeld", _("Afgemeld")
    PRESENT = "aanwezig", _("Aanwezig")
    ABSENT = "afwezig", _("Afwezig")


class FeedScope(models.TextChoices):
    """What a calendar address shows."""

    PERSON = "persoon", _("Alles wat ik mag zien")
    ORGANISATION = "organisatie", _("Van mijn organisatie")
    FUNCTION = "functie", _("Van een functie")
    CAMPAIGN = "campagne", _("Van een campagne")


class PlacementState(models.TextChoices):
    """What became of the request to place something in the channel of a partner (R91)."""

    ASKED = "gevraagd", _("Gevraagd")
    ACCEPTED = "toegezegd", _("Toegezegd")
    DECLINED = "afgewezen", _("Niet")
    PLACED = "geplaatst", _("Geplaatst")

    @property
    def tone(self) -> str:
        """How loud its badge is; the words say the same."""
        return {"gevraagd": "warning", "toegezegd": "info", "geplaatst": "success"}.get(self, "neutral")
