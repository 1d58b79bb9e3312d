"""Looking into mails that a worker claimed and never wrote down: did they leave? (security.md chapter 5, step 6)."""

from datetime import timedelta
from itertools import groupby

import structlog
from django.db import InterfaceError, OperationalError, transaction
from django.db.models import DateTimeField, F, Func, Min
from django.db.models.functions import Now

from cwn.delivery.actions.claiming import lease
from cwn.delivery.actions.marking import tell_kind
from cwn.delivery.compiling import message_id_of
from cwn.delivery.enums import AfterDoubt, DeliveryState, MailingState
from cwn.delivery.kinds import all_kinds
from cwn.delivery.mail_log import MailLog, mail_log
from cwn.delivery.models import Delivery

log = structlog.get_logger("cwn.delivery")

MOST = 2_000
#: A mail that brought down this many workers waits for a person (G14).
MOST_DEATHS = 10
#: Mails that lost their worker together do not come back together: so one that kills workers is soon without company.
AFTER_DEATHS = Func(
    F("deaths"),
    template="statement_timestamp() + random() * %(expressions)s * interval '5 seconds'",
    output_field=DateTimeField(),
)
IN_DOUBT = "het is niet zeker of de mailserver deze mail heeft aangenomen"
TAKEN, LOST, UNSURE = "taken", "lost", "unsure"


@transaction.atomic
def reconcile(*, asking: MailLog | None = None, most: int = MOST) -> int:
    """Settle the claims of which the term ended, and return how many; never a second mail without being asked.

    The log of the mail server decides. Without one it is the kind that decides: warnings go out again, with the same
    Message-ID; a newsletter is shown to a person.
    """
    found = Delivery.objects.left_behind().select_for_update(skip_locked=True, of=("self",)).select_related("mailing")
    doubted = list(found.order_by("pk")[:most])
    if not doubted:
        return 0
    answers = _answers(doubted, asking or mail_log())
    resent = {kind.slug for kind in all_kinds() if kind.after_doubt == AfterDoubt.RESEND}
    groups: dict[DeliveryState, list[int]] = {}
    for delivery in doubted:
        groups.setdefault(_state_after(delivery, answers[delivery.pk], resent), []).append(delivery.pk)
    for state, keys in groups.items():
        _settle(state, keys)
    _tell_kinds([delivery for delivery in doubted if answers[delivery.pk] == TAKEN])
    log.warning("claims_settled", **{state.name.lower(): len(keys) for state, keys in groups.items()})
    return len(doubted)


def _tell_kinds(sent: list[Delivery]) -> None:
    for _mailing, deliveries in groupby(sorted(sent, key=_mailing_of), key=_mailing_of):
        try:
            with transaction.atomic():
                tell_kind(list(deliveries))
        except (OperationalError, InterfaceError):
            raise
        except Exception as problem:
            log.exception("after_sending_failed", problem=type(problem).__name__)


def _mailing_of(delivery: Delivery) -> int:
    return delivery.mailing_id


def _answers(doubted: list[Delivery], asked: MailLog | None) -> dict[int, str]:
    """Return per delivery whether the mail server took it, lost it, or cannot say."""
    unsure = dict.fromkeys((delivery.pk for delivery in doubted), UNSURE)
    if asked is None:
        return unsure
    oldest = Delivery.objects.filter(pk__in=unsure).aggregate(at=Min("lease_until"))["at"]
    message_ids = {message_id_of(delivery.token): delivery.pk for delivery in doubted}
    accepted = asked.accepted(list(message_ids), since=oldest - _claim_time())
    if accepted is None:
        log.error("mail_log_does_not_tell")
        return unsure
    return {key: TAKEN if message_id in accepted else LOST for message_id, key in message_ids.items()}


def _claim_time() -> timedelta:
    return timedelta(seconds=lease())


def _state_after(delivery: Delivery, answer: str, resent: set[str]) -> DeliveryState:
    if answer == TAKEN:
        return DeliveryState.SENT
    if answer == UNSURE and (delivery.mailing.kind not in resent or delivery.mailing.state == MailingState.CANCELLED):
        return DeliveryState.UNKNOWN
    if delivery.mailing.state == MailingState.CANCELLED:
        return DeliveryState.SKIPPED
    return DeliveryState.PARKED if delivery.deaths + 1 >= MOST_DEATHS else DeliveryState.QUEUED


def _settle(state: DeliveryState, keys: list[int]) -> None:
    rows = Delivery.objects.filter(pk__in=keys)
    free = {"state": state, "claimed_by": None, "lease_until": None}
    match state:
        case DeliveryState.SENT:
            rows.update(**free, sent_at=Now(), smtp_code=250)
        case DeliveryState.QUEUED:
            rows.update(**free, next_at=AFTER_DEATHS, deaths=F("deaths") + 1)
        case DeliveryState.SKIPPED:
            rows.update(**free, reason="de mailing is geannuleerd")
        case DeliveryState.PARKED:
            rows.update(**free, reason="het versturen brak telkens af", deaths=F("deaths") + 1)
        case _:
            rows.update(**free, reason=IN_DOUBT)
