"""The six elements of the cover sheet as columns, and what PostgreSQL calls filled (R77–R84).

"Mandatory" is a CHECK: no form, admin, bulk action, import, raw SQL or restore can issue a publication without
all six. What counts as filled is said once, in the SQL functions below (comms/migrations/0002_filled_functions.py makes
them); forms ask the same functions through the constraints.
"""

from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import BooleanField, Func, Q
from django.utils.translation import gettext_lazy as _

from comms.enums import UNFINISHED, MessageChannel, ReaderRole, Tone, Urgency
from cwn.core.enums import CwnFunction

#: The most important points of a publication: one to five, each at most this many characters (R80).
MOST_KEY_POINTS = 5
KEY_POINT_LENGTH = 240


class IsFilled(Func):
    """Tell whether a text says something: blanks, dashes, "n.v.t." and invisible characters do not."""

    function = "comms_is_filled"
    output_field = BooleanField()


class ArePointsFilled(Func):
    """Tell whether a list holds one to five texts that say something."""

    function = "comms_are_points_filled"
    output_field = BooleanField()


class AreActionsFilled(Func):
    """Tell whether each action names an audience, what to do, by when and how much work it is, and there is one."""

    function = "comms_are_actions_filled"
    output_field = BooleanField()


class HasValues(Func):
    """Tell whether an array holds at least one key, and nothing else: no blank, no NULL."""

    template = "(array_to_string(%(expressions)s, ' ', '') ~ '^[a-z0-9-]+( [a-z0-9-]+)*$')"
    output_field = BooleanField()


#: Element → when it is complete, and the sentence for somebody who tries to publish without it.
ELEMENTS: dict[str, tuple[Q, Any]] = {
    "urgency": (
        Q(urgency__in=Urgency.values) & Q(IsFilled("urgency_reason")),
        _("Urgentie: kies hoe dringend het is en schrijf waarom dit belangrijk is."),
    ),
    "audience": (
        Q(HasValues("audiences")) & Q(IsFilled("audience_reason")),
        _("Doelgroep: kies voor wie dit is en schrijf waarom het voor hen belangrijk is."),
    ),
    "key_points": (
        Q(ArePointsFilled("key_points")),
        _("Kernpunten: schrijf één tot vijf punten. Laat geen punt leeg."),
    ),
    "communication_message": (
        Q(IsFilled("communication_message")) & Q(tone__in=Tone.values) & Q(IsFilled("speaker")),
        _("Communicatieboodschap: schrijf de boodschap, kies de toon en noem de woordvoerder."),
    ),
    "action_perspective": (
        Q(AreActionsFilled("action_perspective")),
        _("Handelingsperspectief: noem minstens één actie, met doelgroep, termijn en hoeveel werk het is."),
    ),
    "wider_developments": (
        Q(IsFilled("wider_developments")) & Q(HasValues("functions")),
        _("Bredere ontwikkelingen: schrijf waar dit bij hoort en kies minstens één functie."),
    ),
}


def sheet_constraints() -> list[models.CheckConstraint]:
    """Return one CHECK per element: who is past the draft has it."""
    return [
        models.CheckConstraint(
            name=f"issued_with_{element}",
            condition=Q(status__in=UNFINISHED) | complete,
            violation_error_message=sentence,
            violation_error_code=element,
        )
        for element, (complete, sentence) in ELEMENTS.items()
    ]


def values_of(field: ArrayField, choices: list[str]) -> Q:
    """Return the condition that an array holds nothing but known values."""
    return Q(**{f"{field}__contained_by": choices})


class CoverSheetColumns(models.Model):
    """The six elements, each with its own columns, in the order of the source (R84)."""

    urgency = models.CharField(_("urgentie"), max_length=20, choices=Urgency.choices, blank=True)
    urgency_reason = models.TextField(_("waarom is dit belangrijk?"), max_length=1000, blank=True)
    audiences = ArrayField(models.CharField(max_length=80), verbose_name=_("doelgroepen"), default=list, blank=True)
    reader_roles = ArrayField(
        models.CharField(max_length=30, choices=ReaderRole.choices),
        verbose_name=_("voor wie in de organisatie"),
        default=list,
        blank=True,
    )
    audience_reason = models.TextField(_("waarom voor hen?"), max_length=1000, blank=True)
    key_points = ArrayField(
        models.CharField(max_length=KEY_POINT_LENGTH), verbose_name=_("kernpunten"), default=list, blank=True
    )
    communication_message = models.TextField(_("communicatieboodschap"), max_length=2000, blank=True)
    channel_messages = models.JSONField(_("boodschap per kanaal"), default=dict, blank=True)
    """`MessageChannel` → text, for the channels that need their own words."""
    tone = models.CharField(_("toon"), max_length=20, choices=Tone.choices, blank=True)
    speaker = models.CharField(_("woordvoerder"), max_length=200, blank=True)
    action_perspective = models.JSONField(_("handelingsperspectief"), default=list, blank=True)
    """Actions as {"audience", "action", "deadline", "effort"}: an audience slug, a text, an ISO date or a `Deadline`,
    an `Effort`."""
    wider_developments = models.TextField(_("verbinding met bredere ontwikkelingen"), max_length=2000, blank=True)
    functions = ArrayField(
        models.CharField(max_length=40, choices=CwnFunction.choices),
        verbose_name=_("functies"),
        default=list,
        blank=True,
    )

    class Meta:
        abstract = True

    @property
    def channel_message_list(self) -> list[tuple[MessageChannel, str]]:
        """The ready messages in the order of the channels, those without words left out."""
        messages = self.channel_messages if isinstance(self.channel_messages, dict) else {}
        return [(channel, messages[channel]) for channel in MessageChannel if messages.get(channel)]
