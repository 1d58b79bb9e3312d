"""Under whose logo a partner passes a publication on (R52, R93); who keeps the logos registers here."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpRequest

from comms.renderings.logo import PlacedLogo
from partners.models import Organisation


@dataclass(frozen=True, slots=True)
class OwnLogo:
    """The logo of one of the organisations of a reader; its file is read when it is asked for."""

    organisation: Organisation
    placed: Callable[[], PlacedLogo]
    """Raises `OSError` when the file is away."""


LogoSource = Callable[[Any], Iterable[OwnLogo]]
_sources: list[LogoSource] = []


def logo_source(source: LogoSource) -> LogoSource:
    """Register who knows the logos of the organisations of a reader; templates stand above this app."""
    _sources.append(source)
    return source


def own_logos(user: Any) -> list[OwnLogo]:
    """Return the logos under which a reader may pass something on."""
    return [logo for source in _sources for logo in source(user)]


def chosen_logo(request: HttpRequest) -> OwnLogo | None:
    """Return the logo that the address asks for, if any; one of somebody else is not found (security.md A17)."""
    wish = request.GET.get("organisatie", "")
    if not wish:
        return None
    for logo in own_logos(request.user):
        if logo.organisation.slug == wish:
            return logo
    raise Http404
