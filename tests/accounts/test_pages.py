"""The pages around an account: in the house style, in Dutch, and easy on whoever fills them in (WCAG 2.2)."""

import html5lib
import pytest
from django.core.cache import cache
from django.urls import reverse

from tests.accounts.browser import SECRET, Browser, code_of
from tests.factories.accounts import PASSWORD, set_up_code_app

pytestmark = pytest.mark.django_db

FOR_VISITORS = (
    "account_login", "account_signup", "account_reset_password", "account_reset_password_done",
    "account_reset_password_from_key_done", "account_inactive", "account_email_verification_sent",
)  # fmt: skip
FOR_EVERYBODY = ("account_home", "account_logout", "account_change_password", "account_email", "mfa_index")
AFTER_PASSWORD = (
    "mfa_activate_totp", "mfa_add_webauthn", "mfa_list_webauthn", "mfa_generate_recovery_codes",
    "mfa_view_recovery_codes", "mfa_deactivate_totp", "account_reauthenticate", "mfa_reauthenticate",
    "mfa_edit_webauthn", "mfa_remove_webauthn", "mfa_reauthenticate_webauthn",
)  # fmt: skip
#: Words of allauth's own pages, English and Dutch; none may be left.
NOT_OUR_WORDS = (
    "Sign In", "Sign Out", "Sign Up", "Password", "Email address", "Forgot", "Authenticator", "Recovery codes",
    "Security Key", "Aanmelden", "Afmelden", "Wachtwoord (bevestiging)", "je ", "jouw", "Onthouden",
)  # fmt: skip


def page(browser: Browser, name: str, *args):
    """Return the parsed page behind an address name."""
    answer = browser.get(reverse(name, args=args))
    assert answer.status_code == 200, (name, answer.headers)
    return html5lib.parse(answer.content.decode(), namespaceHTMLElements=False)


@pytest.fixture
def everything(member) -> Browser:
    """Petra with a code app and a passkey, who just showed again who she is."""
    set_up_code_app(member, secret=SECRET)
    data = {"name": "laptop", "credential": {"clientExtensionResults": {}}}
    member.authenticator_set.create(type="webauthn", data=data)
    browser = Browser()
    browser.force_login(member)
    browser.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    return browser


def pages_of(visitor: Browser, browser: Browser, member):
    """Yield every page that can be read, with its name."""
    for name in FOR_VISITORS:
        yield name, page(visitor, name)
    yield "broken reset link", page(visitor, "account_reset_password_from_key", "1", "weg")
    yield "broken confirmation", page(visitor, "account_confirm_email", "weg")
    half = Browser()
    half.log_in(member.email)
    yield "second step", page(half, "mfa_authenticate")
    passkey = member.authenticator_set.get(type="webauthn")
    for name in FOR_EVERYBODY + AFTER_PASSWORD:
        if name == "mfa_activate_totp":  # only for who has none yet
            continue
        yield name, page(browser, name, *([passkey.pk] if name in {"mfa_edit_webauthn", "mfa_remove_webauthn"} else []))


@pytest.fixture(autouse=True)
def _passkeys_without_keys(monkeypatch) -> None:
    """Let allauth offer a passkey that has no key: these pages only list it."""
    monkeypatch.setattr("allauth.mfa.webauthn.internal.auth.get_credentials", lambda user: [])


def test_every_page_is_one_of_ours(visitor, everything, member):
    seen = dict(pages_of(visitor, everything, member))
    assert len(seen) == len(FOR_VISITORS) + len(FOR_EVERYBODY) + len(AFTER_PASSWORD) + 2
    for name, tree in seen.items():
        text = " ".join("".join(tree.find(".//main").itertext()).split())
        assert len(tree.findall(".//h1")) == 1, name
        assert tree.find(".//nav[@aria-label='Kruimelpad']") is not None, name
        assert [word for word in NOT_OUR_WORDS if word in text] == [], name


def test_every_field_has_a_label_and_no_placeholder(visitor, everything, member):
    for name, tree in pages_of(visitor, everything, member):
        labels = {label.get("for") for label in tree.findall(".//main//label")}
        for field in tree.findall(".//main//input") + tree.findall(".//main//select"):
            assert field.get("placeholder") is None, name
            if field.get("type") != "hidden":
                assert field.get("id") in labels, (name, field.attrib)


def test_no_page_needs_inline_script_or_style(visitor, everything, member):
    for name, tree in pages_of(visitor, everything, member):
        for script in tree.iter("script"):
            assert script.get("src", "").startswith("/static/") or script.get("type") == "application/json", name
        for element in tree.iter():
            loose = [key for key in element.attrib if key == "style" or key.startswith("on")]
            assert not loose, (name, element.tag, loose)


def test_password_managers_find_their_way(visitor, everything, member):
    def tokens(tree) -> dict[str, str]:
        return {one.get("name"): one.get("autocomplete") for one in tree.findall(".//main//input[@autocomplete]")}

    assert tokens(page(visitor, "account_login")) == {"login": "username", "password": "current-password"}
    assert tokens(page(visitor, "account_reset_password")) == {"email": "email"}
    assert tokens(page(everything, "account_change_password")) == {
        "oldpassword": "current-password",
        "password1": "new-password",
        "password2": "new-password",
    }
    assert tokens(page(everything, "account_reauthenticate")) == {"password": "current-password"}
    half = Browser()
    half.log_in(member.email)
    assert tokens(page(half, "mfa_authenticate")) == {"code": "one-time-code"}


def test_a_mistake_is_listed_above_the_form_and_leads_to_its_field(visitor):
    answer = visitor.post(reverse("account_login"), {"login": "geen adres", "password": ""})
    tree = html5lib.parse(answer.content.decode(), namespaceHTMLElements=False)
    links = [link.get("href") for link in tree.findall(".//*[@id='foutmelding']//a")]
    assert links == ["#id_login", "#id_password"]


def test_the_code_app_page_shows_the_code_as_picture_and_text(visitor, member):
    visitor.force_login(member)
    visitor.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    tree = page(visitor, "mfa_activate_totp")
    secret = tree.find(".//main//code").text
    assert tree.find(".//main//figure//*[@role='img']").get("aria-label")
    visitor.post(reverse("mfa_activate_totp"), {"code": code_of(secret)})
    assert member.authenticator_set.filter(type="totp").exists()


def test_the_recovery_codes_can_be_taken_away_as_text(everything):
    answer = everything.get(reverse("mfa_download_recovery_codes"))
    assert answer.headers["Content-Type"].startswith("text/plain")
    assert len([line for line in answer.content.decode().splitlines() if line.strip().isdigit()]) == 10


def test_pages_of_an_account_stay_in_no_cache(visitor, everything, member):
    for name in FOR_EVERYBODY:
        assert "no-store" in everything.get(reverse(name)).headers["Cache-Control"], name
    assert "no-store" in visitor.get(reverse("account_login")).headers["Cache-Control"]


def test_a_password_rule_is_explained_in_plain_dutch(visitor, member):
    visitor.log_in(member.email)
    for new, words in (
        ("kort", "te kort. Neem minstens 12 tekens"),
        ("petrapartner", "lijkt te veel op uw naam"),
        ("password1234", "veelgebruikte wachtwoorden"),
    ):
        cache.clear()
        answer = visitor.post(
            reverse("account_change_password"), {"oldpassword": PASSWORD, "password1": new, "password2": new}
        )
        assert words in answer.content.decode()


@pytest.mark.parametrize("path", ["account_login", "account_reset_password", "mfa_authenticate"])
@pytest.mark.parametrize("typed", ["a\x00b", "\ud800", "é" * 100_000, "'\"><script>", "{{ 7*7 }}", "-1"])
def test_odd_input_gets_an_answer_and_never_a_failure(visitor, member, coordinator, path, typed):
    visitor.log_in(coordinator.email)
    body = "&".join(f"{name}={_quote(typed)}" for name in ("login", "password", "email", "code"))
    answer = visitor.post(reverse(path), body, content_type="application/x-www-form-urlencoded")
    assert answer.status_code in (200, 302, 400)


def _quote(text: str) -> str:
    return "".join(f"%{byte:02x}" for byte in text.encode("utf-8", "surrogatepass"))
