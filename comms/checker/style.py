"""How a text reads: sentences, voice, how it speaks to people, and an estimate of how hard it is."""

import re
from collections.abc import Iterator, Sequence

from django.utils.translation import gettext as _

from comms.checker.findings import CheckedText, Finding, Level
from comms.checker.prose import Prose, Sentence, Word
from comms.enums import PublicationKind

#: Words of a sentence from which it is long, and very long.
LONG_SENTENCE = 25
VERY_LONG_SENTENCE = 40
#: Score below which a text is clearly harder than B1, and the words that an estimate needs.
HARD_TO_READ = 45
WORDS_TO_ESTIMATE = 100
#: Passive sentences from which they are advised against, and their share of all.
MANY_PASSIVES = 4
SHARE_OF_PASSIVES = 0.3

_BECOMES = frozenset({"word", "wordt", "worden", "werd", "werden"})
_PARTICIPLE = re.compile(r"(?:[a-z]{2,6}+)?(?:ge[a-z]{3,}(?:d|t|en)|(?:be|ver|ont|her)[a-z]{3,}[dt])\Z")
_FORMAL = frozenset({"u", "uw", "uzelf"})
_INFORMAL = frozenset({"je", "jij", "jou", "jouw", "jullie", "jezelf"})
#: A group of vowels; a diaeresis begins a new one.
_SYLLABLE = re.compile(r"ij|[äëïöü]?[aeiouyáàéèêóòúùíì]+|[äëïöü]|\d")


def check_sentences(_text: CheckedText, texts: list[Prose]) -> Iterator[Finding]:
    """Sentences are short."""
    for prose in texts:
        for sentence in prose.sentences:
            count = len(sentence.words)
            if count <= LONG_SENTENCE:
                continue
            if count > VERY_LONG_SENTENCE:
                message = _("Deze zin heeft %(count)d woorden. Maak er twee of drie zinnen van.")
            else:
                message = _("Deze zin heeft %(count)d woorden. Korter leest makkelijker.")
            place = sentence.start, sentence.end
            yield prose.finding(Level.WARNING, "zin-lang", message % {"count": count}, *place)


def check_voice(_text: CheckedText, texts: list[Prose]) -> Iterator[Finding]:
    """Who does what is clearer in active sentences; one passive is nothing to mention."""
    for prose in texts:
        passive = [sentence for sentence in prose.sentences if _is_passive(sentence)]
        if len(passive) >= MANY_PASSIVES and len(passive) > SHARE_OF_PASSIVES * len(prose.sentences):
            message = _("%(count)d van de %(all)d zinnen zeggen niet wie iets doet, zoals deze. Schrijf wie wat doet.")
            counts = {"count": len(passive), "all": len(prose.sentences)}
            place = passive[0].start, passive[0].end
            yield prose.finding(Level.WARNING, "lijdend", message % counts, *place)


def _is_passive(sentence: Sentence) -> bool:
    words = {word.lower for word in sentence.words}
    return not _BECOMES.isdisjoint(words) and any(_PARTICIPLE.match(word) for word in words)


def check_address(text: CheckedText, texts: list[Prose]) -> Iterator[Finding]:
    """The network says "u"; in an interview people may say what they like."""
    if text.kind == PublicationKind.INTERVIEW:
        return
    says_u = any(True for prose in texts for _word in _spoken(prose, _FORMAL))
    for prose in texts:
        for word in _spoken(prose, _INFORMAL):
            if says_u:
                message = _("Hier staat “%(word)s” en elders “u”. Kies overal “u”.")
            else:
                message = _("Het netwerk schrijft “u” in plaats van “%(word)s”.")
            yield prose.finding(Level.WARNING, "aanspreken", message % {"word": word.text}, word.start, word.end)
            break


def _spoken(prose: Prose, words: frozenset[str]) -> Iterator[Word]:
    """Yield words that the text itself says, not those that it quotes."""
    return (word for word in prose.words if word.lower in words and not prose.unquoted[word.start : word.end].isspace())


def check_readability(text: CheckedText, texts: list[Prose]) -> Iterator[Finding]:
    """Estimate whether most people can read the body (R2)."""
    for prose in texts:
        if prose.field != "body" or text.is_technical:
            continue
        score = reading_ease(prose.sentences)
        if score is not None and score < HARD_TO_READ:
            message = _(
                "Deze tekst is moeilijk te lezen: %(score)d van 100. Taalniveau B1 begint ongeveer bij 60. "
                "Gebruik kortere zinnen en gewone woorden."
            )
            yield prose.finding(Level.WARNING, "leesbaarheid", message % {"score": max(score, 0)}, 0, 0)


def reading_ease(sentences: Sequence[Sentence]) -> int | None:
    """Return how easy sentences read after Flesch and Douma: 0 is hard, 100 is easy; None when there are few words."""
    words = [word for sentence in sentences for word in sentence.words]
    if len(words) < WORDS_TO_ESTIMATE:
        return None
    syllables = sum(len(_SYLLABLE.findall(word.lower)) or 1 for word in words)
    return round(206.84 - 77 * syllables / len(words) - 0.93 * len(words) / len(sentences))
