"""Long work shows that it goes on, where somebody looks: on a terminal's stderr, and nowhere else.

First it says what will be done and what stopping it means. A pipe or a file gets none of it.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Generator, Iterable
from contextlib import contextmanager
from typing import TypeVar

Item = TypeVar("Item")

Step = Callable[[int], object]
"""Called with how many more are done."""


UNSAID = {"ncols": 80, "nrows": 24}
"""Columns and rows of a terminal that does not say how large it is, as in a container: of 0 × 0, nothing is shown."""


def is_watched() -> bool:
    return sys.stderr.isatty()


def announce(what: str) -> None:
    """One sentence: what will be done, and that Ctrl-C stops it."""
    if is_watched():
        print(f"{what} Ctrl-C stops it.", file=sys.stderr)


@contextmanager
def shown(total: int | None, of: str) -> Generator[Step, None, None]:
    """A bar while it lasts. ``total``: how many there are, where that is known; ``of``: of what, in the plural."""
    if not is_watched():
        yield lambda _more: None
        return
    from tqdm import tqdm  # loaded only where somebody looks

    tqdm.monitor_interval = 0  # no thread beside us
    known = os.get_terminal_size(sys.stderr.fileno()).columns > 0
    size = {"dynamic_ncols": True} if known else UNSAID
    with tqdm(total=total, unit=f" {of}", unit_scale=total is not None and total > 10_000, leave=False,
              file=sys.stderr, **size) as bar:  # fmt: skip
        yield bar.update


def watched(items: Iterable[Item], total: int | None, of: str) -> Generator[Item, None, None]:
    """The same items, counted as they go by."""
    with shown(total, of) as step:
        for item in items:
            yield item
            step(1)
