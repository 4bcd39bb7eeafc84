"""The place where installs come in: Slack, the pages, the store, one clock."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import yaml
from slack_sdk import WebClient
from sqlalchemy import text

from app.db.models import Workspace
from app.db.secret_columns import Box
from app.db.session import Database
from app.slack.http import Door, web_app
from app.slack.installed import Installed
from app.slack.installing import States, flow
from app.workflows.people import installs
from demo.browser import Browser, Page
from demo.stage import KEY, MANIFEST
from sandbox import Clock, Grid, Limits, Sandbox
from sandbox import Workspace as Team

MONDAY = datetime(2026, 11, 2, 14, tzinfo=UTC)


def rotating() -> dict[str, Any]:
    """The manifest, with tokens that run out."""
    manifest: dict[str, Any] = yaml.safe_load(Path(MANIFEST).read_text(encoding="utf-8"))
    manifest["settings"]["token_rotation_enabled"] = True
    return manifest


@dataclass
class Office:
    slack: Sandbox
    db: Database
    clock: Clock
    installed: Installed
    door: Door
    browser: Browser = field(default_factory=Browser)

    @classmethod
    @contextmanager
    def opened(cls, db: Database, *, may_install: frozenset[str] = frozenset()) -> Iterator["Office"]:
        clock = Clock(MONDAY)
        clock.freeze()
        with Sandbox(manifest=rotating(), clock=clock, limits=Limits(rates=False)) as slack:
            installed = replica(slack, db, clock)
            way = flow(
                installed, States(db, clock.now), _client(slack, None, 5), slack.client_id, slack.client_secret,
                slack.api_url, may_install=may_install,
            )  # fmt: skip
            door = Door(web_app(None, lambda: None, way_in=way), "127.0.0.1", 0, threads=4)
            door.start()
            slack.redirect_to(f"http://127.0.0.1:{door.port}/slack/oauth_redirect")
            try:
                yield cls(slack, db, clock, installed, door)
            finally:
                door.close()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.door.port}"

    def add(self, owner: Team | Grid) -> Page:
        """Somebody installs it there."""
        page = self.browser.install(self.url, owner)
        assert page.status == 200, page.html
        return page

    def team(self, name: str = "Acme", *, org: Grid | None = None, add: bool = True) -> Team:
        team = self.slack.workspace(name, installed=False, org=org)
        if add:
            self.add(team)
        return team

    def is_here(self, team: Team) -> None:
        """Somebody worked there: the workspace is known."""
        with self.db.begin() as session:
            org = team.state.org
            installs.added(session, team.id, org.id if org else None, self.clock.now())

    def workspace(self, id: str) -> Workspace | None:
        with self.db.read() as session:
            return session.get(Workspace, id)

    def speaks_for(self, team: Team) -> str:
        """Whose workspace Slack says the token of a workspace is."""
        return str(self.installed.client(team.id).auth_test()["team_id"])

    def cells(self) -> str:
        """Every value of every column of every table, as the database holds it."""
        with self.db.read() as session:
            if self.db.sqlite:
                names = session.scalars(text("SELECT name FROM sqlite_master WHERE type = 'table'")).all()
            else:
                names = session.scalars(text("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")).all()
            return "\n".join(
                repr(tuple(row)) for name in names for row in session.execute(text(f'SELECT * FROM "{name}"'))
            )


def replica(slack: Sandbox, db: Database, clock: Clock, key: str = KEY) -> Installed:
    """What another process beside us would have."""

    def make(token: str | None, timeout: int) -> WebClient:
        return _client(slack, token, timeout)

    return Installed(db, Box(key), slack.client_id, slack.client_secret, make, clock.now)


def _client(slack: Sandbox, token: str | None, timeout: int) -> WebClient:
    return WebClient(token=token, base_url=slack.api_url, timeout=timeout, retry_handlers=[])
