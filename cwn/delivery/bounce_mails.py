"""Reading what mail servers report: delivery status notifications (RFC 3464) and complaints (RFC 5965).

A report counts only when it came to a return address that we made (D09): anybody can write to that mailbox. Nothing
here ever answers a mail, so no loop can start.
"""

from dataclasses import dataclass
from email import message_from_bytes, policy
from email.message import EmailMessage, Message
from email.utils import getaddresses
from hashlib import sha256
from typing import cast

from cwn.delivery.addresses import delivery_of
from cwn.delivery.enums import SuppressionReason
from cwn.delivery.models import Delivery

#: Bytes of a mail that are read; a report says what it has to say at its beginning.
MOST_BYTES = 256 * 1024
#: Headers in which a mail server names the mailbox that the mail came to.
ARRIVED_AT = ("X-Original-To", "Delivered-To", "Envelope-To", "X-Envelope-To", "To")
#: Parts of a mail that are looked at; more is no report of a mail server.
MOST_PARTS = 50


@dataclass(frozen=True, slots=True)
class BounceReport:
    """What a mail in the mailbox says about one of our mails."""

    delivery: Delivery
    reason: SuppressionReason
    is_final: bool
    explanation: str
    key: str
    """The same for the same mail, however often it is read."""


def read_report(raw: bytes) -> BounceReport | None:
    """Return what a mail reports; None when it is no report, or not about a mail of ours."""
    message = cast(EmailMessage, message_from_bytes(raw[:MOST_BYTES], policy=policy.default))
    delivery = _delivery(message)
    if delivery is None:
        return None
    parts = [part for part, _number in zip(message.walk(), range(MOST_PARTS), strict=False)]
    kinds = {part.get_content_type(): part for part in parts}
    key = sha256(raw[:MOST_BYTES]).hexdigest()
    if "message/feedback-report" in kinds:
        return BounceReport(delivery, SuppressionReason.COMPLAINED, True, "klacht van de lezer", key)
    if "message/delivery-status" in kinds:
        return _of_status(kinds["message/delivery-status"], delivery, key)
    return None  # an answer of a person, or "I am on holiday"


def _delivery(message: Message) -> Delivery | None:
    found = [value for name in ARRIVED_AT for value in message.get_all(name, [])]
    addresses = [address for _name, address in getaddresses([str(value)[:1_000] for value in found[:20]])]
    return next((delivery for address in addresses if (delivery := delivery_of(address))), None)


def _of_status(part: Message, delivery: Delivery, key: str) -> BounceReport | None:
    """Read the fields of the recipient; a message of delay says that nothing is decided yet."""
    blocks = part.get_payload()
    fields = {
        name.lower(): str(value)
        for block in (blocks if isinstance(blocks, list) else [])
        if isinstance(block, Message)
        for name, value in block.items()
    }
    action, status = fields.get("action", "").lower(), fields.get("status", "")
    if action not in ("failed", "delayed"):
        return None  # delivered, relayed: no reason to stop
    is_final = action == "failed" and not status.startswith("4.")
    words = fields.get("diagnostic-code") or status or action
    return BounceReport(delivery, SuppressionReason.BOUNCED, is_final, words, key)
