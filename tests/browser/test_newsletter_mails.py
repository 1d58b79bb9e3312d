"""What a newsletter looks like in a mail program: no axe finding, in light and in dark, small and wide (F02)."""

from email import message_from_bytes, policy
from uuid import uuid4

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser

from comms.enums import Tlp
from comms.newsletters.contents import blocks_of
from comms.newsletters.digests import digest_mail
from comms.newsletters.mails.issue_mail import HOLES, write_mail
from cwn.delivery.compiling import fill
from tests.browser.watch import RULES
from tests.factories.events import EventFactory
from tests.factories.newsletters import IssueFactory, own_text, sent_issue, with_picture, with_publication
from tests.factories.subscriptions import MembersNewsletterFactory, NewsletterFactory
from tests.newsletters.steps import html_of

pytestmark = pytest.mark.django_db
#: A mail is shown inside the page of a program, which has landmarks of its own.
MAIL_RULES = RULES | {"rules": {rule: {"enabled": False} for rule in ("landmark-one-main", "region")}}
WINDOWS = [(width, scheme) for width in (320, 1280) for scheme in ("light", "dark")]


def faults_of(browser: Browser, html: str) -> list[str]:
    """Return what axe finds in a mail, and whether it is wider than the window."""
    found = []
    for width, scheme in WINDOWS:
        context = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme)
        page = context.new_page()
        page.route("**/*", lambda route: route.abort())  # the pictures of a mail stand elsewhere
        page.set_content(html)
        violations = Axe().run(page, options=MAIL_RULES).response["violations"]
        found += [f"{width} {scheme} {one['id']}: {node['html'][:160]}" for one in violations for node in one["nodes"]]
        if page.evaluate("document.documentElement.scrollWidth > window.innerWidth"):
            found.append(f"{width} {scheme}: wider than the window")
        context.close()
    return found


@pytest.fixture
def clear_issue(cast, settings, tmp_path):
    """Return an issue with everything that can stand in one for everybody."""
    settings.MEDIA_ROOT = tmp_path
    issue = IssueFactory(
        newsletter=NewsletterFactory(archive_is_public=True),
        created_by=cast["wg"],
        introduction="Een **inleiding** met een [link naar de agenda](/agenda/).\n\n- een\n- twee",
    )
    own_text(issue, url="https://elders.example/", text="Een tekst.\n\n1. Eerst dit\n2. Dan dat")
    with_publication(issue, title="Een update voor de firewall")
    with_publication(issue, title="An update for your firewall", language="en")
    event = EventFactory(title="Oefendag")
    issue.items.create(position=8, kind="bijeenkomst", event=event, tlp="clear")
    with_picture(issue, by=cast["wg"])
    return issue


@pytest.mark.parametrize("language", ["nl", "en"])
def test_axe_finds_nothing_in_an_issue(browser, cast, clear_issue, language):
    blocks = blocks_of(clear_issue, cast["wg"])
    mail = write_mail(clear_issue, blocks, language, pixel="https://portaal.example/n/o/x/y")
    assert faults_of(browser, mail.html) == []


@pytest.mark.parametrize("label", ["green", "amber", "amber-strict"])
def test_axe_finds_nothing_in_an_issue_with_a_label(browser, cast, label):
    issue = IssueFactory(newsletter=MembersNewsletterFactory(), created_by=cast["wg"])
    own_text(issue)
    with_publication(issue, tlp=label, owner=cast.organisations["zorgring"])
    assert faults_of(browser, write_mail(issue, blocks_of(issue, cast["wg"]), "nl").html) == []


def test_axe_finds_nothing_in_a_digest(browser):
    newsletter = NewsletterFactory(archive_is_public=True)
    issues = [sent_issue(newsletter=newsletter) for _number in range(2)]
    filled = fill(
        digest_mail(newsletter, issues, Tlp.CLEAR, "nl"),
        dict.fromkeys(HOLES, "https://portaal.example/"),
        to="lezer@elders.example",
        token=uuid4(),
    )
    mail = message_from_bytes(filled, policy=policy.default)
    assert faults_of(browser, html_of(mail)) == []
