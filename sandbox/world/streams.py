"""A message that is written bit by bit: its chunks so far, and the blocks they are shown as."""

from __future__ import annotations

from dataclasses import dataclass, field

from sandbox.world.kinds import Json


@dataclass
class Stream:
    """`mode` is `timeline` (a card a task, between the text) or `plan` (all tasks in one plan)."""

    mode: str = "timeline"
    parts: list[Json] = field(default_factory=list)
    """Text, tasks, plan titles and blocks in the order they first came."""
    stopped: bool = False
    """Its reader pressed Stop: nothing more is taken."""

    def add(self, chunks: list[Json]) -> None:
        for chunk in chunks:
            kind = chunk["type"]
            last = self.parts[-1] if self.parts else {}
            if kind == "markdown_text" and last.get("type") == kind:
                last["text"] += chunk["text"]
            elif kind == "task_update" and (known := self._known(kind, chunk["id"])) is not None:
                _update_task(known, chunk)
            elif kind == "plan_update" and (plan := self._known(kind)) is not None:
                plan["title"] = chunk["title"]
            else:
                self.parts.append(dict(chunk))

    def _known(self, kind: str, task_id: str = "") -> Json | None:
        return next((p for p in self.parts if p["type"] == kind and task_id in ("", p.get("id"))), None)

    @property
    def text(self) -> str:
        return "".join(part["text"] for part in self.parts if part["type"] == "markdown_text")

    @property
    def blocks(self) -> list[Json]:
        shown: list[Json] = []
        plan: Json | None = None
        for part in self.parts:
            kind = part["type"]
            if kind == "markdown_text":
                if shown and shown[-1]["type"] == "markdown":  # the tasks between them stand in the plan
                    shown[-1]["text"] += part["text"]
                elif part["text"].strip():
                    shown.append({"type": "markdown", "text": part["text"]})
            elif kind == "blocks":
                shown += part["blocks"]
            elif kind == "task_update" and self.mode == "timeline":
                shown.append(_task_card(part))
            else:
                if plan is None:
                    plan = {"type": "plan", "title": "", "tasks": []}
                    shown.append(plan)
                if kind == "plan_update":
                    plan["title"] = part["title"]
                else:
                    plan["tasks"].append(_task_card(part))
        return shown


def _update_task(task: Json, chunk: Json) -> None:
    """Title and status are replaced, details and output grow (github.com/openclaw/openclaw/pull/125168, 2026-08-17)."""
    task |= {"title": chunk["title"], "status": chunk["status"]}
    for name in ("details", "output"):
        if chunk.get(name):
            task[name] = (task.get(name) or "") + chunk[name]
    if chunk.get("sources"):
        task["sources"] = [*(task.get("sources") or []), *chunk["sources"]]


def _task_card(task: Json) -> Json:
    card: Json = {"type": "task_card", "task_id": task["id"], "title": task["title"], "status": task["status"]}
    for name in ("details", "output"):
        if task.get(name):
            text = {"type": "rich_text_section", "elements": [{"type": "text", "text": task[name]}]}
            card[name] = {"type": "rich_text", "elements": [text]}
    if task.get("sources"):
        card["sources"] = task["sources"]
    return card
