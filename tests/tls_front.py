"""TLS in front of a server that has none, with a CA of one's own: what a company's network, or Slack, looks like."""

import datetime
import ipaddress
import socket
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID


def certificates(folder: Path) -> tuple[Path, Path]:
    """A CA's certificate, and one with its key for this machine."""
    key, now = ec.generate_private_key(ec.SECP256R1()), datetime.datetime.now(datetime.UTC)
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Acme's own CA")])
    names = x509.SubjectAlternativeName([x509.DNSName("localhost"), x509.IPAddress(ipaddress.ip_address("127.0.0.1"))])
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - datetime.timedelta(days=1))
        .not_valid_after(now + datetime.timedelta(days=1))
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .add_extension(names, critical=False)
        .sign(key, hashes.SHA256())
    )
    ca, own = folder / "ca.pem", folder / "own.pem"
    ca.write_bytes(certificate.public_bytes(serialization.Encoding.PEM))
    secret = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    own.write_bytes(secret + ca.read_bytes())
    return ca, own


@contextmanager
def front(to: int, own: Path) -> Iterator[int]:
    """The port on which TLS is spoken for the server behind the port ``to``."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(own)
    with socket.create_server(("127.0.0.1", 0)) as taken:
        threading.Thread(target=_accept, args=(taken, to, context), daemon=True).start()
        yield taken.getsockname()[1]
        with suppress(OSError):
            taken.shutdown(socket.SHUT_RDWR)


def _accept(taken: socket.socket, to: int, context: ssl.SSLContext) -> None:
    with suppress(OSError):
        while True:
            line, _ = taken.accept()
            threading.Thread(target=_serve, args=(line, to, context), daemon=True).start()


def _serve(line: socket.socket, to: int, context: ssl.SSLContext) -> None:
    with (
        line,
        suppress(OSError),
        context.wrap_socket(line, server_side=True) as outside,
        socket.create_connection(("127.0.0.1", to)) as inside,
    ):
        back = threading.Thread(target=_copy, args=(inside, outside), daemon=True)
        back.start()
        _copy(outside, inside)
        back.join()


def _copy(one: socket.socket, other: socket.socket) -> None:
    with suppress(OSError):
        while said := one.recv(65536):
            other.sendall(said)
    with suppress(OSError):
        other.shutdown(socket.SHUT_RDWR)
