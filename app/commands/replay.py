"""`threshold replay`: every verdict worked out again from what was kept with it, and by another policy."""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import UTC, datetime, time
from pathlib import Path
from typing import Any

from app import starting
from app.commands import progress
from app.commands.command import Command, day, workspace_option
from app.configured import CannotStart
from app.db import judged, policies
from app.db.session import Database
from app.domain.insights.comparison import Change, Comparison, Moved, changes, gate_changes
from app.domain.policy.file import read
from app.domain.policy.policy import SHIPPED_POLICY, Policy
from app.settings import Settings
from app.words.policy import changed
from app.words.triage.replay import WHY_NOT
from app.words.trying import compared_said, identity_said
from app.workflows.insights.replaying import Replayed, replay_all

MOST_SAID = 20
"""Decisions that are named; the rest is counted."""


def _arguments(parser: argparse.ArgumentParser) -> None:
    workspace_option(parser)
    parser.add_argument(
        "--policy", type=Path, metavar="FILE", help="also by this policy (TOML; what it leaves out is as it is now)"
    )
    parser.add_argument(
        "--since", type=day, metavar="DAY", help="by that policy: decisions that began on this day or later"
    )
    parser.add_argument(
        "--json", action="store_true", help="one object: same, otherwise, unknown, and what would change"
    )


def run(settings: Settings, options: argparse.Namespace) -> int:
    if options.since is not None and options.policy is None:
        raise CannotStart("--since is of what another policy would have done: name its file with --policy.")
    since = datetime.combine(options.since, time.min, UTC) if options.since else None
    with closing(starting.open_to_read(settings.database_url)) as db:
        workspace = starting.the_workspace(db, options.workspace)
        before = _newest(db, workspace)
        other = _policy_of(options.policy, before) if options.policy is not None else None
        found = replay(db, workspace, other, since)
    if options.json:
        print(json.dumps(as_json(workspace, found, before, other), ensure_ascii=False))
    else:
        for line in in_words(found, before, other):
            print(line)
    return 1 if found.otherwise else 0


def replay(db: Database, workspace: str, other: Policy | None = None, since: datetime | None = None) -> Replayed:
    """All of one moment. Nothing is written."""
    with db.read(steady=True) as session:
        total = judged.how_many(session, workspace)
        then = " and once more by the other policy" if other else ""
        progress.announce(f"Working {total:,} verdicts of {workspace} out again{then}. Nothing is changed.")
        with progress.shown(total, "verdicts") as step:
            return replay_all(session, workspace, other, since, step)


def _newest(db: Database, workspace: str) -> Policy:
    with db.read() as session:
        found = policies.history(session, workspace)
        return found[0].policy if found else SHIPPED_POLICY


def _policy_of(file: Path, before: Policy) -> Policy:
    try:
        return read(file.read_text(encoding="utf-8"), before)
    except (OSError, UnicodeDecodeError) as error:
        why = error.strerror if isinstance(error, OSError) else "it is no text"
        raise CannotStart(f"{file} can't be read: {why}.") from None


# ── in words ────────────────────────────────────────────────────────────────────────────────────────────


def in_words(found: Replayed, before: Policy, other: Policy | None) -> Iterator[str]:
    """First whether the same policy gives the same verdicts, then what the other one would have changed."""
    yield from _each(found.unknown, lambda one: f"D-{one[0]} is not replayable: {WHY_NOT.get(one[1], one[1])}")
    yield from _each(
        found.otherwise,
        lambda one: f"D-{one} comes out otherwise than it is kept: somebody changed its answers or its verdict.",
    )
    yield identity_said(found.same, len(found.otherwise), len(found.unknown))
    if other is not None:
        yield f"\nBy the other policy, {found.compared.decisions} decisions (private ones are left out):"
        yield from compared_said(found.compared, before, other)
        yield "Nothing was changed. “threshold policy set FILE” makes it count."


def _each(found: list[Any], said: Callable[[Any], str]) -> Iterator[str]:
    yield from map(said, found[:MOST_SAID])
    if len(found) > MOST_SAID:
        yield f"and {len(found) - MOST_SAID} more."


# ── as JSON ─────────────────────────────────────────────────────────────────────────────────────────────


def as_json(workspace: str, found: Replayed, before: Policy, other: Policy | None) -> dict[str, Any]:
    identity = {
        "same": found.same,
        "otherwise": [f"D-{number}" for number in found.otherwise],
        "unknown": [{"decision": f"D-{number}", "why": why.value} for number, why in found.unknown],
    }
    if other is None:
        return {"workspace": workspace, "identity": identity}
    compared = found.compared
    return {
        "workspace": workspace,
        "identity": identity,
        "policy": changed(before, other),
        "decisions": compared.decisions,
        "never_asked": compared.never_asked,
        "levels": [_change(one) for one in changes(compared)],
        "doors": _doors(compared),
        "gates": {gate.value: dict(one) for gate, one in gate_changes(compared).items()},
    }


def _change(one: Change) -> dict[str, Any]:
    moved = {name: _moved(getattr(one, name)) for name in ("more", "perhaps_more", "fewer", "perhaps_fewer")}
    return {"level": one.level.value if one.level else "team", "before": one.before, **moved}


def _moved(one: Moved | None) -> dict[str, int] | None:
    if one is None:
        return None
    return {
        "decisions": one.decisions, "wrong": one.wrong, "partly": one.partly, "right": one.right,
        "not_looked_back": one.unseen,
    }  # fmt: skip


def _doors(found: Comparison) -> list[dict[str, Any]]:
    counted: dict[tuple[tuple[str, ...], tuple[str, ...]], int] = {}
    for (old, new, _), number in found.doors.items():
        key = tuple(sorted(old)), tuple(sorted(new))
        counted[key] = counted.get(key, 0) + number
    return [{"old": list(old), "new": list(new), "decisions": counted[old, new]} for old, new in sorted(counted)]


COMMAND = Command(
    "replay",
    "work every verdict out again from what was kept with it, and say what another policy would have done",
    run,
    _arguments,
)
