"""Files that hold what people wrote: nobody but their owner may read them."""

import os
import secrets
import stat
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO

OWNERS = 0o600


def private(file: Path) -> TextIO:
    """A file to write text into, emptied, for its owner alone. A pipe or a device is written to as it is.

    Raises:
        OSError: it can't be written.
    """
    opened = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, OWNERS)
    try:
        if stat.S_ISREG(os.fstat(opened).st_mode):
            os.fchmod(opened, OWNERS)  # it may have been there, open to others
    except OSError:
        os.close(opened)
        raise
    return os.fdopen(opened, "w", encoding="utf-8")


@contextmanager
def whole(file: Path) -> Generator[TextIO, None, None]:
    """As ``private``, and all or nothing: until it is written to its end, an earlier file stays as it was.

    What is written stands beside it meanwhile, and is taken away where the writing ends early. A pipe or a device is
    written to as it is.

    Raises:
        OSError: it can't be written.
    """
    if file.exists() and not file.is_file():
        with private(file) as out:
            yield out
        return
    target = file.resolve()  # what a link points to is written anew, and the link stays
    half = target.with_name(f".{target.name}.{secrets.token_hex(4)}.part")
    begin_private(half)
    try:
        with private(half) as out:
            yield out
            out.flush()
            os.fsync(out.fileno())
        os.replace(half, target)
    finally:
        half.unlink(missing_ok=True)


def begin_private(file: Path) -> None:
    """Make an empty file for its owner alone, where there is none: SQLite keeps to its rights for those beside it.

    Raises:
        OSError: it can't be made, or is there.
    """
    os.close(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, OWNERS))
