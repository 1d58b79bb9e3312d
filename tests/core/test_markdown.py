"""Texts that people write: formatting comes through, active content does not (security.md B11)."""

import html5lib
import pytest

from cwn.core.markdown import TAGS, render_markdown

SCHEMES = (
    "javascript:alert(1)", "JaVaScRiPt:alert(1)", "java\tscript:alert(1)", "&#106;avascript:alert(1)", "vbscript:x",
    "data:text/html;base64,PHNjcmlwdD4=", "//evil.nl", "/\\evil.nl", "\\\\evil.nl", "http://evil.nl", "https:evil.nl",
    "https://ncsc.nl@evil.nl", "https://", "///evil.nl", "ftp://evil.nl", "file:///etc/passwd", "mailto:a@b.nl",
    "javascript://%0aalert(1)", "\x01javascript:alert(1)", "https://evil.nl\\@ncsc.nl",
)  # fmt: skip
ELEMENTS = (
    "<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "<svg onload=alert(1)>", "<iframe src=//evil.nl>",
    "<a href=javascript:alert(1)>x</a>", "<style>*{color:red}</style>", "<form action=//evil.nl><input></form>",
    "<math><mtext><script>alert(1)</script></mtext></math>", "<base href=//evil.nl>", "<object data=//evil.nl>",
    "<details open ontoggle=alert(1)>", "<p style=position:fixed>x</p>", "<noscript><p title='</noscript><img src=x>'>",
    "<!--><img src=x onerror=alert(1)>-->", "<meta http-equiv=refresh content='0;url=//evil.nl'>", "<xmp><p onclick=x>",
)  # fmt: skip
LINKS = ("[x]({})", "[x](<{}>)", "<{}>", "![x]({})", '[x]({} "titel")', "[x][y]\n\n[y]: {}", "- [x]({})", "**[x]({})**")
PLACES = ("{}", "tekst {} tekst", "- {}", "> {}", "**{}**", "`{}`", "    {}", "# {}", "```\n{}\n```")
PAYLOADS = [shape.format(bad) for shape in LINKS for bad in SCHEMES] + [
    place.format(bad) for place in PLACES for bad in ELEMENTS
]


@pytest.mark.parametrize("payload", PAYLOADS)
def test_no_payload_becomes_active(payload):
    tree = html5lib.parseFragment(render_markdown(payload), namespaceHTMLElements=False)
    for element in tree.iter():
        assert element.tag in {"DOCUMENT_FRAGMENT", *TAGS}
        assert set(element.attrib) <= {"href", "rel"}
        if href := element.get("href"):
            assert href.startswith("/")
            assert not href.startswith("//")
            assert "\\" not in href


def test_there_are_enough_payloads():
    assert len(PAYLOADS) >= 200


@pytest.mark.parametrize("address", ["/contact/", "https://www.ncsc.nl/a?b=c#d", "https://xn--caf-dma.nl:8443/"])
def test_a_safe_link_stays(address):
    assert render_markdown(f"[lees meer]({address})") == (
        f'<p><a href="{address}" rel="noopener noreferrer">lees meer</a></p>\n'
    )


def test_paragraphs_lists_and_emphasis_stay():
    assert render_markdown("Eerst **dit**:\n\n- een\n- twee") == (
        "<p>Eerst <strong>dit</strong>:</p>\n<ul>\n<li>een</li>\n<li>twee</li>\n</ul>\n"
    )
