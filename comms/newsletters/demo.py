"""Fictional issues to try the portal with: six in the archive with made-up figures, one draft, one that waits."""

import random
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from comms.enums import PublicationKind, Tlp
from comms.models import Publication
from comms.newsletters.actions.approving import KIND, expanded
from comms.newsletters.contents import full_address
from comms.newsletters.enums import IssueStatus, ItemKind, Measure, ReaderClass
from comms.newsletters.mails.issue_mail import COUNTED, subject_of
from comms.newsletters.models import Issue, IssueFigure, IssueItem, LinkTarget
from comms.newsletters.segments import recipients_of
from comms.subscriptions.models import Newsletter
from cwn.accounts.models import User
from cwn.accounts.roles import COORDINATOR, WORKING_GROUP
from cwn.delivery.actions.queueing import queue_mailing
from cwn.delivery.compiling import compile_mail
from cwn.delivery.enums import DeliveryState, MailingState
from cwn.delivery.models import Delivery, Mailing

#: Newsletter, subject and days ago; the newest comes last.
SENT = (
    ("netwerknieuws", "Drie nieuwe partners en een volle agenda", 150),
    ("netwerknieuws", "Zo helpt een schakelorganisatie haar achterban", 120),
    ("dreigingsbeeld", "Nepmails van de bank: wat u vandaag doet", 45),
    ("netwerknieuws", "Samen oefenen: dit leerden wij", 62),
    ("partnerpost", "Voor leden: dit komt eraan in het najaar", 20),
    ("netwerknieuws", "Een maand vol goede voorbeelden", 9),
)
INTRODUCTION = "Dit is een verzonnen editie. U ziet hoe een nieuwsbrief van het netwerk eruitziet."
OWN_HEADING, OWN_TEXT = (
    "Wat kunt u zelf doen?",
    "Bekijk op het portaal welke partner bij u in de buurt werkt. Neem contact op en spreek af wie wat doet.",
)


@transaction.atomic
def make(seed: int = 1) -> int:
    """Make the issues once and return how many came; the same seed gives the same figures."""
    if Issue.objects.filter(is_fictional=True).exists():
        return 0
    chance = random.Random(seed)  # noqa: S311  figures of a demo
    writer = User.objects.filter(groups__name=WORKING_GROUP.slug, is_active=True).order_by("pk").first()
    approver = User.objects.filter(groups__name=COORDINATOR.slug, is_active=True).order_by("pk").first()
    newsletters = {row.slug: row for row in Newsletter.objects.all()}
    if writer is None or approver is None or not newsletters:
        return 0
    made = 0
    for slug, subject, days in SENT:
        if slug in newsletters:
            issue = _issue(newsletters[slug], subject, writer)
            _send(issue, timezone.now() - timedelta(days=days), approver, chance)
            made += 1
    public = next(iter(newsletters.values()))
    _issue(public, "Nog in de maak: het netwerk in de winter", writer)
    waiting = _issue(public, "Wacht op akkoord: terugblik op het congres", writer)
    Issue.objects.filter(pk=waiting.pk).update(status=IssueStatus.IN_REVIEW)
    return made + 2


def _issue(newsletter: Newsletter, subject: str, writer: Any) -> Issue:
    number = Issue.objects.filter(newsletter=newsletter).count() + 1
    issue = Issue.objects.create(
        newsletter=newsletter,
        number=number,
        subject=subject,
        preheader="Lees wat partners deze maand samen doen.",
        introduction=INTRODUCTION,
        own_tlp=Tlp.CLEAR,
        tlp=Tlp.CLEAR,
        created_by=writer,
        last_edited_by=writer,
        is_fictional=True,
    )
    place = 0
    for publication in _publications(number):
        place += 1
        is_interview = publication.kind == PublicationKind.INTERVIEW
        kind = ItemKind.INTERVIEW if is_interview else ItemKind.PUBLICATION
        IssueItem.objects.create(issue=issue, position=place, kind=kind, publication=publication, tlp=publication.tlp)
    IssueItem.objects.create(
        issue=issue, position=place + 1, kind=ItemKind.OWN_TEXT, heading=OWN_HEADING, text=OWN_TEXT, tlp=Tlp.CLEAR
    )
    return issue


def _publications(number: int) -> list[Publication]:
    """Return three public publications, others for each number."""
    rows = Publication.objects.visible_to(None).listed().filter(tlp=Tlp.CLEAR).order_by("-published_at", "-pk")
    start = 3 * (number - 1)
    return list(rows[start : start + 3])


def _send(issue: Issue, moment: datetime, approver: Any, chance: random.Random) -> None:
    """Put an issue in the archive as if it was sent then; nothing leaves the portal."""
    mailing = queue_mailing(
        key=issue.mailing_key,
        kind=KIND,
        mails={"nl": compile_mail(subject=subject_of(issue), text=INTRODUCTION, language="nl")},
        recipients=expanded(recipients_of(issue).select_related("user"), counts=True),
        object_id=issue.pk,
        label=issue.tlp,
        sends_at=moment,
        by=approver,
    )
    Mailing.objects.filter(pk=mailing.pk).update(
        state=MailingState.DONE, started_at=moment, finished_at=moment + timedelta(minutes=2), created_at=moment
    )
    Delivery.objects.filter(mailing=mailing).update(state=DeliveryState.SENT, sent_at=moment)
    Issue.objects.filter(pk=issue.pk).update(status=IssueStatus.SENT, approved_by=approver, sent_at=moment)
    counted = Delivery.objects.filter(mailing=mailing, values__has_key=COUNTED).count()
    _figures(issue, moment, counted, chance)


def _figures(issue: Issue, moment: datetime, counted: int, chance: random.Random) -> None:
    """Make up figures that could be: most people look in the first hours, machines at once."""
    hour = moment.replace(minute=0, second=0, microsecond=0)
    rows = [(Measure.OPENS, ReaderClass.GATEWAY, 0, round(0.12 * counted)), (Measure.OPENS, ReaderClass.PROXY, 0, 1)]
    left = round(chance.uniform(0.38, 0.52) * counted)
    for later in (0, 1, 2, 4, 7, 12, 24, 30):
        share = left if later == 30 else min(left, round(left * chance.uniform(0.25, 0.5)))
        rows.append((Measure.OPENS, ReaderClass.PERSON, later, share))
        left -= share
    clicks = round(chance.uniform(0.12, 0.2) * counted)
    rows += [(Measure.CLICKS, ReaderClass.PERSON, 1, clicks), (Measure.CLICKS, ReaderClass.GATEWAY, 0, 1)]
    IssueFigure.objects.bulk_create(
        IssueFigure(issue=issue, measure=measure, reader_class=reader, hour=hour + timedelta(hours=later), count=count)
        for measure, reader, later, count in rows
        if count > 0
    )
    item = issue.items.filter(publication__isnull=False).first()  # type: ignore[attr-defined]
    if item is not None and item.publication is not None and clicks:
        target = LinkTarget.objects.create(
            issue=issue, url=full_address(item.publication.get_absolute_url()), position=1
        )
        IssueFigure.objects.create(
            issue=issue, measure=Measure.CLICKS, reader_class=ReaderClass.PERSON, hour=hour, target=target, count=clicks
        )
