"""Loads what a view gets to see: one decision, as one viewer meets it at one moment."""

from datetime import date, datetime

from sqlalchemy.orm import Session

from app import digest
from app.db import queries
from app.db.models import Decision, Person
from app.domain.calendar import zone
from app.domain.lifecycle import Status
from app.domain.triage import asked, question_for_below
from app.slack.views.scene import ChannelSettings, DigestLine, DigestScene, HomeScene, Scene
from app.workflows.channels import next_digest_of
from app.workflows.common import setting_of
from app.workflows.triage import question_of


def scene(session: Session, d: Decision, viewer: str, now: datetime, *, assistant: bool = False) -> Scene:
    """One decision for one viewer. Everything lazy is loaded here, so that a view needs no session."""
    named = {d.requester_id, d.owner_id, viewer, *(s.user_id for s in d.signers), *(p.user_id for p in d.participants)}
    named |= {attempt.who for attempt in d.answers.tried or () if attempt.who}
    ladder = queries.ladder_of(session, d.workspace_id, d.channel_id)
    seated = {u for users in ladder.seats.values() for u in users} | set(ladder.bar_raisers)
    people = queries.people(session, d.workspace_id, named | seated)
    setting = setting_of(session, d, now)
    _ = (d.memos, d.questions, d.looks)
    below = ""
    if d.status is Status.HELD and d.verdict and d.verdict.below:
        below = question_for_below(d.title, d.answers, setting, d.verdict.rung)
    return Scene(
        d=d,
        viewer=viewer,
        now=now,
        setting=setting,
        tz=people[viewer].tz if viewer in people else "UTC",
        people=people,
        ladder=ladder,
        question=question_of(d, setting) if d.status is Status.TRIAGE else None,
        questions=asked(d.answers, setting),
        suggestions=queries.suggestions(session, d),
        history=queries.history(session, d),
        assistant=assistant,
        drafting=queries.drafting(session, d),
        below=below,
    )


def home(session: Session, workspace: str, user: str, now: datetime) -> HomeScene:
    person = queries.person(session, workspace, user) or Person(tz="UTC", muted=False)
    waiting = [*queries.waiting_on(session, workspace, user, 60)]
    waiting += [d for d in queries.asked_of(session, workspace, user, 60) if _is_asked(d, user)]
    mine = queries.mine(session, workspace, user, 60)
    return HomeScene(
        viewer=user,
        now=now,
        tz=person.tz,
        muted=person.muted,
        waiting=waiting,
        mine=mine,
        looks=queries.owed_looks(session, workspace, user, 60),
        acting=queries.pending_signers(session, workspace, [d.id for d in [*waiting, *mine]]),
    )


def _is_asked(d: Decision, user: str) -> bool:
    return any(one.who == user and one.result == "no_answer" for one in d.answers.tried or ())


def digest_of(session: Session, workspace: str, channel: str, since: datetime, now: datetime) -> DigestScene | None:
    """A channel's digest, or None when there is nothing to say. Three queries, whatever its size."""
    plan = queries.digest_plan(session, workspace, channel)
    tz = zone(plan.tz if plan else "UTC")
    today = now.astimezone(tz).date()
    rows = queries.open_in_channel(session, workspace, channel)
    pending = queries.pending_signers(session, workspace, [d.id for d in rows])
    settled = queries.settled_in_channel(session, workspace, channel, since)
    figures = digest.figures(
        [
            digest.Row(
                name=d.name, title=d.title, status=d.status, rung=d.rung, requester=d.requester_id,
                pending=tuple(pending.get(d.id, ())), created=d.created_at.astimezone(tz).date(),
                deadline=d.deadline_at.astimezone(tz).date() if d.deadline_at else None,
            )
            for d in rows
        ],
        [
            digest.Settled(
                name=d.name, title=d.title, status=d.status, created_at=d.created_at, decided_at=d.decided_at or now,
                owner=d.owner_id, signers=(),
            )
            for d in settled
        ],
        today,
    )  # fmt: skip
    if figures.nothing:
        return None
    acting = {
        user for row in figures.overdue + figures.this_week + figures.waiting for user in digest.acts_next(row)[0]
    }
    return DigestScene(
        channel=channel,
        today=today,
        overdue=[_line(row) for row in figures.overdue],
        this_week=[_line(row) for row in figures.this_week],
        waiting=[_line(row) for row in figures.waiting],
        deflected=len(figures.deflected),
        decided=[DigestLine(s.name, s.title, (), s.status.value, None) for s in figures.decided],
        waited_days=figures.waited_days,
        names={u: p.name for u, p in queries.people(session, workspace, acting).items()},
    )


def _line(row: digest.Row) -> DigestLine:
    who, act = digest.acts_next(row)
    return DigestLine(row.name, row.title, who, act, row.deadline)


def channel_settings(session: Session, workspace: str, channel: str, tz: str) -> ChannelSettings:
    """A channel's ladder and digest, for the replies and modals that change them."""
    return ChannelSettings(
        channel=channel,
        ladder=queries.own_ladder(session, workspace, channel),
        inherited=queries.ladder_of(session, workspace, None),
        plan=queries.digest_plan(session, workspace, channel) if channel else None,
        next_at=next_digest_of(session, workspace, channel) if channel else None,
        tz=tz,
        overrides=queries.overridden(session, workspace, channel) if channel else 0,
    )


def today_in(tz: str, now: datetime) -> date:
    return now.astimezone(zone(tz)).date()
