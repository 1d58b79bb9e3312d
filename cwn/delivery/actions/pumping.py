"""Emptying the outbox: claim, ask again, send, write down; at any point a worker may die (security.md chapter 5)."""

import time
from collections.abc import Callable, Iterable
from typing import TypeVar
from uuid import UUID, uuid4

import structlog
from django.conf import settings
from django.db import InterfaceError, OperationalError, connection
from django.db.models.functions import Now

from cwn.delivery.actions.claiming import claim, lease, reasons_not_to_send, stopped
from cwn.delivery.actions.ending import end_finished_mailings, pause_late_mailings
from cwn.delivery.actions.holding import is_held
from cwn.delivery.actions.marking import Mark, later, mark_of, release_strays, write_marks
from cwn.delivery.actions.reconciling import reconcile
from cwn.delivery.addresses import return_path, with_ascii_host
from cwn.delivery.compiling import fill
from cwn.delivery.enums import DeliveryState
from cwn.delivery.mail_log import mail_log
from cwn.delivery.models import CompiledMail, Delivery, Outbox
from cwn.delivery.parcels import Outcome, Parcel, Verdict
from cwn.delivery.senders import Senders

log = structlog.get_logger("cwn.delivery")
Result = TypeVar("Result")

#: Mails claimed at once; a worker that is killed leaves at most twice as many in doubt.
BATCH = 1_000
#: The same per connection where no log tells afterwards what left: fewer mails in doubt, at some cost of speed.
BATCH_WITHOUT_LOG = 8
#: Seconds after which a run claims no more: with what is under way it ends below the time limit of a task.
RUN = 20
#: Seconds between two looks whether somebody paused a mailing.
LOOK = 1.0
#: Seconds that a run waits for a database that is away before it gives up; its claims are settled later.
PATIENCE = 30


def pump_outbox(*, most: int | None = None) -> int:
    """Send what is due, at most so many, and return how many mails the mail server took."""
    Outbox.objects.update_or_create(pk=1, defaults={"pumped_at": Now()})
    if is_held():
        return 0
    pause_late_mailings()
    reconcile()
    sent = Run(most=most).send() if Delivery.objects.due().exists() else 0
    end_finished_mailings()
    return sent


class Run:
    """One run of one worker."""

    def __init__(self, *, most: int | None = None) -> None:
        self.me: UUID = uuid4()
        self.batch = BATCH if mail_log() else BATCH_WITHOUT_LOG * settings.MAIL_CONNECTIONS
        self.left = most if most is not None else 1_000_000_000
        self.until = time.monotonic() + RUN
        self.claimed: dict[int, Delivery] = {}
        self.in_doubt: set[int] = set()
        self.sent = 0
        self.mails: dict[tuple[int, str], bytes] = {}
        self.looked_at = time.monotonic()

    def send(self) -> int:
        """Keep the senders busy until nothing is due, the time is over or the mail server is away."""
        senders = Senders(settings.MAIL_CONNECTIONS)
        try:
            while self._claim_more(senders) or senders.under_way:
                self._write_down(senders.take(wait=LOOK))
                self._withdraw_stopped(senders)
        finally:
            senders.close()
            while senders.under_way:
                self._write_down(senders.take(wait=LOOK))
            senders.join()
            self.in_doubt.update(self.claimed)  # what a sender took along that broke
        patiently(lambda: release_strays(by=self.me, in_doubt=self.in_doubt))
        return self.sent

    def _claim_more(self, senders: Senders) -> bool:
        """Claim and hand over the next mails when the senders run low; False when there is nothing to claim."""
        may_claim = self.left > 0 and time.monotonic() < self.until and senders.are_working
        if not may_claim:
            return False
        if senders.under_way > self.batch:  # the senders keep a full batch while the next one is claimed and filled
            return True
        good_until = time.monotonic() + lease() - 3 * settings.MAIL_TIMEOUT
        claimed = patiently(lambda: claim(by=self.me, most=min(self.batch, self.left)))
        self.left -= len(claimed)
        self.claimed.update((delivery.pk, delivery) for delivery in claimed)
        senders.put(patiently(lambda: self._parcels(claimed, good_until)))
        return bool(claimed)

    def _parcels(self, claimed: list[Delivery], good_until: float) -> list[Parcel]:
        """Fill the mails of those who may still have theirs; write down the others."""
        reasons = reasons_not_to_send(claimed)
        self._load_mails(claimed)
        marks, parcels = [], []
        for delivery in claimed:
            if delivery.pk in reasons:
                reason = reasons[delivery.pk]
                skipped = Mark(delivery, DeliveryState.SKIPPED, reason or "")
                marks.append(later(delivery, "de controle vooraf lukt niet") if reason is None else skipped)
                continue
            parcel = self._parcel(delivery, good_until)
            if parcel:
                parcels.append(parcel)
            else:
                marks.append(Mark(delivery, DeliveryState.PARKED, "de mail kan niet worden gemaakt"))
        write_marks(marks, by=self.me)
        for mark in marks:
            self.claimed.pop(mark.delivery.pk, None)
        return parcels

    def _parcel(self, delivery: Delivery, good_until: float) -> Parcel | None:
        try:
            address = with_ascii_host(delivery.address)
            mail = self.mails[delivery.mailing_id, delivery.language]
            content = fill(mail, delivery.values, to=address, token=delivery.token, is_dotted=True)
        except (KeyError, ValueError) as problem:  # what no mail can hold; one such row stops no other (G14)
            log.error("mail_cannot_be_made", delivery=delivery.pk, problem=type(problem).__name__)
            return None
        return Parcel(delivery.pk, delivery.mailing_id, return_path(delivery.pk), delivery.address, content, good_until)

    def _load_mails(self, claimed: Iterable[Delivery]) -> None:
        missing = {delivery.mailing_id for delivery in claimed} - {mailing for mailing, _language in self.mails}
        for mail in CompiledMail.objects.filter(mailing__in=missing):
            self.mails[mail.mailing_id, mail.language] = bytes(mail.content)

    def _write_down(self, outcomes: list[Outcome]) -> None:
        marks = []
        for outcome in outcomes:
            delivery = self.claimed.pop(outcome.parcel.key)
            mark = mark_of(delivery, outcome)
            if mark:
                marks.append(mark)
                self.sent += outcome.verdict is Verdict.ACCEPTED
            else:
                self.in_doubt.add(delivery.pk)
                log.warning("mail_in_doubt", delivery=delivery.pk, problem=outcome.text)
        patiently(lambda: write_marks(marks, by=self.me))

    def _withdraw_stopped(self, senders: Senders) -> None:
        if time.monotonic() - self.looked_at < LOOK:
            return
        self.looked_at = time.monotonic()
        under_way = {delivery.mailing_id for delivery in self.claimed.values()}
        senders.withdraw(patiently(lambda: stopped(under_way)))


def patiently(step: Callable[[], Result]) -> Result:
    """Do a step with the database, again when it was away for a moment: what left must be written down (G04)."""
    until = time.monotonic() + PATIENCE
    wait = 0.1
    while True:
        try:
            return step()
        except (OperationalError, InterfaceError) as problem:
            if connection.in_atomic_block or time.monotonic() > until:
                raise
            log.warning("database_away", problem=type(problem).__name__)
            connection.close()
            time.sleep(wait)
            wait = min(2 * wait, 2.0)
