"""The load generator: a few connections to loopback that stay open, a list of addresses, and an end."""

import socket
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import count
from statistics import median

HOST = "127.0.0.1"
#: Seconds after which a contestant is stopped whatever it did.
LONGEST = 90.0


@dataclass(slots=True)
class Load:
    """What a contestant did."""

    requests: int
    seconds: float
    times: list[float]
    app_ms: float = 0.0
    """CPU of the web server per request."""
    database_ms: float = 0.0
    """CPU of PostgreSQL per request."""

    @property
    def per_second(self) -> float:
        """Requests per second."""
        return self.requests / self.seconds

    @property
    def p50(self) -> float:
        """Milliseconds within which half of the answers came."""
        return median(self.times) * 1000

    @property
    def p95(self) -> float:
        """Milliseconds within which nineteen of twenty answers came."""
        return sorted(self.times)[int(len(self.times) * 0.95)] * 1000


class Connection:
    """One connection that stays open; the little of HTTP that costs the generator little."""

    def __init__(self, port: int, headers: dict[str, str]) -> None:
        self.socket = socket.create_connection((HOST, port), timeout=LONGEST)
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        lines = "".join(f"{name}: {value}\r\n" for name, value in headers.items())
        self.rest = f" HTTP/1.1\r\nHost: localhost:{port}\r\n{lines}\r\n".encode()

    def get(self, path: str) -> tuple[int, bytes]:
        """Ask an address and return the status and the body as it came over the wire."""
        self.socket.sendall(b"GET " + path.encode() + self.rest)
        received = bytearray()
        while (end := received.find(b"\r\n\r\n")) < 0:
            received += self._some()
        head = bytes(received[:end]).lower()
        body = received[end + 4 :]
        if b"\r\ncontent-length:" in head:
            length = int(head.split(b"\r\ncontent-length:", 1)[1].split(b"\r\n", 1)[0])
            while len(body) < length:
                body += self._some()
        elif b"\r\ntransfer-encoding: chunked" in head:
            while not body.endswith(b"0\r\n\r\n"):
                body += self._some()
        return int(head.split(b" ", 2)[1]), bytes(body)

    def _some(self) -> bytes:
        data = self.socket.recv(262_144)
        if not data:
            raise ConnectionError("the server closed the connection")
        return data

    def close(self) -> None:
        """Hang up."""
        self.socket.close()


def never_asked(paths: Sequence[str]) -> Callable[[int], str]:
    """Return the addresses with a parameter that nobody knows, so that no answer was kept before."""
    numbers = count(time.time_ns())
    return lambda turn: f"{(path := paths[turn % len(paths)])}{'&' if '?' in path else '?'}n={next(numbers)}"


def again(paths: Sequence[str]) -> Callable[[int], str]:
    """Return the addresses in turn, as they are."""
    return lambda turn: paths[turn % len(paths)]


def run(
    port: int,
    address: Callable[[int], str],
    *,
    seconds: float,
    at_least: int = 1,
    connections: int = 8,
    headers: dict[str, str] | None = None,
) -> Load:
    """Ask for some seconds over some connections, and for `at_least` so many answers."""
    turns, done, times, problems = count(), threading.Event(), [], []
    start = time.perf_counter()

    def over() -> bool:
        spent = time.perf_counter() - start
        return done.is_set() or spent > LONGEST or (spent > seconds and len(times) >= at_least)

    def ask() -> None:
        try:
            connection = Connection(port, headers or {})
            while not over():
                path = address(next(turns))
                before = time.perf_counter()
                status, _body = connection.get(path)
                if status != 200:
                    raise ConnectionError(f"{status} on {path}")
                times.append(time.perf_counter() - before)
            connection.close()
        except OSError as problem:
            problems.append(problem)
            done.set()

    threads = [threading.Thread(target=ask, daemon=True) for _ in range(connections)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(LONGEST + 30)
    if problems:
        raise problems[0]
    return Load(len(times), time.perf_counter() - start, list(times))


def one_by_one(
    port: int, paths: Sequence[str], headers: dict[str, str] | None = None
) -> Iterator[tuple[str, int, bytes, float]]:
    """Ask each address once on one connection and yield path, status, body and seconds."""
    connection = Connection(port, headers or {})
    for path in paths:
        before = time.perf_counter()
        status, body = connection.get(path)
        yield path, status, body, time.perf_counter() - before
    connection.close()
