"""What people do with their searches: keep, change, look at, remove."""

from dataclasses import asdict
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from cwn.accounts.models import User
from cwn.portal.models import SavedSearch
from cwn.portal.saved_searches.questions import SearchQuestion
from cwn.portal.saved_searches.results import things_found
from cwn.portal.saved_searches.things import ThingSet

#: Searches that one person may keep.
MOST_SEARCHES = 25


def save_search(*, question: SearchQuestion, name: str, frequency: str, by: Any) -> SavedSearch:
    """Keep a question; what it finds now counts as seen, so the first mail is about what comes after (R12)."""
    search = SavedSearch(user=by, name=name, frequency=frequency, **asdict(question))
    search.seen = _seen_now(search, by)
    with transaction.atomic():
        User.objects.select_for_update().get(pk=by.pk)  # two tabs at once still count to the same limit
        own = SavedSearch.objects.visible_to(by)
        if own.count() >= MOST_SEARCHES:
            raise ValidationError(_("U bewaart al %(n)d zoekvragen. Verwijder er eerst een.") % {"n": MOST_SEARCHES})
        if same := own.filter(**asdict(question)).first():
            raise ValidationError(_("U bewaart deze zoekvraag al, als “%(name)s”.") % {"name": same.name})
        search.save()
    return search


@transaction.atomic
def change_search(search: SavedSearch, *, name: str, frequency: str, is_paused: bool, by: Any) -> SavedSearch:
    """Rename a search, or change how often and whether its owner hears of it."""
    search = _own(search, by)
    search.name, search.frequency, search.is_paused = name, frequency, is_paused
    search.save(update_fields=["name", "frequency", "is_paused"])
    return search


def mark_looked(search: SavedSearch, *, by: Any) -> SavedSearch:
    """Note that its owner looks at the results: what is there now is no longer new."""
    seen = _seen_now(search, by)
    with transaction.atomic():
        search = _own(search, by)
        search.seen, search.looked_at = ThingSet(search.seen).union(ThingSet(seen)).stored(), timezone.now()
        search.save(update_fields=["seen", "looked_at"])
    return search


@transaction.atomic
def remove_search(search: SavedSearch, *, by: Any) -> None:
    """Forget a search and what its owner saw of it."""
    _own(search, by).delete()


def _own(search: SavedSearch, by: Any) -> SavedSearch:
    """Lock a search of this person."""
    if search.user_id != by.pk:
        raise PermissionDenied
    return SavedSearch.objects.select_for_update().get(pk=search.pk)


def _seen_now(search: SavedSearch, by: Any) -> dict[str, str]:
    """Return all that a search finds, for its column; asked outside a transaction, as the index follows commits."""
    return ThingSet().add(things_found([search], user=by)[search.pk]).stored()
