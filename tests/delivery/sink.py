"""An SMTP server on loopback that keeps a log as a real one does, and misbehaves where it is told to.

`python -m tests.delivery.sink PORT LOG SEED` runs it as a process of its own, with random faults.
"""

import argparse
import asyncio
import os
import random
import re
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid4

MESSAGE_ID = re.compile(rb"^message-id: *(<[^>]*>)", re.IGNORECASE | re.MULTILINE)

#: What may happen at "connect", "ehlo", "mail", "rcpt", "data", "body" (before it is taken) and "taken" (after).
DROP, HANG = b"drop", b"hang"
#: Stage and recipient → bytes to answer instead, DROP, HANG, or None to do what a good server does.
Behaviour = Callable[[str, str], bytes | None]


def well_behaved(stage: str, recipient: str) -> bytes | None:
    """Do what a good server does."""
    return None


@dataclass
class Sink:
    """What came in, in order, and how to answer."""

    behave: Behaviour = well_behaved
    pipelining: bool = True
    extensions: tuple[str, ...] = ("8BITMIME", "SMTPUTF8")
    delay: float = 0.0
    """Seconds before each answer, as a server far away."""
    log: Path | None = None
    keeps: bool = True
    taken: list[tuple[str, str]] = field(default_factory=list)
    """Message-ID and recipient of each mail that was taken, in order."""
    mails: list[bytes] = field(default_factory=list)
    senders: list[str] = field(default_factory=list)
    commands: list[bytes] = field(default_factory=list)
    chunks: list[bytes] = field(default_factory=list)
    """What came in one read: shows what was pipelined."""
    port: int = 0
    _file: int = -1

    def take(self, recipient: str, sender: str, mail: bytes) -> None:
        """Take a mail: from here on it is ours to deliver."""
        found = MESSAGE_ID.search(mail[:2_000])
        message_id = found[1].decode() if found else ""
        if self.log is not None:
            if self._file < 0:
                self._file = os.open(self.log, os.O_WRONLY | os.O_APPEND | os.O_CREAT)
            os.write(self._file, _postfix_lines(message_id, sender, len(mail)))
        self.taken.append((message_id, recipient))
        if self.keeps:
            self.mails.append(mail)
            self.senders.append(sender)

    async def serve(self, port: int = 0) -> asyncio.Server:
        """Listen."""
        server = await asyncio.get_running_loop().create_server(lambda: _Session(self), "127.0.0.1", port)
        self.port = server.sockets[0].getsockname()[1]
        return server


def _postfix_lines(message_id: str, sender: str, size: int) -> bytes:
    """Write what Postfix writes: first that it saw the headers, then that the mail is in its queue."""
    queue_id = uuid4().hex[:12].upper()
    head = f"{_now()} relay postfix"
    return (
        f"{head}/cleanup[77]: {queue_id}: message-id={message_id}\n"
        f"{head}/qmgr[78]: {queue_id}: from=<{sender}>, size={size}, nrcpt=1 (queue active)\n"
    ).encode()


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="microseconds")


class _Session(asyncio.Protocol):
    """One client."""

    def __init__(self, sink: Sink) -> None:
        self.sink = sink
        self.buffer = b""
        self.in_data = self.is_hanging = False
        self.sender = self.recipient = ""
        self.answers: list[bytes] = []

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport = transport
        self.answer("connect", b"220 sink ESMTP")
        self.flush()

    def data_received(self, data: bytes) -> None:
        if self.sink.keeps:
            self.sink.chunks.append(data)
        self.buffer += data
        while not self.is_hanging and not self.transport.is_closing():
            if self.in_data:
                # The dot may stand at the very start of what follows DATA.
                end = 0 if self.buffer.startswith(b".\r\n") else self.buffer.find(b"\r\n.\r\n") + 2
                if end < 2 and not self.buffer.startswith(b".\r\n"):
                    break
                mail, self.buffer = self.buffer[:end], self.buffer[end + 3 :]
                self.in_data = False
                self.body(mail.replace(b"\r\n..", b"\r\n."))
            else:
                line, found, rest = self.buffer.partition(b"\r\n")
                if not found:
                    break
                self.buffer = rest
                self.command(line)
        self.flush()

    def command(self, line: bytes) -> None:
        if self.sink.keeps:
            self.sink.commands.append(line)
        verb = line[:4].upper()
        if verb == b"EHLO":
            words = [*self.sink.extensions, *(["PIPELINING"] if self.sink.pipelining else [])]
            lines = ["sink", *words]
            text = "\r\n".join(f"250{' ' if number == len(lines) - 1 else '-'}{w}" for number, w in enumerate(lines))
            self.answer("ehlo", text.encode())
        elif verb == b"MAIL":
            self.sender, self.recipient = line[line.find(b"<") + 1 : line.find(b">")].decode(), ""
            self.answer("mail", b"250 ok")
        elif verb == b"RCPT":
            recipient = line[line.find(b"<") + 1 : line.find(b">")].decode()
            self.recipient = recipient if self.answer("rcpt", b"250 ok", recipient) == b"250 ok" else ""
        elif verb == b"DATA":
            if not self.recipient:
                self.answer("data", b"554 no valid recipients")
            else:
                self.in_data = self.answer("data", b"354 go ahead", self.recipient)[:3] == b"354"
        elif verb == b"QUIT":
            self.answer("quit", b"221 bye")
            self.flush()
            self.transport.close()
        else:
            self.answer("other", b"250 ok")

    def body(self, mail: bytes) -> None:
        instead = self.sink.behave("body", self.recipient)
        if instead is not None:
            self.do(instead)
            return
        self.sink.take(self.recipient, self.sender, mail)
        self.answer("taken", b"250 2.0.0 taken", self.recipient)
        self.recipient = ""

    def answer(self, stage: str, usual: bytes, recipient: str = "") -> bytes:
        """Answer as usual, or what the behaviour says."""
        instead = self.sink.behave(stage, recipient)
        return self.do(usual if instead is None else instead)

    def do(self, what: bytes) -> bytes:
        if what == DROP:
            self.flush()
            self.transport.abort()
        elif what == HANG:
            self.flush()
            self.is_hanging = True
        else:
            self.answers.append(what + b"\r\n")
        return what

    def flush(self) -> None:
        data, self.answers = b"".join(self.answers), []
        if not data or self.transport.is_closing():
            return
        if self.sink.delay:
            asyncio.get_running_loop().call_later(self.sink.delay, self._write, data)
        else:
            self.transport.write(data)

    def _write(self, data: bytes) -> None:
        if not self.transport.is_closing():
            self.transport.write(data)


class SinkThread:
    """A sink that runs beside a test."""

    def __init__(self, **options: object) -> None:
        self.sink = Sink(**options)
        self._loop = asyncio.new_event_loop()
        self._ready = threading.Event()
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._thread.start()
        self._ready.wait()

    def _run(self) -> None:
        asyncio.set_event_loop(self._loop)
        self._server = self._loop.run_until_complete(self.sink.serve())
        self._ready.set()
        self._loop.run_forever()
        self._server.close()
        self._loop.run_until_complete(asyncio.sleep(0))
        self._loop.close()

    def stop(self) -> None:
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()


def at_random(seed: int, *, drops: float, refusals: float, finals: float = 0.0) -> Behaviour:
    """Break off at any point, and ask for later, with these chances per mail; the same seed does the same."""
    chance = random.Random(seed)
    stages = ("mail", "rcpt", "data", "body", "taken")

    def behave(stage: str, recipient: str) -> bytes | None:
        if stage == "connect":
            return DROP if chance.random() < drops / 4 else None
        if stage not in stages:
            return None
        if chance.random() < drops / len(stages):
            return DROP
        if stage in ("rcpt", "body") and chance.random() < refusals / 2:
            return b"451 4.3.0 try again later"
        if stage == "rcpt" and chance.random() < finals:
            return b"550 5.1.1 unknown"
        return None

    return behave


def main() -> None:
    """Run as a process of its own until somebody ends it."""
    parser = argparse.ArgumentParser()
    parser.add_argument("port", type=int)
    parser.add_argument("log", type=Path)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--drops", type=float, default=0.0)
    parser.add_argument("--refusals", type=float, default=0.0)
    parser.add_argument("--delay", type=float, default=0.0)
    asked = parser.parse_args()
    behave = at_random(asked.seed, drops=asked.drops, refusals=asked.refusals)
    behave = behave if asked.drops or asked.refusals else well_behaved
    sink = Sink(behave=behave, delay=asked.delay, log=asked.log, keeps=False)

    async def serve() -> None:
        async with await sink.serve(asked.port) as server:
            asked.log.write_text(f"{_now()} relay postfix/master[1]: daemon started\n")
            await server.serve_forever()

    asyncio.run(serve())


if __name__ == "__main__":
    main()
