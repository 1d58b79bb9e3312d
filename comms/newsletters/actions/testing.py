"""A test mail: to oneself or to addresses of the desk, with nobody's data and no real links in it (D13)."""

from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from comms.actions.steps import require
from comms.newsletters.contents import blocks_of
from comms.newsletters.mails.issue_mail import (
    GREETING,
    HOLES,
    PREFERENCES,
    UNSUBSCRIBE,
    IssueMail,
    as_bytes,
    greeting_of,
    write_mail,
)
from comms.newsletters.models import Issue, TestSend
from comms.newsletters.samples import SAMPLES, Sample
from comms.planning.models import plans
from cwn.accounts.models import User
from cwn.accounts.roles import COORDINATOR, WORKING_GROUP
from cwn.core.guard import as_the_portal
from cwn.delivery.actions.queueing import Recipient, queue_mailing

#: The kind of mail, as registered in `comms.newsletters.sending`.
TEST_KIND = "nieuwsbrief-test"
MOST_ADDRESSES = 25


def desk_addresses() -> set[str]:
    """Return the addresses of the people at the desk: nobody else gets a test mail."""
    with as_the_portal():
        rows = User.objects.filter(is_active=True, groups__name__in=[COORDINATOR.slug, WORKING_GROUP.slug])
        return {address.lower() for address in rows.values_list("email", flat=True)}


def checked_addresses(words: str, *, by: Any) -> list[str]:
    """Return the addresses in a text; raises ValidationError for one that is not of the desk, or too many."""
    addresses = list(dict.fromkeys(address.lower() for address in words.replace(",", " ").replace(";", " ").split()))
    if len(addresses) > MOST_ADDRESSES:
        raise ValidationError(_("Stuur een testmail naar hoogstens %(most)d adressen.") % {"most": MOST_ADDRESSES})
    known = {*desk_addresses(), by.email.lower()}
    for address in addresses:
        validate_email(address)
        if address not in known:
            sentence = _("%(address)s is niet van de redactie. Een testmail gaat alleen naar de redactie.")
            raise ValidationError(sentence % {"address": address})
    return addresses or [by.email]


def dummy_values(sample: Sample, language: str) -> dict[str, str]:
    """Return what fills a mail that is not for a subscriber: a made-up name and addresses that do nothing."""
    nowhere = f"{settings.SITE_URL}/nieuwsbrief/"
    return {GREETING: greeting_of(sample.name, language), PREFERENCES: nowhere, UNSUBSCRIBE: nowhere}


@transaction.atomic
def send_test(issue: Issue, *, addresses: Sequence[str], by: Any) -> TestSend:
    """Send what readers will get, marked as a test, through the same outbox."""
    require(plans(by))
    mail = write_mail(issue, blocks_of(issue, by), issue.language)
    mail = IssueMail(f"[TEST] {mail.subject}", mail.text, mail.html, mail.language)
    number = TestSend.objects.create(issue=issue, number_of_addresses=len(addresses), sent_by=by)
    with as_the_portal():
        queue_mailing(
            key=f"issue-test:{number.pk}",
            kind=TEST_KIND,
            mails={issue.language: as_bytes(issue, mail, HOLES)},
            recipients=[
                Recipient(f"test:{place}", address, issue.language, None, dummy_values(SAMPLES[0], issue.language))
                for place, address in enumerate(addresses, 1)
            ],
            object_id=issue.pk,
            label=issue.tlp,
            sends_at=timezone.now(),
            by=by,
        )
    return number
