"""The few types everything else is written in."""

from __future__ import annotations

from typing import Any, Literal

Json = dict[str, Any]
ChannelKind = Literal["channel", "group", "im", "mpim"]
StateKey = tuple[str, str]
"""(block_id, action_id)"""
