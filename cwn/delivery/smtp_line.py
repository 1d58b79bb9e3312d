"""One line to a mail server: connecting, TLS, logging in, and reading its answers in time (RFC 5321)."""

import base64
import socket
import ssl
import time
from dataclasses import dataclass

CRLF = b"\r\n"
NO_LOGIN = "the mail server offers no way to log in"
LONGEST_REPLY = 65_536  # bytes; nobody's reply needs more


@dataclass(frozen=True, slots=True)
class Server:
    """Where the mail server is and how it wants to be spoken to."""

    host: str
    port: int
    user: str = ""
    password: str = ""
    use_tls: bool = False
    """TLS from the first byte; `use_starttls` begins in the clear and switches before anything is said."""
    use_starttls: bool = False
    certificate: str | None = None
    key: str | None = None
    own_name: str = "localhost"
    timeout: float = 30.0
    """Seconds for one answer, however slowly its bytes come, and for handing over one mail."""


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer of the mail server."""

    code: int
    text: str

    @property
    def is_positive(self) -> bool:
        """Tell whether the server agrees."""
        return 200 <= self.code < 300


class Line:
    """A connection on which both sides have said hello; every trouble is an OSError."""

    def __init__(self, server: Server) -> None:
        self.server = server
        self.extensions: dict[str, str] = {}
        self._buffer = b""
        self._socket: socket.socket = socket.create_connection((server.host, server.port), timeout=server.timeout)
        try:
            self._greet()
        except BaseException:
            self.close()
            raise

    def quit(self) -> None:
        """End politely; whether the server hears it does not matter."""
        try:
            self._socket.settimeout(1)
            self._socket.sendall(b"QUIT\r\n")
        except OSError:
            pass
        self.close()

    def close(self) -> None:
        """Close the connection."""
        self._socket.close()

    # --- begin -----------------------------------------------------------------------------------
    def _greet(self) -> None:
        if self.server.use_tls:
            self._wrap()
        self._expect(220)
        self._hello()
        if self.server.use_starttls:
            self._ask("STARTTLS", 220)
            if self._buffer:
                raise ConnectionError("words before TLS: somebody is in between")
            self._wrap()
            self._hello()
        if self.server.user:
            self._log_in()

    def _hello(self) -> None:
        self.write(f"EHLO {self.server.own_name}\r\n".encode())
        reply = self.read()
        if not reply.is_positive:
            self._ask(f"HELO {self.server.own_name}", 250)
        lines = reply.text.split("\n")[1:] if reply.is_positive else []
        self.extensions = {word.upper(): rest for word, _space, rest in (line.partition(" ") for line in lines)}

    def _wrap(self) -> None:
        context = ssl.create_default_context()
        if self.server.certificate:
            context.load_cert_chain(self.server.certificate, self.server.key)
        self._socket = context.wrap_socket(self._socket, server_hostname=self.server.host)

    def _log_in(self) -> None:
        ways = self.extensions.get("AUTH", "").upper().split()
        user, password = self.server.user, self.server.password
        if not {"PLAIN", "LOGIN"} & set(ways):
            raise ConnectionError(NO_LOGIN)  # it never hears the password
        if "PLAIN" in ways:
            self._ask("AUTH PLAIN " + base64.b64encode(f"\0{user}\0{password}".encode()).decode(), 235)
            return
        self._ask("AUTH LOGIN", 334)
        self._ask(base64.b64encode(user.encode()).decode(), 334)
        self._ask(base64.b64encode(password.encode()).decode(), 235)

    def _ask(self, command: str, wanted: int) -> None:
        self.write(command.encode() + CRLF)
        self._expect(wanted)

    def _expect(self, wanted: int) -> None:
        reply = self.read()
        if reply.code != wanted:
            raise ConnectionError(f"the mail server says {reply.code}")

    # --- bytes -----------------------------------------------------------------------------------
    def write(self, data: bytes) -> None:
        """Hand over bytes, within the time for one."""
        self._socket.settimeout(self.server.timeout)
        self._socket.sendall(data)

    def read(self) -> Reply:
        """Read one reply, of one or more lines; a server that dribbles does not get more time."""
        deadline = 0.0
        lines, seen = [], 0
        while True:
            end = self._buffer.find(CRLF)
            if end < 0:
                deadline = deadline or time.monotonic() + self.server.timeout
                self._receive(deadline)
                continue
            line, self._buffer = self._buffer[:end], self._buffer[end + 2 :]
            seen += len(line)
            if not line[:3].isdigit() or seen > LONGEST_REPLY:
                raise ConnectionError("not an answer of a mail server")
            lines.append(line[4:].decode(errors="replace"))
            if line[3:4] != b"-":
                return Reply(int(line[:3]), "\n".join(lines))

    def _receive(self, deadline: float) -> None:
        left = deadline - time.monotonic()
        if left <= 0:
            raise TimeoutError("no answer in time")
        self._socket.settimeout(left)
        data = self._socket.recv(8_192)
        if not data or len(self._buffer) > LONGEST_REPLY:
            raise ConnectionError("the mail server hung up")
        self._buffer += data
