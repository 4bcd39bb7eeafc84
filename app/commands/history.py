"""`threshold import --from FORMAT`: decisions that were made elsewhere, brought into the library."""

import sys
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from app.commands import progress
from app.commands.command import OPERATOR
from app.configured import CannotStart
from app.db.session import Database
from app.domain.library.faults import Odd, Unopened
from app.domain.library.importing import json_lines, markdown, sheet
from app.domain.library.importing.rows import Found
from app.domain.library.past import Dirty
from app.words.importing import left_out
from app.workflows.library.bringing import bring

PAGES = (".md", ".markdown")
ENCODING = "utf-8-sig"
LONGEST_WORKSPACE = 32


def read(form: str, place: Path) -> Found:
    """What stands there: ``form`` is markdown (a folder), csv or jsonl (a file).

    Raises:
        CannotStart: nothing can be read there at all.
    """
    try:
        return _READS[form](place)
    except OSError as error:
        raise CannotStart(f"{place} can't be read: {error.strerror}. Nothing was changed.") from None
    except UnicodeDecodeError:
        raise CannotStart(f"{place} is no text in UTF-8: save it as that. Nothing was changed.") from None
    except sheet.NoTable:
        raise CannotStart(
            f"The first line of {place} names no columns: it needs id and title, and may have text, status, proposed, "
            "decided and replaces. Nothing was changed."
        ) from None


def _markdown(folder: Path) -> Found:
    if not folder.is_dir():
        raise CannotStart(f"{folder} is no folder. Name the one that holds the records. Nothing was changed.")
    files, left = list[markdown.File](), list[Dirty]()
    for page in sorted(one for one in folder.rglob("*") if one.suffix.lower() in PAGES and one.is_file()):
        name = page.relative_to(folder).as_posix()
        try:
            files.append(markdown.File(name, page.read_text(encoding=ENCODING)))
        except UnicodeDecodeError:
            left.append(Dirty(name, Odd.NO_UTF8))
        except OSError as error:
            left.append(Dirty(name, Unopened(str(error.strerror))))
    found = markdown.read(files)
    found.left = [*left, *found.left]
    return found


def _lines(file: Path) -> Found:
    with file.open(encoding=ENCODING) as lines:
        return json_lines.read(lines)


def _sheet(file: Path) -> Found:
    with file.open(encoding=ENCODING, newline="") as lines:
        return sheet.read(lines.read())


_READS: dict[str, Callable[[Path], Found]] = {"markdown": _markdown, "csv": _sheet, "jsonl": _lines}
FORMS = tuple(_READS)


def import_history(db: Database, form: str, place: Path, workspace: str, now: datetime) -> tuple[str, bool]:
    """Bring it in. What is left is named on stderr. Returns a sentence, and whether anything could be taken.

    Raises:
        CannotStart: nothing can be read there at all.
    """
    if not workspace.isalnum() or len(workspace) > LONGEST_WORKSPACE:
        raise CannotStart(f"“{workspace}” is no workspace: its id looks like T0123ABCD. Nothing was changed.")
    found = read(form, place)
    for one in found.left:
        print(f"Left out: {left_out(one)}.", file=sys.stderr)
    if not found.taken:
        return f"No decision could be taken from {place}. Nothing was changed.", False
    total = len(found.taken)
    progress.announce(f"Bringing {total:,} decisions to {workspace}, and their words into the index: all, or none.")
    with db.begin() as session, progress.shown(total, "decisions") as step:
        brought = bring(session, workspace, found.taken, OPERATOR, now, step)
    left = f" {len(found.left)} left out, named above." if found.left else ""
    same = f", {brought.same} as they were" if brought.same else ""
    changed = f", {brought.changed} changed" if brought.changed else ""
    return f"{brought.new} decisions are new in {workspace}{changed}{same}.{left} “threshold find” finds them.", True
