"""What somebody sees of a publication once it is issued, asked of the rule itself and of no log-in ("bekijk als")."""

from copy import copy
from enum import StrEnum

from comms.enums import PublicationStatus, Tlp
from comms.models import Publication
from comms.models.visibility import readers_of
from cwn.core.visibility import MEMBERS, PUBLIC, organisation_principal
from partners.models import Organisation


class Sight(StrEnum):
    """How much of a publication somebody gets."""

    FULL = "alles"
    NOTICE = "bericht"
    """Only that it is gone."""
    NAMED = "genoemd"
    """Nothing for the organisation; of RED only the named persons read it, and some of them belong to it."""
    NOTHING = "niets"


def sight_of(publication: Publication, organisation: Organisation | None) -> Sight:
    """Return what a member of a partner would see, or a visitor without an organisation.

    Before it is issued: as if it were issued now.
    """
    if publication.tlp == Tlp.RED:
        return _sight_of_red(publication, organisation)
    trial = copy(publication)
    trial.status = PublicationStatus.PUBLISHED
    if not readers_of(trial) & principals_of_member(organisation):
        return Sight.NOTHING
    return Sight.NOTICE if publication.is_tombstone else Sight.FULL


def principals_of_member(organisation: Organisation | None) -> frozenset[str]:
    """Return for whom a row must be if an ordinary member is to read it."""
    if organisation is None or not organisation.is_partner:
        return frozenset({PUBLIC})
    return frozenset({PUBLIC, MEMBERS, organisation_principal(organisation.pk)})


def _sight_of_red(publication: Publication, organisation: Organisation | None) -> Sight:
    if organisation is None:
        return Sight.NOTHING
    named = publication.named_readers.filter(memberships__in=organisation.memberships.current())
    return Sight.NAMED if named.exists() else Sight.NOTHING
