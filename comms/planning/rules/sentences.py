"""What a rule says of a finding: the sentence of its row with the words of the finding in it."""

import re
from collections.abc import Mapping

from django.utils.translation import get_language

from comms.planning.models import CalendarRule

#: A place holder, such as `{doelgroep}`: a bare word, so that a sentence can reach no attribute of anything.
PLACE = re.compile(r"\{(\w+)\}")


def sentence_of(rule: CalendarRule, words: Mapping[str, str]) -> str:
    """Return the sentence in the language of the page; a place holder without a word stays as it is."""
    text = (get_language() == "en" and rule.sentence_en) or rule.sentence
    values = {"most": str(rule.most or 0), "days": str(rule.days or 0), **words}
    return PLACE.sub(lambda found: values.get(found[1], found[0]), text)
