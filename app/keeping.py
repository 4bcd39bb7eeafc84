"""What an operator does with a whole workspace: prove its record, carry it elsewhere, take a person out of it."""

import json
import re
import sqlite3
from argparse import ArgumentTypeError
from collections.abc import Callable, Generator
from contextlib import closing
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy.exc import IntegrityError, SQLAlchemyError, StatementError
from sqlalchemy.orm import Session

from app.addresses import shown
from app.configured import CannotStart
from app.db import archive, outgoing, queries, roster, verifying
from app.db.session import Database
from app.db.verifying import Record
from app.domain.lifecycle import OPEN, Status
from app.files import begin_private
from app.schema import schema_revision
from app.starting import the_workspace
from app.workflows.cards import show
from app.workflows.record.erasing import Erased, erase_person

# ── a whole workspace ───────────────────────────────────────────────────────────────────────────────────

LIVES = OPEN | {Status.DEFLECTED, Status.APPROVED, Status.IMPLEMENTED}
"""Something is still to come: its cards are brought up to date after an import."""


def export_whole(db: Database, workspace: str | None, warn: Callable[[str], object]) -> Generator[str, None, None]:
    """One workspace, whole, as lines that ``import_whole`` puts back.

    Raises:
        CannotStart: it is not clear which workspace.
    """
    chosen = the_workspace(db, workspace)
    with db.read(steady=True) as session:
        waiting = outgoing.undelivered(session, chosen)
        if waiting:
            warn(
                f"{waiting} messages still wait to be delivered, and are not in this file. "
                "Let “threshold run” deliver them, stop it, and export again."
            )
        yield from archive.write(session, chosen, schema_revision())


def import_whole(db: Database, file: Path, now: datetime) -> str:
    """Put a workspace back. All of it, or nothing. Returns one sentence about it.

    Its cards in Slack go on where they stand: they are edited in place, or posted anew where they are gone.

    Raises:
        CannotStart: a file that can't be read, is damaged or of another version; a workspace that is in use here.
    """
    try:
        with file.open(encoding="utf-8") as lines:
            header = archive.check(lines)
        workspace, here = str(header["workspace"]), schema_revision()
        if (header.get("format"), header.get("schema")) != (archive.FORMAT, here):
            raise CannotStart(
                f"{file} was written by another version of Threshold (schema {header.get('schema')}, not {here}). "
                "Import it with that version, then upgrade."
            )
        with db.begin() as session, file.open(encoding="utf-8") as lines:
            if queries.in_use(session, workspace):
                raise CannotStart(
                    f"{workspace} is in use here already: an import would mix two pasts. Nothing was changed."
                )
            rows = archive.put_back(session, workspace, lines)
            found = Record()
            wrong = next(verifying.verify(session, workspace, found), None)
            if wrong:
                raise archive.Damaged(f"Its record does not verify. {wrong}")
            for decision in queries.in_states(session, workspace, LIVES):
                show(session, decision, now)
    except archive.Damaged as damaged:
        raise CannotStart(f"{file} can't be imported. {damaged} Nothing was changed.") from None
    except IntegrityError:
        raise CannotStart(
            "Another workspace in this database has taken the ids of that file, which the buttons in Slack carry. "
            "Import it into an empty database. Nothing was changed."
        ) from None
    except UnicodeDecodeError:
        raise CannotStart(f"{file} is no text. Nothing was changed.") from None
    except (StatementError, ValueError):  # ValueError: a state, a date or a memo that is none
        raise CannotStart(
            f"{file} can't be imported. It holds a value that fits no column. Nothing was changed."
        ) from None
    except OSError as error:
        raise CannotStart(f"{file} can't be read: {error.strerror}.") from None
    return f"{workspace} is here: {rows:,} rows, and a record of {found.entries:,} entries that verifies."


# ── is it as it was written? ────────────────────────────────────────────────────────────────────────────

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


# ── a person ────────────────────────────────────────────────────────────────────────────────────────────


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


# ── a copy ──────────────────────────────────────────────────────────────────────────────────────────────


def backup(db: Database, url: str, file: Path) -> str:
    """Copy SQLite's file as it is at one moment, beside a running bot, and prove the copy. Returns a sentence.

    Raises:
        CannotStart: PostgreSQL, a file that is there, no room, or a copy that is not sound.
    """
    if not db.sqlite:
        raise CannotStart(f"{shown(url)} has a tool of its own: pg_dump --format=custom --file={file} postgresql://…")
    try:
        begin_private(file)
    except FileExistsError:
        raise CannotStart(f"{file} is there already, and is not written over. Name another one.") from None
    except OSError as error:
        raise CannotStart(f"{file} can't be written: {error.strerror}.") from None
    try:
        with closing(sqlite3.connect(file)) as copy:
            with closing(db.engine.raw_connection()) as line:
                driver: Any = line.driver_connection
                driver.backup(copy)
            copy.execute("PRAGMA journal_mode=DELETE")  # one file, and nothing beside it
            sound = [row[0] for row in copy.execute("PRAGMA integrity_check")] == ["ok"]
    except (sqlite3.Error, SQLAlchemyError) as error:
        file.unlink(missing_ok=True)
        raise CannotStart(f"The copy could not be made ({type(error).__name__}). Is there room for {file}?") from None
    if not sound:
        raise CannotStart(f"The copy in {file} is damaged, and so is the database: stop, and restore an older backup.")
    return f"{file} holds the database as it was at this moment, {file.stat().st_size:,} bytes, and is sound."
