"""What a TLP label looks like, and where it lets a cover sheet go (security.md chapter 3, TLP × channel)."""

from enum import StrEnum

from comms.enums import NOT_TO_BE_FORWARDED, Tlp
from comms.sheet import CoverSheet

#: The colours that FIRST prescribes for the words of TLP 2.0, on BACKGROUND.
COLOURS = {
    Tlp.CLEAR: "#FFFFFF",
    Tlp.GREEN: "#33FF00",
    Tlp.AMBER: "#FFC000",
    Tlp.AMBER_STRICT: "#FFC000",
    Tlp.RED: "#FF2B2B",
}
BACKGROUND = "#000000"


class MailAudience(StrEnum):
    """To whom a mail goes."""

    PUBLIC = "public"
    """Anybody with an address, such as the subscribers of a newsletter."""
    READERS = "readers"
    """Only people who may read the publication in the portal."""


class NotToBeMailed(ValueError):  # noqa: N818  what it says is no error of the code
    """Nothing with this label may be mailed to this audience, not even that it exists."""


class NotToBeForwarded(ValueError):  # noqa: N818  what it says is no error of the code
    """Nothing with this label is passed on to a constituency."""


def refuse_to_forward(sheet: CoverSheet) -> None:
    """Stop when the label keeps a sheet within the addressed organisations or persons."""
    if sheet.tlp in NOT_TO_BE_FORWARDED:
        raise NotToBeForwarded(sheet.tlp.label)


def refuse_to_mail(sheet: CoverSheet, audience: MailAudience) -> None:
    """Stop when a sheet that is not public would go to everybody."""
    if audience == MailAudience.PUBLIC and sheet.tlp != Tlp.CLEAR:
        raise NotToBeMailed(sheet.tlp.label)
