"""What runs in a process of its own: an operator's command, on the clock that all share, at a moment that was agreed."""

import time
from pathlib import Path
from typing import Any

from app import __main__ as command_line
from app import bootstrap
from tests.crash.bot import SharedClock


def operate(plan: dict[str, Any]) -> int:
    """``clock``: the file. ``words``: what is typed after `threshold`. ``at``: when, on the machine's clock."""
    clock = SharedClock(Path(plan["clock"]))
    command_line.wall_clock = clock  # type: ignore[assignment]
    defaults = bootstrap.auditor.__defaults__
    assert defaults
    bootstrap.auditor.__defaults__ = (clock, *defaults[1:])
    while (left := plan["at"] - time.time()) > 0:
        time.sleep(min(left, 0.002))
    return command_line.main(plan["words"])
