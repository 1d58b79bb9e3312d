"""For whom an issue is: conditions as data, the same rule as SQL and as a sentence (R94).

A segment is a list of conditions that must all hold; a condition holds when one of its values does. A value is the
subscriber's own choice, or follows from an organisation of which he or she is a member.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from comms.enums import ReaderRole, Tlp
from comms.events.models import Event
from comms.models import Publication
from comms.newsletters.enums import TOLD_IN_FULL
from comms.newsletters.models import Issue
from comms.subscriptions.enums import Frequency
from comms.subscriptions.models import Newsletter, Subscription, Topic
from cwn.core.enums import CwnFunction
from cwn.core.guard import as_the_portal
from partners.models import Membership, OrganisationKind, Participation, Region, Sector

#: Fewer subscribers than this are not told as a number: it could be somebody.
FEWEST_TOLD = 5
#: Conditions of one segment, and values of one condition.
MOST_CONDITIONS, MOST_VALUES = 7, 60


def _members_of(organisations: Any) -> Q:
    """Match subscriptions of members of these organisations."""
    members = Membership.objects.current().of_active_partners().filter(organisation__in=organisations)
    return Q(user__in=members.values("user"))


def _in_function(values: list[str]) -> Q:
    taking_part = Participation.objects.current().filter(function__in=values).values("organisation")
    return Q(functions__overlap=values) | _members_of(taking_part)


def _in_sector(values: list[str]) -> Q:
    return Q(sectors__overlap=values) | _members_of(_linked(Sector, values))


def _in_region(values: list[str]) -> Q:
    return Q(regions__overlap=values) | _members_of(_linked(Region, values))


def _of_kind(values: list[str]) -> Q:
    return Q(organisation_kind__in=values) | _members_of(_linked(OrganisationKind, values))


def _linked(domain: Any, values: list[str]) -> Any:
    """Return the keys of organisations with one of these values of a domain."""
    return domain._default_manager.filter(slug__in=values, organisations__isnull=False).values("organisations")


def _in_role(values: list[str]) -> Q:
    return Q(reader_role__in=values)


def _on_topic(values: list[str]) -> Q:
    """Match who chose one of these topics, or chose none and so gets everything."""
    links = Subscription.topics.through.objects
    chosen = links.filter(topic__slug__in=values).values("subscription")
    return Q(pk__in=chosen) | ~Q(pk__in=links.values("subscription"))


def _at_frequency(values: list[str]) -> Q:
    return Q(frequency__in=values)


@dataclass(frozen=True, slots=True)
class Condition:
    """One thing that a segment can ask for."""

    field: str
    label: Any
    words: Any
    """How it reads in the sentence, before its values."""
    options: Callable[[], Mapping[str, str]]
    matches: Callable[[list[str]], Q]


def _domain(model: Any) -> Callable[[], Mapping[str, str]]:
    return lambda: {row.slug: row.label for row in model.objects.order_by("order", "name")}


def _enum(choices: Any) -> Callable[[], Mapping[str, str]]:
    return lambda: {value: str(label) for value, label in choices.choices}


CONDITIONS = (
    Condition("functie", gettext_lazy("Functie"), gettext_lazy("die meedoet aan"), _enum(CwnFunction), _in_function),
    Condition("sector", gettext_lazy("Sector"), gettext_lazy("uit de sector"), _domain(Sector), _in_sector),
    Condition("regio", gettext_lazy("Regio"), gettext_lazy("uit de regio"), _domain(Region), _in_region),
    Condition(
        "soort",
        gettext_lazy("Soort organisatie"),
        gettext_lazy("van een organisatie van de soort"),
        _domain(OrganisationKind),
        _of_kind,
    ),
    Condition("rol", gettext_lazy("Rol"), gettext_lazy("met de rol"), _enum(ReaderRole), _in_role),
    Condition("onderwerp", gettext_lazy("Onderwerp"), gettext_lazy("die koos voor"), _domain(Topic), _on_topic),
    Condition(
        "frequentie", gettext_lazy("Hoe vaak"), gettext_lazy("die als ritme koos"), _enum(Frequency), _at_frequency
    ),
)
BY_FIELD = {condition.field: condition for condition in CONDITIONS}


def checked_segment(segment: Any) -> list[dict[str, Any]]:
    """Return a segment in its one spelling; raises ValidationError for what no form of ours sends."""
    known: list[dict[str, Any]] = []
    if not isinstance(segment, list) or len(segment) > MOST_CONDITIONS:
        raise ValidationError(_("Deze keuze bestaat niet."))
    for row in segment:
        condition = BY_FIELD.get(row.get("field", "")) if isinstance(row, dict) else None
        values = row.get("values") if condition else None
        if condition is None or not isinstance(values, list) or not 0 < len(values) <= MOST_VALUES:
            raise ValidationError(_("Deze keuze bestaat niet."))
        if not set(values) <= set(condition.options()) or any(one["field"] == condition.field for one in known):
            raise ValidationError(_("Deze keuze bestaat niet."))
        known.append({"field": condition.field, "values": sorted(set(values))})
    return known


def in_segment(rows: QuerySet[Subscription], segment: Iterable[Mapping[str, Any]]) -> QuerySet[Subscription]:
    """Narrow subscriptions to a segment, in one statement."""
    for row in segment:
        rows = rows.filter(BY_FIELD[row["field"]].matches(list(row["values"])))
    return rows


def sentence_of(newsletter: Newsletter, segment: Iterable[Mapping[str, Any]]) -> str:
    """Say for whom an issue is, in a sentence."""
    parts = []
    for row in segment:
        condition = BY_FIELD[row["field"]]
        options = condition.options()
        names = [options.get(value, value) for value in row["values"]]
        parts.append(f"{condition.words} {_either(names)}")
    if not parts:
        return _("Voor iedereen die %(newsletter)s krijgt.") % {"newsletter": newsletter.label}
    conditions = _(", en ").join(parts)
    return _("Voor iedereen die %(newsletter)s krijgt %(conditions)s.") % {
        "newsletter": newsletter.label,
        "conditions": conditions,
    }


def _either(names: list[str]) -> str:
    if len(names) == 1:
        return names[0]
    return _("%(most)s of %(last)s") % {"most": ", ".join(names[:-1]), "last": names[-1]}


def recipients_of(issue: Issue) -> QuerySet[Subscription]:
    """Return the subscriptions that an issue goes to now; ask it in `as_the_portal()` inside a request.

    Whoever chose a week or a month gets it in the digest. An issue with a title of AMBER in it only goes to people
    who may read everything in it.
    """
    receiving = Subscription.objects.receiving(issue.newsletter).filter(frequency=Frequency.EACH)
    rows = in_segment(receiving, issue.segment)
    if issue.tlp in TOLD_IN_FULL:
        return rows
    restricted = issue.items.exclude(tlp__in=TOLD_IN_FULL)
    publications = Publication.objects.filter(pk__in=list(restricted.values_list("publication", flat=True)))
    events = Event.objects.filter(pk__in=list(restricted.values_list("event", flat=True)))
    for readers in (*map(readers_of_restricted, publications), *map(readers_of_restricted, events)):
        rows = rows.filter(user__in=readers)
    return rows


def readers_of_restricted(about: Publication | Event) -> Any:
    """Return the keys of the people who may read something with AMBER or AMBER+STRICT, as SQL."""
    from comms.events.models import visibility as events
    from comms.models import visibility as publications

    if about.tlp not in (Tlp.AMBER, Tlp.AMBER_STRICT):
        return []
    if isinstance(about, Event):
        organisations = events.addressed_organisations(about)
    else:
        organisations = publications.addressed_organisations(about)
    members = Membership.objects.current().of_active_partners().of_trusted_people()
    return members.filter(organisation__in=organisations).values("user")


def count_of(issue: Issue, segment: Iterable[Mapping[str, Any]] | None = None) -> int:
    """Return how many people an issue goes to; with another segment than its own when one is given."""
    if segment is not None:
        issue.segment = list(segment)
    with as_the_portal():
        return recipients_of(issue).count()


def number_in_words(number: int) -> str:
    """Say a number without pointing at anybody (security.md chapter 3: small groups)."""
    return _("minder dan %(fewest)d") % {"fewest": FEWEST_TOLD} if 0 < number < FEWEST_TOLD else str(number)
