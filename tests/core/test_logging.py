"""What is written down of a request: enough to find a fault, nothing that opens a door (security.md I05)."""

import json
import logging

import pytest

pytestmark = pytest.mark.django_db


@pytest.fixture
def written():
    """Read what the handler of the portal wrote, whoever wrote it."""
    (handler,) = [one for one in logging.getLogger().handlers if one.get_name() == "console"]
    lines: list[str] = []
    keep = handler.emit
    handler.emit = lambda record: lines.append(handler.format(record))  # type: ignore[method-assign]
    yield lines
    handler.emit = keep  # type: ignore[method-assign]


@pytest.mark.parametrize(
    "address",
    [
        "/account/uitnodiging/geheim/",
        "/meedoen/bevestigen/geheim/",
        "/mijn/geschorst/geheim/",
        "/account/password/reset/key/geheim/",
        "/en/account/confirm-email/geheim/x/",
        "/nergens/?q=geheim",
        "/partners/nergens/?q=een&regio=geheim",
    ],
)
def test_no_key_and_no_question_is_written_down(client, written, address):
    client.get(address)
    assert not [line for line in written if "geheim" in line]
    assert not [line for line in written if "127.0.0.1" in line]


def test_what_went_wrong_is_still_found(client, written):
    client.get("/nergens/?q=geheim")
    lines = [json.loads(line) for line in written]
    assert {"GET /nergens/"} & {line.get("request") for line in lines}
    assert {"Not Found: /nergens/"} & {line["event"] for line in lines}
