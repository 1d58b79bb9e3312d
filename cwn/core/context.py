"""What every template may use."""

from django.conf import settings
from django.http import HttpRequest


def site(request: HttpRequest) -> dict[str, object]:
    """Tell templates whether this is the demo network and which brand it carries."""
    return {"demo_mode": settings.CWN_DEMO}
