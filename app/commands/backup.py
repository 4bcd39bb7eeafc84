"""`threshold backup`: SQLite's file as it is at one moment."""

import argparse
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

from sqlalchemy.exc import SQLAlchemyError

from app import starting
from app.addresses import shown
from app.commands.command import Command
from app.configured import CannotStart
from app.db.session import Database
from app.files import begin_private
from app.settings import Settings


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


def _arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", type=Path, metavar="FILE", help="a file that is not there yet")


def run(settings: Settings, options: argparse.Namespace) -> int:
    with closing(starting.open_to_copy(settings.database_url)) as db:
        print(backup(db, settings.database_url, options.file))
    return 0


COMMAND = Command(
    "backup", "copy SQLite's file as it is now, beside a running bot, and prove the copy", run, _arguments
)
