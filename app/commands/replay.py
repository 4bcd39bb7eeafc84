"""`threshold replay`: every verdict worked out again from what was kept with it."""

import argparse
from collections.abc import Callable
from contextlib import closing

from sqlalchemy import select

from app import starting
from app.commands.command import Command, workspace_option
from app.db.models import Decision
from app.db.session import Database
from app.domain.triage.replay import NotReplayable
from app.settings import Settings
from app.words.triage.replay import WHY_NOT
from app.workflows.record.replaying import replayed


def replay(db: Database, workspace: str, say: Callable[[str], object]) -> bool:
    """Work every verdict out again. Says each that comes out otherwise, and each that can't be; whether none does."""
    same = other = unknown = 0
    with db.read() as session:
        query = select(Decision).where(Decision.workspace_id == workspace, Decision.verdict.is_not(None))
        for decision in session.scalars(query.order_by(Decision.number)):
            found = replayed(session, decision)
            if isinstance(found, NotReplayable):
                unknown += 1
                say(f"{decision.name} is not replayable: {WHY_NOT[found]}")
            elif found != decision.verdict:
                other += 1
                say(
                    f"{decision.name} comes out otherwise than it is kept: somebody changed its answers or its verdict."
                )
            else:
                same += 1
    say(f"{same} verdicts come out as they are kept, {other} otherwise, {unknown} can't be worked out again.")
    return not other


def _arguments(parser: argparse.ArgumentParser) -> None:
    workspace_option(parser)


def run(settings: Settings, options: argparse.Namespace) -> int:
    with closing(starting.open_existing(settings.database_url)) as db:
        starting.bring_up_to_date(db)
        return 0 if replay(db, starting.the_workspace(db, options.workspace), print) else 1


COMMAND = Command("replay", "work every verdict out again from what was kept with it", run, _arguments)
