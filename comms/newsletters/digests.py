"""Issues of a week or a month in one mail, for who chose that; when nothing came out there is no mail (H07)."""

from collections import defaultdict
from datetime import date, datetime, time, timedelta

from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override
from mjml import mjml2html

from comms.enums import Tlp
from comms.newsletters.actions.approving import expanded
from comms.newsletters.contents import full_address
from comms.newsletters.enums import TOLD_IN_FULL
from comms.newsletters.mails.issue_mail import COLOURS, HOLES, LANGUAGES, headers_of, places
from comms.newsletters.models import Issue
from comms.newsletters.segments import in_segment
from comms.subscriptions.enums import Frequency
from comms.subscriptions.models import Newsletter, Subscription
from cwn.delivery.actions.queueing import queue_mailing
from cwn.delivery.actions.reminding import remind
from cwn.delivery.clock import local_moment, reminder_kind
from cwn.delivery.compiling import compile_mail
from cwn.delivery.models import Reminder

DIGEST_KIND = "nieuwsbrief-overzicht"
AT = time(9, 0)
FRIDAY = 4


def plan_digests(issue: Issue) -> None:
    """Put the digests of the running week and month on the clock; without issues nobody plans one."""
    today = timezone.localdate()
    for frequency, day in ((Frequency.WEEKLY, next_friday(today)), (Frequency.MONTHLY, last_day(today))):
        remind(
            kind=DIGEST_KIND,
            object_id=issue.newsletter_id,
            stage=f"{frequency.value}:{day:%Y-%m-%d}",
            due_at=local_moment(day, AT),
        )


def next_friday(today: date) -> date:
    """Return the first Friday after a day: what comes out on Friday itself is for next week."""
    return today + timedelta(days=(FRIDAY - today.weekday() - 1) % 7 + 1)


def last_day(today: date) -> date:
    """Return the first day of the next month, when the month can be told as a whole."""
    return (today.replace(day=28) + timedelta(days=4)).replace(day=1)


@reminder_kind(DIGEST_KIND)
def announce_digest(reminder: Reminder) -> str:
    """Write the digests of one newsletter and one rhythm in the outbox, or say why there are none."""
    newsletter = Newsletter.objects.filter(pk=reminder.object_id).first()
    if newsletter is None:
        return _("De nieuwsbrief bestaat niet meer.")
    frequency, _colon, _day = reminder.stage.partition(":")
    issues = issues_since(newsletter, _beginning(frequency, reminder.due_at), reminder.due_at)
    if not issues:
        return _("Er kwam niets uit.")
    for keys, subscribers in groups_of(newsletter, issues, frequency).items():
        chosen = [issue for issue in issues if issue.pk in keys]
        label = max((issue.label for issue in chosen), key=lambda one: one.strictness)
        queue_mailing(
            key=f"digest:{newsletter.pk}:{reminder.stage}:{'-'.join(map(str, keys))}",
            kind=DIGEST_KIND,
            mails={language: digest_mail(newsletter, chosen, label, language) for language in LANGUAGES},
            recipients=expanded(subscribers, counts=False),
            object_id=newsletter.pk,
            label=label,
        )
    return ""


def _beginning(frequency: str, end: datetime) -> datetime:
    if frequency == Frequency.WEEKLY:
        return end - timedelta(days=7)
    return local_moment((timezone.localtime(end).date() - timedelta(days=1)).replace(day=1), AT)


def issues_since(newsletter: Newsletter, start: datetime, end: datetime) -> list[Issue]:
    """Return what came out in a period and may be told to all of a list."""
    rows = Issue.objects.sent().filter(newsletter=newsletter, tlp__in=TOLD_IN_FULL)
    return list(rows.filter(sent_at__gte=start, sent_at__lt=end).select_related("newsletter").order_by("sent_at"))


def groups_of(newsletter: Newsletter, issues: list[Issue], frequency: str) -> dict[tuple[int, ...], list[Subscription]]:
    """Return subscribers by the issues that were for them: a digest does not go around a segment."""
    everybody = Subscription.objects.receiving(newsletter).filter(frequency=frequency).select_related("user")
    wanted: dict[int, list[int]] = defaultdict(list)
    for issue in issues:
        segment = [row for row in issue.segment if row["field"] != "frequentie"]
        for key in in_segment(everybody, segment).values_list("pk", flat=True):
            wanted[key].append(issue.pk)
    groups: dict[tuple[int, ...], list[Subscription]] = defaultdict(list)
    for subscriber in everybody:
        if subscriber.pk in wanted:
            groups[tuple(wanted[subscriber.pk])].append(subscriber)
    return dict(groups)


def digest_mail(newsletter: Newsletter, issues: list[Issue], label: Tlp, language: str) -> bytes:
    """Return the mail that tells of several issues: what they are called and where they can be read."""
    with override(language):
        subject = f"[{label.label}] " + _("%(newsletter)s: overzicht") % {"newsletter": newsletter.label}
        context = {
            "newsletter": newsletter,
            "subject": subject,
            "label": label,
            "colour": COLOURS[label],
            "language": language,
            "issues": [(issue, full_address(issue.get_absolute_url())) for issue in issues],
            **places(),
        }
        html = mjml2html(render_to_string("email/newsletters/digest.mjml", context))
        text = render_to_string("email/newsletters/digest.txt", context).strip() + "\n"
    return compile_mail(
        subject=subject, text=text, html=html, language=language, headers=headers_of(newsletter), holes=HOLES
    )
