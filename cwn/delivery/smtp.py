"""An SMTP conversation that knows how far each mail came (security.md chapter 5, step 4, and G05–G07).

Python's smtplib and Django's backend tell that something failed, not whether the mail server may have taken the mail.
That is the difference between sending again and asking first, so we speak the protocol ourselves, with PIPELINING
(RFC 2920), SMTPUTF8 and 8BITMIME where the server offers them. One recipient per mail. The end of one mail travels
together with the envelope of the next: one round trip per mail.
"""

import re
from collections.abc import Callable, Iterator

from cwn.delivery.parcels import Outcome, Parcel, Report, Verdict
from cwn.delivery.smtp_line import Line, Reply, Server

GO_AHEAD, CLOSING, OWN_REFUSAL = 354, 421, 553
_ADDRESS = re.compile(r"[^\s<>@\x00-\x1f\x7f]{1,64}@[^\s<>@\x00-\x1f\x7f]{1,253}")


class ConversationBrokenError(OSError):
    """The connection is no good any more; what became of each mail was reported."""


class Conversation:
    """One connection to a mail server; not for two threads at once."""

    def __init__(self, server: Server) -> None:
        self._line = Line(server)
        self._needs_reset = False
        self._reset_is_under_way = False

    @property
    def pipelines(self) -> bool:
        """Tell whether the server takes several commands at once."""
        return "PIPELINING" in self._line.extensions

    def carry(self, parcels: Iterator[Parcel], report: Report) -> None:
        """Offer parcels until there are no more, and report each one exactly once.

        Raises ConversationBrokenError when the connection cannot be used any more; parcels that were not taken from
        the iterator are untouched.
        """
        parcel = next(parcels, None)
        while parcel is not None:
            if not self._is_sendable(parcel, report):
                parcel = next(parcels, None)
                continue
            self._guarded(self._offer, parcel, report)
            parcel = self._carry_on(parcel, parcels, report)

    def quit(self) -> None:
        """End politely."""
        self._line.quit()

    def close(self) -> None:
        """Close the connection without a word."""
        self._line.close()

    # --- one mail after the other ----------------------------------------------------------------
    def _carry_on(self, parcel: Parcel, parcels: Iterator[Parcel], report: Report) -> Parcel | None:
        """Follow a chain of mails of which each envelope travels with the end of the mail before it.

        Returns the parcel with which a new chain begins.
        """
        while self._guarded(self._is_welcome, parcel, report):
            following = next(parcels, None)
            rides_along = following is not None and self.pipelines and self._is_speakable(following)
            reply = self._hand_over(parcel, following if rides_along else None, report)
            report(_judged(parcel, reply, at_recipient=False))
            if reply.code == CLOSING:
                if following is not None:
                    report(Outcome(following, Verdict.UNTOUCHED))
                raise ConversationBrokenError("the server closes")
            if not rides_along or following is None:
                return following
            parcel = following
        return next(parcels, None)

    def _hand_over(self, parcel: Parcel, following: Parcel | None, report: Report) -> Reply:
        """Send the content, with the envelope of the next mail where that may ride along, and return the answer."""
        try:
            envelope = self._envelope(following) if following else b""
            self._line.write(b"".join((parcel.content, b".\r\n", envelope)))
            return self._line.read()
        except OSError as problem:
            report(Outcome(parcel, Verdict.IN_DOUBT, text=type(problem).__name__))
            if following is not None:
                report(Outcome(following, Verdict.UNTOUCHED))
            raise ConversationBrokenError(str(problem)) from problem

    def _guarded(self, step: Callable[[Parcel, Report], bool], parcel: Parcel, report: Report) -> bool:
        """Do a step that comes before the content: when the connection breaks in it, the mail did not leave."""
        try:
            return step(parcel, report)
        except ConversationBrokenError:
            raise
        except OSError as problem:
            report(Outcome(parcel, Verdict.DROPPED, text=type(problem).__name__))
            raise ConversationBrokenError(str(problem)) from problem

    def _offer(self, parcel: Parcel, report: Report) -> bool:
        """Begin a mail; a server that takes one command at a time gets them when the answers are read."""
        if self.pipelines:
            self._line.write(self._envelope(parcel))
        return True

    def _is_welcome(self, parcel: Parcel, report: Report) -> bool:
        """Read the answers to an envelope; False, with a report, when the content is not wanted."""
        replies = self._replies(parcel)
        bad = next((index for index, reply in enumerate(replies[:2]) if not reply.is_positive), None)
        asks_content = len(replies) > 2 and replies[2].code == GO_AHEAD
        if bad is None and asks_content:
            return True
        self._needs_reset = True
        if asks_content:
            self._line.write(b".\r\n")  # a server that asks for content without a recipient gets none
            self._line.read()
        refusal = replies[2 if bad is None else bad]
        if refusal.code == CLOSING and bad == 0:
            report(Outcome(parcel, Verdict.UNTOUCHED, CLOSING, refusal.text))
        else:
            report(_judged(parcel, refusal, at_recipient=bad == 1, at_sender=bad == 0))
        if refusal.code == CLOSING:
            raise ConversationBrokenError("the server closes")
        return False

    def _replies(self, parcel: Parcel) -> list[Reply]:
        """Return the answers to MAIL, RCPT and DATA, up to one that ends the conversation."""
        lines = None if self.pipelines else self._envelope(parcel).splitlines(keepends=True)
        replies: list[Reply] = []
        if lines:
            self._line.write(lines.pop(0))
        if self._reset_is_under_way:
            self._reset_is_under_way = False
            if not self._line.read().is_positive:
                raise ConnectionError("the server does not begin anew")
            if lines:
                self._line.write(lines.pop(0))
        while len(replies) < 3:
            replies.append(self._line.read())
            if replies[-1].code == CLOSING or (lines is not None and not (replies[-1].is_positive and lines)):
                break
            if lines:
                self._line.write(lines.pop(0))
        return replies

    # --- words -----------------------------------------------------------------------------------
    def _envelope(self, parcel: Parcel) -> bytes:
        options = "" if parcel.content.isascii() else " BODY=8BITMIME"
        if not parcel.recipient.isascii():
            options += " SMTPUTF8"
        reset, self._needs_reset = self._needs_reset, False
        self._reset_is_under_way = reset
        return (
            ("RSET\r\n" if reset else "")
            + f"MAIL FROM:<{parcel.sender}>{options}\r\nRCPT TO:<{parcel.recipient}>\r\nDATA\r\n"
        ).encode()

    def _is_speakable(self, parcel: Parcel) -> bool:
        """Tell whether this server can be told about a parcel at all; what it cannot know is never half said (B21)."""
        needs = set() if parcel.content.isascii() else {"8BITMIME"}
        if not parcel.recipient.isascii():
            needs.add("SMTPUTF8")
        return needs <= self._line.extensions.keys() and all(map(_ADDRESS.fullmatch, (parcel.sender, parcel.recipient)))

    def _is_sendable(self, parcel: Parcel, report: Report) -> bool:
        if self._is_speakable(parcel):
            return True
        report(Outcome(parcel, Verdict.REFUSED, OWN_REFUSAL, "the address cannot be passed to this server"))
        return False


#: Answers about the address itself: unknown, moved, wrongly spelled or closed (RFC 3463).
_ADDRESS_CODES = re.compile(r"5\.(1\.[1236]|1\.10|2\.1)\b")
_ENHANCED = re.compile(r"[245]\.\d{1,3}\.\d{1,3}\b")


def _judged(parcel: Parcel, reply: Reply, *, at_recipient: bool, at_sender: bool = False) -> Outcome:
    if reply.is_positive:
        return Outcome(parcel, Verdict.ACCEPTED, reply.code)
    is_final = reply.code >= 500 and not at_sender  # a sender that is refused is our own trouble
    text = reply.text.partition("\n")[0][:200]
    is_about_address = is_final and bool(
        _ADDRESS_CODES.match(text) if _ENHANCED.match(text) else at_recipient and reply.code in (550, 551, OWN_REFUSAL)
    )
    return Outcome(parcel, Verdict.REFUSED if is_final else Verdict.LATER, reply.code, text, is_about_address)
