"""Made-up subscribers for previews: no preview shows a person who exists (security.md D13)."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True, slots=True)
class Sample:
    """Somebody who does not exist."""

    slug: str
    name: str
    language: str
    label: object


SAMPLES = (
    Sample("met-naam", "Voorbeeld Ontvanger", "nl", _("Iemand met een naam")),
    Sample("zonder-naam", "", "nl", _("Iemand zonder naam")),
    Sample("lange-naam", "Wilhelmina Alexandrine van den Boogaard-Ouwerkerk tot Voorbeeld", "nl", _("Een lange naam")),
    Sample("english", "Example Recipient", "en", _("Iemand die Engels leest")),
)
