"""How far each mail came: the conversation with a server that does what it is told (security.md G05–G07, B21)."""

import pytest

from cwn.delivery.compiling import dotted
from cwn.delivery.parcels import Parcel, Verdict
from cwn.delivery.smtp import Conversation, ConversationBrokenError
from cwn.delivery.smtp_line import Server
from tests.delivery.sink import DROP, HANG, SinkThread

MAIL = b"Message-ID: <%d@cwn>\r\nSubject: proef\r\n\r\n.punt\r\nTekst\r\n"


@pytest.fixture(params=[True, False], ids=["pipelining", "one-by-one"])
def make_sink(request):
    """Start servers, each kind of test with and without pipelining."""
    started = []

    def make(behave=lambda stage, recipient: None, **options):
        thread = SinkThread(behave=behave, pipelining=request.param, **options)
        started.append(thread)
        return thread.sink

    yield make
    for thread in started:
        thread.stop()


def parcel(key, recipient=None, content=None):
    content = dotted(content or MAIL % key)
    return Parcel(key, 1, f"post+{key}@cwn.example", recipient or f"p{key}@example.nl", content)


def carry(sink, *parcels, timeout=5.0):
    """Carry parcels over one connection and return the outcomes, in order, and whether the connection held."""
    outcomes, held = [], True
    conversation = Conversation(Server("127.0.0.1", sink.port, timeout=timeout))
    try:
        conversation.carry(iter(parcels), outcomes.append)
    except ConversationBrokenError:
        held = False
    conversation.quit()
    return outcomes, held


def verdicts(outcomes):
    return [(outcome.parcel.key, outcome.verdict) for outcome in outcomes]


def only(stage, recipient, answer):
    """Misbehave once: at one stage, for one recipient."""
    left = [answer]

    def behave(at, to):
        return left.pop() if left and at == stage and (not recipient or to == recipient) else None

    return behave


def test_every_mail_arrives_as_it_was_sent(make_sink):
    sink = make_sink()
    outcomes, held = carry(sink, *(parcel(key) for key in range(5)))
    assert held
    assert verdicts(outcomes) == [(key, Verdict.ACCEPTED) for key in range(5)]
    assert sink.mails == [MAIL % key for key in range(5)]  # the dot at the start of a line as well
    assert sink.senders == [f"post+{key}@cwn.example" for key in range(5)]


def test_the_end_of_a_mail_travels_with_the_envelope_of_the_next(make_sink):
    sink = make_sink()
    carry(sink, parcel(1), parcel(2))
    together = [chunk for chunk in sink.chunks if b"\r\n.\r\nMAIL" in chunk]
    assert bool(together) == sink.pipelining
    assert any(chunk.endswith(b"\r\nDATA\r\n") and b"MAIL" in chunk for chunk in sink.chunks) == sink.pipelining


@pytest.mark.parametrize(
    ("stage", "answer", "verdict"),
    [
        ("rcpt", b"451 4.7.1 greylisted", Verdict.LATER),
        ("rcpt", b"550 5.1.1 unknown", Verdict.REFUSED),
        ("data", b"451 busy", Verdict.LATER),
        ("body", b"452 full", Verdict.LATER),
        ("body", b"554 5.7.1 spam", Verdict.REFUSED),
    ],
)
def test_a_refusal_of_one_leaves_the_others_alone(make_sink, stage, answer, verdict):
    """security.md G05, G07."""
    sink = make_sink(only(stage, "p2@example.nl", answer))
    outcomes, held = carry(sink, parcel(1), parcel(2), parcel(3))
    assert held
    assert verdicts(outcomes) == [(1, Verdict.ACCEPTED), (2, verdict), (3, Verdict.ACCEPTED)]
    assert [recipient for _id, recipient in sink.taken] == ["p1@example.nl", "p3@example.nl"]
    assert outcomes[1].code == int(answer[:3])


def test_a_sender_that_is_refused_is_no_bounce(make_sink):
    sink = make_sink(only("mail", "", b"553 5.7.1 sender not allowed"))
    outcomes, _held = carry(sink, parcel(1), parcel(2))
    assert verdicts(outcomes) == [(1, Verdict.LATER), (2, Verdict.ACCEPTED)]


@pytest.mark.parametrize(
    ("stage", "answer", "is_about_address"),
    [
        ("rcpt", b"550 5.1.1 no such user", True),
        ("rcpt", b"550 no such user", True),
        ("rcpt", b"550 5.7.1 your network is blocked", False),
        ("body", b"554 5.7.1 looks like spam", False),
        ("body", b"550 looks like spam", False),
    ],
)
def test_only_a_refusal_of_the_address_speaks_about_the_address(make_sink, stage, answer, is_about_address):
    outcomes, _held = carry(make_sink(only(stage, "", answer)), parcel(1))
    assert outcomes[0].is_about_address is is_about_address


@pytest.mark.parametrize("stage", ["mail", "rcpt", "data"])
@pytest.mark.parametrize("trouble", [DROP, HANG])
def test_trouble_before_the_content_means_that_nothing_left(make_sink, stage, trouble):
    """security.md G06."""
    sink = make_sink(only(stage, "", trouble))
    outcomes, held = carry(sink, parcel(1), parcel(2), timeout=0.3)
    assert not held
    assert verdicts(outcomes) == [(1, Verdict.DROPPED)]
    assert sink.taken == []


@pytest.mark.parametrize("trouble", [DROP, HANG])
@pytest.mark.parametrize(("stage", "taken"), [("body", 0), ("taken", 1)])
def test_trouble_after_the_content_means_doubt(make_sink, stage, taken, trouble):
    """security.md G06: whether the server took the mail is not to be seen from here, and so never guessed."""
    sink = make_sink(only(stage, "p1@example.nl", trouble))
    outcomes, held = carry(sink, parcel(1), parcel(2), timeout=0.3)
    assert not held
    assert verdicts(outcomes)[0] == (1, Verdict.IN_DOUBT)
    assert {verdict for _key, verdict in verdicts(outcomes)[1:]} <= {Verdict.UNTOUCHED}
    assert len(sink.taken) == taken


@pytest.mark.parametrize("stage", ["mail", "rcpt", "body"])
def test_a_server_that_closes_says_so(make_sink, stage):
    sink = make_sink(only(stage, "", b"421 4.3.2 shutting down"))
    outcomes, held = carry(sink, parcel(1), parcel(2))
    assert not held
    assert outcomes[0].verdict in (Verdict.LATER, Verdict.UNTOUCHED)
    assert {outcome.verdict for outcome in outcomes[1:]} <= {Verdict.UNTOUCHED}
    assert sink.taken == []


def test_a_server_that_asks_for_content_without_a_recipient_gets_none(make_sink):
    def behave(stage, recipient):
        if stage == "rcpt" and recipient == "p1@example.nl":
            return b"550 5.1.1 unknown"
        return None

    sink = make_sink(behave)
    outcomes, held = carry(sink, parcel(1), parcel(2))
    assert held
    assert verdicts(outcomes) == [(1, Verdict.REFUSED), (2, Verdict.ACCEPTED)]
    assert len(sink.taken) == 1


@pytest.mark.parametrize("address", ["a@example.nl>\r\nRCPT TO:<b@example.nl", "a b@example.nl", "geen adres", "a@b@c"])
def test_an_address_brings_no_commands_along(make_sink, address):
    """security.md B21."""
    sink = make_sink()
    outcomes, _held = carry(sink, parcel(1), parcel(2, recipient=address), parcel(3))
    assert verdicts(outcomes) == [(1, Verdict.ACCEPTED), (2, Verdict.REFUSED), (3, Verdict.ACCEPTED)]
    assert [recipient for _id, recipient in sink.taken] == ["p1@example.nl", "p3@example.nl"]


def test_letters_that_the_server_does_not_know_are_not_half_said(make_sink):
    strange = parcel(1, recipient="zoë@example.nl", content="To: zoë@example.nl\r\n\r\nTekst\r\n".encode())
    plain = make_sink(extensions=())
    assert verdicts(carry(plain, strange)[0]) == [(1, Verdict.REFUSED)]
    modern = make_sink()
    assert verdicts(carry(modern, strange)[0]) == [(1, Verdict.ACCEPTED)]
    assert any(b"BODY=8BITMIME SMTPUTF8" in command for command in modern.commands)


def test_nobody_answers():
    with pytest.raises(OSError, match="refused"):
        Conversation(Server("127.0.0.1", 1, timeout=1))
