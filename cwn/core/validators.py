"""What holds for text that people type, in whatever form."""

import re

from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _

#: A name fits on one line: a line break in it could forge a header of a mail or a line of a log (security.md B21).
single_line = RegexValidator(
    r"[\x00-\x1f\x7f\x85\u2028\u2029]", _("Schrijf dit op één regel, zonder bijzondere tekens."), inverse_match=True
)
#: A name that is an address would become a link in mail that others trust, so it is refused (security.md D01).
no_address = RegexValidator(
    r"://|www\.|@", _("Schrijf hier een naam, geen webadres of e-mailadres."), inverse_match=True, flags=re.IGNORECASE
)
PERSON_NAME = [single_line, no_address]
#: Digits as people write them, with the country in front for the six islands and abroad.
phone_number = RegexValidator(
    r"^\+?[0-9][0-9 ()\-]{5,28}$", _("Schrijf een telefoonnummer met cijfers, bijvoorbeeld +31 20 123 45 67.")
)
