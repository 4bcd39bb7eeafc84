"""Working verdicts out again: those of before it was kept what they were made of, and any that is asked about."""

from collections.abc import Collection
from datetime import UTC, datetime

from sqlalchemy.orm import Session

from app.db import locks, old_verdicts, policies, roster
from app.db.models import Decision
from app.db.newer_decisions import refuse_newer
from app.domain.answers import Setting
from app.domain.findings import GateName
from app.domain.triage.replay import NotReplayable, replay, told_before
from app.domain.triage.verdict import Verdict
from app.words.triage.verdict import Background, say
from app.workflows.one_by_one import alone
from app.workflows.scheduling import today_for


def replayed(session: Session, decision: Decision) -> Verdict | NotReplayable:
    """The verdict of a decision, worked out again from its answers, its setting and the version of its policy."""
    if decision.not_replayable is not None:
        return decision.not_replayable
    if decision.verdict is not None and told_before(
        decision.verdict
    ):  # the release before judged it while this one was rolled out
        return NotReplayable.SETTING_UNKNOWN
    return replay(decision.answers, decision.judged_in, policies.of(session, decision))


def take_up_told(session: Session, now: datetime, but: Collection[int] = ()) -> str | None:
    """Find the setting of one verdict that was kept as sentences, and keep its findings; or why that can't be.

    The setting is believed where it gives the sentences that were kept. Returns the decision's name; None: all done.

    Raises:
        Stuck: it can't be done with this one; the next look passes it over by ``but``.
    """
    told = old_verdicts.told_once(session, but)
    if told is None:
        return None
    with alone(told[1]):
        decision = locks.for_change(session, *told)
        assert decision
        refuse_newer(decision)
        return _take_up(session, decision, now)


def _take_up(session: Session, decision: Decision, now: datetime) -> str:
    policies.current(session, decision.workspace_id, now)  # writes the first version down
    decision.policy_version = decision.policy_version or policies.FIRST
    setting = _setting_then(session, decision)
    found = replay(decision.answers, setting, policies.of(session, decision))
    assert decision.verdict
    if isinstance(found, Verdict) and setting and _says_the_same(session, decision, decision.verdict, found, setting):
        decision.verdict, decision.judged_in = found, setting
    else:
        decision.not_replayable = found if isinstance(found, NotReplayable) else NotReplayable.RULES_CHANGED
    return decision.name


def _setting_then(session: Session, decision: Decision) -> Setting | None:
    """The day, the requester's rung and the ladder when it was judged, as far as the record tells."""
    at = old_verdicts.judged_at(session, decision)
    if at is None:
        return None
    seats = old_verdicts.seated_at(session, decision.workspace_id, at)
    person = roster.person(session, decision.workspace_id, decision.requester_id)
    today = today_for(person, at) if person else at.astimezone(UTC).date()
    ladder = old_verdicts.ladder_from(seats, decision.channel_id or "")
    return Setting(today, ladder.rung_of(decision.requester_id), ladder)


def _says_the_same(session: Session, decision: Decision, told: Verdict, found: Verdict, setting: Setting) -> bool:
    asked = {one.who for one in decision.answers.tried or () if one.who}
    people = roster.people(session, decision.workspace_id, asked)
    background = Background(
        decision.answers, setting.today, {user: one.name for user, one in people.items() if one.name}
    )

    def sentences(verdict: Verdict) -> list[object]:
        # Whoever was asked below may be called otherwise today.
        gates = [
            (gate.name, gate.passed, "" if gate.name is GateName.TRIED else say(gate.finding, background))
            for gate in verdict.gates
        ]
        return [[say(why, background) for why in verdict.why], gates, [say(note, background) for note in verdict.notes]]

    same = (told.door, told.next_step, told.rung, told.below) == (
        found.door, found.next_step, found.rung, found.below,
    )  # fmt: skip
    return same and sentences(told) == sentences(found)
