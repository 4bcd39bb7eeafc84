"""The trade-off log as a document and as a table."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

COLUMNS = (
    "date", "decision", "title", "objectives", "experiment", "result", "decided", "arm", "tested", "reasons",
    "revisit", "closed", "changed while it ran",
)  # fmt: skip


@dataclass(frozen=True)
class Line:
    """An entry of the log in words; what somebody may not read is empty."""

    opened: date
    name: str
    title: str
    objectives: Sequence[str]
    experiment: str
    result: str
    decided: str
    arm: str
    tested: bool
    middle: bool
    """Between two arms, and neither."""
    reasons: str
    revisit: str
    closed: date | None
    late: Sequence[str]


def to_markdown(lines: Sequence[Line]) -> str:
    """The newest first, each with its parts; what is missing is said."""
    out = ["# The trade-off log", ""]
    if not lines:
        out.append("Nothing yet.")
    for one in lines:
        state = f"closed {one.closed.isoformat()}" if one.closed else "open"
        out += [f"## {one.name} {_plain(one.title)}", "", f"{one.opened.isoformat()} · {state}", ""]
        out += (
            ["**Conflicting objectives**", "", *(f"- {_plain(said)}" for said in one.objectives), ""]
            if one.objectives
            else []
        )
        parts = (
            ("Experiment", one.experiment), ("Result", one.result), ("Decision", one.decided),
            ("Because", one.reasons), ("Revisit", one.revisit),
        )  # fmt: skip
        out += [line for title, said in parts if said for line in (f"**{title}:** {_plain(said)}", "")]
        if one.decided and not one.tested:
            out += ["> In the middle: no arm tested it." if one.middle else "> No arm tested it.", ""]
        out += [line for said in one.late for line in (f"> Changed while it ran: {_plain(said)}", "")]
    return "\n".join(out).rstrip() + "\n"


def _plain(text: str) -> str:
    """One line, without what Markdown would make of it."""
    line = " ".join(text.split())
    for sign in "\\`*_[]<>#|":
        line = line.replace(sign, f"\\{sign}")
    return line


def to_rows(lines: Iterable[Line]) -> list[tuple[str, ...]]:
    """Behind ``COLUMNS``."""
    return [
        (
            one.opened.isoformat(), one.name, one.title, " / ".join(one.objectives), one.experiment, one.result,
            one.decided, one.arm, ("yes" if one.tested else "no") if one.decided else "", one.reasons, one.revisit,
            one.closed.isoformat() if one.closed else "", " / ".join(one.late),
        )
        for one in lines
    ]  # fmt: skip


def to_csv(rows: Iterable[Sequence[str]]) -> str:
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows([COLUMNS, *rows])
    return out.getvalue()
