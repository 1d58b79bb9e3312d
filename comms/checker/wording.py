"""Which words are chosen: names of the network, plain words, abbreviations, dates and data of persons."""

import re
from collections.abc import Iterator
from functools import cache

from django.utils.translation import gettext as _

from comms.checker.findings import CheckedText, Finding, Level
from comms.checker.lists import read_list
from comms.checker.phrases import Found, Phrases, with_capital_of
from comms.checker.prose import Block, Prose, Word

_ABBREVIATION = re.compile(r"[A-Z][A-Z0-9]*[A-Z][A-Z0-9]*(?:-[A-Z0-9]+)*")
#: A mail address from its first sign, so that no place in a long word is tried twice.
_MAIL = re.compile(r"(?<![\w.+-])[\w.+-]{1,64}+@[\w-]{1,63}(?:\.[\w-]{1,63}){1,5}")
_MOBILE = re.compile(r"(?<![\w+])(?:\+31|0031|0)[ -]?(?:\(0\))?[ -]?6(?:[ -]?\d){8}(?!\d)")
_DESKS = re.compile("|".join(map(re.escape, read_list("words")["desks"])), re.IGNORECASE)
_MOMENTS = Phrases(dict.fromkeys(read_list("words")["moments"], ""))
_HISTORY_WORDS = "|".join(map(re.escape, read_list("names")["history"])).replace("…", r"[^.!?\n]{1,100}")
_HISTORY = re.compile(rf"\b(?:{_HISTORY_WORDS})\b", re.IGNORECASE)
#: What stands behind a word that is explained there: its meaning in brackets, or after "dat is".
_MEANING_FOLLOWS = re.compile(r"(?:['’]?s)?[\"”’*_]{0,3} ?\((?=[^)]{3})|,? (?:dat|dit) (?:is|zijn) |: ")
#: What stands before "morgen" when it is a part of a day.
_PART_OF_DAY = re.compile(r"\b(?:de|goede|goeden|elke|iedere) \Z", re.IGNORECASE)


@cache
def _phrases(file: str, table: str) -> Phrases:
    return Phrases(read_list(file)[table])


# --- names -------------------------------------------------------------------------------------------
def check_names(text: CheckedText, texts: list[Prose]) -> Iterator[Finding]:
    """The network is called Cyberweerbaarheidsnetwerk or CWN; former names are history (R104, R111)."""
    for prose in texts:
        for block in prose.blocks:
            words = list(block.words)
            for found in [*_phrases("names", "right").in_words(words), *_compounds(words)]:
                yield _wrong_name(text, prose, block, found)
            for found in _phrases("names", "doubtful").in_words(words):
                is_another = prose.text[found.end : found.end + 5] in {" van ", " voor"}
                if not is_another and not _is_quoted(prose, found):
                    message = _("Bedoelt u het netwerk? Schrijf dan “%(right)s”.") % {"right": found.answer}
                    yield _offer(prose, "naam", message, found)
            for word in words:
                if word.text == "cyberweerbaarheidsnetwerk":
                    message = _("Schrijf de naam van het netwerk met een hoofdletter.")
                    yield prose.finding(
                        Level.WARNING, "naam", message, word.start, word.end, "Cyberweerbaarheidsnetwerk"
                    )


def _compounds(words: list[Word]) -> Iterator[Found]:
    """Yield names as the first part of a longer word, such as "LDS-overleg"."""
    right = read_list("names")["right"]
    for word in words:
        first, line, rest = word.text.partition("-")
        if line and first.lower() in right and word.lower not in right:
            yield Found(word.text, f"{right[first.lower()]}-{rest}", word.start, word.end)


def _wrong_name(text: CheckedText, prose: Prose, block: Block, found: Found) -> Finding:
    """Judge a name that is not right: an error towards everybody, unless it is told as history or quoted."""
    is_history = _is_quoted(prose, found) or _HISTORY.search(prose.text, block.start, block.end)
    words = {"found": prose.text[found.start : found.end], "right": found.answer}
    if is_history:
        message = _("“%(found)s” is een vroegere naam. Dat mag als u over vroeger vertelt. Nu heet het “%(right)s”.")
    else:
        message = _("Schrijf “%(right)s” in plaats van “%(found)s”. Zo heet het in het netwerk.")
    level = Level.ERROR if text.is_outward and not is_history else Level.WARNING
    return prose.finding(level, "naam", message % words, found.start, found.end, found.answer)


def _is_quoted(prose: Prose, found: Found) -> bool:
    return prose.unquoted[found.start : found.end].isspace()


# --- plain words -------------------------------------------------------------------------------------
def check_jargon(text: CheckedText, texts: list[Prose]) -> Iterator[Finding]:
    """Words of offices and of English have a plain Dutch one (R2, R76); each is named once."""
    seen: set[str] = set()
    for prose in texts:
        for block in prose.blocks:
            words = list(block.words)
            for table in ("replace", "rephrase", "english"):
                for found in _phrases("jargon", table).in_words(words):
                    if found.phrase not in seen and not _is_quoted(prose, found) and not _is_name(text, prose, found):
                        seen.add(found.phrase)
                        yield _plain_word(prose, table, found)


def _plain_word(prose: Prose, table: str, found: Found) -> Finding:
    words = {"found": " ".join(prose.text[found.start : found.end].split()), "plain": found.answer}
    if table == "replace":
        return _offer(prose, "jargon", _("“%(found)s” kan gewoner: “%(plain)s”.") % words, found)
    if table == "english":
        message = _("“%(found)s” is Engels. In het Nederlands: “%(plain)s”.") % words
        return prose.finding(Level.WARNING, "engels", message, found.start, found.end)
    message = _("“%(found)s” is ambtelijke taal. Gewoner is: %(plain)s.") % words
    return prose.finding(Level.WARNING, "jargon", message, found.start, found.end)


def _is_name(text: CheckedText, prose: Prose, found: Found) -> bool:
    """Tell whether a word is (part of) a proper name: a capital inside a sentence, or a name that was given."""
    shown = prose.text[found.start : found.end]
    before = prose.masked[max(0, found.start - 2) : found.start]
    is_inside = before[-1:] == " " and before[:1].isalpha()
    return shown in text.known_names or (shown[:1].isupper() and (is_inside or (" " in shown and shown.istitle())))


def check_terms(text: CheckedText, texts: list[Prose]) -> Iterator[Finding]:
    """A word of security people is explained where it is used first, unless they are the readers."""
    seen: set[str] = set()
    for prose in texts:
        for block in prose.blocks if not text.is_technical else ():
            for found in _phrases("jargon", "explain").in_words(list(block.words)):
                if found.phrase in seen:
                    continue
                seen.add(found.phrase)
                if not _is_explained(prose.text, found.start, found.end):
                    message = _("Leg “%(found)s” uit bij de eerste keer, bijvoorbeeld: %(plain)s.")
                    words = {"found": found.phrase, "plain": found.answer}
                    yield prose.finding(Level.WARNING, "vakterm", message % words, found.start, found.end)


def check_abbreviations(text: CheckedText, texts: list[Prose]) -> Iterator[Finding]:
    """An abbreviation is written out where it is used first."""
    lists = ("known_abbreviations",) if text.is_outward else ("known_abbreviations", "known_to_partners")
    known = {*text.known_names, *(short for name in lists for short in read_list("names")[name])}
    known |= {name.upper() for name in read_list("names")["right"]}  # another rule speaks of those
    for prose in texts:
        if prose.field in {"title", "attachment_titles", "image_alts"}:
            continue
        for sentence in prose.sentences:
            if _shouting(sentence.words):
                continue
            for word in sentence.words:
                short = _abbreviation(word.text)
                if not short or short in known or known.intersection(short.split("-")):
                    continue
                known.add(short)
                if not _is_explained(prose.text, word.start, word.end):
                    message = _("Schrijf “%(short)s” de eerste keer voluit, met de afkorting tussen haakjes erachter.")
                    place = word.start, word.end
                    yield prose.finding(Level.WARNING, "afkorting", message % {"short": short}, *place)


def _abbreviation(word: str) -> str:
    """Return the abbreviation in "ISAC's", "CSIRTs" or "NIS2-richtlijn", or nothing."""
    match = _ABBREVIATION.match(word)
    if not match or re.match(r"[a-z]{2,}|\.", word[match.end() :]):
        return ""
    return match[0] if len(match[0]) <= 12 else ""


def _is_explained(text: str, start: int, end: int) -> bool:
    """Tell whether a word stands between brackets behind its meaning, or has its meaning between brackets."""
    before, after = text[max(0, start - 1) : start], text[end : end + 14]
    return before == "(" or bool(_MEANING_FOLLOWS.match(after))


def _shouting(words: tuple[Word, ...]) -> bool:
    return len(words) > 3 and sum(word.text.isupper() for word in words) > len(words) / 2


# --- moments and persons -----------------------------------------------------------------------------
def check_moments(_text: CheckedText, texts: list[Prose]) -> Iterator[Finding]:
    """What is published is read for years: "next week" needs a date."""
    for prose in texts:
        for sentence in prose.sentences:
            for found in _MOMENTS.in_words(sentence.words):
                before = prose.text[max(0, found.start - 9) : found.start]
                if _is_quoted(prose, found) or (found.phrase == "morgen" and _PART_OF_DAY.search(before)):
                    continue
                message = _("“%(found)s” klopt straks niet meer. Noem de datum.")
                words = {"found": prose.text[found.start : found.end]}
                yield prose.finding(Level.WARNING, "moment", message % words, found.start, found.end)


def check_persons(text: CheckedText, texts: list[Prose]) -> Iterator[Finding]:
    """Mail addresses and mobile numbers of persons do not belong in what everybody may read."""
    for prose in texts if text.is_outward else ():
        for match in _MAIL.finditer(prose.text):
            local = match[0].partition("@")[0]
            if re.search(r"[^\W\d_]+[._][^\W\d_]+", local) and not _DESKS.search(local):
                message = _("Dit lijkt het mailadres van een persoon. Gebruik liever dat van een afdeling of loket.")
                yield prose.finding(Level.WARNING, "persoon", message, match.start(), match.end())
        for match in _MOBILE.finditer(prose.text):
            message = _("Dit is een mobiel nummer. Gebruik liever het nummer van een loket.")
            yield prose.finding(Level.WARNING, "persoon", message, match.start(), match.end())


def _offer(prose: Prose, rule: str, message: str, found: Found) -> Finding:
    """Advise a word that can stand in the same place."""
    suggestion = with_capital_of(prose.text[found.start : found.end], found.answer)
    return prose.finding(Level.WARNING, rule, message, found.start, found.end, suggestion)
