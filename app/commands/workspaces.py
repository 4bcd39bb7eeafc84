"""`threshold workspaces`: who is here, since when, and what their token lacks."""

import argparse
import sys
from collections.abc import Generator
from contextlib import closing
from datetime import UTC, datetime, timedelta

from app import bootstrap, starting
from app.commands.command import Command
from app.db import roster
from app.db.session import Database
from app.settings import Settings
from app.slack.scopes import SCOPES
from app.telemetry import clocks


def workspaces(db: Database, now: datetime, erased_after: timedelta) -> Generator[str, None, None]:
    """A line a workspace: installed or removed and when it is erased, its token's age and end, the scopes it lacks."""
    with db.read() as session:
        for found, token in roster.installs(session):
            said = [found.id + (f" {token.team_name}" if token and token.team_name else "")]
            if found.uninstalled_at is not None:
                gone, end = found.uninstalled_at, found.uninstalled_at + erased_after
                said.append(f"removed the app on {gone:%d %b %Y}, and is erased on {end:%d %b %Y}")
            elif token is None:
                said.append("works by the token in the settings, or by its org's")
            else:
                age = now - token.installed_at.replace(tzinfo=UTC)
                said.append(f"installed {clocks.span(age.total_seconds())} ago")
                if token.bot_token_expires_at is not None:
                    said.append(f"its token ends on {token.bot_token_expires_at:%d %b %Y, %H:%M} UTC")
                lacks = sorted(SCOPES - {one.strip() for one in (token.bot_scopes or "").split(",")})
                said.append(f"lacks {', '.join(lacks)}" if lacks else "has every scope")
            yield "; ".join(said) + "\n"


def run(settings: Settings, _options: argparse.Namespace) -> int:
    with closing(starting.open_to_read(settings.database_url)) as db:
        after = timedelta(days=settings.threshold_erase_after_days)
        sys.stdout.writelines(workspaces(db, bootstrap.wall_clock(), after))
    return 0


COMMAND = Command("workspaces", "list the workspaces: since when, the token, what it lacks, when one is erased", run)
