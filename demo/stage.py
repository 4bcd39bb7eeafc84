"""The stage: a sandbox and the real bot on one clock, wired over Socket Mode or signed HTTP.

Nothing runs in the background here: ``pump`` delivers and fires what is due until nothing is, so that a story is the
same every time it is told. ``travel`` moves both clocks from one due moment to the next.
"""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from pydantic import SecretStr
from slack_bolt import App
from sqlalchemy import func, select

from app.assistant import Assistant
from app.bootstrap import Bot, build
from app.db.models import FollowUp, Outbox
from app.db.models import Workspace as WorkspaceRow
from app.schema import migrate
from app.settings import Settings
from app.slack.http import Door, web_app
from app.slack.socket import Handler
from demo.browser import Browser, Page
from sandbox import Clock, Grid, Limits, Sandbox, Workspace

START = datetime(2026, 11, 2, 14, 0, tzinfo=UTC)
"""A Monday morning in New York, and an afternoon in Berlin."""

HERE = Path(__file__).resolve().parent
MANIFEST = str(next(one for one in (HERE / "manifest.yml", HERE.parent / "manifest.yml") if one.exists()))
"""Beside us where we were installed, else in the checkout."""

KEY = "c3RhZ2VzIGxpZSBhYm91dCB0aGVpciBrZXlzLCBzZWU="
"""Seals the tokens of a stage, which nobody wants to steal."""

PATIENT = Limits(rates=False, ack_seconds=20, trigger_seconds=20)
"""Slack's payload limits, without its stopwatch: a busy machine must not change how a story ends."""


class Stage:
    """One sandbox, one workspace, one bot. Use as a context manager."""

    def __init__(
        self,
        *,
        database_url: str,
        http: bool = False,
        start: datetime = START,
        limits: Limits | None = None,
        assistant: Assistant | None = None,
        port: int = 0,
        pace: float = 0.0,
        settings: Callable[[Settings], Settings] = lambda settings: settings,
        many: bool = False,
        manifest: str | dict[str, Any] = MANIFEST,
    ) -> None:
        """``many``: the bot has no token of its own, and each workspace installs it (`add_workspace`)."""
        self.clock = Clock(start)
        self.slack = Sandbox(manifest=manifest, clock=self.clock, limits=limits or PATIENT, port=port)
        self.http, self.database_url, self.assistant, self.pace = http, database_url, assistant, pace
        self._adjust, self.many = settings, many
        self.address = ""
        self._stop_socket: Callable[[], None] = lambda: None
        self.bot: Bot

    def __enter__(self) -> Self:
        self.slack.start()
        self.ws: Workspace = self.slack.workspace("Acme", installed=not self.many)
        self.boot()
        if self.many:
            self.install(self.ws)
        return self

    def install(self, owner: Workspace | Grid) -> Page:
        """Somebody adds the app to a workspace, or to an org, through the browser; the page they read at the end."""
        page = Browser().install(self.address, owner)
        assert page.status == 200, page.html
        return page

    def add_workspace(self, name: str, org: Grid | None = None) -> Workspace:
        """A further workspace, which installs the app for itself unless it is in an org."""
        ws = self.slack.workspace(name, installed=False, org=org)
        if org is None:
            self.install(ws)
        return ws

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.shut_down()
        self.slack.stop()

    def boot(self) -> None:
        """Start a bot, as after a deploy: what stands in the database is all it knows."""
        settings = Settings(
            slack_bot_token=None if self.many else SecretStr(self.ws.bot_token),
            slack_client_id=self.slack.client_id if self.many else None,
            slack_client_secret=SecretStr(self.slack.client_secret) if self.many else None,
            threshold_encryption_key=SecretStr(KEY) if self.many else None,
            slack_app_token=None if self.http else SecretStr(self.slack.app_token),
            slack_signing_secret=SecretStr(self.slack.signing_secret),
            slack_api_url=self.slack.api_url,
            database_url=self.database_url,
        )
        settings = self._adjust(settings)
        self.bot = build(settings, clock=self.clock.now, assistant=self.assistant, pace=self.pace)
        migrate(self.bot.db)
        self._stop_socket = self._serve()

    def shut_down(self) -> None:
        self._stop_socket()
        self.bot.stop()

    def restart(self) -> None:
        """The bot stops and comes back, with nothing in memory."""
        self.shut_down()
        self.boot()

    def _serve(self) -> Callable[[], None]:
        if self.http:
            return self._serve_http()
        if not self.many:
            return self._open_socket()
        close, hang_up = self._open_door(None), self._open_socket()

        def both() -> None:
            hang_up()
            close()

        return both

    def _open_socket(self) -> Callable[[], None]:
        handler = Handler(self.bot.app, self.slack.app_token)
        handler.connect()  # type: ignore[no-untyped-call]
        self.slack.wait_for(lambda: self.slack.sockets > 0, what="the bot's socket")

        def hang_up() -> None:
            """Close without the seconds that slack_sdk's own threads take to look up."""
            client = handler.client
            client.auto_reconnect_enabled = False
            self.slack.close_sockets()
            self.slack.wait_for(lambda: not client.is_connected(), what="the bot to notice")
            client.closed = True
            client.enqueue_message("bye")
            handler.close()  # type: ignore[no-untyped-call]

        return hang_up

    def _serve_http(self) -> Callable[[], None]:
        close = self._open_door(self.bot.app)
        self.slack.send_events_to(f"{self.address}/slack/events")
        return close

    def _open_door(self, app: App | None) -> Callable[[], None]:
        door = Door(web_app(app, lambda: None, way_in=self.bot.way_in), "127.0.0.1", 0, threads=8)
        door.start()
        self.address = f"http://127.0.0.1:{door.port}"
        self.slack.redirect_to(f"{self.address}/slack/oauth_redirect")
        return door.close

    # ── time ────────────────────────────────────────────────────────────────────────────────────────────

    def pump(self) -> None:
        """Deliver and fire what is due, until nothing is."""
        for _ in range(200):
            self.slack.settle(calm=0.004)
            fired = self.bot.due.run_once()
            self.bot.due.drain()
            if not fired and not self.bot.outbox.run_once(100) and not self._due_now():
                self.slack.settle(calm=0.004)
                return
        raise AssertionError("the bot never comes to rest: something dates itself anew for the same moment")

    def _due_now(self) -> bool:
        next_at = self.next_due()
        return next_at is not None and next_at <= self.clock.now()

    def next_due(self) -> datetime | None:
        """When the next follow-up or waiting message is due, of workspaces that have the app."""
        rests = select(WorkspaceRow.id).where(WorkspaceRow.uninstalled_at.is_not(None))
        with self.bot.db.read() as session:
            moments = [
                session.scalar(
                    select(func.min(table.due_at)).where(table.done_at.is_(None), table.workspace_id.not_in(rests))
                )
                for table in (FollowUp, Outbox)
            ]
        return min((at for at in moments if at is not None), default=None)

    def travel(self, to: datetime | timedelta) -> None:
        """Move to a moment (or by a span), stopping wherever something is due on the way."""
        target = to if isinstance(to, datetime) else self.clock.now() + to
        self.pump()
        while (at := self.next_due()) is not None and at <= target:
            if at > self.clock.now():
                self.clock.set(at)
            self.pump()
        if target > self.clock.now():
            self.clock.set(target)
        self.pump()
