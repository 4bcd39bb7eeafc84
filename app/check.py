"""`threshold check`: what is configured, what is missing, and what everyone answered, in words. Prints no secret."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from slack_sdk.errors import SlackApiError

from app.assistant import AssistantDown
from app.bootstrap import (
    NotConfigured,
    Schema,
    build,
    check_install_settings,
    connect_assistant,
    wall_clock,
    web_client,
)
from app.db import claims, roster
from app.db.session import Database
from app.domain.errors import Busy, ThresholdError
from app.settings import Settings
from app.slack.errors import code_of
from app.slack.scopes import SCOPES
from app.starting import (
    CannotStart,
    check_country,
    check_seals,
    check_tables,
    introduce,
    mistyped_tokens,
    not_made_yet,
    open_database,
    refusal,
    schema_of,
    shown,
    unreachable,
)


@dataclass(frozen=True)
class Finding:
    """One line of the report. ``good`` None: nothing is wrong, and nothing was asked for."""

    good: bool | None
    about: str
    said: str

    def __str__(self) -> str:
        mark = {True: "ok     ", False: "PROBLEM", None: "-      "}[self.good]
        return f"{mark}  {self.about:<9} {self.said}"


def check(settings: Settings, out: Callable[[str], None]) -> bool:
    """Ask everyone, and say each answer as it comes. True: `threshold run` would work."""
    good = True
    for ask in (_tokens, _country, _slack, _socket, _database, _model):
        for finding in ask(settings):
            out(str(finding))
            good = good and finding.good is not False
    out("Everything is in place." if good else "Something needs fixing: see PROBLEM above.")
    return good


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
        where = f"{settings.threshold_host}:{settings.port}"
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
        return [Finding(None, "settings", missing)]
    return [Finding(True, "settings", f"The public holidays of {settings.threshold_country} are days off.")]


def _slack(settings: Settings) -> list[Finding]:
    if mistyped_tokens(settings):
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
    headers = {key.lower(): value for key, value in who.headers.items()}
    granted = {scope.strip() for scope in str(headers.get("x-oauth-scopes") or "").split(",")} - {""}
    if not granted:
        return [*found, Finding(None, "scopes", "Slack did not say which scopes the token has.")]
    missing, more = sorted(SCOPES - granted), sorted(granted - SCOPES)
    if missing:
        said = f"Missing: {', '.join(missing)}. Update the app from manifest.yml and install it again."
        found.append(Finding(False, "scopes", said))
    else:
        found.append(Finding(True, "scopes", f"All {len(SCOPES)} that manifest.yml asks for."))
    if more:
        found.append(Finding(None, "scopes", f"Granted and not needed: {', '.join(more)}."))
    return found


def _installs(settings: Settings) -> list[Finding]:
    """Nobody's token is in the settings: are installs possible, and does every stored token still speak?"""
    try:
        check_install_settings(settings)
    except NotConfigured as error:
        return [Finding(False, "installs", str(error))]
    found = [Finding(True, "installs", f"Workspaces are added at /slack/install, on port {settings.port}.")]
    if not_made_yet(settings.database_url):
        return [*found, Finding(None, "installs", "No workspace has installed it yet.")]
    try:
        db = open_database(settings.database_url)
    except CannotStart:
        return found  # said where the database is looked at
    try:
        if schema_of(db) is Schema.OLDER or db.missing_tables():
            return found  # said there too
        check_seals(settings, db)
        with db.read() as session:
            names = dict(roster.installed_in(session))
    except CannotStart as error:
        return [*found, Finding(False, "installs", str(error))]
    finally:
        db.close()
    return [*found, *_tokens_speak(settings, names)]


def _tokens_speak(settings: Settings, names: dict[str, str]) -> list[Finding]:
    """Slack's word on each token, ``names`` by the id of the workspace or org."""
    if not names:
        return [Finding(None, "installs", "No workspace has installed it yet.")]
    bot = build(settings)
    found = []
    try:
        for id, name in names.items():
            try:
                bot.workspaces.client(id).auth_test()
                found.append(Finding(True, "Slack", f"{name} ({id}): the token works."))
            except SlackApiError as error:
                found.append(Finding(False, "Slack", f"{name} ({id}): {code_of(error)}. It has to install it again."))
            except (OSError, ValueError):
                return [*found, Finding(False, "Slack", unreachable(settings.slack_api_url))]
            except ThresholdError as error:
                found.append(Finding(False, "Slack", f"{name} ({id}): {error.sentence}"))
    finally:
        bot.stop()
    return found


def _socket(settings: Settings) -> list[Finding]:
    """An address is asked for and not used: a second connection would take events from the running bot."""
    if settings.slack_app_token is None or mistyped_tokens(settings):
        return []
    try:
        web_client(settings).apps_connections_open(app_token=settings.slack_app_token.get_secret_value())
    except SlackApiError as error:
        return [Finding(False, "socket", refusal(error, "SLACK_APP_TOKEN", "Basic Information, App-Level Tokens"))]
    except (OSError, ValueError):
        return [Finding(False, "socket", unreachable(settings.slack_api_url))]
    return [Finding(True, "socket", "Slack lets me open one.")]


def _database(settings: Settings) -> list[Finding]:
    if said := not_made_yet(settings.database_url):
        return [Finding(None, "database", said)]
    try:
        db = open_database(settings.database_url)
    except CannotStart as error:
        return [Finding(False, "database", str(error))]
    try:
        schema = schema_of(db)
        check_tables(db)
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
    """What is late. No problem by itself: it goes out as soon as a bot runs, and one that runs has a minute for it."""
    now = wall_clock()
    with db.read() as session:
        found, lost = claims.backlog(session, now), claims.given_up(session, now - LOOKED_BACK)
    said = []
    if found.unsent_since:
        many = f"{found.unsent} messages wait" if found.unsent > 1 else "One message waits"
        said.append(f"{many} to be sent, the oldest for {_span(now - found.unsent_since)}.")
    if found.due_since:
        many = f"{found.due} follow-ups are" if found.due > 1 else "One follow-up is"
        said.append(f"{many} due, the oldest for {_span(now - found.due_since)}.")
    if lost:
        many = f"{lost} were" if lost > 1 else "One was"
        said.append(f"{many} given up in the last {LOOKED_BACK.days} days. The log says why, under “given up”.")
    if not said:
        return [Finding(True, "waiting", "Nothing is late, and nothing was given up.")]
    old = max([now - since for since in (found.unsent_since, found.due_since) if since], default=timedelta())
    if old > A_MINUTE_OR_TWO:
        said.append("Does a bot run? Its /readyz says what holds it up.")
    return [Finding(None, "waiting", one) for one in said]


LOOKED_BACK = timedelta(days=7)
A_MINUTE_OR_TWO = timedelta(minutes=2)


def _span(lasts: timedelta) -> str:
    """In the largest whole unit: 40 seconds, 1 hour, 3 days."""
    seconds = max(0, round(lasts.total_seconds()))
    for unit, name in ((86400, "day"), (3600, "hour"), (60, "minute")):
        if seconds >= unit:
            return f"{seconds // unit} {name}{'s' if seconds >= 2 * unit else ''}"
    return f"{seconds} second{'s' if seconds != 1 else ''}"


def _model(settings: Settings) -> list[Finding]:
    if not settings.model_configured:
        return [Finding(None, "assistant", "No model is configured. Everything but drafting works without one.")]
    try:
        name = connect_assistant(settings).ping()
    except AssistantDown as error:
        return [Finding(False, "assistant", error.sentence)]
    except ValueError as error:
        return [Finding(False, "assistant", f"OPENAI_BASE_URL can't be used: {error}")]
    return [Finding(True, "assistant", f"{name} answers.")]
