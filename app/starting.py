"""What every command does first. Whatever is in the way is said in one sentence: what, and what to do."""

import logging
import os
from contextlib import suppress
from http.client import HTTPException
from pathlib import Path

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError, SlackClientError
from slack_sdk.web import SlackResponse
from sqlalchemy import URL
from sqlalchemy.exc import DBAPIError, SQLAlchemyError

from app import schema
from app.addresses import UNANNOUNCED, Unusable, database, shown, why_no_database, why_unreachable
from app.bootstrap import sealing_box
from app.configured import CannotStart
from app.db import roster
from app.db.database_errors import DAMAGED, NOT_ALLOWED, READ_ONLY
from app.db.session import Database
from app.db.table_rights import tables_without_rights
from app.domain.errors import Busy
from app.files import begin_private
from app.schema import Schema, migrate
from app.settings import Settings
from app.slack.errors import UNREADABLE, code_of

log = logging.getLogger(__name__)


# ── the database ────────────────────────────────────────────────────────────────────────────────────────


def not_made_yet(url: str) -> str:
    """The sentence that SQLite's file is not there yet, for a command that only reads; empty where it is.

    Raises:
        CannotStart: the address can't be read.
    """
    parsed = address(url)
    file = parsed.database if parsed.get_backend_name() == "sqlite" else None
    if not file or file == ":memory:" or file.startswith("file:"):
        return ""
    folder = Path(file).parent
    if not folder.is_dir() or not os.access(folder, os.W_OK):
        return ""  # what is wrong there is said when it is opened
    return "" if Path(file).exists() else f"There is no database yet at {file}; `threshold run` makes it."


def open_to_read(url: str) -> Database:
    """A database that answers, with a schema that we can read, for a command that changes nothing: not even that.

    Raises:
        CannotStart: there is none, or its schema is of another version.
    """
    if said := not_made_yet(url):
        raise CannotStart(said)
    db = open_database(url, read_only=True)
    try:
        check_tables(db)
        if schema_of(db) is Schema.OLDER:
            raise CannotStart(
                "The database's schema is older than this version needs, and this command changes nothing. "
                "Run “threshold migrate” first, or use the version that wrote it."
            )
    except CannotStart:
        db.close()
        raise
    return db


def open_up_to_date(url: str) -> Database:
    """A database that is there, brought up to date. Raises CannotStart."""
    db = open_existing(url)
    try:
        bring_up_to_date(db)
    except CannotStart:
        db.close()
        raise
    return db


def open_to_copy(url: str) -> Database:
    """As `open_to_read`, whatever the schema. Raises CannotStart."""
    if said := not_made_yet(url):
        raise CannotStart(said)
    return open_database(url, read_only=True)


def open_existing(url: str) -> Database:
    """As `open_database`, and makes no new file.

    Raises:
        CannotStart: also where SQLite's file is not there yet.
    """
    if said := not_made_yet(url):
        raise CannotStart(said)
    return open_database(url)


def open_database(url: str, *, read_only: bool = False) -> Database:
    """A database that answers; its schema was not looked at. A new SQLite file is made for its owner alone.

    Raises:
        CannotStart: the address can't be read, or nobody answers there.
    """
    parsed = address(url)
    try:
        db = Database(url, read_only=read_only)
    except (SQLAlchemyError, ImportError, ValueError, TypeError):
        raise CannotStart(NO_SUCH_OPTION) from None
    if db.sqlite and not read_only and not str(parsed.database).startswith("file:"):
        with suppress(OSError):  # it is there, or why it can't be is said below
            begin_private(Path(str(parsed.database)))
    try:
        if db.pooler_unannounced():
            db.close()
            raise CannotStart(UNANNOUNCED.format(where=shown(url)))
        db.ping()
    except Busy as error:
        if error.why in (READ_ONLY, NOT_ALLOWED):
            return db  # a standby is good enough to take an export from
        db.close()
        if error.why == DAMAGED:
            raise CannotStart(
                f"DATABASE_URL leads to something that is no database, or to a damaged one ({shown(url)}). "
                "Check it, or restore a backup."
            ) from None
        cause = error.__cause__
        raise CannotStart(why_no_database(url, getattr(cause, "orig", None) or cause)) from None
    except SQLAlchemyError:  # a driver's word on an option that it does not know
        db.close()
        raise CannotStart(NO_SUCH_OPTION) from None
    return db


NO_SUCH_OPTION = "DATABASE_URL can't be used: its driver or one of its options is unknown."


def wrong_address(url: str) -> str:
    """The sentence about a database's address that no engine can be made of."""
    try:
        database(url)
    except Unusable as error:
        return str(error)
    return NO_SUCH_OPTION


def address(url: str) -> URL:
    """A database's address in its parts. Raises CannotStart."""
    try:
        return database(url)
    except Unusable as error:
        raise CannotStart(str(error)) from None


def check_rights(db: Database, url: str) -> None:
    """Raises CannotStart for a database that answers, and that we may not write to."""
    try:
        db.ping()
        lacking = tables_without_rights(db)
    except Busy as error:
        if error.why == READ_ONLY:
            raise CannotStart(
                f"The database takes no writes ({shown(url)}): is it a standby, or a read-only file?"
            ) from None
        if error.why != NOT_ALLOWED:
            said = f"The database does not answer any more ({shown(url)}). Is it being restarted?"
            raise CannotStart(said) from None
        lacking = tables_without_rights(db)
    if lacking:
        raise CannotStart(
            f"The database does not let its user write to {_and(lacking)} ({shown(url)}). As their owner: "
            "GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public, and USAGE ON ALL SEQUENCES."
        )


def _and(names: list[str]) -> str:
    return names[0] if len(names) == 1 else f"{names[0]} and {len(names) - 1} more tables"


def bring_up_to_date(db: Database) -> None:
    """SQLite upgrades itself; PostgreSQL is upgraded when its operator says so. A schema that is ahead, and says that
    this version works with it, is as good as our own: so one release is rolled out while the one before still runs.

    Raises:
        CannotStart: PostgreSQL with an older schema, or a database that a newer Threshold has changed too far.
    """
    schema = schema_of(db)
    if schema is Schema.OLDER and not db.sqlite:
        raise CannotStart("The database's schema is older than this version needs. Run “threshold migrate” first.")
    if schema is Schema.OLDER:
        upgrade(db)
    if schema is Schema.AHEAD:
        log.warning("a newer Threshold has upgraded the database; this version works with it until it is replaced")


def upgrade(db: Database) -> bool:
    """As `app.bootstrap.migrate`, in one sentence where it fails."""
    try:
        return migrate(db)
    except DBAPIError as error:
        raise CannotStart(
            f"The schema could not be upgraded ({type(error.orig).__name__}); nothing was changed. "
            "Check that this user may create tables and that nothing holds a lock."
        ) from None


NEWER = "A newer Threshold has upgraded this database. Run that version, or restore the database from before."


def schema_of(db: Database) -> Schema:
    """As `app.schema.schema_of`, for a start.

    Raises:
        CannotStart: the schema can't be read, or is too new for this version.
    """
    try:
        found = schema.schema_of(db)
    except DBAPIError as error:
        raise CannotStart(f"The database's schema can't be read ({type(error.orig).__name__}).") from None
    if found is Schema.NEWER:
        raise CannotStart(NEWER)
    return found


def check_tables(db: Database) -> None:
    """Raises CannotStart for a table that somebody dropped: the revision says that it is there."""
    found, missing = schema_of(db), db.missing_tables()  # in this order: somebody may just be migrating
    if not missing or (found is Schema.OLDER and missing != ["alembic_version"]):
        return  # what an older schema has not yet comes with its migration
    tables = f"The table {missing[0]} is" if len(missing) == 1 else f"The tables {', '.join(missing)} are"
    raise CannotStart(
        f"{tables} missing from the database, and no migration brings back what stood there. Restore a backup."
    )


def the_workspace(db: Database, wanted: str | None) -> str:
    """The workspace that is meant; the only one there is, if none was named.

    Raises:
        CannotStart: there are several, or none by that id.
    """
    with db.read() as session:
        known = roster.workspaces(session)
    if wanted is None and len(known) == 1:
        return known[0]
    if wanted in known:
        return str(wanted)
    if not known:
        raise CannotStart("No workspace has used Threshold yet, so there is nothing to show.")
    raise CannotStart(f"Say which workspace: --workspace {' or '.join(known)}.")


# ── Slack ───────────────────────────────────────────────────────────────────────────────────────────────


def check_seals(settings: Settings, db: Database) -> int:
    """How many workspaces and orgs have a token that we can open.

    Raises:
        CannotStart: one was sealed with a key that we were not given.
    """
    from app.db.secret_columns import WrongKey

    box, good, lost = sealing_box(settings), 0, list[str]()
    with db.read() as session:
        for id, name, sealed in roster.sealed_tokens(session):
            try:
                box.open(sealed)
                good += 1
            except WrongKey:
                lost.append(f"{name} ({id})")
    if lost:
        whose = ", ".join(lost[:MOST_NAMED]) + (f" and {len(lost) - MOST_NAMED} more" if len(lost) > MOST_NAMED else "")
        raise CannotStart(
            f"THRESHOLD_ENCRYPTION_KEY does not open {len(lost)} of {good + len(lost)} stored tokens: {whose}. Put the "
            "key that sealed them behind it, with a comma, or have those workspaces install again."
        )
    return good


MOST_NAMED = 5
"""Workspaces in one sentence."""

TOKEN_REFUSED = frozenset({"invalid_auth", "not_authed", "account_inactive", "token_revoked", "token_expired"})


def introduce(client: WebClient) -> SlackResponse:
    """Slack's answer to auth.test: who the bot is, and where.

    Raises:
        CannotStart: Slack refuses the token, or does not answer.
    """
    try:
        return client.auth_test()
    except SlackApiError as error:
        raise CannotStart(refusal(error, "SLACK_BOT_TOKEN", "OAuth & Permissions", client.base_url)) from None
    except NO_SLACK as error:
        raise CannotStart(unreachable(client.base_url, error)) from None


PROXY_ASKS = 407
"""HTTP's status for a proxy that wants a user and a password, or others."""

NO_SLACK = (OSError, ValueError, HTTPException, SlackClientError)
"""Nobody answers there: no line, an address that is none, or a body that is no JSON."""


def refusal(error: SlackApiError, token: str, page: str, url: str) -> str:
    code = code_of(error) or f"HTTP {error.response.status_code}"
    if code in TOKEN_REFUSED or code == "not_allowed_token_type":
        return f"Slack does not accept {token} ({code}). Copy it again from your app's page, under {page}."
    if code == "missing_scope":
        return f"Slack lacks a scope for {token} ({code}). Install the app again from manifest.yml."
    if error.response.status_code == PROXY_ASKS:
        return unreachable(url, OSError(f"Tunnel connection failed: {PROXY_ASKS}"))
    if code == UNREADABLE:
        return f"What answers at {url} is not Slack: it sends a page. Check SLACK_API_URL, and any proxy on the way."
    return f"Slack refused {token} for now ({code}). Try again in a minute."


APP_TOKENS = "Basic Information, App-Level Tokens"
"""Where the token for Socket Mode is, in an app's pages."""

NO_SOCKET = (
    "Slack gave an address for its socket, and nobody answers there. Does a proxy or a firewall on the way let "
    "WebSockets (wss) through?"
)


def unreachable(url: str, error: BaseException | None = None) -> str:
    """``error``: what came instead of an answer."""
    why = why_unreachable(error) if error is not None else ""
    through = f" The way there is the proxy in {proxy}." if (proxy := proxied()) else ""
    because = f": {why}" if why else ""
    return f"Slack does not answer at {url}{because}. Check the network, or SLACK_API_URL if you set it.{through}"


def proxied() -> str:
    """The name of the variable that sends slack_sdk through a proxy, whatever NO_PROXY says; empty where none does."""
    return next(
        (name for name in ("HTTPS_PROXY", "https_proxy", "HTTP_PROXY", "http_proxy") if os.environ.get(name)), ""
    )
