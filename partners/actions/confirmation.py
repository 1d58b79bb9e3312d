"""The confirmation cycle: who is asked when whether the contacts are still right (R19).

Days are counted by the calendar of the Netherlands, so that summer time moves nothing. An organisation
hears from us at most once in seven days, and while nobody reacts once in thirty. Three mails to which
nobody of the organisation reacted suspend the access of the representative who got them, thirty days
after the third; confirming lifts the suspension.
"""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from django.core import signing
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection, transaction
from django.db.models import Count, F, Max, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from cwn.accounts.models import User
from cwn.core.mail import send_after_commit, site_address
from partners.actions.invitations import withdraw_invitations_of
from partners.models import ConfirmationNotice, Contact, Membership, Organisation

#: Days between two mails to one organisation, at the very least.
SHORTEST_PAUSE = 7
#: Days after which we ask again when nobody reacted.
REPEAT_AFTER = 30
#: Mails without a reaction after which access is suspended, when it is time for the next one.
NOTICES_BEFORE_SUSPENSION = 3
#: Number of the lock that lets one process at a time decide who is asked.
CYCLE_LOCK = 19_180_730
#: How long the link works that lifts a suspension, in seconds.
LIFT_TERM = 7 * 24 * 60 * 60
_SALT = "partners.lift_suspension"


@transaction.atomic
def queue_notices() -> int:
    """Queue this week's mails and return how many; a second run on the same day queues nothing.

    Organisations without a representative get none: coordinators see their contacts on the dashboard.
    """
    if not _alone():
        return 0
    today = timezone.localdate()
    notices = [
        ConfirmationNotice(organisation_id=organisation, recipient_id=recipient, week=monday_of(today))
        for organisation, recipient in who_can_be_asked(_organisations_to_ask(today))
    ]
    ConfirmationNotice.objects.bulk_create(notices, ignore_conflicts=True)
    return len(notices)


@transaction.atomic
def ask_to_confirm(organisation: Organisation, *, by: User) -> int:
    """Queue a mail to the representatives outside the cycle, on the word of a coordinator; return how many.

    The shortest pause holds here too: an organisation that was asked in the last seven days is left alone.
    """
    if not Organisation.objects.editable_by(by).filter(pk=organisation.pk).exists():
        raise PermissionDenied
    if refusal := why_not_ask(organisation):
        raise ValidationError(refusal)
    week = monday_of(timezone.localdate())
    notices = [
        ConfirmationNotice(organisation=organisation, recipient_id=recipient, week=week)
        for _organisation, recipient in who_can_be_asked([organisation.pk])
    ]
    ConfirmationNotice.objects.bulk_create(notices, ignore_conflicts=True)
    return len(notices)


def why_not_ask(organisation: Organisation) -> str:
    """Explain in one sentence why an organisation cannot be asked now; empty when it can."""
    since = timezone.now() - timedelta(days=SHORTEST_PAUSE)
    if organisation.confirmation_notices.filter(created_at__gt=since).exists():
        return _("Deze organisatie kreeg de afgelopen zeven dagen al een mail.")
    if not Contact.objects.to_confirm().filter(organisation=organisation).exists():
        return _("Alle contacten zijn bevestigd.")
    if not list(who_can_be_asked([organisation.pk])):
        return _("Deze organisatie heeft geen vertegenwoordiger die wij kunnen mailen.")
    return ""


def _alone() -> bool:
    """Take the lock of the cycle until the end of the transaction, unless another process has it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [CYCLE_LOCK])
        return bool(cursor.fetchone()[0])


def _organisations_to_ask(today: date) -> Iterator[int]:
    """Yield the organisations with contacts to confirm that may be asked today."""
    due = set(Contact.objects.to_confirm().values_list("organisation_id", flat=True))
    asked = ConfirmationNotice.objects.filter(organisation__in=due).values_list("organisation_id")
    last_asked = dict(asked.annotate(Max("created_at")))
    waiting = set(asked.filter(answered_at=None).values_list("organisation_id", flat=True))
    for organisation_id in sorted(due):
        last = last_asked.get(organisation_id)
        pause = REPEAT_AFTER if organisation_id in waiting else SHORTEST_PAUSE
        if last is None or timezone.localdate(last) + timedelta(days=pause) <= today:
            yield organisation_id


def who_can_be_asked(organisations: Iterable[int]) -> Iterable[tuple[int, int]]:
    """Return pairs of organisation and user: current representatives with an open account."""
    current = Membership.objects.current().representatives().of_active_partners()
    askable = current.filter(organisation__in=list(organisations), user__is_active=True).order_by("pk")
    return askable.values_list("organisation_id", "user_id")


def monday_of(day: date) -> date:
    """Return the first day of the week of a day: the period in which one mail fits."""
    return day - timedelta(days=day.weekday())


def answer_notices(organisation: Organisation) -> None:
    """Count every open mail to an organisation as answered: somebody looked after its contacts."""
    organisation.confirmation_notices.filter(answered_at=None).update(answered_at=timezone.now())


@transaction.atomic
def suspend_silent_representatives() -> int:
    """Suspend the access of representatives who got three mails to which nobody reacted; return how many.

    Only mails that certainly left count, and thirty days must have passed since the last. The
    organisation stays a partner, and coordinators see it among the silent ones.
    """
    if not _alone():
        return 0
    locked = Membership.objects.filter(pk__in=list(_silent_memberships())).select_for_update(of=["self"])
    silent = list(locked.select_related("user", "organisation"))
    for membership in silent:
        membership.suspended_at = timezone.now()
        membership.save(update_fields=["suspended_at"])
        withdraw_invitations_of(membership)
        send_after_commit(
            "email/partners/access_suspended",
            to=membership.user.email,
            context={"membership": membership, "url": site_address("my_organisation")},
            language=membership.user.language,
        )
    return len(silent)


def _silent_memberships() -> Iterable[int]:
    """Return the representatives whose three mails stayed unanswered, while contacts are still to be confirmed."""
    theirs = Q(
        organisation__confirmation_notices__recipient=F("user"),
        organisation__confirmation_notices__sent_at__isnull=False,
        organisation__confirmation_notices__answered_at=None,
    )
    asked = (
        Membership.objects.current()
        .representatives()
        .of_active_partners()
        .filter(organisation__in=Contact.objects.to_confirm().values("organisation"))
        .annotate(
            unanswered=Count("organisation__confirmation_notices", filter=theirs),
            last_sent=Max("organisation__confirmation_notices__sent_at", filter=theirs),
        )
    )
    last_day = timezone.localdate() - timedelta(days=REPEAT_AFTER)
    silent = asked.filter(unanswered__gte=NOTICES_BEFORE_SUSPENSION, last_sent__date__lte=last_day)
    return silent.values_list("pk", flat=True)


def send_lift_link(membership: Membership) -> None:
    """Mail the person a link that lifts the suspension: it proves that the mailbox is still in use."""
    token = signing.dumps([membership.pk, str(membership.suspended_at)], salt=_SALT)
    send_after_commit(
        "email/partners/lift_suspension",
        to=membership.user.email,
        context={"membership": membership, "url": site_address("lift_suspension", token)},
        language=membership.user.language,
    )


def find_suspended(token: str, user: User) -> Membership:
    """Return the suspended membership of this person behind a link, or say in one sentence why not."""
    try:
        key, suspended_at = signing.loads(token, salt=_SALT, max_age=LIFT_TERM)
    except signing.BadSignature:
        key, suspended_at = 0, ""
    membership = (
        Membership.objects.suspended().of_active_partners().select_related("organisation").filter(pk=key, user=user)
    ).first()
    if membership is None or str(membership.suspended_at) != suspended_at:
        raise ValidationError(_("Deze link werkt niet meer. Vraag op uw pagina een nieuwe link."))
    return membership


@transaction.atomic
def lift_suspension(membership: Membership, *, by: User) -> Membership:
    """Give a representative access again; the person, or a coordinator."""
    own = membership.user_id == by.pk
    if not own and not Organisation.objects.editable_by(by).filter(pk=membership.organisation_id).exists():
        raise PermissionDenied
    membership = Membership.objects.select_for_update().get(pk=membership.pk)
    membership.suspended_at = None
    membership.save(update_fields=["suspended_at"])
    answer_notices(membership.organisation)
    return membership
