"""Texts that people write: formatting comes through, active content does not (security.md B11)."""

import html5lib
import pytest

from cwn.core.markdown import ARTICLE_TAGS, TAGS, article_blocks, plain_article, render_article, render_markdown

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
PLACES = (
    "{}", "tekst {} tekst", "- {}", "> {}", "**{}**", "`{}`", "    {}", "# {}", "```\n{}\n```", "|{}|b|\n|-|-|\n|c|{}|",
    "```{}\nx\n```",
)  # fmt: skip
PAYLOADS = [shape.format(bad) for shape in LINKS for bad in SCHEMES] + [
    place.replace("{}", bad) for place in PLACES for bad in ELEMENTS
]


@pytest.mark.parametrize("payload", PAYLOADS)
@pytest.mark.parametrize(("render", "tags"), [(render_markdown, TAGS), (render_article, ARTICLE_TAGS | {"div"})])
def test_no_payload_becomes_active(payload, render, tags):
    tree = html5lib.parseFragment(render(payload), namespaceHTMLElements=False)
    for element in tree.iter():
        assert element.tag in {"DOCUMENT_FRAGMENT", *tags}
        if element.tag not in {"div", "table"}:  # these two are ours
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


# --- articles ----------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("text", "headings"),
    [
        ("# A\n\n## B\n\n# C", ["h2", "h3", "h2"]),
        ("## A\n\n### B", ["h2", "h3"]),
        ("### A", ["h2"]),
        ("# A\n\n## B\n\n### C", ["h2", "h3", "h3"]),
        ("geen kop\n========", []),
    ],
)
def test_headings_of_an_article_hang_below_the_title_of_the_page(text, headings):
    tree = html5lib.parseFragment(render_article(text), namespaceHTMLElements=False)
    assert [element.tag for element in tree.iter() if element.tag[0] == "h"] == headings


def test_a_table_can_be_scrolled_with_the_keyboard():
    html = render_article("| Poort | Dienst |\n|---|---:|\n| 443 | <b>web</b> |")
    assert html.startswith('<div class="utrecht-table-container" role="region" aria-label="Tabel" tabindex="0"><table')
    assert "<th>Poort</th>" in html
    assert "<td>&lt;b&gt;web&lt;/b&gt;</td>" in html
    assert html.count("<div") == html.count("</div>") == 1
    assert "style" not in html


def test_technical_data_stay_as_they_were_typed():
    assert render_article("```stix\nx < *y*\n```") == "<pre><code>x &lt; *y*\n</code></pre>\n"
    assert render_article("typ `<table>`") == "<p>typ <code>&lt;table&gt;</code></p>\n"


def test_other_texts_have_no_headings():
    assert render_markdown("# Kop") == "<p># Kop</p>\n"


def test_blocks_are_those_of_the_renderer():
    tokens = article_blocks("## Kop\n\nTekst met *nadruk*.\n\n```\n# geen kop\n```")
    assert [(token.tag, token.map) for token in tokens if token.type == "heading_open"] == [("h2", [0, 1])]
    assert [token.content for token in tokens if token.type == "inline"] == ["Kop", "Tekst met *nadruk*."]


def test_the_words_of_an_article_for_the_search():
    assert plain_article("## Kop\n\n**Let op**: [lees](/x/) & doe\n\n- a") == "Kop Let op: lees & doe a"


@pytest.mark.parametrize("sign", ["(", "<", "[", "*", "_", "`", "#", ">", "- a\n", "|", " ", "a|\n", "[a](", "!["])
def test_a_long_row_of_one_sign_ends(sign):
    """No parser of ours explodes: with a quadratic one this would still be running (security.md B19)."""
    assert render_article(sign * 40_000) is not None
    assert render_markdown(sign * 40_000) is not None
