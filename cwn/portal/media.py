"""Who may see the brand mark."""

from typing import Any

from cwn.core.media import readable_folder
from cwn.portal.models import Brand


@readable_folder("huisstijl")
def mark_of_the_brand(user: Any, path: str) -> bool:
    """Everybody sees the mark that is in use."""
    return Brand.objects.filter(mark=path).exists()
