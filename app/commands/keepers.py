"""`threshold keepers`: who keeps a workspace's ladder and policy."""

import argparse
from collections.abc import Iterator
from contextlib import closing
from datetime import datetime

from app import bootstrap, starting
from app.commands.command import OPERATOR, Command, workspace_option
from app.configured import CannotStart
from app.db import keepers as db_keepers
from app.db import roster
from app.db.session import Database
from app.settings import Settings
from app.workflows.people.keepers import add_keeper, remove_keeper


def keepers(db: Database, workspace: str) -> Iterator[str]:
    """Who keeps the ladder, one a line, and why."""
    with db.read() as session:
        named = {one.user_id: one for one in db_keepers.named(session, workspace)}
        found = db_keepers.keepers(session, workspace)
        people = roster.people(session, workspace, found)
    if not found:
        yield "Nobody yet: Slack has named no owner or admin. “threshold keepers add U…” names somebody."
    for user in found:
        one = named.get(user)
        why = f"named by {one.named_by} on {one.named_at:%d %b %Y}" if one else "owner or admin of Slack"
        yield f"{user}  {people[user].name}  {why}"
    for user in named.keys() - set(found):
        yield f"{user}  named, and not a member here any more"


def change_keepers(db: Database, workspace: str, add: bool, user: str, now: datetime) -> None:
    """Name somebody, or take it back.

    Raises:
        ThresholdError: no member of the workspace, or nothing would change.
    """
    change = add_keeper if add else remove_keeper
    with db.begin() as session:
        change(session, workspace, user, OPERATOR, now)


def _arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("what", nargs="?", choices=("add", "remove"), help="leave it out to list them")
    parser.add_argument("user", nargs="?", metavar="U…", help="whom, by their id in Slack")
    workspace_option(parser)


def run(settings: Settings, options: argparse.Namespace) -> int:
    if (options.what is None) != (options.user is None):
        raise CannotStart("Name somebody by their id in Slack: threshold keepers add U0123ABCD.")
    with closing(starting.open_existing(settings.database_url)) as db:
        starting.bring_up_to_date(db)
        workspace = starting.the_workspace(db, options.workspace)
        if options.what:
            change_keepers(db, workspace, options.what == "add", options.user, bootstrap.wall_clock())
        for line in keepers(db, workspace):
            print(line)
    return 0


COMMAND = Command("keepers", "who keeps a workspace's ladder: list them, name somebody, take it back", run, _arguments)
