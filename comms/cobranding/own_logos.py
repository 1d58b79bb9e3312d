"""Logos for what else a partner passes on: the pack of a publication (R52, R93)."""

from collections.abc import Iterator
from functools import partial
from typing import Any

from comms.cobranding.logos.placing import clear_space, inside
from comms.cobranding.materials import picture_of
from comms.cobranding.models import PartnerLogo
from comms.cobranding.renderings.paper import PAGE_LOGO
from comms.passing_on import OwnLogo, logo_source
from comms.renderings.logo import PlacedLogo
from partners.models.organisations import organisations_of


@logo_source
def logos_of_reader(user: Any) -> Iterator[OwnLogo]:
    """Name the logos of the reader's own organisations; that somebody sees all of them is not that they are his."""
    logos = PartnerLogo.objects.visible_to(user).filter(organisation__in=organisations_of(user))
    for logo in logos.select_related("organisation").order_by("organisation__name"):
        yield OwnLogo(logo.organisation, partial(_placed, logo))


def _placed(logo: PartnerLogo) -> PlacedLogo:
    picture = picture_of(logo.on_light)
    width, height = inside(*PAGE_LOGO, picture.width, picture.height)
    return PlacedLogo(logo.organisation.name, picture.content, width, height, clear_space(height))
