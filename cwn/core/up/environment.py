"""Fill in the environment that the settings read, for everything that was not given.

`manage.py` calls `prepare` before Django reads its settings. What is given always wins; what is made here
is kept in the data folder, so that the next start finds the same.
"""

import base64
import os
import secrets
import shlex
import sys
import warnings
from collections.abc import MutableMapping
from pathlib import Path

import environ
import redis

from cwn.core.up.folder import DataFolder
from cwn.core.up.postgres import LocalPostgres
from cwn.core.up.problems import StartError, first_line
from cwn.core.up.valkey import LocalValkey

DEFAULT_FOLDER = Path(__file__).resolve().parents[3] / "var"
CONNECT_LIMIT = "10"  # seconds to reach a given server
#: What another program needs to work with the portal that runs here.
SHARED = (
    "CWN_DATA",
    "CWN_DEMO",
    "ON_LOOPBACK",
    "DATABASE_URL",
    "REDIS_URL",
    "SECRET_KEY",
    "SITE_URL",
    "DEMO_PASSWORD",
    "DEMO_TOTP_SECRET",
)


#: The servers of which nobody gave an address, so that `up` starts them itself.
own_servers: list[LocalPostgres | LocalValkey] = []


def prepare(values: MutableMapping[str, str] = os.environ) -> None:
    """Complete the environment, or end with one sentence."""
    try:
        complete(values)
    except StartError as problem:
        sys.exit(str(problem))


def complete(values: MutableMapping[str, str]) -> None:
    """Give every variable that `up` may choose itself a value that lasts."""
    folder = DataFolder(Path(values.get("CWN_DATA") or DEFAULT_FOLDER).resolve())
    folder.prepare()
    fill(values, "CWN_DATA", str(folder.path))
    fill(values, "CWN_DEMO", "1")
    fill(values, "ON_LOOPBACK", "1")  # plain http on this machine, also for an empty portal
    fill(values, "PORT", "8000")
    fill(values, "SITE_URL", f"http://localhost:{values['PORT']}")
    fill(values, "PGCONNECT_TIMEOUT", CONNECT_LIMIT)
    for name, make in {
        "SECRET_KEY": lambda: secrets.token_urlsafe(48),
        "DEMO_PASSWORD": lambda: secrets.token_urlsafe(12),
        "DEMO_TOTP_SECRET": lambda: base64.b32encode(secrets.token_bytes(20)).decode(),
    }.items():
        if not values.get(name):
            values[name] = folder.kept(name.lower(), make)
    own_servers.clear()
    if values.get("DATABASE_URL"):
        refuse_unreadable_address(values["DATABASE_URL"])
    else:
        database = LocalPostgres(folder.path)
        values["DATABASE_URL"] = database.url
        own_servers.append(database)
    if not values.get("REDIS_URL"):
        broker = LocalValkey(folder.path / "valkey", password=folder.kept("valkey_password"))
        values["REDIS_URL"] = broker.url
        own_servers.append(broker)


def fill(values: MutableMapping[str, str], name: str, value: str) -> None:
    """Give a variable a value when it has none; an empty one counts as none."""
    if not values.get(name):
        values[name] = value


def refuse_unreadable_address(url: str) -> None:
    """Say what is wrong with DATABASE_URL before the settings stumble over it; never repeat its password."""
    try:
        with warnings.catch_warnings(action="ignore"):
            parts = environ.Env.db_url_config(url)
    except ValueError:
        parts = {}
    if parts.get("ENGINE") != "django.db.backends.postgresql" or not parts.get("NAME"):
        raise StartError(
            "DATABASE_URL is geen leesbaar PostgreSQL-adres. Schrijf postgres://gebruiker:wachtwoord@server:5432/naam, "
            "of laat DATABASE_URL weg: dan start het portaal zelf een database."
        )


def check_broker(url: str) -> None:
    """See that a given Redis or Valkey answers."""
    try:
        with redis.Redis.from_url(url, socket_connect_timeout=int(CONNECT_LIMIT)) as client:
            client.ping()
    except (redis.RedisError, ValueError, OSError) as error:
        raise StartError(f"De server van REDIS_URL is niet bereikbaar of weigert ons: {first_line(error)}") from error


def share(folder: DataFolder, values: MutableMapping[str, str]) -> Path:
    """Write the environment to a file, for a second terminal: `set -a; . var/run/environment`."""
    file = folder.run / "environment"
    file.touch(mode=0o600)
    file.write_text("".join(f"{name}={shlex.quote(values[name])}\n" for name in SHARED if name in values))
    return file
