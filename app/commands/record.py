"""`threshold record`: who did what when, for whoever keeps logs. No words of anybody's."""

import argparse
import json
import sys
from collections.abc import Generator
from contextlib import ExitStack, closing
from pathlib import Path
from typing import TextIO

from app import files, starting
from app.commands.command import Command, workspace_option
from app.configured import CannotStart
from app.db import exporting
from app.db.plain_json import plain
from app.db.session import Database
from app.settings import Settings


def stream(db: Database, workspace: str, after: int) -> Generator[str, None, None]:
    """The record as lines of JSON, from the entry behind ``after`` on: who did what when, and the hashes that chain it.
    No words of anybody's: those are the export's."""
    with db.read(steady=True) as session:
        names: dict[int, int] = {}
        for entry in exporting.entries(session, workspace, after):
            if entry.decision_id is not None and entry.decision_id not in names:
                names |= exporting.names_of(session, workspace, [entry.decision_id])
            line = {
                "workspace": workspace, "entry": entry.seq, "at": plain(entry.at), "actor": entry.actor,
                "what": entry.what, "decision": f"D-{names[entry.decision_id]}" if entry.decision_id else None,
                "before": entry.before, "after": entry.after, "hash": entry.hash,
            }  # fmt: skip
            yield json.dumps(line, ensure_ascii=False) + "\n"


def _arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--after", type=int, default=0, metavar="N", help="from the entry behind this one on")
    workspace_option(parser)
    parser.add_argument("--output", type=Path, metavar="FILE", help="into this file instead of stdout")


def run(settings: Settings, options: argparse.Namespace) -> int:
    with ExitStack() as stack:
        db = stack.enter_context(closing(starting.open_to_read(settings.database_url)))
        chosen = starting.the_workspace(db, options.workspace)
        out: TextIO = sys.stdout
        if options.output is not None:
            try:
                out = stack.enter_context(files.whole(options.output))
            except OSError as error:
                raise CannotStart(f"{options.output} can't be written: {error.strerror}.") from None
        out.writelines(stream(db, chosen, options.after))
        out.flush()
    return 0


COMMAND = Command(
    "record",
    "write the record as lines of JSON for whoever keeps logs: who did what when, and no words",
    run,
    _arguments,
)
