"""Bad input gets a 400, a 404 or a clear sentence; never a 500 (security.md B15, B17, B18, F08)."""

from urllib.parse import quote, urlencode

import pytest

pytestmark = pytest.mark.django_db

LISTS = ("/", "/partners/", "/initiatieven/", "/.json", "/partners.csv", "/initiatieven.atom", "/zoeken/suggesties/")
PARAMETERS = ("q", "regio", "sector", "functie", "pps", "soort", "status", "sorteer", "pagina")
VALUES = {
    "NUL byte": "%00",
    "lone surrogate": "%ED%A0%80",
    "broken UTF-8": "%FF%FE",
    "SQL": quote("' OR 1=1; DROP TABLE partners_organisation; --"),
    "tsquery": quote("a & !b:*' | (c"),
    "regular expression": quote("(" * 500),
    "LIKE": quote("%_%"),
    "markup": quote("<script>alert(1)</script>"),
    "right-to-left": quote("\u202egpj.exe"),
    "emoji": quote("🦠" * 50),
    "negative": "-1",
    "zero": "0",
    "huge": "9" * 30,
    "fraction": "1.5",
    "Arabic digits": quote("٣"),
    "blank": quote(" \t\n"),
    "column": "password",
}


@pytest.mark.parametrize("path", LISTS)
def test_strange_values_in_every_parameter(client, path):
    for name in PARAMETERS:
        for value in VALUES.values():
            response = client.get(f"{path}?{name}={value}")
            assert response.status_code in (200, 400, 404), f"{path}?{name}={value}"
            if response["Content-Type"].startswith("text/html"):
                assert b"<script>alert" not in response.content


@pytest.mark.parametrize("path", ["/", "/.json", "/zoeken/suggesties/"])
def test_endless_questions_are_refused(client, path):
    assert client.get(f"{path}?q={'a' * 100_000}").status_code == 400


def test_question_of_a_thousand_parameters_is_refused(client):
    assert client.get("/?" + "&".join(f"regio=r{number}" for number in range(1_500))).status_code == 400


def test_five_hundred_values_of_one_filter_make_no_endless_page(client):
    response = client.get("/?" + "&".join(f"regio=r{number}" for number in range(500)))
    assert response.status_code == 200
    assert len(response.content) < 100_000


@pytest.mark.parametrize("value", ["-1", "0", "x", "1e9", "1.5", "99999999999"])
def test_page_that_cannot_exist_is_not_found(client, value):
    response = client.get(f"/?pagina={value}")
    assert response.status_code == 404
    assert "pagina" in response.content.decode()


def test_page_beyond_the_last_is_not_found(client):
    assert client.get("/?pagina=2").status_code == 404
    assert client.get("/.json?pagina=1000").status_code == 404


def test_unknown_value_of_a_known_filter_is_explained(client):
    response = client.get("/?regio=atlantis")
    assert response.status_code == 200
    assert "Deze filterwaarde kennen wij niet: atlantis." in response.content.decode()
    assert client.get("/.json?regio=atlantis").status_code == 404


def test_unknown_parameter_is_ignored(client):
    assert client.get("/.json?utm_source=x&per_page=1000000").status_code == 200


@pytest.mark.parametrize("path", ["/contact/", "/meedoen/aanmelden/", "/account/login/"])
def test_forms_refuse_text_that_cannot_be_stored(client, path):
    form = "name=%00&email=%ED%A0%80"
    response = client.post(path, form, content_type="application/x-www-form-urlencoded")
    assert response.status_code == 400


def test_form_with_too_many_fields_is_refused(client):
    fields = "&".join(f"veld{number}=1" for number in range(1_500))
    assert client.post("/contact/", fields, content_type="application/x-www-form-urlencoded").status_code == 400


@pytest.mark.parametrize("sign", ["\x0b", "\x1c", "\x7f"])
@pytest.mark.parametrize("with_files", [True, False])
def test_control_characters_are_refused_in_every_kind_of_form(client, sign, with_files):
    answers = {"email": f'"{sign}Bcc:x"@evil.example'}
    how = {} if with_files else {"content_type": "application/x-www-form-urlencoded"}
    response = client.post("/contact/", answers if with_files else urlencode(answers), **how)
    assert response.status_code == 400
    assert client.get("/", {"q": sign}).status_code == 400


def test_lines_and_tabs_are_read(client):
    assert client.post("/contact/", {"message": "Eén\r\n\ttwee\x85"}).status_code == 200
