"""Mails about publications: what they say under each label, to whom they go, and what happens when sending fails."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from comms.actions.notifying import queue_notices
from comms.actions.responding import answer_feedback, give_feedback
from comms.actions.sending import MOST_TRIES, claim_notice
from comms.enums import PublicationStatus, ReceiptChannel, Tlp, Urgency
from comms.models import Notice, NoticeKind, NoticeState, Publication, Receipt
from comms.tasks import send_notices
from cwn.accounts.models import User
from cwn.portal.management.commands.send_pending import Command
from tests.factories.comms import PublicationFactory, published

pytestmark = pytest.mark.django_db

SECRETS = {
    "title": "kanarie-titel", "summary": "kanarie-samenvatting", "body": "kanarie-tekst",
    "urgency_reason": "kanarie-reden", "correction_note": "kanarie-correctie",
}  # fmt: skip
ACTION = "Installeer de update kanarie-actie."


def secret(cast, tlp, **fields):
    """A publication for Petra (the Havenring) of which each part has a word of its own."""
    publication = published(
        tlp=tlp,
        owner=cast.organisations["zorgring"],
        addressed_organisations=[cast.organisations["havenring"]],
        named_readers=[cast["mem"]],
        slug=f"kanarie-slug-{tlp}",
        **SECRETS | fields,
    )
    publication.action_perspective = [publication.action_perspective[0] | {"action": ACTION}]
    publication.version += 1
    publication.save()
    return publication


def queue(publication, *users, kind=NoticeKind.PUBLISHED, organisation=None, occasion=""):
    queue_notices(
        publication,
        kind=kind,
        recipients=[(user.pk, organisation and organisation.pk) for user in users],
        occasion=occasion,
    )


def texts(message) -> str:
    """Everything of a mail that somebody can read: its subject and each part."""
    parts = [part.get_payload(decode=True).decode() for part in message.walk() if not part.is_multipart()]
    return "\n".join([str(message["Subject"]), *parts])


def subject(message) -> str:
    from email.header import decode_header, make_header

    return str(make_header(decode_header(message["Subject"])))


def state() -> str:
    return Notice.objects.get().state


# --- what a mail says --------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("tlp", "allowed"),
    [
        (Tlp.CLEAR, {"kanarie-titel", "kanarie-samenvatting", "kanarie-actie", "kanarie-slug", "kanarie-correctie"}),
        (Tlp.GREEN, {"kanarie-titel", "kanarie-samenvatting", "kanarie-actie", "kanarie-slug", "kanarie-correctie"}),
        (Tlp.AMBER, {"kanarie-titel", "kanarie-slug"}),
        (Tlp.AMBER_STRICT, {"kanarie-titel", "kanarie-slug"}),
        (Tlp.RED, set()),
    ],
)
@pytest.mark.parametrize("kind", [NoticeKind.PUBLISHED, NoticeKind.CORRECTED])
def test_a_mail_says_what_its_label_allows(cast, smtp_server, tlp, allowed, kind):
    queue(secret(cast, tlp), cast["mem"], kind=kind)
    assert send_notices() == 1

    message = smtp_server.messages[0]
    words = {f"kanarie-{part}" for part in (
        "titel", "samenvatting", "tekst", "reden", "correctie", "actie", "slug",
    )}  # fmt: skip
    assert {word for word in words if word in texts(message)} == allowed
    assert subject(message).startswith(f"[{tlp.label}] ")


@pytest.mark.parametrize(
    "kind", [kind for kind in NoticeKind if kind not in (NoticeKind.PUBLISHED, NoticeKind.CORRECTED)]
)
def test_other_mails_say_the_title_and_no_more(cast, smtp_server, kind):
    publication = secret(cast, Tlp.GREEN, reviewer=cast["mem"])
    queue(publication, cast["mem"], kind=kind)
    send_notices()

    words = texts(smtp_server.messages[0])
    assert "kanarie-titel" in words
    assert "kanarie-samenvatting" not in words
    assert "kanarie-actie" not in words


def test_red_leads_to_a_number(cast, smtp_server):
    publication = secret(cast, Tlp.RED)
    queue(publication, cast["mem"])
    send_notices()

    message = smtp_server.messages[0]
    assert subject(message) == "[TLP:RED] U heeft een bericht"
    assert f"/bericht/{publication.pk}/" in texts(message)
    assert publication.owner.name not in texts(message)


def test_a_mail_tells_how_it_was_made_and_tracks_nobody(cast, smtp_server):
    queue(secret(cast, Tlp.CLEAR), cast["mem"])
    send_notices()

    message = smtp_server.messages[0]
    assert message["Auto-Submitted"] == "auto-generated"
    assert message["Content-Language"] == "nl"
    assert message["To"] == cast["mem"].email
    assert [part.get_content_type() for part in message.walk()] == ["multipart/alternative", "text/plain", "text/html"]
    assert "<img" not in texts(message)
    assert cast["mem"].email not in texts(message)


def test_a_mail_speaks_the_language_of_its_reader(cast, smtp_server):
    User.objects.filter(pk=cast["mem"].pk).update(language="en")
    queue(secret(cast, Tlp.CLEAR), cast["mem"])
    send_notices()

    assert smtp_server.messages[0]["Content-Language"] == "en"
    assert "kanarie-titel" in texts(smtp_server.messages[0])


def test_no_title_becomes_a_header(cast, smtp_server):
    """security.md B21."""
    publication = secret(cast, Tlp.CLEAR, title="Een lek\r\nBcc: iedereen@example.nl")
    queue(publication, cast["mem"])
    send_notices()

    message = smtp_server.messages[0]
    assert message["Bcc"] is None
    assert message["X-RcptTo"] == cast["mem"].email


# --- to whom -----------------------------------------------------------------------------------------
def lose_membership(cast, publication):
    cast["mem"].memberships.update(ended_at=timezone.now())


def close_account(cast, publication):
    User.objects.filter(pk=cast["mem"].pk).update(is_active=False)


def suspend_partner(cast, publication):
    organisation = cast.organisations["havenring"]
    organisation.status = "geschorst"
    organisation.save()


def address_others(cast, publication):
    publication.addressed_organisations.clear()


def withdraw(cast, publication):
    Publication.objects.filter(pk=publication.pk).update(
        status=PublicationStatus.WITHDRAWN, withdrawal_reason="Klopte niet."
    )


@pytest.mark.parametrize("happens", [lose_membership, close_account, suspend_partner, address_others, withdraw])
def test_who_may_not_read_it_any_more_gets_no_mail(cast, smtp_server, happens):
    """security.md A04, A20: the rights of the moment of sending count."""
    publication = secret(cast, Tlp.AMBER)
    queue(publication, cast["mem"], organisation=cast.organisations["havenring"])
    happens(cast, publication)

    assert send_notices() == 0
    assert smtp_server.messages == []
    notice = Notice.objects.get()
    assert notice.state == NoticeState.SKIPPED
    assert notice.reason
    assert not Receipt.objects.exists()


def test_a_withdrawal_is_told_to_who_had_it(cast, smtp_server):
    publication = secret(cast, Tlp.AMBER)
    withdraw(cast, publication)
    queue(publication, cast["mem"], kind=NoticeKind.WITHDRAWN)
    assert send_notices() == 1
    assert "ingetrokken" in texts(smtp_server.messages[0])


def test_who_was_shut_out_by_a_stricter_label_hears_only_that(cast, smtp_server):
    publication = secret(cast, Tlp.AMBER)
    publication.named_readers.clear()
    Publication.objects.filter(pk=publication.pk).update(tlp=Tlp.RED)
    queue(publication, cast["mem"], kind=NoticeKind.RELABELLED, occasion="red")
    assert send_notices() == 1

    words = texts(smtp_server.messages[0])
    assert "strenger label" in words
    assert "kanarie" not in words
    assert f"/{publication.pk}/" not in words

    lose_membership(cast, publication)
    queue(publication, cast["mem"], kind=NoticeKind.RELABELLED, occasion="later")
    assert send_notices() == 0


def test_another_reviewer_was_asked_meanwhile(cast, smtp_server):
    draft = PublicationFactory(owner=cast.organisations["havenring"], reviewer=cast["rep"])
    queue(draft, cast["rep"], cast["mem"], kind=NoticeKind.REVIEW_ASKED)
    assert send_notices() == 1
    assert smtp_server.messages[0]["To"] == cast["rep"].email


def test_asking_twice_mails_once(cast, smtp_server):
    publication = secret(cast, Tlp.CLEAR)
    for _number in range(2):
        queue(publication, cast["mem"])
        send_notices()
    assert len(smtp_server.messages) == 1


def test_who_reacted_hears_what_was_done(cast, smtp_server):
    publication = published(author=cast["wg"], owner=cast.organisations["zorgring"], urgency=Urgency.PLANNED)
    give_feedback(publication, is_useful=True, by=cast["mem"])
    for text in ("Wij voegden OT toe.", "En nog iets."):
        answer_feedback(publication, text=text, by=cast["wg"])

    assert send_notices() == 2
    assert {message["To"] for message in smtp_server.messages} == {cast["mem"].email}


# --- what is kept ------------------------------------------------------------------------------------
@pytest.mark.parametrize("tlp", Tlp)
def test_an_organisation_that_was_mailed_has_it_but_not_red(cast, smtp_server, tlp):
    queue(secret(cast, tlp), cast["mem"], cast["rep"], organisation=cast.organisations["havenring"])
    send_notices()

    kept = list(Receipt.objects.values_list("organisation__slug", "channel", "version"))
    assert kept == ([] if tlp == Tlp.RED else [("havenring", ReceiptChannel.MAIL, 2)])


def test_being_told_of_a_withdrawal_is_not_getting_it(cast, smtp_server):
    publication = secret(cast, Tlp.GREEN)
    withdraw(cast, publication)
    queue(publication, cast["mem"], kind=NoticeKind.WITHDRAWN, organisation=cast.organisations["havenring"])
    send_notices()
    assert not Receipt.objects.exists()


# --- when sending fails ------------------------------------------------------------------------------
def answering(smtp_server, line):
    async def refuse(server, session, envelope, address, options):
        return line

    smtp_server.handle_RCPT = refuse


def test_what_is_refused_for_now_is_tried_again_with_growing_pauses(cast, smtp_server):
    queue(secret(cast, Tlp.CLEAR), cast["mem"])
    answering(smtp_server, "451 later graag")
    moment = timezone.now()
    pauses = []
    for _number in range(MOST_TRIES):
        assert state() == NoticeState.QUEUED
        with time_machine.travel(moment, tick=False):
            assert send_notices() == 0
            assert send_notices() == 0  # not before its time
        if state() == NoticeState.QUEUED:
            pauses.append(Notice.objects.get().next_at - moment)
            moment = Notice.objects.get().next_at

    assert pauses == sorted(pauses)
    assert len(pauses) == MOST_TRIES - 1
    notice = Notice.objects.get()
    assert (notice.state, notice.tries) == (NoticeState.PARKED, MOST_TRIES)
    assert "451" in notice.reason


def test_after_a_greylist_the_mail_arrives(cast, smtp_server):
    queue(secret(cast, Tlp.CLEAR), cast["mem"])
    answering(smtp_server, "450 greylisted")
    send_notices()
    del smtp_server.handle_RCPT
    with time_machine.travel(timezone.now() + timedelta(minutes=5)):
        assert send_notices() == 1
    assert state() == NoticeState.SENT


def test_what_is_refused_for_good_waits_for_a_person_and_stops_no_other(cast, smtp_server):
    async def refuse_one(server, session, envelope, address, options):
        if address == cast["mem"].email:
            return "550 onbekend"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    smtp_server.handle_RCPT = refuse_one
    queue(secret(cast, Tlp.CLEAR), cast["mem"], cast["rep"], cast["mem-o"])
    assert send_notices() == 2
    parked = Notice.objects.get(state=NoticeState.PARKED)
    assert parked.user == cast["mem"]
    assert "550" in parked.reason


def test_an_address_that_no_mail_can_hold_stops_no_other(cast, smtp_server):
    User.objects.filter(pk=cast["mem"].pk).update(email="petra\n@example.nl")
    queue(secret(cast, Tlp.CLEAR), cast["mem"], cast["rep"])
    assert send_notices() == 1
    assert Notice.objects.get(user=cast["mem"]).state == NoticeState.PARKED


def test_a_mail_server_that_is_away_costs_no_attempt(cast, smtp_server, settings):
    queue(secret(cast, Tlp.CLEAR), cast["mem"])
    port, settings.EMAIL_PORT = settings.EMAIL_PORT, 1
    assert send_notices() == 0
    assert (state(), Notice.objects.get().tries) == (NoticeState.QUEUED, 0)
    settings.EMAIL_PORT = port
    assert send_notices() == 1


def test_a_worker_that_died_leaves_the_mail_to_the_next(cast, smtp_server):
    """security.md G01: nothing is lost; the claim of the dead worker runs out."""
    queue(secret(cast, Tlp.CLEAR), cast["mem"])
    assert claim_notice() is not None
    assert send_notices() == 0
    with time_machine.travel(timezone.now() + timedelta(minutes=6)):
        assert send_notices() == 1
        assert send_notices() == 0
    assert len(smtp_server.messages) == 1


def test_a_mail_of_which_nobody_knows_keeps_its_name(cast, smtp_server):
    """security.md G06: it may come twice, under one Message-ID, so that a mail program shows one."""
    queue(secret(cast, Tlp.CLEAR), cast["mem"])

    async def break_off(server, session, envelope):
        smtp_server.handle_message(smtp_server.prepare_message(session, envelope))
        server.transport.close()
        return "250 OK"

    kept, smtp_server.handle_DATA = smtp_server.handle_DATA, break_off
    assert send_notices() == 0
    assert state() == NoticeState.CLAIMED
    smtp_server.handle_DATA = kept
    with time_machine.travel(timezone.now() + timedelta(minutes=6)):
        assert send_notices() == 1
    names = {message["Message-ID"] for message in smtp_server.messages}
    assert len(smtp_server.messages) == 2
    assert len(names) == 1


def test_what_keeps_breaking_off_is_parked(cast, smtp_server):
    queue(secret(cast, Tlp.CLEAR), cast["mem"])
    moment = timezone.now()
    for number in range(MOST_TRIES):
        with time_machine.travel(moment + timedelta(minutes=10 * number)):
            send_notices(most=0)
            assert claim_notice() is not None
    with time_machine.travel(moment + timedelta(minutes=10 * MOST_TRIES)):
        assert send_notices() == 0
    assert state() == NoticeState.PARKED


def test_a_run_ends_and_the_next_goes_on(cast, smtp_server):
    queue(secret(cast, Tlp.CLEAR), cast["mem"], cast["rep"], cast["mem-o"])
    assert send_notices(most=2) == 2
    assert send_notices(most=2) == 1


def test_an_operator_sends_what_waits(cast, smtp_server):
    from io import StringIO

    queue(secret(cast, Tlp.CLEAR), cast["mem"])
    said = StringIO()
    Command(stdout=said).execute(no_color=True, force_color=False, skip_checks=True)
    assert "berichten over publicaties: 1" in said.getvalue()


def test_the_log_names_no_address_and_no_title(cast, smtp_server, caplog):
    queue(secret(cast, Tlp.CLEAR), cast["mem"])
    answering(smtp_server, "550 onbekend adres")
    send_notices()
    assert "notice_not_sent" in caplog.text
    assert cast["mem"].email not in caplog.text
    assert "kanarie" not in caplog.text
