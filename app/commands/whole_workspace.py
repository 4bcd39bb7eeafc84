"""A workspace with all that belongs to it, as a file that puts it back: `threshold export --whole` and `import`."""

import argparse
from collections.abc import Callable, Generator
from contextlib import closing
from datetime import datetime
from pathlib import Path

from sqlalchemy.exc import IntegrityError, StatementError

from app import bootstrap, starting
from app.commands import history, progress
from app.commands.command import Command
from app.configured import CannotStart
from app.db import archive, outgoing, queries, verifying
from app.db.library import shelving
from app.db.session import Database
from app.db.verifying import Record
from app.domain.lifecycle import OPEN, Status
from app.schema import schema_revision
from app.settings import Settings
from app.starting import the_workspace
from app.workflows.cards import show

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
            total = int(header["lines"])
            progress.announce(f"Putting {workspace} back: {total:,} rows, all of them or none.")
            rows = archive.put_back(session, workspace, progress.watched(lines, total, "rows"))
            progress.announce("Building the index of its library.")
            with progress.shown(shelving.how_many(session, workspace), "decisions") as step:
                shelving.shelve_workspace(session, workspace, step)
            found = Record()
            progress.announce("Proving its record.")
            with progress.shown(verifying.to_look_at(session, workspace), "entries") as found.step:
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


def _arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "file", type=Path, metavar="FILE", help="what the export wrote; with --from, a file or a folder"
    )
    parser.add_argument(
        "--from", dest="form", choices=history.FORMS,
        help="bring in decisions that were made elsewhere: a folder of Markdown, a CSV, or a line of JSON each",
    )  # fmt: skip
    parser.add_argument("--workspace", metavar="T…", help="with --from: into which workspace")


def run(settings: Settings, options: argparse.Namespace) -> int:
    with closing(starting.open_database(settings.database_url)) as db:
        starting.bring_up_to_date(db)
        if options.form:
            said, taken = history.import_history(
                db, options.form, options.file, _whose(db, options.workspace), bootstrap.wall_clock(),
                bootstrap.connect_to_embedder(settings),
            )  # fmt: skip
            print(said)
            return 0 if taken else 1
        if options.workspace:
            raise CannotStart("--workspace goes with --from: a workspace's own file says whose it is.")
        print(import_whole(db, options.file, bootstrap.wall_clock()))
    return 0


def _whose(db: Database, workspace: str | None) -> str:
    """One that nobody has used yet may be named."""
    return workspace if workspace else starting.the_workspace(db, None)


COMMAND = Command(
    "import",
    "put a workspace back that `threshold export --whole` wrote, or bring decisions that were made elsewhere",
    run,
    _arguments,
)
