"""A workspace's history worked out again: by the policy it was judged by, and by another one. Reads only.

A verdict takes some hundred microseconds. Where there are many, a second process helps; it is handed what is stored,
and hands back counts.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import Future, ProcessPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import datetime
from multiprocessing import get_context
from typing import Any

from sqlalchemy.orm import Session

from app.db import judged as db_judged
from app.db.judged import Stored
from app.db.types import JsonOf, VerdictJson
from app.domain.answers import Answers, Setting
from app.domain.insights.another_policy import judged, of_verdict
from app.domain.insights.comparison import Comparison
from app.domain.looking_back import Right
from app.domain.policy.policy import SHIPPED_POLICY, Policy
from app.domain.stored_words import reading_stored
from app.domain.triage.replay import NotReplayable, replay, told_before
from app.domain.triage.verdict import Verdict

MANY = 8_000
"""From so many verdicts on a second process is worth its start."""


@dataclass
class Replayed:
    """``otherwise``: decisions whose verdict comes out otherwise than it is kept; ``unknown``: those whose verdict
    can't be worked out again, and why. ``compared`` is empty where there is no other policy."""

    same: int = 0
    otherwise: list[int] = field(default_factory=list)
    unknown: list[tuple[int, NotReplayable]] = field(default_factory=list)
    compared: Comparison = field(default_factory=Comparison)

    def merge(self, other: Replayed) -> None:
        self.same += other.same
        self.otherwise += other.otherwise
        self.unknown += other.unknown
        self.compared.merge(other.compared)


def replay_all(
    session: Session,
    workspace: str,
    other: Policy | None = None,
    since: datetime | None = None,
    step: Callable[[int], object] = lambda _more: None,
) -> Replayed:
    """Work every verdict out again; with ``other``, also by that policy, of decisions that are not private and began
    ``since``. ``session``: a steady one. ``step`` is told of the verdicts done."""
    versions = db_judged.policies(session, workspace)
    found = Replayed()
    with ExitStack() as stack:
        helper = None
        if db_judged.how_many(session, workspace) >= MANY:
            helper = stack.enter_context(ProcessPoolExecutor(1, mp_context=get_context("spawn")))
        for parts in _in_pairs(db_judged.pages(session, workspace, since)):
            away: Future[Replayed] | None = helper.submit(work_out, parts[1], versions, other) if (
                helper and len(parts) > 1) else None  # fmt: skip
            found.merge(work_out(parts[0], versions, other))
            if len(parts) > 1:
                found.merge(away.result() if away else work_out(parts[1], versions, other))
            step(sum(map(len, parts)))
    found.otherwise.sort()
    found.unknown.sort()
    return found


def _in_pairs(pages: Iterator[list[Stored]]) -> Iterator[list[list[Stored]]]:
    pair: list[list[Stored]] = []
    for page in pages:
        pair.append(page)
        if len(pair) == 2:
            yield pair
            pair = []
    if pair:
        yield pair


_ANSWERS, _SETTING, _VERDICT = JsonOf(Answers), JsonOf(Setting), VerdictJson()


def work_out(page: list[Stored], versions: Mapping[int, Policy], other: Policy | None) -> Replayed:
    """One page of it."""
    found = Replayed()
    for one in page:
        kept: Verdict = _typed(_VERDICT, one.verdict)
        answers: Answers = _typed(_ANSWERS, one.answers)
        setting: Setting | None = _typed(_SETTING, one.setting)
        again = _again(one, kept, answers, setting, versions)
        if isinstance(again, NotReplayable):
            found.unknown.append((one.number, again))
        elif again != kept:
            found.otherwise.append(one.number)
        else:
            found.same += 1
        if other is not None and setting is not None and one.counts and isinstance(again, Verdict):
            came = Right(one.right) if one.right in set(Right) else None
            found.compared.add(of_verdict(kept), judged(answers, setting, other), came, one.people)
    return found


def _typed(kind: JsonOf, stored: str | None) -> Any:
    return None if stored is None else kind.process_result_value(json.loads(stored), None)  # type: ignore[arg-type]


def _again(
    one: Stored, kept: Verdict, answers: Answers, setting: Setting | None, versions: Mapping[int, Policy]
) -> Verdict | NotReplayable:
    if one.not_replayable is not None:
        with reading_stored():
            return NotReplayable(one.not_replayable)
    if told_before(kept):
        return NotReplayable.SETTING_UNKNOWN
    return replay(answers, setting, versions.get(one.policy, SHIPPED_POLICY))
