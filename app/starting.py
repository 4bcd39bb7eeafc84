"""What every command does first. Whatever is in the way is said in one sentence: what, and what to do."""

import logging
import os
import re
from datetime import UTC, datetime
from pathlib import Path

from pydantic import ValidationError
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError
from slack_sdk.web import SlackResponse
from sqlalchemy import make_url
from sqlalchemy.exc import DBAPIError, SQLAlchemyError

from app import bootstrap
from app.bootstrap import Schema, migrate, sealing_box
from app.db import roster
from app.db.session import Database
from app.db.trouble import DAMAGED, READ_ONLY
from app.domain.errors import Busy
from app.domain.understood import Read
from app.settings import Settings
from app.slack.errors import code_of

LEVELS = ("DEBUG", "INFO", "WARNING", "ERROR")

log = logging.getLogger(__name__)


class CannotStart(Exception):
    """The message is the one sentence that the operator reads."""


def load_settings() -> Settings:
    """The settings as the environment and `.env` give them; an empty one counts as not set.

    Raises:
        CannotStart: a setting that can't be read. Its value is not repeated, it may be a secret.
    """
    try:
        settings = Settings()
    except ValidationError as error:
        wrong = error.errors(include_input=False, include_url=False, include_context=False)[0]
        name, said = str(wrong["loc"][0]).upper(), wrong["msg"]
        raise CannotStart(f"{name} can't be used: {said[:1].lower()}{said[1:]}.") from None
    if settings.threshold_log_level.upper() not in LEVELS:
        raise CannotStart(f"THRESHOLD_LOG_LEVEL can't be used: it is one of {', '.join(LEVELS)}.")
    return settings


def check_country(settings: Settings) -> str | None:
    """What is missing without a part of the country, in a sentence; None where nothing is.

    Raises CannotStart for a country or a part that nobody knows: its holidays would silently not count.
    """
    country = settings.threshold_country
    if not country:
        return None
    from app.domain.places import missing_without_part, read_place

    found = read_place(country)
    if not isinstance(found, Read) or country.strip().upper() != found.value.upper():
        raise CannotStart(
            f"THRESHOLD_COUNTRY is {country}, whose holidays I don't know. Write it like US, FI or DE-BY."
        )
    missing = missing_without_part(found.value, datetime.now(UTC).year)
    if not missing:
        return None
    more = f" and {len(missing) - 3} more" if len(missing) > 3 else ""
    return (
        f"THRESHOLD_COUNTRY is {country} without its part, so these are no days off for anybody: "
        f"{', '.join(missing[:3])}{more}. Write it with the part, like {_with_a_part(found.value)}."
    )


def _with_a_part(code: str) -> str:
    from app.domain.places import parts

    return f"{code}-{next(iter(parts(code).values()))}"


# ── the database ────────────────────────────────────────────────────────────────────────────────────────


def shown(url: str) -> str:
    """A database's address without its user, its password or its options."""
    try:
        parsed = make_url(url)
    except SQLAlchemyError:
        return "an address that can't be read"
    if parsed.get_backend_name() == "sqlite":
        return f"SQLite, {parsed.database or 'in memory'}"
    port = f":{parsed.port}" if parsed.port else ""
    return f"PostgreSQL, {parsed.database} on {parsed.host or 'this machine'}{port}"


def not_made_yet(url: str) -> str:
    """The sentence that SQLite's file is not there yet, for a command that only reads; empty where it is."""
    try:
        parsed = make_url(url)
    except SQLAlchemyError:
        return ""
    file = parsed.database if parsed.get_backend_name() == "sqlite" else None
    if not file or file == ":memory:" or file.startswith("file:"):
        return ""
    folder = Path(file).parent
    if not folder.is_dir() or not os.access(folder, os.W_OK):
        return ""  # what is wrong there is said when it is opened
    return "" if Path(file).exists() else f"There is no database yet at {file}; `threshold run` makes it."


def open_existing(url: str) -> Database:
    """As `open_database`, and makes no new file.

    Raises:
        CannotStart: also where SQLite's file is not there yet.
    """
    if said := not_made_yet(url):
        raise CannotStart(said)
    return open_database(url)


def open_database(url: str) -> Database:
    """A database that answers; its schema was not looked at.

    Raises:
        CannotStart: the address can't be read, or nobody answers there.
    """
    try:
        backend = make_url(url).get_backend_name()
    except SQLAlchemyError:
        backend = ""
    if backend not in ("sqlite", "postgresql", "postgres"):
        raise CannotStart(
            "DATABASE_URL can't be used: write it like sqlite:///threshold.db or postgresql://user:password@host/name."
        )
    if backend == "sqlite" and make_url(url).database in (None, "", ":memory:"):
        raise CannotStart("DATABASE_URL names no file, and everything would be forgotten. Try sqlite:///threshold.db.")
    try:
        db = Database(url)
    except (SQLAlchemyError, ImportError, ValueError, TypeError):
        raise CannotStart("DATABASE_URL can't be used: its driver or one of its options is unknown.") from None
    try:
        db.ping()
    except Busy as error:
        if error.why == READ_ONLY:
            return db  # a standby is good enough to take an export from
        db.close()
        if error.why == DAMAGED:
            raise CannotStart(
                f"DATABASE_URL leads to something that is no database, or to a damaged one ({shown(url)}). "
                "Check it, or restore a backup."
            ) from None
        raise CannotStart(_away(url)) from None
    return db


def _away(url: str) -> str:
    parsed = make_url(url)
    if parsed.get_backend_name() == "sqlite":
        folder = Path(parsed.database or ".").parent
        if not folder.is_dir():
            return f"The database can't be opened ({shown(url)}): there is no folder {folder}. Make it, or change it."
        return f"The database can't be opened ({shown(url)}): may I write there, and has anyone locked it?"
    return f"The database does not answer ({shown(url)}). Start it, or check DATABASE_URL and its password."


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
    """As `app.bootstrap.schema_of`, for a start.

    Raises:
        CannotStart: the schema can't be read, or is too new for this version.
    """
    try:
        schema = bootstrap.schema_of(db)
    except DBAPIError as error:
        raise CannotStart(f"The database's schema can't be read ({type(error.orig).__name__}).") from None
    if schema is Schema.NEWER:
        raise CannotStart(NEWER)
    return schema


def check_tables(db: Database) -> None:
    """Raises CannotStart for a table that somebody dropped: the revision says that it is there."""
    schema, missing = schema_of(db), db.missing_tables()  # in this order: somebody may just be migrating
    if not missing or (schema is Schema.OLDER and missing != ["alembic_version"]):
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

VISIBLE = re.compile(r"[!-~]+")
"""What a token is made of. Anything else (a blank, an ellipsis) can't travel in a header."""


def mistyped_tokens(settings: Settings) -> list[str]:
    """A sentence about each token that can't be one."""
    tokens = {
        "SLACK_BOT_TOKEN": settings.slack_bot_token,
        "SLACK_APP_TOKEN": settings.slack_app_token,
        "SLACK_SIGNING_SECRET": settings.slack_signing_secret,
        "SLACK_CLIENT_SECRET": settings.slack_client_secret,
    }
    return [
        f"{name} holds a character that none has: copy it again, without blanks, quotes or dots."
        for name, token in tokens.items()
        if token is not None and not VISIBLE.fullmatch(token.get_secret_value())
    ]


def check_seals(settings: Settings, db: Database) -> int:
    """How many workspaces and orgs have a token that we can open.

    Raises:
        CannotStart: one was sealed with a key that we were not given.
    """
    from app.db.sealed import WrongKey

    box, good, lost = sealing_box(settings), 0, 0
    with db.read() as session:
        for sealed in roster.sealed_tokens(session):
            try:
                box.open(sealed)
                good += 1
            except WrongKey:
                lost += 1
    if lost:
        raise CannotStart(
            f"THRESHOLD_ENCRYPTION_KEY does not open {lost} of {good + lost} stored tokens. Put the key that sealed "
            "them behind it, with a comma, or have those workspaces install again."
        )
    return good


TOKEN_REFUSED = frozenset({"invalid_auth", "not_authed", "account_inactive", "token_revoked", "token_expired"})


def introduce(client: WebClient) -> SlackResponse:
    """Slack's answer to auth.test: who the bot is, and where.

    Raises:
        CannotStart: Slack refuses the token, or does not answer.
    """
    try:
        return client.auth_test()
    except SlackApiError as error:
        raise CannotStart(refusal(error, "SLACK_BOT_TOKEN", "OAuth & Permissions")) from None
    except (OSError, ValueError):  # ValueError: an address that is none, or a body that is no JSON
        raise CannotStart(unreachable(client.base_url)) from None


def refusal(error: SlackApiError, token: str, page: str) -> str:
    code = code_of(error) or f"HTTP {error.response.status_code}"
    if code in TOKEN_REFUSED or code == "not_allowed_token_type":
        return f"Slack does not accept {token} ({code}). Copy it again from your app's page, under {page}."
    if code == "missing_scope":
        return f"Slack lacks a scope for {token} ({code}). Install the app again from manifest.yml."
    return f"Slack refused {token} for now ({code}). Try again in a minute."


def unreachable(url: str) -> str:
    return f"Slack does not answer at {url}. Check the network, or SLACK_API_URL if you set it."
