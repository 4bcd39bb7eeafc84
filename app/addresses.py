"""What is wrong with an address, before anybody is asked there and after nobody answered. Each is one sentence.

No part of a password is ever in it: where the parts of an address can't be told apart, none of it is repeated.
"""

import re
import socket
import ssl
import urllib.error
from base64 import b64encode
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from urllib.parse import SplitResult, unquote, urlsplit

from sqlalchemy import URL, make_url
from sqlalchemy.exc import SQLAlchemyError

from app.slack.errors import NoAnswer

HOW_TO_WRITE_IT = "write it like sqlite:///threshold.db or postgresql://user:password@host/name"
ESCAPED = "in a password @ : / ? # % are written %40 %3A %2F %3F %23 %25, or give it in PGPASSWORD as it is"


class Unusable(Exception):
    """The message is the one sentence that the operator reads."""


# ── the database's ──────────────────────────────────────────────────────────────────────────────────────


def database(url: str) -> URL:
    """A database's address, in its parts.

    Raises:
        Unusable: it can't be read, or names no kind or no file of ours.
    """
    if url.partition("?")[0].count("@") > 1:
        raise Unusable(f"DATABASE_URL can't be used: it holds more than one @; {ESCAPED}.")
    try:
        parsed = make_url(url)
        backend = parsed.get_backend_name()
    except SQLAlchemyError:
        raise Unusable(f"DATABASE_URL can't be used: {HOW_TO_WRITE_IT}.") from None
    except ValueError:
        raise Unusable(
            f"DATABASE_URL can't be used: its port is no number; {HOW_TO_WRITE_IT}, and {ESCAPED}."
        ) from None
    if backend not in ("sqlite", "postgresql", "postgres"):
        raise Unusable(f"DATABASE_URL can't be used: {HOW_TO_WRITE_IT}.")
    if backend == "sqlite" and parsed.database in (None, "", ":memory:"):
        raise Unusable("DATABASE_URL names no file, and everything would be forgotten. Try sqlite:///threshold.db.")
    if "pooler" in parsed.query and (backend == "sqlite" or parsed.query["pooler"] != "transaction"):
        raise Unusable(
            "DATABASE_URL can't be used: its pooler is “transaction”, for PostgreSQL behind one, or is left out."
        )
    return parsed


def shown(url: str) -> str:
    """A database's address without its user, its password or its options."""
    try:
        parsed = database(url)
    except Unusable:
        return "an address that can't be read"
    if parsed.get_backend_name() == "sqlite":
        return f"SQLite, {parsed.database}"
    port = f":{parsed.port}" if parsed.port else ""
    host = parsed.host or next(iter(_given(parsed, "host")), "")
    where = f"{host}{port}" if host and not host.startswith("/") else "this machine"
    return f"PostgreSQL, {parsed.database} on {where}"


def _given(parsed: URL, name: str) -> tuple[str, ...]:
    found = parsed.query.get(name, ())
    return (found,) if isinstance(found, str) else tuple(found)


UNANNOUNCED = (
    "A pooler such as PgBouncer stands before the database ({where}), and DATABASE_URL does not say so: end it in "
    "?pooler=transaction, or in &pooler=transaction where it has a ? already."
)
PORT_TAKES_NO_MORE = re.compile(
    r"too many clients|remaining connection slots|too many connections|no more connections allowed"
)
SAID_BY_POSTGRESQL = (
    (re.compile(r"password authentication failed|no password supplied|role .* does not exist"),
     f"The database does not accept its user and password ({{where}}). Check both: {ESCAPED}."),
    (re.compile(r"unsupported startup parameter"), UNANNOUNCED),
    (re.compile(r"database .* does not exist|no such database"),
     "There is no such database ({where}). Make it with createdb, or correct its name in DATABASE_URL."),
    (re.compile(r"no pg_hba.conf entry|pg_hba.conf rejects"),
     "The database lets nobody in from here ({where}): its pg_hba.conf has no line for this user, this machine and "
     "this kind of line. With TLS, add ?sslmode=require."),
    (re.compile(r"SSL|TLS|certificate|sslmode", re.IGNORECASE),
     "The line to the database can't be secured as asked ({where}). Check sslmode and sslrootcert in DATABASE_URL."),
    (re.compile(r"Connection refused|No such file or directory"),
     "Nothing listens where the database should be ({where}). Start it, or check host and port in DATABASE_URL."),
    (re.compile(r"translate host name|resolve|Name or service|No address|nodename"),
     "The database's host has no address ({where}). Check its name in DATABASE_URL, or this machine's DNS."),
    (re.compile(r"time.?out"),
     "The database does not answer in time ({where}). Does it run, and does a firewall let us through?"),
    (PORT_TAKES_NO_MORE,
     "The database has no connection left for us ({where}). Raise its max_connections (PgBouncer's max_client_conn, a "
     "role's CONNECTION LIMIT), or stop who holds them."),
    (re.compile(r"invalid (connection option|integer value|.* value)|unrecognized"),
     "DATABASE_URL can't be used: one of its options is unknown or has a value that is none."),
)  # fmt: skip
"""libpq's and the server's English words: a failed start of a line comes without a code."""


def why_no_database(url: str, error: BaseException | None) -> str:
    """The sentence for a database that could not be opened. ``error``: the driver's."""
    where, parsed = shown(url), database(url)
    if parsed.get_backend_name() == "sqlite":
        file = Path(parsed.database or ".")
        if not file.parent.is_dir():
            return f"The database can't be opened ({where}): there is no folder {file.parent}. Make it, or change it."
        if file.is_dir():
            return f"The database can't be opened ({where}): that is a folder. Name a file in it."
        return f"The database can't be opened ({where}): may I write there, and has anyone locked it?"
    said = str(error or "")
    for words, sentence in SAID_BY_POSTGRESQL:
        if words.search(said):
            return sentence.format(where=where)
    return f"The database does not answer ({where}). Start it, or check DATABASE_URL and its password."


# ── others' ─────────────────────────────────────────────────────────────────────────────────────────────


def http(name: str, url: str) -> None:
    """Raises Unusable for an address (in the setting ``name``) that is none of HTTP's."""
    try:
        parts = urlsplit(url.strip())
        usable = parts.scheme in ("http", "https") and bool(parts.hostname) and (parts.port or 1) > 0
    except ValueError:  # a port past the last one
        usable = False
    if not usable or not re.fullmatch(r"[!-~]+", url.strip()):
        raise Unusable(f"{name} can't be used: it begins with http:// or https://, and a host follows, maybe a port.")


def port(host: str, number: int) -> None:
    """Try to listen there, and stop at once.

    Raises:
        OSError: it can't be had.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    socket.create_server((host, number), family=family).close()


def reach(url: str, proxy: str | None, timeout: float = 5.0) -> None:
    """Open a line to a WebSocket's address as slack_sdk would, through the proxy where there is one, and hang up before
    a word of WebSocket is spoken: a second one would take events from the running bot.

    Raises:
        OSError, ValueError, HTTPException: it can't be reached.
    """
    parts = urlsplit(url)
    host = parts.hostname or ""
    number = parts.port or (443 if parts.scheme == "wss" else 80)
    if proxy:
        way = urlsplit(proxy)
        line = HTTPConnection(way.hostname or "", way.port or 80, timeout=timeout)
        line.set_tunnel(host, number, _proxys(way))
    else:
        line = HTTPConnection(host, number, timeout=timeout)
    try:
        line.connect()
        if proxy or number == 443:  # slack_sdk goes by these, and not by the address's scheme
            ssl.create_default_context().wrap_socket(line.sock, server_hostname=host).close()
    finally:
        line.close()


def _proxys(way: SplitResult) -> dict[str, str]:
    """The header that gives a proxy the user and the password of its address, where it has both."""
    if way.username is None or way.password is None:
        return {}
    both = f"{unquote(way.username)}:{unquote(way.password)}"
    return {"Proxy-Authorization": f"Basic {b64encode(both.encode()).decode()}"}


def why_unreachable(error: BaseException) -> str:
    """In a few words that go on “…: ”, or nothing where the error says nothing that helps."""
    if isinstance(error, NoAnswer) and error.__cause__ is not None:
        error = error.__cause__  # what the network did
    reason = error.reason if isinstance(error, urllib.error.URLError) else error
    if isinstance(reason, ssl.SSLCertVerificationError):
        return "its certificate is not trusted here; name your own CA's file in SSL_CERT_FILE"
    if isinstance(reason, ssl.SSLError):
        return "it speaks no TLS that we understand"
    if isinstance(reason, socket.gaierror):
        return "its name has no address here"
    if isinstance(reason, ConnectionRefusedError):
        return "nothing listens there"
    if isinstance(reason, TimeoutError):
        return "no answer in time"
    refused = re.search(r"Tunnel connection failed: (\d{3})", str(reason))
    if refused:
        return f"the proxy does not let us through ({refused[1]})"
    if isinstance(reason, HTTPException | ValueError):
        return "the address, or the proxy's, is none"
    return ""
