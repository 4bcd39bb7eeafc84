"""What runs in a process of its own: an operator's command, on the clock that all share."""

from pathlib import Path
from typing import Any

from app import __main__ as command_line
from app import bootstrap
from tests.crash.bot import SharedClock


def operate(plan: dict[str, Any]) -> int:
    """``clock``: the file. ``words``: what is typed after `threshold`."""
    clock = SharedClock(Path(plan["clock"]))
    vars(bootstrap)["wall_clock"] = clock
    defaults = bootstrap.auditor.__defaults__
    assert defaults
    bootstrap.auditor.__defaults__ = (clock, *defaults[1:])
    return command_line.main(plan["words"])
