"""A mail server as an organisation has one: aiosmtpd with a certificate and accounts, and a tap on the line to it."""

import datetime
import ipaddress
import selectors
import socket
import ssl
import threading
from dataclasses import dataclass, field
from pathlib import Path

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from cwn.core.up.valkey import free_port

USER, PASSWORD = "portaal", "een geheim met é"
DAY = datetime.timedelta(days=1)


class Authority:
    """Somebody who signs certificates; whether it is trusted is for the client to say."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.key = ec.generate_private_key(ec.SECP256R1())
        self.name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Proef-CA")])
        usage = x509.KeyUsage(False, False, False, False, False, True, True, False, False)
        self.certificate = (
            self._builder(self.name, self.key, days=1)
            .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
            .add_extension(usage, critical=True)
            .sign(self.key, hashes.SHA256())
        )
        self.file = folder / "ca.pem"
        self.file.write_bytes(self.certificate.public_bytes(serialization.Encoding.PEM))

    def context_for(self, host: str, *, days: int = 1) -> ssl.SSLContext:
        """Return what a server of that name shows; days below nought make a certificate that has expired."""
        key = ec.generate_private_key(ec.SECP256R1())
        certificate = (
            self._builder(x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, host)]), key, days=days)
            .add_extension(x509.SubjectAlternativeName([_name_of(host)]), critical=False)
            .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(self.key.public_key()), critical=False)
            .sign(self.key, hashes.SHA256())
        )
        file = self.folder / f"{host}-{days}.pem"
        pem = serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        file.write_bytes(key.private_bytes(*pem) + certificate.public_bytes(serialization.Encoding.PEM))
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(file)
        return context

    def _builder(self, subject: x509.Name, key: ec.EllipticCurvePrivateKey, *, days: int) -> x509.CertificateBuilder:
        now = datetime.datetime.now(datetime.UTC)
        return (
            x509.CertificateBuilder()
            .subject_name(subject)
            .issuer_name(self.name)
            .public_key(key.public_key())
            .serial_number(x509.random_serial_number())
            .not_valid_before(now - 9 * DAY)
            .not_valid_after(now + days * DAY)
            .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        )


def _name_of(host: str) -> x509.GeneralName:
    try:
        return x509.IPAddress(ipaddress.ip_address(host))
    except ValueError:
        return x509.DNSName(host)


@dataclass
class Book:
    """What a mail server writes down."""

    recipients: list[str] = field(default_factory=list)
    logins: list[tuple[str, bytes, bytes]] = field(default_factory=list)
    """Way, name and password of each attempt."""

    async def handle_DATA(self, server, session, envelope) -> str:  # noqa: N802  the name that aiosmtpd asks for
        self.recipients.append(envelope.rcpt_tos[0])
        return "250 taken"

    def log_in(self, server, session, envelope, way, given) -> AuthResult:
        """Say whether name and password are right."""
        self.logins.append((way, given.login, given.password))
        right = (given.login, given.password) == (USER.encode(), PASSWORD.encode())
        return AuthResult(success=right, handled=False)


class PostOffice:
    """A mail server that wants TLS and a log-in, and the wire to it."""

    def __init__(self, context: ssl.SSLContext | None, *, implicit: bool = False, ways: tuple[str, ...] = ()) -> None:
        self.book = Book()
        options: dict = {"hostname": "127.0.0.1", "port": free_port(), "server_hostname": "post"}
        if implicit:
            options["ssl_context"] = context
        elif context:
            options |= {"tls_context": context, "require_starttls": True}
        if ways:
            others = {"PLAIN", "LOGIN"} - set(ways)
            options |= {"auth_required": True, "authenticator": self.book.log_in, "auth_exclude_mechanism": others}
            options["auth_require_tls"] = not implicit  # it does not count TLS from the first byte
        self._controller = Controller(self.book, **options)
        self._controller.start()
        self.tap = Tap(options["port"])

    @property
    def port(self) -> int:
        """Return the port of the wire that is tapped."""
        return self.tap.port

    def stop(self) -> None:
        """Close the door."""
        self.tap.stop()
        self._controller.stop()


class Tap:
    """A wire on which somebody listens: passes everything on, and keeps what the client said."""

    def __init__(self, to: int) -> None:
        self.calls: list[bytearray] = []
        self._to = to
        self._listening = socket.create_server(("127.0.0.1", 0))
        self.port = self._listening.getsockname()[1]
        threading.Thread(target=self._listen, daemon=True).start()

    @property
    def heard(self) -> bytes:
        """Return what the client said in all conversations, one after the other."""
        return b"".join(self.calls)

    def stop(self) -> None:
        """Hang up."""
        self._listening.close()

    def _listen(self) -> None:
        while True:
            try:
                client, _address = self._listening.accept()
            except OSError:
                return
            threading.Thread(target=self._pass_on, args=[client], daemon=True).start()

    def _pass_on(self, client: socket.socket) -> None:
        heard = bytearray()
        self.calls.append(heard)
        with client, socket.create_connection(("127.0.0.1", self._to)) as server, selectors.DefaultSelector() as ready:
            ready.register(client, selectors.EVENT_READ, server)
            ready.register(server, selectors.EVENT_READ, client)
            while True:
                for one, _events in ready.select():
                    try:
                        data = one.fileobj.recv(65_536)
                        if one.fileobj is client:
                            heard += data
                        one.data.sendall(data)
                    except OSError:
                        return
                    if not data:
                        return
