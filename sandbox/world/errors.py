"""The one exception of the Web API: it becomes `{"ok": false, "error": code, ...}`."""

from __future__ import annotations

from typing import Any


class SlackError(Exception):
    """`code` is Slack's error code; `extra` joins the reply beside it."""

    def __init__(self, code: str, **extra: Any) -> None:
        super().__init__(code)
        self.code = code
        self.extra = extra

    def body(self) -> dict[str, Any]:
        return {"ok": False, "error": self.code, **self.extra}


def invalid_arguments(*messages: str) -> SlackError:
    return SlackError(
        "invalid_arguments",
        response_metadata={"messages": [f"[ERROR] {message}" for message in messages]},
    )
