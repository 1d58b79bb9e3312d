"""What is said about a publication when its moment on the clock comes: look again, and tell what you did (R52, R63)."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from comms.actions.clock import REVIEW, UNANSWERED
from comms.enums import PublicationStatus, Tlp
from comms.mails import address_of
from comms.models import Publication, Receipt
from comms.waiting import unanswered_by
from cwn.accounts.models import User
from cwn.core.mail import compose
from cwn.delivery.actions.queueing import Recipient, queue_mailing
from cwn.delivery.clock import reminder_kind
from cwn.delivery.compiling import compile_mail
from cwn.delivery.enums import AfterDoubt, Stream
from cwn.delivery.kinds import MailKind, register_kind
from cwn.delivery.models import Delivery, Reminder
from partners.models import Membership
from partners.models.organisations import represented_organisations_of


@reminder_kind(REVIEW)
def ask_second_look(reminder: Reminder) -> str:
    """Ask the owner to look at label and content again; of RED the author, and the mail does not name it."""
    publication = _published(reminder)
    if publication is None or f"{publication.review_on}" != reminder.stage:
        return "de datum is veranderd of het bericht is weg"
    people = {publication.author_id} if publication.tlp == Tlp.RED else _representatives({publication.owner_id})
    return _queue(reminder, publication, people)


@reminder_kind(UNANSWERED)
def ask_what_was_done(reminder: Reminder) -> str:
    """Ask representatives of organisations that got this version and did not say what they did with it."""
    publication = _published(reminder)
    if publication is None or publication.version != reminder.version:
        return "er is een nieuwe versie of het bericht is weg"
    got = Receipt.objects.filter(publication=publication, version=publication.version)
    organisations = set(got.values_list("organisation_id", flat=True)) - {publication.owner_id}
    return _queue(reminder, publication, _representatives(organisations))


def _published(reminder: Reminder) -> Publication | None:
    rows = Publication.objects.select_related("owner").filter(status=PublicationStatus.PUBLISHED)
    return rows.filter(pk=reminder.object_id).first()


def _representatives(organisations: set[int]) -> set[int]:
    current = Membership.objects.current().representatives().of_active_partners().of_trusted_people()
    return set(current.filter(organisation__in=organisations).values_list("user_id", flat=True))


def _queue(reminder: Reminder, publication: Publication, people: Iterable[int]) -> str:
    """Put one mail per person in the outbox; who needs none after all is left out here, and again when it leaves."""
    wanted = [user for user in User.objects.filter(pk__in=people) if not _why_not(reminder.kind, publication.pk, user)]
    if not wanted:
        return "er is niemand om te vragen"
    queue_mailing(
        key=f"reminder:{reminder}",
        kind=reminder.kind,
        mails={
            language: _mail(reminder.kind, publication, language) for language in {user.language for user in wanted}
        },
        recipients=[Recipient(f"user:{user.pk}", user.email, user.language, user.pk) for user in wanted],
        object_id=publication.pk,
        label=publication.tlp,
    )
    return ""


def _mail(kind: str, publication: Publication, language: str) -> bytes:
    with override(language):
        context = {
            "label": publication.label.label,
            "meaning": publication.label.meaning,
            "is_red": publication.tlp == Tlp.RED,
            "kind": _("Opnieuw bekijken") if kind == REVIEW else _("Wat deed u ermee?"),
            "opening": _opening(kind),
            "title": publication.title,
            "owner": publication.owner.name,
            "url": address_of(publication),
        }
    message = compose("email/comms/publication", to="", context=context, language=language)
    return compile_mail(
        subject=str(message.subject), text=str(message.body), html=str(message.alternatives[0][0]), language=language
    )


def _opening(kind: str) -> str:
    if kind == REVIEW:
        return _("Klopt dit bericht nog, en past het label nog? Kijk er opnieuw naar.")
    return _("U kreeg dit bericht. Laat op de pagina weten wat uw organisatie ermee deed. Dat kost één klik.")


def _recheck(deliveries: Iterable[Delivery]) -> Mapping[int, str]:
    """Name the deliveries that need not leave any more: right lost, answered meanwhile, another label (A04, A20)."""
    rows = list(deliveries)
    users = User.objects.in_bulk([row.user_id for row in rows if row.user_id])
    reasons = {row.pk: _why_not_now(row, users.get(row.user_id)) for row in rows}
    return {pk: reason for pk, reason in reasons.items() if reason}


def _why_not_now(delivery: Delivery, user: Any) -> str:
    mailing = delivery.mailing
    if user is None or mailing.object_id is None:
        return "account gesloten"
    if not Publication.objects.filter(pk=mailing.object_id, tlp=mailing.label).exists():
        return "het bericht heeft een ander label"
    return _why_not(mailing.kind, mailing.object_id, user)


def _why_not(kind: str, publication_id: int, user: Any) -> str:
    """Say why somebody needs no reminder of a publication now; empty when he or she does."""
    if not user.is_trusted:
        return "account gesloten of zonder tweede factor"
    if kind == UNANSWERED:
        open_for = unanswered_by(represented_organisations_of(user), user)
        return "" if open_for.filter(pk=publication_id).exists() else "er is al een reactie, of geen toegang meer"
    mine = Publication.objects.visible_to(user).to_review(_today()).filter(pk=publication_id)
    return "" if mine.exists() else "al bekeken, of geen toegang meer"


def _today() -> date:
    return timezone.localdate()


for _slug, _label in ((REVIEW, gettext_lazy("Opnieuw bekijken")), (UNANSWERED, gettext_lazy("Vraag om een reactie"))):
    register_kind(MailKind(_slug, _label, Stream.WARNING, AfterDoubt.RESEND, recheck=_recheck))
