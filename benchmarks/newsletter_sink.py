"""An SMTP server that takes everything, counts and forgets, and a relay that is some milliseconds away.

`python -m benchmarks.newsletter_sink PORT` listens; `… PORT --before PORT2 --away 20` carries bytes to PORT2, half of
the milliseconds later each way. The command COUNT is answered with the number of mails taken.
"""

import argparse
import asyncio
from collections import deque

HOST = "127.0.0.1"
ANSWERS = {
    b"MAIL": b"250 2.1.0 ok\r\n",
    b"RCPT": b"250 2.1.5 ok\r\n",
    b"DATA": b"354 go ahead\r\n",
    b"EHLO": b"250-sink\r\n250-PIPELINING\r\n250-8BITMIME\r\n250 SMTPUTF8\r\n",
    b"QUIT": b"221 2.0.0 bye\r\n",
    b"RSET": b"250 2.0.0 ok\r\n",
}
END = b"\r\n.\r\n"


class Session(asyncio.Protocol):
    """One client."""

    taken = 0

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport = transport
        self.buffer = bytearray()
        self.in_content = False
        transport.write(b"220 sink ESMTP\r\n")

    def data_received(self, data: bytes) -> None:
        buffer, answers, at = self.buffer, [], 0
        searched = max(0, len(buffer) - 4) if self.in_content else 0
        buffer += data
        while True:
            if self.in_content:
                end = buffer.find(END, max(at, searched))
                if end < 0:
                    break
                at, self.in_content = end + 5, False
                Session.taken += 1
                answers.append(b"250 2.0.0 taken\r\n")
                continue
            end = buffer.find(b"\r\n", at)
            if end < 0:
                break
            verb = bytes(buffer[at : at + 4]).upper()
            at = end + 2
            self.in_content = verb == b"DATA"
            answers.append(b"250 %d\r\n" % Session.taken if verb == b"COUN" else ANSWERS.get(verb, b"502 no\r\n"))
        del buffer[:at]
        self.transport.write(b"".join(answers))
        if answers and answers[-1].startswith(b"221"):
            self.transport.close()


class Far(asyncio.Protocol):
    """One side of a connection that takes time: what comes in goes out of the other side a while later."""

    def __init__(self, delay: float, other: "Far | None" = None) -> None:
        self.delay, self.other = delay, other
        self.waiting: deque[bytes] = deque()
        self.transport: asyncio.Transport | None = None

    def data_received(self, data: bytes) -> None:
        self.waiting.append(data)
        asyncio.get_running_loop().call_later(self.delay, self.pass_on)

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport = transport

    def connection_lost(self, problem: Exception | None) -> None:
        self.waiting.append(b"")
        asyncio.get_running_loop().call_later(self.delay, self.pass_on)

    def pass_on(self) -> None:
        """Give the oldest bytes to the other side; nothing at all means the end."""
        other = self.other.transport if self.other else None
        if other is None:
            asyncio.get_running_loop().call_later(self.delay, self.pass_on)
        elif data := self.waiting.popleft():
            other.write(data)
        else:
            other.close()


class Near(Far):
    """The side where clients come in; it opens the other one."""

    def __init__(self, delay: float, port: int) -> None:
        super().__init__(delay)
        self.port = port

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        super().connection_made(transport)
        self.opening = asyncio.get_running_loop().create_task(self.open())

    async def open(self) -> None:
        """Connect to the server; the handshake took a round trip too."""
        await asyncio.sleep(2 * self.delay)
        loop = asyncio.get_running_loop()
        _transport, self.other = await loop.create_connection(lambda: Far(self.delay, self), HOST, self.port)


async def serve(port: int, before: int, away: float) -> None:
    """Listen until somebody ends the process."""
    loop = asyncio.get_running_loop()
    make = (lambda: Near(away / 2, before)) if before else Session
    server = await loop.create_server(make, HOST, port, backlog=512)
    await server.serve_forever()


if __name__ == "__main__":
    parser = argparse.ArgumentParser(prog="python -m benchmarks.newsletter_sink", description=__doc__)
    parser.add_argument("port", type=int)
    parser.add_argument("--before", type=int, default=0, metavar="PORT", help="carry bytes to this port")
    parser.add_argument("--away", type=float, default=0.0, metavar="MS", help="milliseconds to there and back")
    options = parser.parse_args()
    asyncio.run(serve(options.port, options.before, options.away / 1000))
