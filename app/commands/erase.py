"""`threshold erase`: a person leaves for good; the decisions stay, and the record still verifies."""

import argparse
import sys
from contextlib import closing
from datetime import datetime

from sqlalchemy.orm import Session

from app import bootstrap, starting
from app.commands.command import Command, workspace_option
from app.db.session import Database
from app.settings import Settings
from app.starting import the_workspace
from app.workflows.record.erasing import Erased, erase_person

ERASING_SECONDS = 30.0
"""How long an erasure is begun anew while people go on giving that person parts in decisions."""


class _Rehearsal(Exception):
    """Everything was tried, and is taken back."""


def erase(
    db: Database, workspace: str | None, person: str, also: tuple[str, ...], now: datetime, *, sure: bool
) -> tuple[str, list[str]]:
    """Take a person out of a workspace for good; where not ``sure``, only say what that would do.

    Returns a sentence, and each line in which a name of theirs stood, as it was and as it is.

    Raises:
        CannotStart: it is not clear which workspace.
        NotFound: nobody by that id was met there.
    """
    chosen = the_workspace(db, workspace)
    rehearsed: list[Erased] = []

    def work(session: Session) -> Erased:
        found = erase_person(session, chosen, person, now, also)
        if not sure:
            rehearsed.append(found)
            raise _Rehearsal
        return found

    try:
        done = db.run(work, seconds=ERASING_SECONDS)
    except _Rehearsal:
        done = rehearsed[-1]
    decisions = "1 decision" if done.decisions == 1 else f"{done.decisions} decisions"
    entries = "1 place" if done.entries == 1 else f"{done.entries} places"
    ended = (
        f" Theirs that {'were' if sure else 'are'} still open: {done.withdrawn}, withdrawn." if done.withdrawn else ""
    )
    left = f"{person} has left {decisions} and {entries} of the record, and is now “someone who has left”.{ended}"
    lines = [line for was, now_ in done.lines for line in (f"- {was}", f"+ {now_}")]
    if not sure:
        return f"{person} would leave {decisions} and {entries} of the record.{ended}", lines
    return left, lines


def _arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--person", required=True, metavar="U…", help="their id in Slack")
    workspace_option(parser)
    parser.add_argument(
        "--also", action="append", default=[], metavar="NAME", help="another spelling of their name; repeatable"
    )
    parser.add_argument("--yes", action="store_true", help="do it; without, only say what would be done")


def run(settings: Settings, options: argparse.Namespace) -> int:
    with closing(starting.open_existing(settings.database_url)) as db:
        starting.bring_up_to_date(db)
        also, sure = tuple(options.also), options.yes
        said, lines = erase(db, options.workspace, options.person, also, bootstrap.wall_clock(), sure=sure)
        if not sure:
            for line in lines:
                print(line)
            print(f"{said} It can't be undone: back up first.")
            if not (sys.stdin.isatty() and input("Type “erase” to do it: ").strip().strip('“”"').lower() == "erase"):
                print("Nothing was changed. Run it again with --yes to do it.")
                return 0
            said, _ = erase(db, options.workspace, options.person, also, bootstrap.wall_clock(), sure=True)
        print(said)
    return 0


COMMAND = Command(
    "erase", "take a person out for good: the decisions stay, and the record still verifies", run, _arguments
)
