"""What every control is: a function of the local Slack and its arguments (path, query and JSON body in one)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from sandbox.driver.slack import LocalSlack
from sandbox.world.kinds import Json

Act = Callable[[LocalSlack, Json], Any]
Route = tuple[str, str, Act]
"""Method, path, and what answers."""
PERSON = "/sandbox/people/{user}"
