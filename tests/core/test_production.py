"""Production is the same settings with another environment: closed unless opened."""

import os
import subprocess
import sys

import pytest
from django.conf import settings

PRODUCTION = {
    "SECRET_KEY": "a-key-of-fifty-characters-or-more-for-a-production-check-0123456789",
    "ALLOWED_HOSTS": "portaal.example.nl",
    "SITE_URL": "https://portaal.example.nl",
    "EMAIL_URL": "smtp://127.0.0.1:2525",
}


def manage(*arguments: str, **environment: str) -> subprocess.CompletedProcess:
    """Run one management command with nothing but this environment."""
    kept = {name: os.environ[name] for name in ("PATH", "DATABASE_URL", "REDIS_URL") if name in os.environ}
    return subprocess.run(
        [sys.executable, "manage.py", *arguments],
        cwd=settings.BASE_DIR,
        env={**kept, **environment},
        capture_output=True,
        text=True,
        check=False,
    )


def test_without_a_secret_nothing_starts():
    result = manage("check")
    assert result.returncode != 0
    assert "SECRET_KEY ontbreekt" in result.stderr


def test_debug_is_off_unless_asked_for():
    result = manage("shell", "-v0", "-c", "from django.conf import settings; print(settings.DEBUG)", **PRODUCTION)
    assert result.stdout.strip() == "False"


def test_deployment_check_has_nothing_to_say():
    result = manage("check", "--deploy", "--fail-level", "WARNING", **PRODUCTION)
    assert result.returncode == 0, result.stderr


@pytest.mark.parametrize("switch", ["DEBUG", "CWN_DEMO", "ON_LOOPBACK"])
def test_settings_of_ones_own_machine_are_refused(switch):
    result = manage("check", "--deploy", **{**PRODUCTION, switch: "1"})
    assert result.returncode != 0
    assert "cwn.E001" in result.stderr


def test_demo_is_refused_also_with_tls():
    result = manage("check", "--deploy", **PRODUCTION, CWN_DEMO="1", ON_LOOPBACK="0")
    assert "cwn.E001" in result.stderr


def test_mail_must_link_to_the_portal():
    result = manage("check", "--deploy", **{**PRODUCTION, "SITE_URL": "http://localhost:8000"})
    assert "cwn.E002" in result.stderr


def test_a_mail_password_goes_over_tls():
    result = manage("check", "--deploy", **{**PRODUCTION, "EMAIL_URL": "smtp://portaal:geheim@mail.example.nl:25"})
    assert "cwn.E003" in result.stderr


@pytest.mark.parametrize("address", ["/account/demo/", "/account/demo/post/"])
def test_demo_addresses_do_not_exist(address):
    code = (
        "from django.urls import Resolver404, resolve\n"
        f"try:\n    resolve('{address}')\n    print('exists')\nexcept Resolver404:\n    print('absent')"
    )
    assert manage("shell", "-v0", "-c", code, **PRODUCTION).stdout.strip() == "absent"
    assert manage("shell", "-v0", "-c", code, CWN_DEMO="1", **PRODUCTION).stdout.strip() == "exists"


def test_demo_data_is_refused():
    result = manage("load_demo", "--organisations", "1", **PRODUCTION)
    assert result.returncode != 0
    assert "CWN_DEMO" in result.stderr
