"""What a verdict needs beside the answers, as it stands."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime

from sqlalchemy.orm import Session

from app.db import influence, policies, roster
from app.db.models import Decision, Person
from app.domain.answers import Setting
from app.domain.influence.journeys import measured_wait
from app.domain.ladder import Ladder, Rung
from app.domain.policy.policy import Policy
from app.workflows.opening import ensure_person
from app.workflows.scheduling import today_for


def setting_of(session: Session, decision: Decision, now: datetime) -> Setting:
    """What a verdict needs beside the answers: the requester's day and rung, and the ladder."""
    ensure_person(session, decision.workspace_id, decision.requester_id)
    people = roster.people(session, decision.workspace_id, {decision.requester_id})
    ladder, rung = roster.ladder_and_rung(session, decision.workspace_id, decision.channel_id, decision.requester_id)
    return replace(setting(decision, people, rung, ladder, now), wait_days=measured_wait_of(session, decision))


def setting_and_policy_of(session: Session, decision: Decision, now: datetime) -> tuple[Setting, int, Policy]:
    """As ``setting_of``, with the number of the newest policy and that policy."""
    workspace, channel, requester = decision.workspace_id, decision.channel_id, decision.requester_id
    ensure_person(session, workspace, requester)
    rows = policies.seats_and_newest(session, workspace, channel)
    if not rows:
        policies.write_first(session, workspace, now)
        rows = policies.seats_and_newest(session, workspace, channel)
    ladder, newest = roster.seated(rows, channel), rows[0]
    found = setting(decision, roster.people(session, workspace, {requester}), ladder.rung_of(requester), ladder, now)
    found = replace(found, wait_days=measured_wait_of(session, decision))
    return found, newest.version, policies.version_from(session, workspace, newest.version, newest.at)


def setting(
    decision: Decision, people: Mapping[str, Person], rung: Rung | None, ladder: Ladder, now: datetime
) -> Setting:
    """As ``setting_of``, where the people and the requester's rung are known; its wait is the one it was judged by."""
    requester = people.get(decision.requester_id)
    return Setting(
        today=today_for(requester, now) if requester else now.astimezone(UTC).date(),
        requester_rung=rung,
        ladder=ladder,
        wait_days=decision.judged_in.wait_days if decision.judged_in else None,
    )


def measured_wait_of(session: Session, decision: Decision) -> int | None:
    """Days that were measured of the teams whose lever it touches; None where none is touched, or none measured."""
    if not decision.touches:
        return None
    return measured_wait(influence.touched(session, decision), policies.of(session, decision).wait_days)


def was_asked(decision: Decision) -> set[str]:
    """Who the requester says was asked on the rungs below."""
    return {attempt.who for attempt in decision.answers.tried or () if attempt.who}
