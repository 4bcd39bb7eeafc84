"""`threshold policy`: a workspace's policy as a file, and its versions."""

import argparse
from collections.abc import Iterator
from contextlib import closing
from datetime import datetime
from itertools import pairwise
from pathlib import Path

from app import bootstrap, starting
from app.commands.command import OPERATOR, Command, workspace_option
from app.configured import CannotStart
from app.db import policies
from app.db.session import Database
from app.domain.policy.file import write
from app.domain.policy.policy import SHIPPED_POLICY, Policy
from app.settings import Settings
from app.words.policy import NOTHING_YET, changed
from app.words.policy_faults import read_file
from app.workflows.policy import set_policy


def show(db: Database, workspace: str) -> str:
    """The policy that counts, as the file that sets it."""
    with db.read() as session:
        found = policies.history(session, workspace)
        return write(found[0].policy if found else SHIPPED_POLICY)


def set_from(db: Database, workspace: str, file: Path, now: datetime) -> str:
    """Make the policy of a file the newest version. Returns what it means, in sentences.

    Raises:
        CannotStart: a file that can't be read.
        Unreadable: it says something that can't be.
        NotNow: it changes nothing.
    """
    try:
        text = file.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        why = error.strerror if isinstance(error, OSError) else "it is no text"
        raise CannotStart(f"{file} can't be read: {why}.") from None
    with db.begin() as session:
        _, before = policies.current(session, workspace, now)
        after = read_file(text, before)
        number = set_policy(session, workspace, after, OPERATOR, now)
    return "\n".join([f"Version {number} counts from now on.", *_lines(before, after), NOTHING_YET])


def history(db: Database, workspace: str) -> Iterator[str]:
    """Each version with its day, who set it, and what it changed; the newest first."""
    with db.read() as session:
        found = policies.history(session, workspace)
    if not found:
        yield "Version 1, the policy that came with the product. Nobody has changed it."
        return
    for newer, older in pairwise([*found, None]):
        assert newer
        by = "with the product" if newer.by == "threshold" else f"by {newer.by}"
        yield f"Version {newer.version}, {newer.at:%d %b %Y %H:%M} UTC, {by}"
        if older:
            yield from _lines(older.policy, newer.policy)


def _lines(before: Policy, after: Policy) -> list[str]:
    return [f"  now: {line}" for line in changed(before, after)]


def _arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("what", choices=("show", "set", "history"), help="what to do")
    parser.add_argument("file", nargs="?", type=Path, metavar="FILE", help="the file (TOML) to set it from")
    workspace_option(parser)


def run(settings: Settings, options: argparse.Namespace) -> int:
    if (options.what == "set") != (options.file is not None):
        raise CannotStart("Name the file to set it from: threshold policy set FILE. “show” and “history” take none.")
    with closing(starting.open_existing(settings.database_url)) as db:
        starting.bring_up_to_date(db)
        workspace = starting.the_workspace(db, options.workspace)
        if options.what == "show":
            print(show(db, workspace), end="")
        elif options.what == "set":
            print(set_from(db, workspace, options.file, bootstrap.wall_clock()))
        else:
            for line in history(db, workspace):
                print(line)
    return 0


COMMAND = Command(
    "policy", "show a workspace's policy as a file, set it from one, or list its versions", run, _arguments
)
