"""What goes to the mail server and what comes back from it."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum


class Verdict(Enum):
    """What became of one mail."""

    ACCEPTED = "the mail server took it"
    LATER = "not now (4xx), or the server refuses the sender"
    REFUSED = "never (5xx)"
    DROPPED = "the connection broke at this mail, before its content was sent"
    UNTOUCHED = "not offered to the server, or not at fault when the connection broke"
    IN_DOUBT = "its content was sent and no answer came: the server may have taken it"


@dataclass(frozen=True, slots=True)
class Parcel:
    """One mail to one recipient."""

    key: int
    group: int
    """The mailing, so that it can be withdrawn while others go on."""
    sender: str
    recipient: str
    content: bytes
    """As it goes over the line: dots at the start of a line doubled, a line end at the end."""
    good_until: float = float("inf")
    """On the monotonic clock; later than this it is somebody else's to send."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a parcel, with the answer of the server."""

    parcel: Parcel
    verdict: Verdict
    code: int = 0
    text: str = ""
    is_about_address: bool = False
    """Whether a refusal says that the address does not exist, and not that the server dislikes the mail."""


#: Hears of each parcel exactly once.
Report = Callable[[Outcome], None]
