"""What is wrong with something an app sent, in Slack's words."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Problem:
    """One refusal.

    `error` is the code Slack answers with, `pointer` a JSON pointer into the arguments
    ("/blocks/3/text/text", "/view/title"), `message` the sentence without the pointer.
    """

    error: str
    pointer: str
    message: str

    @property
    def detail(self) -> str:
        """As in the answer's `errors`: the message and where."""
        return f"{self.message} [json-pointer:{self.pointer}]"

    @property
    def line(self) -> str:
        """As in the answer's `response_metadata.messages`."""
        return f"[ERROR] {self.detail}"
