"""`threshold export`: every decision with its record, for whoever reads on elsewhere."""

import argparse
import json
import re
import sys
from argparse import ArgumentTypeError
from collections.abc import Generator, Iterable
from contextlib import ExitStack, closing
from datetime import datetime
from pathlib import Path
from typing import Any, TextIO

from sqlalchemy import inspect
from sqlalchemy.orm import Session

from app import bootstrap, files, starting
from app.commands import progress, whole_workspace
from app.commands.command import Command
from app.configured import CannotStart
from app.db import exporting, roster
from app.db.claims import UNREADABLE
from app.db.exporting import Whole
from app.db.models import Base
from app.db.plain_json import plain
from app.db.session import Database
from app.settings import Settings
from app.slack import spreadsheet
from app.slack.exports import markdown


def _arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--format", choices=("json", "csv", "markdown"), default="json",
        help="a line of JSON each, a row of a spreadsheet each, or Markdown",
    )  # fmt: skip
    parser.add_argument(
        "--decision", action="append", default=[], type=number_of, metavar="D-42", help="this one; repeatable"
    )
    parser.add_argument("--workspace", metavar="T…", help="this workspace only")
    parser.add_argument("--output", type=Path, metavar="FILE", help="into this file instead of stdout")
    parser.add_argument(
        "--whole", action="store_true", help="everything of one workspace, to be read by `threshold import`"
    )


def run(settings: Settings, options: argparse.Namespace) -> int:
    if options.whole and (options.decision or options.format != "json"):
        raise CannotStart("--whole writes everything of a workspace: leave --decision and --format out.")
    with ExitStack() as stack:
        db = stack.enter_context(closing(starting.open_to_read(settings.database_url)))
        found = (
            whole_workspace.export_whole(db, options.workspace, lambda said: print(said, file=sys.stderr))
            if options.whole
            else export(
                db,
                form=options.format,
                workspace=options.workspace,
                numbers=options.decision,
                now=bootstrap.wall_clock(),
            )
        )
        pages = stack.enter_context(closing(found))
        first = next(pages, "")  # a decision that is not there leaves an earlier file as it was
        if not first:
            print("No decisions yet.", file=sys.stderr)
        of = "rows" if options.whole else "decisions"
        progress.announce(f"Writing {options.output or 'to stdout'}. An earlier file stays until this one is whole.")
        counted = stack.enter_context(closing(progress.watched(pages, None, of)))
        unreadable = _write(first, counted, options.output)
    if unreadable is not None:
        raise unreadable
    return 0


def _write(first: str, pages: Iterable[str], file: Path | None) -> CannotStart | None:
    """Returns what is to be said of decisions that could not be read: all others are in the file.

    Raises:
        CannotStart: the file can't be written. An earlier one stays as it was.
    """
    with ExitStack() as stack:
        out: TextIO = sys.stdout
        try:
            if file is not None:
                out = stack.enter_context(files.whole(file))
            out.write(first)
            try:
                out.writelines(pages)
            except CannotStart as error:
                return error
            out.flush()
        except BrokenPipeError:
            raise
        except OSError as error:
            raise CannotStart(f"{file or 'The output'} can't be written: {error.strerror}.") from None
    return None


def number_of(name: str) -> int:
    """42 for D-42. Raises ArgumentTypeError, with what to write instead, for anything else."""
    found = re.fullmatch(r"(?:d\s?-?\s?)?(\d{1,9})", name.strip(), re.IGNORECASE)
    if not found:
        raise ArgumentTypeError(f"“{name}” is no decision. Write it like D-42.")
    return int(found.group(1))


def export(
    db: Database, *, form: str, workspace: str | None, numbers: list[int], now: datetime
) -> Generator[str, None, None]:
    """Each decision as text: one line of JSON (``form`` json), a row of CSV, or a page of Markdown. Private
    ones too.

    Raises:
        CannotStart: a workspace or a number that is not there; after all others, decisions that can't be read any more.
    """
    with db.read(steady=True) as session:
        known = roster.workspaces(session)
        if workspace is not None and workspace not in known:
            raise CannotStart(f"There is no workspace {workspace} here.")
        chosen = [workspace] if workspace is not None else known
        there = {number for one in chosen for number in exporting.numbers(session, one, numbers)} if numbers else set()
        if missing := sorted(set(numbers) - there):
            where = f" in {workspace}" if workspace else ""
            raise CannotStart(f"There is no {', '.join(f'D-{number}' for number in missing)}{where}.")
        first, unreadable = True, list[str]()
        for found in (found for one in chosen for found in exporting.decisions(session, one, numbers)):
            try:
                page = _page(session, found, form, now)
            except UNREADABLE:  # JSON of another shape, a date that is none: the others can be read
                unreadable.append(f"D-{found if isinstance(found, int) else found.decision.number}")
                continue
            before = {
                "csv": spreadsheet.MARK + spreadsheet.header() if first else "",
                "markdown": "" if first else "\n---\n\n",
            }
            yield before.get(form, "") + page
            first = False
    if unreadable:
        raise CannotStart(
            f"{', '.join(unreadable)} can't be read any more, and {'is' if len(unreadable) == 1 else 'are'} left out. "
            "All others are there. “threshold verify” says what was changed."
        )


def _page(session: Session, found: Whole | int, form: str, now: datetime) -> str:
    """Raises one of ``UNREADABLE`` where that is so."""
    if isinstance(found, int):
        raise ValueError("not even its row can be read")
    if form == "csv":
        return spreadsheet.row(session, found.decision)
    if form == "markdown":
        return markdown(session, found.decision, now).rstrip() + "\n"
    return json.dumps(record(found), ensure_ascii=False) + "\n"


def record(whole: Whole) -> dict[str, Any]:
    """One decision, whole: its own fields, every memo version, every sign-off, question and look, and its history."""
    decision = whole.decision
    return {
        "name": decision.name,
        **_columns(decision),
        "participants": [p.user_id for p in decision.participants],
        "memos": [_columns(memo) for memo in decision.memos],
        "signers": [_columns(signer) for signer in decision.signers],
        "questions": [_columns(question) for question in decision.questions],
        "looks": [_columns(look) for look in decision.looks],
        "writings": [_columns(one) for one in decision.writings],
        "documents": [_columns(one) for one in decision.documents],
        "dissents": [_columns(one) for one in decision.dissents],
        "decided_over_dissent": [_columns(one) for one in decision.overs],
        "commitments": [_columns(one) for one in decision.commitments],
        "tradeoffs": [_columns(one) for one in decision.tradeoffs],
        "tradeoff_sides": [_columns(one) for one in decision.sides],
        "tradeoff_plans": [_columns(one) for one in decision.plans],
        "tradeoff_results": [_columns(one) for one in decision.results],
        "syncs": [_columns(one) for one in decision.syncs],
        "pre_read_by": [_columns(one) for one in decision.sync_readers],
        "comments": [_columns(one) for one in decision.remarks],
        "approvals": [_columns(one) for one in decision.approvals],
        "suggestions": [_columns(suggestion) for suggestion in whole.suggestions],
        "history": [_columns(event) for event in whole.history],
    }


def _columns(row: Base) -> dict[str, Any]:
    return {one.columns[0].name: plain(getattr(row, one.key)) for one in inspect(type(row)).column_attrs}


COMMAND = Command(
    "export",
    "write all decisions, private ones too, with their whole record",
    run,
    _arguments,
    stopped="Stopped. Nothing was written to a file, and an earlier one stands as it was.",
)
