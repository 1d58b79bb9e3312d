"""A mail that is composed once and filled per recipient (security.md B21, D12, D17; performance.md M1)."""

from datetime import UTC, datetime
from email import message_from_bytes, policy
from uuid import UUID

import pytest
from django.core.mail import EmailMultiAlternatives
from hypothesis import given
from hypothesis import strategies as st

from cwn.delivery.addresses import with_ascii_host
from cwn.delivery.compiling import compile_mail, dotted, fill, hole, holes_in, undotted

TOKEN = UUID("12345678-1234-5678-1234-567812345678")


def compiled(**options):
    """Compose a mail with a hole in each place."""
    words = {"subject": "Nieuws", "text": f"Beste {hole('name')},\n\n.Lees {hole('link')}\n", "language": "nl"}
    return compile_mail(**{**words, "html": f'<p>Beste {hole("name")}</p><a href="{hole("link")}">x</a>', **options})


def read(content, **values):
    """Fill a mail and read it as a mail program does; also the bytes."""
    raw = fill(content, {"name": "Jan", "link": "https://cwn.example/", **values}, to="jan@example.nl", token=TOKEN)
    return message_from_bytes(raw, policy=policy.default), raw


def body(message, kind):
    """Return a part as its reader sees it."""
    return message.get_body((kind,)).get_content()


def test_every_mail_says_what_it_is(settings):
    """security.md D17."""
    settings.SITE_URL = "https://portaal.cwn.example"
    headers = {"List-Id": "<nieuws.cwn.example>", "List-Unsubscribe": f"<{hole('link')}>",
               "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"}  # fmt: skip
    message, _raw = read(compiled(headers=headers), link="https://cwn.example/uit/1")
    assert message["Message-ID"] == f"<{TOKEN}@portaal.cwn.example>"
    assert message["To"] == "jan@example.nl"
    assert message["Date"].datetime.tzinfo is not None
    assert (message["Auto-Submitted"], message["Content-Language"]) == ("auto-generated", "nl")
    assert message["MIME-Version"] == "1.0"
    assert message["List-Unsubscribe"] == "<https://cwn.example/uit/1>"
    assert message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert message.get_content_type() == "multipart/alternative"


WORDS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=200)
#: What splits lines somewhere along the way, and what no reader sees.
BREAKS = dict.fromkeys(map(ord, "\r\n\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029"), " ")


@given(WORDS, WORDS)
def test_whatever_fills_a_hole_comes_out_as_it_went_in(name, around):
    name, around = name.translate(BREAKS), around.translate(BREAKS)
    content = compile_mail(subject="x", text=f"{around}{hole('name')}{around}", html=f"<p>{hole('name')}</p>",
                           language="nl")  # fmt: skip
    message, raw = read(content, name=name)
    assert body(message, "plain").removesuffix("\n") == f"{around}{name}{around}"
    assert raw.isascii()
    assert max(map(len, raw.split(b"\r\n"))) <= 998
    assert b"\n" not in raw.replace(b"\r\n", b"")


def test_what_fills_html_is_escaped_and_what_fills_text_is_not():
    message, _raw = read(compiled(), name='<script>alert("1")</script>', link="https://x.example/?a=1&b=2")
    assert "<script>" not in body(message, "html")
    assert "&lt;script&gt;" in body(message, "html")
    assert 'href="https://x.example/?a=1&amp;b=2"' in body(message, "html")
    assert '<script>alert("1")</script>' in body(message, "plain")


@pytest.mark.parametrize("sign", ["\r", "\n", "\r\n", "\0", "\x0b", "\u2028", "\x85"])
def test_no_header_gets_a_second_line(sign):
    """security.md B21."""
    content = compiled(subject=f"Voor {hole('name')}")
    with pytest.raises(ValueError, match="a line break in the header Subject"):
        read(content, name=f"Jan{sign}Bcc: x@example.nl")
    with pytest.raises(ValueError, match="a line break in the header Subject"):
        compiled(subject=f"Jan{sign}Bcc: x@example.nl")
    with pytest.raises(ValueError, match="not a name of a header"):
        compiled(headers={f"X-Test{sign}": "x"})


@pytest.mark.parametrize("to", ["a@example.nl\r\nBcc: b@example.nl", "a@example.nl, b@example.nl", "<a@example.nl>"])
def test_a_mail_is_for_one_address(to):
    with pytest.raises(ValueError, match="not an address"):
        fill(compiled(), {"name": "x", "link": "y"}, to=to, token=TOKEN)


def test_a_subject_with_other_letters_is_encoded():
    message, raw = read(compiled(subject=f"TLP:CLEAR – nieuws voor {hole('name')}"), name="Zoë")
    assert message["Subject"] == "TLP:CLEAR – nieuws voor Zoë"
    assert raw.isascii()


def test_a_hole_that_is_not_filled_is_noticed():
    with pytest.raises(KeyError):
        fill(compiled(), {"name": "Jan"}, to="jan@example.nl", token=TOKEN)
    with pytest.raises(ValueError, match="nobody fills"):
        compile_mail(subject="Dag", text="Dag", language="nl", headers={"X-Proef": hole("link")}, holes=["name"])
    with pytest.raises(ValueError, match="not a name for a hole"):
        hole("Naam met spatie")


@pytest.mark.parametrize("name", ["Jan", ".Jan", "..", "regel\n.punt\n..", "a" * 200 + "\n.", "."])
def test_dots_at_the_start_of_a_line_are_doubled_for_the_line_and_only_there(name):
    """Else a line with one dot would be the end of the mail, and what follows would be commands (security.md B21)."""
    content = compiled(text=f"{hole('name')}\n.\n.volgende\n{hole('link')}")
    values, moment = {"name": name, "link": ".\n.x"}, datetime(2026, 3, 1, tzinfo=UTC)
    plain = fill(content, values, to="jan@example.nl", token=TOKEN, moment=moment)
    on_the_line = fill(content, values, to="jan@example.nl", token=TOKEN, moment=moment, is_dotted=True)
    assert on_the_line == dotted(plain)
    assert undotted(on_the_line) == plain
    assert b"\r\n.\r\n" not in on_the_line
    assert on_the_line.endswith(b"\r\n")


def test_words_that_look_like_a_hole_are_only_words():
    """Somebody calls a meeting "HOLE0x0ELOH": no 500, and nothing of another comes there."""
    typed = hole("somebodys_words")
    content = compile_mail(subject=typed, text=typed, html=f"<p>{typed}</p>", language="nl", holes=["name"])
    assert holes_in(content) == set()
    assert b"HOLE somebodys_words0ELOH" in fill(content, {}, to="jan@example.nl", token=TOKEN)


def test_holes_are_known_wherever_they_stand():
    content = compiled(subject=hole("one"), headers={"X-Test": hole("two")}, text=hole("three"), html=hole("four"))
    assert holes_in(content) == {"one", "two", "three", "four"}


def test_the_same_mail_gives_the_same_bytes():
    assert compiled() == compiled()


def test_only_text_is_one_part():
    message, _raw = read(compile_mail(subject="x", text="Dag", language="nl"))
    assert message.get_content_type() == "text/plain"


@pytest.mark.parametrize("html", ["", f"<p>{hole('name')}</p>"])
def test_a_calendar_file_goes_along_beside_the_words(html):
    """RFC 6047: a file of its own, so that no mail program shows it instead of the words."""
    calendar = "BEGIN:VCALENDAR\r\nSUMMARY:Zoë \r\n --=_file_--\r\n --=_cwn_\r\nEND:VCALENDAR\r\n"
    text = f"Beste {hole('name')}\n--=_file_--\n--=_cwn_\n"
    message, raw = read(compile_mail(subject="x", text=text, html=html, language="nl", calendar=calendar))
    *_words, file = message.walk()
    assert (file.get_content_type(), file.get_content_disposition()) == ("text/calendar", "attachment")
    assert file.get_payload(decode=True).decode() == calendar
    assert body(message, "plain").split() == ["Beste", "Jan", "--=_file_--", "--=_cwn_"]
    assert raw.isascii()
    assert all(len(line) <= 76 for line in raw.partition(b"\r\n\r\n")[2].split(b"\r\n"))


def test_a_mail_says_the_same_as_one_of_django():
    text, html = "Beste Zoë,\n\nEen regel.\n", "<p>Beste Zoë</p>"
    theirs = EmailMultiAlternatives("Onderwerp é", text, to=["jan@example.nl"])
    theirs.attach_alternative(html, "text/html")
    other = message_from_bytes(theirs.message().as_bytes(), policy=policy.default)
    ours, _raw = read(compile_mail(subject="Onderwerp é", text=text, html=html, language="nl"))
    assert ours["Subject"] == other["Subject"]
    for kind in ("plain", "html"):
        assert body(ours, kind).split() == body(other, kind).split()


def test_a_host_in_other_letters_goes_as_ascii():
    assert with_ascii_host("info@gemeente-é.nl") == "info@xn--gemeente--j4a.nl"
