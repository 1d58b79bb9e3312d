"""The words of one text with their places: blocks, sentences and words, without code, addresses and signs.

Everything here looks at each character a bounded number of times, whatever is typed (security.md B19): no
pattern can be matched in two ways, and what repeats before something that may be missing has a largest length.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property

from comms.checker.findings import Finding, Level
from comms.checker.lists import read_list
from cwn.core.markdown import article_blocks

#: Characters of a text that a finding shows at most.
EXCERPT = 120

#: A word with what belongs to it: "e-mail", "ISAC's", "o.a", "TLP:RED".
WORD = re.compile(r"[^\W_]+(?:['’.:&-][^\W_]+)*")
_END = re.compile(r"(?<![.!?…])[.!?…]++[\"'”’»)\]]*+(?=\s)|\n[ \t]*+\n")
_SHORT_FORMS = frozenset(read_list("words")["short_forms"])
_CODE = re.compile(r"(?<!`)(`++)[^`\n]{1,1000}+\1(?!`)")
ADDRESS = re.compile(r"<?\b(?:https?://|www\.)[^\s<>()\[\]]{1,2000}+>?", re.IGNORECASE)
#: `[words](address "title")` and, with a sign before it, a picture.
LINK = re.compile(r"(!?)\[([^\[\]]{0,500}+)\]\([ \t]?<?([^()<>\s]{0,2000}+)>?(?:[ \t]\"[^\"\n]{0,300}+\")?[ \t]?\)")
_QUOTE = re.compile(r"“[^“”\n]{1,600}”|„[^„”“\n]{1,600}[”“]|\"[^\"\n]{1,600}\"|«[^«»\n]{1,600}»|‘[^‘’\n]{1,600}’(?!\w)")


@dataclass(frozen=True, slots=True)
class Word:
    """A word and its place."""

    text: str
    start: int
    end: int
    lower: str


@dataclass(frozen=True, slots=True)
class Sentence:
    """Words that belong together, and their place."""

    words: tuple[Word, ...]
    start: int
    end: int


@dataclass(slots=True)
class Block:
    """A paragraph, heading, list item or cell of a table."""

    kind: str
    """ "paragraph", "heading", "item" or "cell"."""
    level: int
    """Number of signs before a heading; 0 for the rest."""
    start: int
    end: int
    sentences: list[Sentence] = field(default_factory=list)

    @property
    def words(self) -> Iterator[Word]:
        """All its words in order."""
        return (word for sentence in self.sentences for word in sentence.words)


@dataclass
class Prose:
    """One text of a publication, read once for all rules."""

    field: str
    number: int | None
    text: str
    is_markdown: bool = False

    @cached_property
    def masked(self) -> str:
        """The text in which everything that is no prose has become spaces, at the same places."""
        masked = _CODE.sub(_spaces, self.text) if self.is_markdown else self.text
        if self.is_markdown:
            masked = LINK.sub(_only_words, masked)
        return ADDRESS.sub(_spaces, masked)

    @cached_property
    def unquoted(self) -> str:
        """Like `masked`, without what stands between quotation marks: those words are somebody else's."""
        return _QUOTE.sub(_spaces, self.masked)

    @cached_property
    def links(self) -> list[re.Match[str]]:
        """The links and pictures of Markdown; nothing in a plain text."""
        return self._in_blocks(LINK, _CODE.sub(_spaces, self.text)) if self.is_markdown else []

    @cached_property
    def bare_addresses(self) -> list[re.Match[str]]:
        """Web addresses that stand in the text as they are."""
        without_code = _CODE.sub(_spaces, self.text) if self.is_markdown else self.text
        return self._in_blocks(ADDRESS, LINK.sub(_spaces, without_code))

    def _in_blocks(self, pattern: re.Pattern[str], text: str) -> list[re.Match[str]]:
        return [match for block in self.blocks for match in pattern.finditer(text, block.start, block.end)]

    @cached_property
    def blocks(self) -> list[Block]:
        """The blocks with their sentences; blocks of code are left out."""
        found = list(_markdown_blocks(self.text)) if self.is_markdown else list(_plain_blocks(self.text))
        for block in found:
            block.sentences = list(_sentences(self.masked, block.start, block.end))
        return found

    @cached_property
    def sentences(self) -> list[Sentence]:
        """The sentences of everything but headings and cells, which need not be sentences."""
        return [one for block in self.blocks if block.kind in {"paragraph", "item"} for one in block.sentences]

    @cached_property
    def words(self) -> list[Word]:
        """All words in order."""
        return [word for block in self.blocks for word in block.words]

    def finding(self, level: Level, rule: str, message: str, start: int, end: int, suggestion: str = "") -> Finding:
        """Say something about a place in this text."""
        found = self.text[start:end]
        excerpt = found if suggestion or len(found) <= EXCERPT else f"{found[:EXCERPT].rstrip()}…"
        return Finding(level, rule, self.field, message, self.number, start, end, excerpt, suggestion)


def _spaces(match: re.Match[str]) -> str:
    return " " * len(match[0])


def _only_words(match: re.Match[str]) -> str:
    """Keep the words of a link where they stand."""
    start, end = match.start(2) - match.start(), match.end(2) - match.start()
    return " " * start + match[2] + " " * (len(match[0]) - end)


def _plain_blocks(text: str) -> Iterator[Block]:
    """Split a plain text at empty lines."""
    for match in re.finditer(r"[^\n]+(?:\n(?![ \t]*(?:\n|$))[^\n]+)*", text):
        if match[0].strip():
            yield Block("paragraph", 0, match.start(), match.end())


def _markdown_blocks(text: str) -> Iterator[Block]:
    """Find the blocks as the page will show them, and the place of each in the text."""
    starts = [0, *(match.end() for match in re.finditer("\n", text)), len(text) + 1]
    kind, level, searched = "paragraph", 0, 0
    inside: list[str] = []
    for token in article_blocks(text):
        if token.type == "heading_open":
            kind, level = "heading", len(token.markup)
        elif token.type in {"th_open", "td_open"}:
            kind, level = "cell", 0
        elif token.type == "paragraph_open":
            kind, level = ("item" if inside and inside[-1] == "list_item_open" else "paragraph"), 0
        elif token.type in {"list_item_open", "blockquote_open"}:
            inside.append(token.type)
        elif token.type in {"list_item_close", "blockquote_close"}:
            inside.pop()
        elif token.type == "inline" and token.map:
            first, last = starts[token.map[0]], starts[token.map[1]] - 1
            start, end = _place(text, token.content, max(first, searched), last)
            searched = end
            yield Block(kind, level, start, end)


def _place(text: str, content: str, first: int, last: int) -> tuple[int, int]:
    """Find where the lines of a block begin and end in the text, behind the signs of lists and quotes."""
    if not content:
        return first, first
    lines = content.split("\n")
    start = text.find(lines[0], first, last)
    end = text.rfind(lines[-1], first, last) if len(lines) > 1 else start
    if start < 0 or end < 0:  # the parser changed a character, such as an escaped bar in a table
        return first, last
    return start, end + len(lines[-1])


def _sentences(masked: str, start: int, end: int) -> Iterator[Sentence]:
    """Split at full stops, unless they belong to a short form, a number or a name."""
    first = start
    for match in _END.finditer(masked, start, end):
        rest = masked[match.end() : match.end() + 12].lstrip(" \t\n>*_\"'“‘„([-")
        before = masked[max(first, match.start() - 12) : match.start()].rsplit(None, 1)
        goes_on = match[0] == "." and bool(before) and before[-1].lower().lstrip("(“‘\"'") in _SHORT_FORMS
        if goes_on or (rest and rest[0].islower()):
            continue
        yield from _sentence(masked, first, match.end())
        first = match.end()
    yield from _sentence(masked, first, end)


def _sentence(masked: str, start: int, end: int) -> Iterator[Sentence]:
    words = tuple(Word(m[0], m.start(), m.end(), m[0].lower()) for m in WORD.finditer(masked, start, end))
    if words:
        yield Sentence(words, words[0].start, end)
