"""The pack that a partner passes on: what is in it, and when there is none."""

from dataclasses import replace
from io import BytesIO
from zipfile import ZipFile

import pytest

from comms.enums import Tlp
from comms.renderings import (
    NotToBeForwarded,
    as_pdf,
    as_text,
    forward_pack,
)
from comms.renderings.pack import safe_name
from tests.comms.reading import assert_in_order, words_of_html
from tests.comms.sheets import dutch_sheet, english_sheet


def opened(pack: bytes) -> dict[str, bytes]:
    with ZipFile(BytesIO(pack)) as archive:
        assert archive.testzip() is None
        return {name: archive.read(name) for name in archive.namelist()}


@pytest.mark.parametrize("tlp", [Tlp.AMBER_STRICT, Tlp.RED])
def test_what_stays_within_the_addressed_is_not_packed(tlp):
    with pytest.raises(NotToBeForwarded):
        forward_pack(dutch_sheet(tlp=tlp))


@pytest.mark.parametrize("tlp", [Tlp.CLEAR, Tlp.GREEN, Tlp.AMBER])
def test_a_pack_has_the_sheet_in_each_form_and_says_what_may_be_done(tlp):
    sheet = dutch_sheet(tlp=tlp)
    files = opened(forward_pack(sheet, attachments=[("logboek.csv", b"1;2")]))
    assert next(iter(files)) == "LEESMIJ.txt"
    assert files["oplegger.pdf"] == as_pdf(sheet)
    assert files["oplegger.txt"].decode() == as_text(sheet)
    assert_in_order([action.text for action in sheet.actions], words_of_html(files["mailblok.html"].decode()))
    assert sheet.body in files["toelichting.txt"].decode()
    assert files["bijlagen/logboek.csv"] == b"1;2"
    read_me = files["LEESMIJ.txt"].decode()
    assert read_me.splitlines()[0] == tlp.label
    assert ("doorgeven en openbaar maken" in read_me) is (tlp == Tlp.CLEAR)
    assert not [name for name in files if name not in read_me and name != "LEESMIJ.txt"]


@pytest.mark.parametrize("sheet", [dutch_sheet(), english_sheet()], ids=["nl", "en"])
def test_ready_messages_for_the_public_come_with_clear_only(sheet):
    open_pack = opened(forward_pack(replace(sheet, tlp=Tlp.CLEAR)))
    assert open_pack["berichten/Sociale-media.txt"].decode() == f"{sheet.channel_messages[1][1]}\n"
    for tlp in (Tlp.GREEN, Tlp.AMBER):
        files = opened(forward_pack(replace(sheet, tlp=tlp)))
        assert "berichten/Sociale-media.txt" not in files
        assert files["berichten/E-mail.txt"].decode().startswith(tlp.label)


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("verslag.pdf", "verslag.pdf"),
        ("../../etc/passwd", "passwd"),
        ("C:\\map\\lijst 1.csv", "lijst-1.csv"),
        ("Curaçao’s één.docx", "Curacaos-een.docx"),
        ("CON.txt", "bestand-CON.txt"),
        ("-rf", "rf"),
        (".htaccess", "bestand.htaccess"),
        ("..", "bestand"),
        ("LEESMIJ", "LEESMIJ"),
        ("中文.pdf", "bestand.pdf"),
        ("a" * 300 + ".pdf", "a" * 80 + ".pdf"),
        ("x\x00y\n.txt", "x-y.txt"),
    ],
)
def test_file_names_are_safe(name, safe):
    assert safe_name(name) == safe


def test_no_file_of_a_pack_hides_another():
    names = [("a.pdf", b"1"), ("A.pdf", b"2"), ("x/a.pdf", b"3"), ("../oplegger.pdf", b"4")]
    files = opened(forward_pack(dutch_sheet(tlp=Tlp.CLEAR), attachments=names))
    attached = {name: content for name, content in files.items() if name.startswith("bijlagen/")}
    assert list(attached.values()) == [b"1", b"2", b"3", b"4"]
    assert len({name.lower() for name in attached}) == 4
    twice = opened(forward_pack(dutch_sheet(tlp=Tlp.CLEAR, channel_messages=(("E-mail", "een"), ("e mail", "twee")))))
    assert [content for name, content in twice.items() if name.startswith("berichten/")] == [b"een\n", b"twee\n"]
