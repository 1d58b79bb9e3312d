"""What a mail about new results says, asked again as its reader at the moment of sending (A04, A29)."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.utils import translation
from django.utils.crypto import salted_hmac
from django.utils.text import Truncator

from comms.enums import Tlp
from cwn.core.mail import compose, site_address
from cwn.core.searchable import SUMMARY_LENGTH, searchables
from cwn.portal.addresses import localised
from cwn.portal.models import AlertMail, SavedSearch
from cwn.portal.saved_searches.results import Found, may_get_alerts, things_to_tell
from cwn.portal.saved_searches.things import ThingSet
from cwn.search.results import Result, Thing, fetch

#: Things that a mail names per search; for the rest it leads to the list.
MOST_THINGS = 20
#: Labels of which a mail may say more than the title (security.md chapter 3, "TLP x channel").
TOLD_IN_FULL = (None, Tlp.CLEAR, Tlp.GREEN)


@dataclass(frozen=True, slots=True)
class Line:
    """One new result."""

    label: Tlp | None
    """Organisations and initiatives carry none."""
    title: str
    kind: Any
    """In the language of the mail, which may be another than that of the search."""
    summary: str
    url: str


@dataclass(frozen=True, slots=True)
class Section:
    """What is new in one search."""

    name: str
    lines: list[Line]
    more: int
    """How many there are besides the lines."""
    url: str


@dataclass(slots=True)
class AlertContent:
    """What a mail says now; without sections there is nothing to say."""

    sections: list[Section] = field(default_factory=list)
    told: set[Thing] = field(default_factory=set)

    @property
    def strictest(self) -> Tlp | None:
        """The strictest label in the mail, which stands in its subject (D17)."""
        labels = [line.label for section in self.sections for line in section.lines if line.label]
        return max(labels, key=lambda label: label.strictness, default=None)


def content_of(mail: AlertMail, user: Any) -> AlertContent:
    """Return of what was queued all that still answers its search, may be read, and was not seen meanwhile.

    A thing stands under the first search that finds it; a search that was paused or removed has no say any more.
    """
    content = AlertContent()
    if not may_get_alerts(user):
        return content
    searches = [search for search in SavedSearch.objects.visible_to(user).filter(pk__in=mail.found) if search.mails]
    new = things_to_tell(searches, user=user)
    for search in searches:
        queued = ThingSet(mail.found[str(search.pk)])
        found = {thing: pk for thing, pk in new[search.pk].items() if thing in queued and thing not in content.told}
        if found:
            content.sections.append(_section(search, found, user))
            content.told.update(found)
    return content


def _section(search: SavedSearch, found: Found, user: Any) -> Section:
    with translation.override(search.language):
        lines = list(_lines(fetch(list(found.values())[:MOST_THINGS], user=user)))
    return Section(search.name, lines, len(found) - len(lines), settings.SITE_URL + search.address)


def _lines(results: list[Result]) -> Iterator[Line]:
    for result in results:
        label = label_of(result)
        summary = Truncator(_one_line(result.summary)).chars(SUMMARY_LENGTH) if label in TOLD_IN_FULL else ""
        yield Line(
            label=label,
            title=_one_line(result.title),
            kind=searchables()[result.kind].label,
            summary=summary,
            url=settings.SITE_URL + localised(result.url),
        )


def label_of(result: Result) -> Tlp | None:
    """Return the TLP label of a result, if it carries one."""
    card = json.loads(result.card)
    return Tlp(card["tlp"]) if "tlp" in card else None


def _one_line(text: str) -> str:
    return " ".join(text.split())


def message_of(mail: AlertMail, content: AlertContent, user: Any) -> EmailMultiAlternatives:
    """Compose the mail; every try has the same Message-ID, so that a mail box that got it twice shows it once."""
    message = compose(
        "email/portal/alert",
        to=user.email,
        context={
            "user": user,
            "content": content,
            "count": len(content.told),
            "settings_url": site_address("saved_search_list"),
        },
        language=user.language,
    )
    name = salted_hmac("cwn.portal.alert_mail", str(mail.pk)).hexdigest()[:32]  # tells nobody how many mails there are
    message.extra_headers["Message-ID"] = f"<{name}@{urlsplit(settings.SITE_URL).hostname}>"
    return message
