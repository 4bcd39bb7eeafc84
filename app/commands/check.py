"""`threshold check`: what is configured, what is missing, and what everyone answered, in words. Prints no secret."""

import argparse
import json
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException

from slack_sdk.errors import SlackApiError
from slack_sdk.web import SlackResponse
from sqlalchemy import or_, select
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from app.addresses import port, reach, shown, why_unreachable
from app.assistant import AssistantDown
from app.bootstrap import NotConfigured, build, check_install_settings, connect_assistant, wall_clock, web_client
from app.commands.command import Command
from app.configured import CannotStart, check_addresses, check_country, misspelt, mistyped_tokens, no_port
from app.db import roster
from app.db.models import Bot
from app.db.session import Database
from app.domain.errors import Busy, ThresholdError
from app.overdue_work import late
from app.schema import Schema
from app.settings import Settings
from app.slack.errors import code_of
from app.slack.scopes import SCOPES
from app.starting import (
    APP_TOKENS,
    NO_SLACK,
    NO_SOCKET,
    check_rights,
    check_seals,
    check_tables,
    introduce,
    not_made_yet,
    open_database,
    refusal,
    schema_of,
    unreachable,
    wrong_address,
)
from app.telemetry import clocks
from app.watch.dog import CLOCK_IS_OFF, FORGIVEN


@dataclass(frozen=True)
class Finding:
    """One line of the report. ``good`` None: nothing is wrong, and nothing was asked for. ``look``: `run` works, and
    something beside it does not."""

    good: bool | None
    about: str
    said: str
    look: bool = False

    @property
    def level(self) -> str:
        return "LOOK" if self.look else {True: "ok", False: "PROBLEM", None: "-"}[self.good]

    def __str__(self) -> str:
        return f"{self.level:<7}  {self.about:<9} {self.said}"


def check(settings: Settings, out: Callable[[str], None], *, as_json: bool = False) -> bool:
    """Ask everyone, and say each answer as it comes. True: `threshold run` would work.

    ``as_json``: one object at the end instead, with ``ok`` and ``findings``: ``level``, ``about`` and ``said`` of each.
    """
    found: list[Finding] = []
    for ask in (_settings, _tokens, _country, _port, _slack, _socket, _database, _model):
        for finding in ask(settings):
            found.append(finding)
            if not as_json:
                out(str(finding))
    good = all(finding.good is not False for finding in found)
    if as_json:
        lines = [{"level": one.level, "about": one.about, "said": one.said} for one in found]
        out(json.dumps({"ok": good, "findings": lines}, ensure_ascii=False))
    elif not good:
        out("Something needs fixing: see PROBLEM above.")
    else:
        out("It works: see LOOK above for the rest." if any(one.look for one in found) else "Everything is in place.")
    return good


def _settings(settings: Settings) -> list[Finding]:
    found = [Finding(None, "settings", sentence, look=True) for sentence in misspelt()]
    try:
        check_addresses(settings)
    except CannotStart as error:
        found.append(Finding(False, "settings", str(error)))
    return found


def _usable(settings: Settings) -> bool:
    """Whether Slack can be asked at all. What is wrong was said before."""
    try:
        check_addresses(settings)
    except CannotStart:
        return False
    return not mistyped_tokens(settings)


def _port(settings: Settings) -> list[Finding]:
    """Can it be had? Where one of us has it, that one says how it stands: it knows what only deliveries show."""
    over_http = settings.slack_app_token is None
    if over_http and settings.slack_signing_secret is None:
        return []
    try:
        port(settings.listens_on, settings.port)
    except OSError as error:
        if running := _one_of_us(settings):
            return running
        if over_http:
            return [Finding(False, "port", no_port(settings, error))]
        return [Finding(None, "port", f"{no_port(settings, error)} Nothing would answer /healthz.", look=True)]
    return [Finding(True, "port", f"I can listen on {settings.listens_on}:{settings.port}.")]


def _one_of_us(settings: Settings) -> list[Finding]:
    """What the bot that runs on our port says in `/readyz`; nothing where there is none."""
    host = settings.listens_on if settings.listens_on not in ("0.0.0.0", "::") else "127.0.0.1"  # noqa: S104
    try:
        with closing(HTTPConnection(host, settings.port, timeout=3)) as line:
            line.request("GET", "/readyz")
            said = json.loads(line.getresponse().read(100_000))
    except (OSError, HTTPException, ValueError):
        return []
    if not isinstance(said, dict) or "ok" not in said:
        return []
    found = [
        Finding(
            None, "running", f"A bot runs on port {settings.port} already. What follows is said of the settings here."
        )
    ]
    if said.get("error"):
        found.append(Finding(False, "running", f"It says: {said['error']}."))
    return found + [Finding(None, "running", f"It says: {one}.", look=True) for one in said.get("warnings") or []]


def _tokens(settings: Settings) -> list[Finding]:
    found = [Finding(False, "settings", sentence) for sentence in mistyped_tokens(settings)]
    bot, socket = (
        token.get_secret_value() if token else "" for token in (settings.slack_bot_token, settings.slack_app_token)
    )
    if bot.startswith("xapp-") and socket.startswith("xoxb-"):
        found.append(
            Finding(False, "settings", "SLACK_BOT_TOKEN is an xapp-… and SLACK_APP_TOKEN an xoxb-…. They look swapped.")
        )
    else:
        for name, value, begins in (("SLACK_BOT_TOKEN", bot, "xoxb-"), ("SLACK_APP_TOKEN", socket, "xapp-")):
            if value and not value.startswith(begins):
                found.append(Finding(False, "settings", f"{name} does not begin with {begins}: is it another token?"))
    if settings.slack_bot_token is not None and settings.slack_client_id and settings.slack_client_secret:
        said = "SLACK_BOT_TOKEN is set, so I work for one workspace. Take it out, and any workspace can install it."
        found.append(Finding(None, "settings", said))
    if settings.slack_app_token is not None:
        found.append(Finding(None, "settings", "SLACK_APP_TOKEN is set, so Slack is reached over Socket Mode."))
    elif settings.slack_signing_secret is not None:
        where = f"{settings.listens_on}:{settings.port}"
        found.append(Finding(None, "settings", f"No SLACK_APP_TOKEN, so Slack sends to /slack/events on {where}."))
    else:
        found.append(
            Finding(False, "settings", "Set SLACK_APP_TOKEN (Socket Mode) or SLACK_SIGNING_SECRET (HTTP), one of them.")
        )
    return found


def _country(settings: Settings) -> list[Finding]:
    if not settings.threshold_country:
        return []
    try:
        missing = check_country(settings)
    except CannotStart as error:
        return [Finding(False, "settings", str(error))]
    if missing:
        return [Finding(None, "settings", missing, look=True)]
    return [Finding(True, "settings", f"The public holidays of {settings.threshold_country} are days off.")]


def _slack(settings: Settings) -> list[Finding]:
    if not _usable(settings):
        return []
    if settings.many_workspaces:
        return _installs(settings)
    if settings.slack_bot_token is None:
        return [Finding(False, "Slack", "SLACK_BOT_TOKEN is missing. Copy it from your app's page, xoxb-….")]
    try:
        who = introduce(web_client(settings))
    except CannotStart as error:
        return [Finding(False, "Slack", str(error))]
    found = [Finding(True, "Slack", f"I am {who.get('user')} in {who.get('team')} ({who.get('team_id')}).")]
    return [*found, *_clock(settings), *_scopes(who)]


def _clock(settings: Settings) -> list[Finding]:
    """Held against the date of Slack's last answer."""
    ahead = abs(clocks.ahead(clocks.SLACK))
    said = f"This machine's clock is {clocks.off(clocks.SLACK)}."
    if ahead > FORGIVEN and settings.slack_app_token is None:
        return [Finding(False, "clock", f"{said} Set it right: each delivery would be refused.")]
    if ahead > CLOCK_IS_OFF:
        return [Finding(None, "clock", f"{said} Set it right: reminders come as early or as late.", look=True)]
    return []


def _scopes(who: SlackResponse, whose: str = "") -> list[Finding]:
    """Those that a token has, held against those that we need. ``whose``: the workspace, where there are several."""
    headers = {key.lower(): value for key, value in who.headers.items()}
    granted = {scope.strip() for scope in str(headers.get("x-oauth-scopes") or "").split(",")} - {""}
    if not granted:
        return [] if whose else [Finding(None, "scopes", "Slack did not say which scopes the token has.")]
    missing, more = sorted(SCOPES - granted), sorted(granted - SCOPES)
    found = []
    if missing and whose:
        said = f"{whose} lacks {', '.join(missing)}. It has to install it again; until then what needs them waits."
        found.append(Finding(None, "scopes", said, look=True))
    elif missing:
        said = f"Missing: {', '.join(missing)}. Update the app from manifest.yml and install it again."
        found.append(Finding(False, "scopes", said))
    elif not whose:
        found.append(Finding(True, "scopes", f"All {len(SCOPES)} that manifest.yml asks for."))
    if more and not whose:
        found.append(Finding(None, "scopes", f"Granted and not needed: {', '.join(more)}."))
    return found


def _installs(settings: Settings) -> list[Finding]:
    """Nobody's token is in the settings: are installs possible, and does every stored token still speak?"""
    try:
        check_install_settings(settings)
    except NotConfigured as error:
        return [Finding(False, "installs", str(error))]
    found = [Finding(True, "installs", f"Workspaces are added at /slack/install, on port {settings.port}.")]
    if listed := settings.may_install:
        found.append(Finding(None, "installs", f"By {', '.join(sorted(listed))} alone (THRESHOLD_MAY_INSTALL)."))
    try:
        if not_made_yet(settings.database_url):
            return [*found, Finding(None, "installs", "No workspace has installed it yet.")]
        db = open_database(settings.database_url)
    except CannotStart:
        return found  # said where the database is looked at
    try:
        if schema_of(db) is Schema.OLDER or db.missing_tables():
            return found  # said there too
        check_seals(settings, db)
        with db.read() as session:
            names = dict(roster.installed_in(session))
            strangers = _not_listed(session, settings.may_install)
    except CannotStart as error:
        return [*found, Finding(False, "installs", str(error))]
    finally:
        db.close()
    return [*found, *strangers, *_tokens_speak(settings, names)]


def _not_listed(session: Session, listed: frozenset[str]) -> list[Finding]:
    """Who installed it before the list left them out: it works there until somebody removes the app."""
    if not listed:
        return []
    said = "works here, and THRESHOLD_MAY_INSTALL does not name it. Have it remove the app, or add it."
    mine = select(Bot.workspace_id).where(Bot.workspace_id.not_in(listed))
    others = set(session.scalars(mine.where(or_(Bot.enterprise_id.is_(None), Bot.enterprise_id.not_in(listed)))))
    return [
        Finding(None, "installs", f"{name} ({owner}) {said}", look=True)
        for owner, name in roster.installed_in(session)
        if owner in others
    ]


def _tokens_speak(settings: Settings, names: dict[str, str]) -> list[Finding]:
    """Slack's word on each token, ``names`` by the id of the workspace or org."""
    if not names:
        return [Finding(None, "installs", "No workspace has installed it yet.")]
    bot = build(settings)
    found = []
    try:
        for id, name in names.items():
            try:
                who = bot.workspaces.client(id).auth_test()
                found.append(Finding(True, "Slack", f"{name} ({id}): the token works."))
                found += _scopes(who, f"{name} ({id})")
            except SlackApiError as error:
                said = f"{name} ({id}): {code_of(error)}. It has to install it again."
                found.append(Finding(None, "Slack", said, look=True))
            except NO_SLACK as error:
                return [*found, Finding(None, "Slack", unreachable(settings.slack_api_url, error), look=True)]
            except ThresholdError as error:
                found.append(Finding(None, "Slack", f"{name} ({id}): {error.sentence}", look=True))
    finally:
        bot.stop()
    return [*found, *_clock(settings)]


def _socket(settings: Settings) -> list[Finding]:
    """An address is asked for and not used: a second connection would take events from the running bot."""
    if settings.slack_app_token is None or not _usable(settings):
        return []
    client = web_client(settings)
    try:
        opened = client.apps_connections_open(app_token=settings.slack_app_token.get_secret_value())
    except SlackApiError as error:
        return [Finding(False, "socket", refusal(error, "SLACK_APP_TOKEN", APP_TOKENS, settings.slack_api_url))]
    except NO_SLACK as error:
        return [Finding(False, "socket", unreachable(settings.slack_api_url, error))]
    try:
        reach(str(opened["url"]), client.proxy)
    except (OSError, ValueError, HTTPException) as error:
        why = why_unreachable(error)
        return [Finding(False, "socket", f"{NO_SOCKET}{f' ({why})' if why else ''}")]
    return [Finding(True, "socket", "Slack lets me open one.")]


def _database(settings: Settings) -> list[Finding]:
    try:
        Database(settings.database_url).close()
        if said := not_made_yet(settings.database_url):
            return [Finding(None, "database", said)]
        db = open_database(settings.database_url)
    except CannotStart as error:
        return [Finding(False, "database", str(error))]
    except (SQLAlchemyError, ImportError, ValueError, TypeError):
        return [Finding(False, "database", wrong_address(settings.database_url))]
    try:
        schema = schema_of(db)
        check_tables(db)
        check_rights(db, settings.database_url)
        waits = [] if schema is Schema.OLDER else _waiting(db)
    except CannotStart as error:
        return [Finding(False, "database", str(error))]
    except Busy as error:
        return [Finding(False, "database", f"{shown(settings.database_url)}: {error.why}.")]
    finally:
        db.close()
    where = shown(settings.database_url)
    if schema is Schema.CURRENT:
        return [Finding(True, "database", f"{where}: answers, schema up to date."), *waits]
    if schema is Schema.AHEAD:
        said = f"{where}: answers; its schema is a newer version's, and this one works too."
        return [Finding(True, "database", said), *waits]
    if db.sqlite:
        return [Finding(True, "database", f"{where}: answers, and upgrades itself at the next start.")]
    return [Finding(False, "database", f"{where}: answers, but its schema is old. Run “threshold migrate”.")]


def _waiting(db: Database) -> list[Finding]:
    """No problem by itself: it goes out as soon as a bot runs, and one that runs has a minute for it."""
    said = late(db, wall_clock())
    if not said:
        return [Finding(True, "waiting", "Nothing is late, and nothing was given up.")]
    return [Finding(None, "waiting", one) for one in said]


def _model(settings: Settings) -> list[Finding]:
    if not settings.model_configured:
        return [Finding(None, "assistant", "No model is configured. Everything but drafting works without one.")]
    try:
        check_addresses(settings)
        name = connect_assistant(settings).ping()
    except CannotStart:
        return []  # said before
    except AssistantDown as error:
        return [Finding(None, "assistant", f"{error.sentence} Everything but drafting works.", look=True)]
    return [Finding(True, "assistant", f"{name} answers.")]


def _arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--json", action="store_true", help="one object: ok, and the findings")


def run(settings: Settings, options: argparse.Namespace) -> int:
    return 0 if check(settings, print, as_json=options.json) else 1


COMMAND = Command("check", "say what is configured, what is missing, and what everyone answers", run, _arguments)
