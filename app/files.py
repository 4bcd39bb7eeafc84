"""Files that hold what people wrote: nobody but their owner may read them."""

import os
import stat
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


def begin_private(file: Path) -> None:
    """Make an empty file for its owner alone, where there is none: SQLite keeps to its rights for those beside it.

    Raises:
        OSError: it can't be made, or is there.
    """
    os.close(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, OWNERS))
