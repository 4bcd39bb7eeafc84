"""`threshold run`: over Socket Mode or HTTP, until it is told to stop. What is in hand is finished first."""

import argparse
import gc
import logging
import os
import signal
import sys
import threading
import time
from collections.abc import Callable
from contextlib import ExitStack
from types import FrameType

from slack_bolt.middleware.authorization import SingleTeamAuthorization
from slack_sdk.errors import SlackApiError
from slack_sdk.web import SlackResponse

from app import __version__, built
from app.addresses import shown
from app.bootstrap import Bot, build, check_install_settings, web_client
from app.commands.command import Command
from app.configured import CannotStart, check_addresses, check_country, misspelt, mistyped_tokens, no_port
from app.settings import Settings
from app.slack.http import Door, web_app
from app.slack.socket import NotConnected, Socket
from app.starting import (
    APP_TOKENS,
    NO_SLACK,
    NO_SOCKET,
    bring_up_to_date,
    check_rights,
    check_seals,
    check_tables,
    introduce,
    not_made_yet,
    open_database,
    refusal,
    unreachable,
)
from app.telemetry import metrics, traces
from app.watch.dog import Watchdog
from app.watch.gauges import Gauges
from app.workflows.people import installs

log = logging.getLogger(__name__)


def run(settings: Settings) -> None:
    """Serve until SIGTERM, SIGINT or SIGHUP.

    Raises:
        CannotStart: whatever stands in the way, in one sentence.
    """
    stop = Stop()
    metrics.say_build(built.facts())
    _on_signals(stop)
    for sentence in misspelt():
        log.warning(sentence)
    check_tokens(settings)
    check_country(settings)
    check_addresses(settings)
    new = " (a new file)" if not_made_yet(settings.database_url) else ""
    db = open_database(settings.database_url)
    try:
        check_tables(db)
        bring_up_to_date(db)
        check_rights(db, settings.database_url)
        known = check_seals(settings, db) if settings.many_workspaces else 0
    finally:
        db.close()
    who = None if settings.many_workspaces else introduce(web_client(settings))
    with ExitStack() as stack:
        if settings.threshold_traces:
            stack.callback(_trace(settings.threshold_traces))
        bot = build(settings)
        stack.callback(bot.stop)
        if who is not None:
            _remember(bot, who)
        dog = Watchdog(bot)
        door, socket = _open(settings, dog, stop, stack)
        bot.start()
        dog.start()
        _settle()
        way = "over Socket Mode" if socket else f"on HTTP port {door.port if door else settings.port}"
        health = f"; health on port {door.port}" if door and socket else ""
        for_whom = who.get("team") if who else "one workspace" if known == 1 else f"{known} workspaces"
        where = f"{shown(settings.database_url)}{new}"
        log.info("Threshold %s works for %s, with %s, %s%s", __version__, for_whom, where, way, health)
        if bot.way_in and door:
            log.info("a workspace is added at /slack/install on port %s, under the address that Slack knows", door.port)
        stop.wait()
        log.info("stopping: what is in hand is finished first")
        dog.close()
        bot.let_go()
    log.info("stopped")
    if bot.due.drafting:  # given back already; Python would wait for the thread in which the model still talks
        _exit()


SWITCH = 0.0005
"""Seconds. An ack asks the database a dozen times, and after each answer it waits for whatever thread is computing to
make way: with Python's own five milliseconds that would be most of an ack."""


def _settle() -> None:
    """What was loaded stays: the collector need not look through it again and again, while somebody waits."""
    sys.setswitchinterval(SWITCH)
    gc.collect()
    gc.freeze()


def _trace(endpoint: str) -> Callable[[], None]:
    try:
        return traces.enable(endpoint, __version__)
    except traces.NoTracing:
        raise CannotStart(
            "THRESHOLD_TRACES is set, and what sends traces is not installed. Install threshold[tracing], or unset it."
        ) from None


def check_tokens(settings: Settings) -> None:
    """Raises CannotStart for a token that is missing or mistyped, before anything is opened."""
    if settings.many_workspaces:
        check_install_settings(settings)
    elif settings.slack_bot_token is None:
        raise CannotStart(
            "SLACK_BOT_TOKEN is missing. Copy it from your app's page, under OAuth & Permissions; it begins with xoxb-."
        )
    if settings.slack_app_token is None and settings.slack_signing_secret is None:
        raise CannotStart(
            "Neither SLACK_APP_TOKEN (Socket Mode) nor SLACK_SIGNING_SECRET (HTTP) is set: Slack can't reach me. "
            "Copy one of them from your app's page, under Basic Information."
        )
    for mistyped in mistyped_tokens(settings):
        raise CannotStart(mistyped)


PATIENCE = 8.0
"""Seconds in which what is in hand may be finished; those who stop us wait ten before they kill."""


class Stop:
    """Whether we were asked to stop. Pipes, since a lock that a signal interrupts can't be taken by its handler.

    From then on the process ends within ``PATIENCE`` seconds, whatever hangs: Slack, the database, a model.
    """

    def __init__(self) -> None:
        self.asked = False
        self._heard, self._told = os.pipe()
        self._last, self._warned = os.pipe()
        threading.Thread(target=self._end, name="end", daemon=True).start()

    def ask(self) -> None:
        self.asked = True
        os.write(self._told, b".")
        os.write(self._warned, b".")

    def wait(self) -> None:
        while not self.asked:
            os.read(self._heard, 1)

    def wake_on_signals(self) -> None:
        """Have a signal end ``wait`` whichever thread it was handed to. The kernel may choose another than the main
        one, which then goes on reading; and Python's handler, which the main one alone runs, would never have its
        turn."""
        os.set_blocking(self._told, False)
        signal.set_wakeup_fd(self._told, warn_on_full_buffer=False)

    def _end(self) -> None:
        os.read(self._last, 1)
        time.sleep(PATIENCE)
        log.warning(
            "stopped after %.0f seconds: something did not answer. What was in hand goes on elsewhere", PATIENCE
        )
        _exit()


def _exit() -> None:
    logging.shutdown()
    os._exit(0)


def _on_signals(stop: Stop) -> None:
    """The first signal asks for an orderly end; a second one is obeyed at once."""

    def asked(number: int, _frame: FrameType | None) -> None:
        signal.signal(number, signal.SIG_DFL)
        stop.ask()

    stop.wake_on_signals()
    for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):  # whoever started it in a terminal may have left
        signal.signal(number, asked)


def _remember(bot: Bot, who: SlackResponse) -> None:
    """Slack said who we are. Bolt would ask again at the first event, and lose that one if Slack were away."""
    for middleware in bot.app._middleware_list:
        if isinstance(middleware, SingleTeamAuthorization):
            middleware.auth_test_result = who
    with bot.db.begin() as session:
        installs.back(session, str(who.get("team_id")))


def _open(settings: Settings, dog: Watchdog, stop: Stop, stack: ExitStack) -> tuple[Door | None, Socket | None]:
    """The ways in, closed again by ``stack``. In Socket Mode a busy port is no reason not to work."""
    bot = dog.bot
    over_http = settings.slack_app_token is None

    def ready() -> str | None:
        if stop.asked:
            return "stopping"
        if (why := dog.looking.see().why) is not None:
            return why
        if not over_http and dog.socket is None:
            return "the socket to Slack is not connected"
        return dog.why_not_ready()

    gauges = Gauges(dog)
    web = web_app(
        bot.app if over_http else None,
        ready,
        alive=dog.why_not_alive,
        warnings=dog.warnings,
        figures=lambda: metrics.page(gauges),
        way_in=bot.way_in,
    )
    door = None
    try:
        door = Door(web, settings.listens_on, settings.port, settings.threshold_listeners if over_http else 2)
    except OSError as error:
        if over_http:
            raise CannotStart(no_port(settings, error)) from None
        log.warning("%s Nothing answers /healthz, /readyz and /metrics.", no_port(settings, error))
    if door:
        door.start()
        stack.callback(door.close, PATIENCE / 2)
    if settings.slack_app_token is not None:
        dog.socket = _connect(settings, bot, settings.slack_app_token.get_secret_value())
        stack.callback(dog.socket.close)
    return door, dog.socket


def _connect(settings: Settings, bot: Bot, token: str) -> Socket:
    try:
        return Socket(bot.app, token, web_client(settings), concurrency=settings.threshold_listeners)
    except SlackApiError as error:
        raise CannotStart(refusal(error, "SLACK_APP_TOKEN", APP_TOKENS, settings.slack_api_url)) from None
    except NotConnected:
        raise CannotStart(NO_SOCKET) from None
    except NO_SLACK as error:
        raise CannotStart(unreachable(settings.slack_api_url, error)) from None


def _start(settings: Settings, _options: argparse.Namespace) -> int:
    run(settings)
    return 0


COMMAND = Command("run", "start the bot: Socket Mode with SLACK_APP_TOKEN, HTTP on PORT without", _start)
