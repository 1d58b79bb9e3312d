"""The logo of whoever passes a sheet on, as it stands in a file."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class PlacedLogo:
    """A logo in its own place, with the space around it that it asks for; sizes in points."""

    name: str
    """Whose logo it is."""
    content: bytes
    """A PNG."""
    width: float
    height: float
    clear: float
    """What stays empty at every side."""
