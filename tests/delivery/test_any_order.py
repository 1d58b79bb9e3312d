"""Whatever happens in whatever order, nobody gets two mails and nobody is forgotten (security.md G22)."""

import random
from collections import Counter
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import transaction
from django.db.models.functions import Now

from cwn.delivery import kinds
from cwn.delivery.actions.bouncing import suppress
from cwn.delivery.actions.claiming import claim, reasons_not_to_send
from cwn.delivery.actions.controlling import cancel, pause, resume, settle_unknown
from cwn.delivery.actions.ending import end_finished_mailings
from cwn.delivery.actions.holding import hold_mail, is_held, release_mail
from cwn.delivery.actions.marking import Mark, mark_of, release_strays, write_marks
from cwn.delivery.actions.queueing import Recipient, queue_mailing
from cwn.delivery.actions.reconciling import reconcile
from cwn.delivery.compiling import compile_mail, message_id_of
from cwn.delivery.enums import ENDED, AfterDoubt, DeliveryState, MailingState, Stream, SuppressionReason
from cwn.delivery.kinds import MailKind
from cwn.delivery.models import Delivery, Mailing
from cwn.delivery.parcels import Outcome, Parcel, Verdict
from cwn.delivery.progress import progress_of

pytestmark = pytest.mark.django_db
PEOPLE = 40
CONTENT = compile_mail(subject="Proef", text="Tekst", language="nl")
STEPS, SEEDS = 200, 10
WORKERS, SOUND = 3, 9
#: What the mail server may do with a mail, and whether it took it.
ANSWERS = {
    (Verdict.ACCEPTED, True): 4,
    (Verdict.IN_DOUBT, True): 2,
    (Verdict.IN_DOUBT, False): 2,
    (Verdict.LATER, False): 2,
    (Verdict.DROPPED, False): 1,
    (Verdict.UNTOUCHED, False): 1,
    (Verdict.REFUSED, False): 1,
}
#: What may happen, and how often beside the others.
EVENTS = {
    "claims": 10, "offers": 30, "writes_down": 8, "dies": 3, "ends_its_run": 3,
    "time_passes": 4, "a_long_time_passes": 3, "reconciles": 4, "counts": 2,
    "is_asked_again": 1, "pauses": 1, "resumes": 4, "is_held": 1, "is_released": 4,
    "leaves": 1, "unsubscribes": 1, "person_decides": 3,
}  # fmt: skip


class World:
    """A mailing, a mail server, and workers that do each step of a run apart, so that anything can come in between."""

    def __init__(self, chance, *, has_log, after_doubt, unwanted):
        self.chance = chance
        self.log = self if has_log else None
        self.after_doubt = after_doubt
        self.unwanted = unwanted
        self.taken = Counter()
        self.in_hand = {}
        self.lost_track = {}
        self.to_write = {}
        self.me = {}
        self.mailing = self.queue()

    def queue(self):
        people = [Recipient(f"user:{n}", f"p{n}@example.nl") for n in range(PEOPLE)]
        return queue_mailing(key="proef:1", kind="proef", mails={"nl": CONTENT}, recipients=people)

    def accepted(self, message_ids, *, since):
        """Be the log of the mail server."""
        return {message_id for message_id in message_ids if self.taken[message_id]}

    def one_of(self, weights):
        (found,) = self.chance.choices(list(weights), list(weights.values()))
        return found

    def happens(self, event):
        """Let something happen; what a worker does is done by any of them."""
        by_worker = event in ("claims", "offers", "writes_down", "dies", "ends_its_run")
        getattr(self, event)(*([self.chance.randrange(WORKERS)] if by_worker else []))

    # --- what a worker does -----------------------------------------------------------------------
    def claims(self, worker, most=4):
        if is_held():
            return
        me = self.me.setdefault(worker, uuid4())
        claimed = claim(by=me, most=most)
        reasons = reasons_not_to_send(claimed)
        skipped = [Mark(one, DeliveryState.SKIPPED, reasons[one.pk]) for one in claimed if one.pk in reasons]
        write_marks(skipped, by=me)
        self.in_hand.setdefault(worker, []).extend(one for one in claimed if one.pk not in reasons)

    def offers(self, worker, answer=None):
        """Offer the next mail, in time: a worker offers nothing when its term nears the end (`Parcel.good_until`)."""
        if not self.in_hand.get(worker):
            return
        (verdict, was_taken), delivery = answer or self.one_of(ANSWERS), self.in_hand[worker].pop(0)
        message_id = message_id_of(delivery.token)
        self.taken[message_id] += was_taken
        parcel = Parcel(delivery.pk, delivery.mailing_id, "x@example.nl", delivery.address, b"")
        mark = mark_of(delivery, Outcome(parcel, verdict, 550 if verdict is Verdict.REFUSED else 250))
        if mark:
            self.to_write.setdefault(worker, []).append(mark)
        else:
            self.lost_track.setdefault(worker, set()).add(delivery.pk)

    def writes_down(self, worker):
        write_marks(self.to_write.pop(worker, []), by=self.me.get(worker, uuid4()))

    def dies(self, worker):
        """Forget everything, between any two steps; another worker takes its place."""
        for memory in (self.in_hand, self.to_write, self.me, self.lost_track):
            memory.pop(worker, None)

    def ends_its_run(self, worker):
        """Put back what was not offered, as a run does that is told to stop."""
        self.in_hand.pop(worker, None)
        self.writes_down(worker)
        if worker in self.me:
            release_strays(by=self.me[worker], in_doubt=self.lost_track.pop(worker, set()))
        self.dies(worker)

    # --- what the clock does ----------------------------------------------------------------------
    def time_passes(self):
        """Let waiting times be over, and not the terms of claims."""
        Delivery.objects.filter(state=DeliveryState.QUEUED).update(next_at=Now())

    def a_long_time_passes(self):
        """Let the terms of claims be over: nobody offers such a mail any more, but an answer may still come in."""
        self.in_hand.clear()
        Delivery.objects.filter(state=DeliveryState.CLAIMED).update(lease_until=Now() - timedelta(seconds=1))

    def reconciles(self):
        reconcile(asking=self.log)

    def counts(self):
        end_finished_mailings()

    # --- what people do ---------------------------------------------------------------------------
    def is_asked_again(self):
        assert self.queue() == self.mailing

    def pauses(self):
        pause(self.mailing)

    def resumes(self):
        resume(self.mailing, by=None)

    def cancels(self):
        if Mailing.objects.get().state not in ENDED:
            cancel(self.mailing)

    def is_held(self):
        hold_mail(reason="proef")

    def is_released(self):
        release_mail()

    def leaves(self):
        self.unwanted.add(f"user:{self.chance.randrange(PEOPLE)}")

    def unsubscribes(self):
        suppress(f"p{self.chance.randrange(PEOPLE)}@example.nl", stream=Stream.NEWS, reason=SuppressionReason.LEFT)

    def person_decides(self):
        """Let somebody look in the log of the mail server, and answer what stands there."""
        for delivery in Delivery.objects.filter(state=DeliveryState.UNKNOWN).select_related("mailing")[:1]:
            settle_unknown(delivery, was_sent=bool(self.taken[message_id_of(delivery.token)]), by=None)

    # --- what must be true ------------------------------------------------------------------------
    def check(self, *, at_the_end=False):
        """Hold what the portal says against what the mail server has."""
        may_double = self.log is None and self.after_doubt == AfterDoubt.RESEND
        rows = list(Delivery.objects.all())
        assert len(rows) == PEOPLE == progress_of(self.mailing).total
        for row in rows:
            copies = self.taken[message_id_of(row.token)]
            assert copies <= 1 or may_double
            if row.state == DeliveryState.SENT:
                assert copies
            if row.state in (DeliveryState.SKIPPED, DeliveryState.PARKED):
                assert row.reason
            if row.state in (DeliveryState.QUEUED, DeliveryState.SKIPPED, DeliveryState.BOUNCED):
                assert not copies or may_double
            if at_the_end:
                assert row.state not in (DeliveryState.QUEUED, DeliveryState.CLAIMED)
        if Mailing.objects.get().state == MailingState.DONE:
            assert not Delivery.objects.open().exists()

    def comes_to_rest(self):
        """Let everything be well again, until nothing moves by itself.

        Old workers wake up late: one while another has the mails in hand, the others when all is over.
        """
        release_mail()
        resume(self.mailing, by=None)
        for waking in ([0], range(1, WORKERS)):
            for _round in range(2):
                self.a_long_time_passes()
                self.reconciles()
                self.time_passes()
                self.claims(SOUND, PEOPLE)
                for worker in waking:
                    self.writes_down(worker)
                while self.in_hand.get(SOUND):
                    self.offers(SOUND, (Verdict.ACCEPTED, True))
                self.writes_down(SOUND)
                self.counts()


@pytest.mark.parametrize("after_doubt", AfterDoubt)
@pytest.mark.parametrize("has_log", [True, False], ids=["log", "no-log"])
def test_each_recipient_gets_one_mail_or_stands_where_people_see_it(monkeypatch, has_log, after_doubt):
    unwanted = set()

    def recheck(deliveries):
        return {one.pk: "is geen lid meer" for one in deliveries if one.recipient in unwanted}

    monkeypatch.setattr(kinds, "_kinds", {"proef": MailKind("proef", "Proef", Stream.NEWS, after_doubt, recheck)})

    for seed in range(SEEDS):
        unwanted.clear()
        with transaction.atomic():
            world = World(random.Random(seed), has_log=has_log, after_doubt=after_doubt, unwanted=unwanted)
            for number in range(STEPS):
                world.happens(world.one_of(EVENTS))
                if number % 5 == 0:
                    world.check()
            if seed == SEEDS - 1:
                world.cancels()
            world.comes_to_rest()
            world.check(at_the_end=True)
            transaction.set_rollback(True)
