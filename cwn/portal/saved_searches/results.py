"""What saved searches find for somebody now, and what of that is new."""

from collections.abc import Sequence
from typing import Any

from django.http import QueryDict
from django.utils import translation

from comms.models import Notice, NoticeKind, NoticeState
from cwn.core.visibility import PUBLIC, principals_of, user_principal
from cwn.portal.models import SavedSearch
from cwn.portal.saved_searches.things import ThingSet
from cwn.search import journal
from cwn.search.queries import find_all
from cwn.search.results import Thing, things_of

#: Things that a search finds, each with its document, newest first.
Found = dict[Thing, int]


def may_get_alerts(user: Any) -> bool:
    """Tell whether somebody gets mail about new results: members of an active partner, and who holds a role (A04).

    Others read what every visitor reads; their searches wait until they belong to the network again.
    """
    return bool(principals_of(user) - {PUBLIC, user_principal(user.pk)})


def things_found(searches: Sequence[SavedSearch], *, user: Any) -> dict[int, Found]:
    """Return for each search all that it finds for this person now; two queries, however many searches there are."""
    journal.synchronise()
    documents = {search.pk: _documents(search, user) for search in searches}
    about = things_of(list({pk for found in documents.values() for pk in found}), user=user)
    return {key: {about[pk]: pk for pk in found if pk in about} for key, found in documents.items()}


def _documents(search: SavedSearch, user: Any) -> list[int]:
    with translation.override(search.language):
        return find_all(QueryDict(search.query), user=user, kind=search.kind, synchronised=True)


def new_things(searches: Sequence[SavedSearch], *, user: Any) -> dict[int, Found]:
    """Return for each search what this person did not see yet, neither here nor in a mail."""
    found = things_found(searches, user=user)
    return {search.pk: _unseen(found[search.pk], ThingSet(search.seen)) for search in searches}


def _unseen(found: Found, seen: ThingSet) -> Found:
    return {thing: document for thing, document in found.items() if thing not in seen}


def things_to_tell(searches: Sequence[SavedSearch], *, user: Any) -> dict[int, Found]:
    """Return for each search what a mail would tell: what is new, but for what had a mail of its own."""
    notices = Notice.objects.filter(user=user, kind=NoticeKind.PUBLISHED)
    told = notices.exclude(state__in=(NoticeState.SKIPPED, NoticeState.PARKED)).values_list("publication", flat=True)
    by_notice = ThingSet().add(("publication", publication) for publication in told)
    return {key: _unseen(found, by_notice) for key, found in new_things(searches, user=user).items()}
