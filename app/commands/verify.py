"""`threshold verify`: is the record as it was written?"""

import argparse
import json
import re
from argparse import ArgumentTypeError
from collections.abc import Callable
from contextlib import closing

from app import starting
from app.commands import progress
from app.commands.command import Command
from app.configured import CannotStart
from app.db import roster, verifying
from app.db.session import Database
from app.db.verifying import Record
from app.settings import Settings

MOST_SAID = 20
"""Sentences about one workspace; the rest is counted."""


def noted(text: str) -> tuple[int, str]:
    """Number and hash out of ``1204:3f9c…``, as ``verify`` prints them. Raises ArgumentTypeError."""
    found = re.fullmatch(r"(\d{1,15}):([0-9a-f]{64})", text.strip())
    if not found:
        raise ArgumentTypeError(f"“{text}” is no entry. Copy it from the last line of an earlier “threshold verify”.")
    return int(found.group(1)), found.group(2)


def verify(
    db: Database,
    workspace: str | None,
    expect: tuple[int, str] | None,
    say: Callable[[str], object],
    *,
    as_json: bool = False,
) -> bool:
    """Check the record of one workspace or of all, in words. Returns whether it is as it was written.

    ``as_json``: an object a workspace instead: ``workspace``, ``sound``, ``entries``, ``last`` and ``wrong``.

    Raises:
        CannotStart: a workspace that is not there; ``expect`` where several are.
    """
    with db.read() as session:
        known = roster.recorded_workspaces(session)
    if workspace is not None and workspace not in known:
        raise CannotStart(f"There is no workspace {workspace} here.")
    chosen = [workspace] if workspace is not None else known
    if expect and len(chosen) != 1:
        raise CannotStart("Say whose entry that is: --workspace T….")
    sound = True
    for one in chosen:
        found, wrong = Record(), 0
        first: list[str] = []
        with db.read(steady=True) as session:
            total = verifying.to_look_at(session, one)
            progress.announce(f"Reading the record of {one}: {total:,} entries and decisions. Nothing is changed.")
            with progress.shown(total, "entries") as found.step:
                for sentence in verifying.verify(session, one, found, expect):
                    wrong += 1
                    if wrong <= MOST_SAID:
                        first.append(sentence)
                        if not as_json:
                            say(f"{one}: {sentence}")
        sound = sound and not wrong
        if as_json:
            last = f"{found.entries}:{found.head}"
            told = {"workspace": one, "sound": not wrong, "entries": found.entries, "last": last}
            say(json.dumps({**told, "wrong": first, "more": wrong - len(first)}, ensure_ascii=False))
            continue
        if wrong > MOST_SAID:
            say(f"{one}: and {wrong - MOST_SAID} more.")
        ends = f"{found.entries:,} entries, the last is {found.entries}:{found.head}"
        say(f"{one}: the record does NOT verify. {ends}" if wrong else f"{one}: the record verifies. {ends}")
    if not chosen and not as_json:
        say("Nothing has been recorded yet.")
    return sound


def _arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--workspace", metavar="T…", help="this workspace only")
    parser.add_argument(
        "--expect", type=noted, metavar="N:HASH", help="an entry as an earlier run named it; needs --workspace"
    )
    parser.add_argument("--json", action="store_true", help="an object a workspace, on a line each")


def run(settings: Settings, options: argparse.Namespace) -> int:
    with closing(starting.open_to_read(settings.database_url)) as db:
        return 0 if verify(db, options.workspace, options.expect, print, as_json=options.json) else 1


COMMAND = Command("verify", "prove that the record is as it was written, or name what is not", run, _arguments)
