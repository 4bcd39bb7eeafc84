"""What another policy would have done, in sentences: more and fewer, and what came of them. Bounds, where a question
that would count was never asked."""

from __future__ import annotations

from collections.abc import Iterator

from app.domain.findings import GateName
from app.domain.insights.another_policy import Level
from app.domain.insights.comparison import Change, Comparison, Moved, changes, gate_changes
from app.domain.policy.policy import Policy
from app.words.insights import KEPT_BACK
from app.words.ladder import rung_said
from app.words.policy import changed


def identity_said(same: int, otherwise: int, unknown: int) -> str:
    """Whether the policies they were judged by give the verdicts that are kept."""
    return f"{same} verdicts come out as they are kept, {otherwise} otherwise, {unknown} can't be worked out again."


def compared_said(found: Comparison, before: Policy, other: Policy) -> Iterator[str]:
    """First what is another policy about it, then each level and gate that would have changed."""
    lines = changed(before, other)
    yield from (f"now: {line}" for line in lines)
    if not lines:
        yield "It is the policy that counts now."
    said = [line for line in map(change_said, changes(found)) if line]
    said += [line for gate, one in gate_changes(found).items() if (line := gate_change_said(gate, dict(one)))]
    yield from said or ["Nothing would have come out otherwise."]
    if found.never_asked:
        yield never_asked_said(found.never_asked)


def level_said(level: Level) -> str:
    return "their team" if level is None else f"a {rung_said(level)}"


def change_said(change: Change) -> str | None:
    """7 more to a VP: of these 0 were wrong, 3 nobody has looked back on. 41 fewer: 1 was wrong. None: no change."""
    parts = [
        _moved_said(change.more, change.perhaps_more, "more"),
        _moved_said(change.fewer, change.perhaps_fewer, "fewer"),
    ]
    told = [part for part in parts if part]
    return f"To {level_said(change.level)} ({change.before} so far): {'; '.join(told)}." if told else None


def _moved_said(sure: Moved | None, perhaps: Moved | None, word: str) -> str | None:
    if sure is None or perhaps is None:
        return f"some {word}, not told, since {KEPT_BACK}"
    most = sure.decisions + perhaps.decisions
    if not most:
        return None
    number = f"{sure.decisions}" if not perhaps.decisions else f"{sure.decisions} to {most}"
    wrong = f"{sure.wrong}" if not perhaps.wrong else f"{sure.wrong} to {sure.wrong + perhaps.wrong}"
    unseen = sure.unseen + perhaps.unseen
    left = f", and nobody has looked back on {unseen}" if unseen else ""
    return f"{number} {word}; of these {wrong} {'was' if wrong == '1' else 'were'} wrong{left}"


def gate_change_said(gate: GateName, counted: dict[str, int]) -> str | None:
    words = (
        ("passes_now", "pass that failed"), ("fails_now", "fail that passed"), ("new", "are asked about anew"),
        ("gone", "are no longer asked about"), ("unknown", "can't be told"),
    )  # fmt: skip
    told = [f"{counted[key]} {said}" for key, said in words if counted.get(key)]
    return f"Gate “{gate.value}”: {', '.join(told)}." if told else None


def never_asked_said(number: int) -> str:
    """Bounds, not a guess."""
    one = number == 1
    return (
        f"Of {number} {'decision' if one else 'decisions'} a question was never asked that would count now: "
        f"where “to” stands between two figures, the truth lies between them."
    )
