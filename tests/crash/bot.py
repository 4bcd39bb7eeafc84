"""`threshold run` in a process of its own, on a clock that all of them share, and with a place to die."""

import mmap
import struct
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from app import bootstrap
from app.__main__ import main
from app.commands import run as run_command
from app.db.leases import Leases
from tests.crash import points


class SharedClock:
    """The wall clock and a span ahead of it, which stands in a file: eight bytes, seconds."""

    def __init__(self, file: Path) -> None:
        if not file.exists():
            file.write_bytes(struct.pack("d", 0.0))
        with file.open("r+b") as opened:
            self._memory = mmap.mmap(opened.fileno(), 8)

    def __call__(self) -> datetime:
        return datetime.now(UTC) + timedelta(seconds=struct.unpack("d", self._memory[:8])[0])

    def set(self, moment: datetime) -> None:
        self._memory[:8] = struct.pack("d", (moment - datetime.now(UTC)).total_seconds())


def run(plan: dict[str, Any]) -> int:
    """``clock``: the file. ``name``: under which it claims. ``patience``: seconds it may take to stop.
    ``point``, ``hit``, ``after``, ``starting``: where it dies."""
    given = bootstrap.build.__kwdefaults__
    assert given is not None
    given["pace"] = plan.get("pace", 0.0)
    if "clock" in plan:
        given["clock"] = SharedClock(Path(plan["clock"]))
    if "patience" in plan:
        run_command.PATIENCE = plan["patience"]
    if "name" in plan:
        _call(Leases, plan["name"])
    points.arm(plan)
    return main(["run"])


def _call(kind: type[Leases], name: str) -> None:
    """Whoever starts this process knows what it holds when it is dead."""
    begin: Callable[..., None] = kind.__init__

    def named(self: Leases, *args: Any, **more: Any) -> None:
        begin(self, *args, **more)
        self.name = name

    kind.__init__ = named  # type: ignore[method-assign]
