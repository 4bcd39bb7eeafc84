"""How figures are taken and said."""

import math
import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

TICK = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True)
class Row:
    """One line of the table: what was measured, and what came out."""

    what: str
    figure: str


def quantile(waits: Sequence[float], share: float) -> float:
    """The smallest value that ``share`` of them do not exceed."""
    return sorted(waits)[max(0, math.ceil(share * len(waits)) - 1)]


def cpu_of(pid: int) -> float:
    """Seconds that a process has spent on a core so far, its threads together."""
    fields = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / TICK


def resident(pid: int) -> float:
    """Megabytes of memory that a process holds."""
    status = Path(f"/proc/{pid}/status").read_text()
    return int(next(line for line in status.splitlines() if line.startswith("VmRSS")).split()[1]) / 1024
