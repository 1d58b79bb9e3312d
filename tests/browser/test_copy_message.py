"""Ready messages of a cover sheet: copied with a button, selected by hand without JavaScript."""

from tests.browser.conftest import Visit


def test_a_button_copies_the_message_and_says_so(visit: Visit):
    page = visit.open("anon")
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto("/stijlgids/")
    page.get_by_role("button", name="Kopieer: E-mail").click()
    page.get_by_role("button", name="Gekopieerd").wait_for()
    assert page.evaluate("() => navigator.clipboard.readText()") == "Vanavond kunt u niet van buiten inloggen."
    assert page.locator("#melding").text_content() == "Gekopieerd"


def test_without_javascript_there_is_no_button_that_does_nothing(visit: Visit):
    page = visit.open("anon", javascript=False)
    page.goto("/stijlgids/")
    assert page.get_by_text("Vanavond kunt u niet van buiten inloggen.").is_visible()
    assert page.get_by_role("button", name="Kopieer").count() == 0
