"""What an app may stream: text, tasks, a plan's title, blocks (docs.slack.dev, reference/methods/chat.appendStream).

Slack has been seen to take longer titles and details than its page states (github.com/vercel/chat/pull/886,
2026-09-04); the page's figure is taken.
"""

from __future__ import annotations

from sandbox.limits.blocks import check_blocks
from sandbox.limits.elements import ELEMENTS
from sandbox.limits.figures import LIMITS
from sandbox.limits.problems import Problem
from sandbox.limits.shapes import Array, Notes, Shape, Str, Union, one_of, typed

TASK_STATES = ("pending", "in_progress", "complete", "error")


class _Blocks:
    def check(self, value: object, at: str, notes: Notes) -> None:
        check_blocks(value, at, "message", notes)


CHUNKS: dict[str, Shape] = {
    "markdown_text": typed({"text": Str("stream.markdown_text")}),
    "task_update": typed(
        {"id": Str("stream.task.id"), "title": Str("stream.task.title"), "status": one_of(*TASK_STATES)},
        {
            "details": Str("stream.task.details"),
            "output": Str("stream.task.output"),
            "sources": Array(Union({"url": ELEMENTS["url"]})),
        },
    ),
    "plan_update": typed({"title": Str("stream.plan.title")}),
    "blocks": typed({"blocks": _Blocks()}),
}
_CHUNKS = Array(Union(CHUNKS))


def check_chunks(chunks: object) -> list[Problem]:
    """Every reason Slack would refuse chunks for."""
    notes: Notes = []
    _CHUNKS.check(chunks, "/chunks", notes)
    said = [Problem("invalid_chunks", at, what) for at, what in notes]
    most = LIMITS["stream.markdown_text"].most
    text = sum(
        len(c["text"])
        for c in (chunks if isinstance(chunks, list) else [])
        if isinstance(c, dict) and c.get("type") == "markdown_text" and isinstance(c.get("text"), str)
    )
    if text > most:
        said.insert(0, Problem("msg_too_long", "/chunks", f"must be less than {most + 1} characters"))
    return said
