"""Who may see the logos of organisations, and those that are only proposed."""

from typing import Any

from cwn.core.media import readable_folder
from partners.models import Organisation, ProfileProposal


@readable_folder("logos")
def logo_of_a_visible_organisation(user: Any, path: str) -> bool:
    """A logo is seen by who may know of its organisation."""
    return Organisation.objects.visible_to(user).filter(logo=path).exists()


@readable_folder("voorstellen")
def proposed_logo(user: Any, path: str) -> bool:
    """A proposed logo is seen by the organisation itself and the coordinators who decide."""
    mine = Organisation.objects.represented_by(user) | Organisation.objects.editable_by(user)
    return ProfileProposal.objects.filter(logo=path, organisation__in=mine.values("pk")).exists()
