"""What a person does with a mailing that is under way, and with mails that need a decision."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db.models.functions import Now
from django.utils.translation import gettext as _

from cwn.core.audit import record
from cwn.core.guard import as_the_portal
from cwn.delivery.enums import ENDED, DeliveryState, MailingState
from cwn.delivery.models import Delivery, Mailing
from cwn.delivery.waking import wake_after_commit

REASON = 200  # characters


def pause(mailing: Mailing, *, reason: str = "", by: Any = None) -> Mailing:
    """Let nothing more of a mailing leave until somebody resumes it; what is under way arrives."""
    with as_the_portal():
        mailing = _locked(mailing)
        if mailing.state in (MailingState.WAITING, MailingState.SENDING):
            _set_state(mailing, MailingState.PAUSED, reason or _("Gepauzeerd door een medewerker."))
            _remember("pause", mailing, by)
    return mailing


def resume(mailing: Mailing, *, reason: str = "", by: Any) -> Mailing:
    """Let a paused mailing go on; one that was too late is not too late any more, for somebody decided."""
    with as_the_portal():
        mailing = _locked(mailing)
        if mailing.state == MailingState.PAUSED:
            # What waited while it was paused is due from now on, not overdue.
            waiting = Delivery.objects.filter(mailing=mailing, state=DeliveryState.QUEUED, next_at__lt=Now())
            waiting.update(next_at=Now())
            if mailing.started_at is None:
                Mailing.objects.filter(pk=mailing.pk, sends_at__lt=Now()).update(sends_at=Now())
            _set_state(mailing, MailingState.SENDING if mailing.started_at else MailingState.WAITING, reason)
            _remember("resume", mailing, by)
            wake_after_commit()
    return mailing


def cancel(mailing: Mailing, *, reason: str = "", by: Any = None) -> Mailing:
    """End a mailing for good: who has no mail yet gets none; raises ValidationError when it ended already."""
    with as_the_portal():
        mailing = _locked(mailing)
        if mailing.state in ENDED:
            raise ValidationError(_("Deze mailing is al klaar of geannuleerd."))
        reason = reason or _("De mailing is geannuleerd.")
        Delivery.objects.filter(mailing=mailing, state=DeliveryState.QUEUED).update(
            state=DeliveryState.SKIPPED, reason=reason[:REASON]
        )
        Mailing.objects.filter(pk=mailing.pk).update(finished_at=Now())
        _set_state(mailing, MailingState.CANCELLED, reason)
        _remember("cancel", mailing, by)
    return mailing


def settle_unknown(delivery: Delivery, *, was_sent: bool, by: Any) -> Delivery:
    """Write down what a person found out about a mail in doubt: it left, or it must go out again.

    Raises ValidationError when it is not in doubt any more.
    """
    with as_the_portal():
        doubted = Delivery.objects.filter(pk=delivery.pk, state=DeliveryState.UNKNOWN)
        if was_sent:
            changed = doubted.update(state=DeliveryState.SENT, sent_at=Now(), reason="")
        elif delivery.mailing.state == MailingState.CANCELLED:
            changed = doubted.update(state=DeliveryState.SKIPPED, reason=_("De mailing is geannuleerd."))
        else:
            changed = doubted.update(state=DeliveryState.QUEUED, next_at=Now(), reason="")
        if not changed:
            raise ValidationError(_("Over deze mail is al beslist."))
        _remember("settle", delivery.mailing, by, delivery=delivery.pk, was_sent=was_sent)
        wake_after_commit()
        delivery.refresh_from_db()
    return delivery


def retry_parked(mailing: Mailing, *, by: Any) -> int:
    """Try again what did not work, such as after the mail server was mended, and return how many mails that is."""
    with as_the_portal():
        mailing = _locked(mailing)
        if mailing.state == MailingState.CANCELLED:
            raise ValidationError(_("Deze mailing is geannuleerd."))
        number = Delivery.objects.filter(mailing=mailing, state=DeliveryState.PARKED).update(
            state=DeliveryState.QUEUED, tries=0, deaths=0, next_at=Now(), reason=""
        )
        if number and mailing.state == MailingState.DONE:
            Mailing.objects.filter(pk=mailing.pk).update(state=MailingState.SENDING, finished_at=None)
        if number:
            _remember("retry", mailing, by, mails=number)
            wake_after_commit()
    return number


def _locked(mailing: Mailing) -> Mailing:
    return Mailing.objects.select_for_update().get(pk=mailing.pk)


def _set_state(mailing: Mailing, state: MailingState, reason: str) -> None:
    mailing.state, mailing.reason = state, reason[:REASON]
    mailing.save(update_fields=["state", "reason"])


def _remember(verb: str, mailing: Mailing, by: Any, **detail: Any) -> None:
    """Write in the log book what a person did; what the portal does by itself stands in the log."""
    if by is not None:
        record(f"mailing-{verb}", kind="mailing", object_id=mailing.pk, by=by, detail=detail)
