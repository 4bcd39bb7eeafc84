"""Loads what a view gets to see: one decision, as one viewer meets it at one moment."""

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta, tzinfo
from datetime import time as datetime_time

from sqlalchemy.orm import Session
from sqlalchemy.orm.attributes import set_committed_value

from app.db import digest_dates, influence, insights, keepers, lists, policies, posted_cards, queries, roster
from app.db.library import past
from app.db.models import AuditEvent, Card, Decision, MapTeam, Person, Suggestion
from app.db.newer_decisions import holds_newer, refuse_newer
from app.db.who_acts_next import standings
from app.domain import digests
from app.domain.answers import Setting
from app.domain.influence.journeys import holds_lever
from app.domain.influence.who import may_change, may_change_team
from app.domain.insights.report import Report
from app.domain.ladder import Ladder, Rung
from app.domain.library.hits import Hit, Similar
from app.domain.lifecycle import OPEN, UNDER_REVIEW, Status
from app.domain.people.calendar import zone
from app.domain.people.erased import has_left
from app.domain.people.working_time import hours_of
from app.domain.permissions import may_change_ladder
from app.domain.policy.policy import SHIPPED_POLICY, Policy
from app.domain.triage.doors import Door
from app.domain.triage.questions import asked
from app.domain.who_acts_next import NOBODY, who_acts_next
from app.slack.views.digest import MOST_LINES
from app.slack.views.home import MOST_ROWS
from app.slack.views.scene import (
    ChannelSettings,
    DigestLine,
    DigestScene,
    HomeScene,
    MapScene,
    Opening,
    PolicyScene,
    Scene,
)
from app.telemetry import about
from app.words.triage.verdict import question_for_below
from app.workflows.admission import Actor
from app.workflows.influence import maps
from app.workflows.insights.reporting import insights_of
from app.workflows.library.finding import alike, begins, similar
from app.workflows.triage.answering import question_of
from app.workflows.triage.setting import setting, was_asked


@dataclass(frozen=True)
class Case:
    """One decision with all that any of its viewers may see. Loaded once, it needs no session any more."""

    decision: Decision
    named: frozenset[str]  # everybody whose name was looked for, and the channel, which has none
    people: Mapping[str, Person]
    ladder: Ladder
    rung: Rung | None  # the requester's
    policy: Policy  # the one it goes by
    suggestions: Sequence[Suggestion]
    history: Sequence[AuditEvent]
    drafting: bool
    channel_reads: bool
    alike: Sequence[Hit] = ()
    replaces: Sequence[int] = ()
    similar: Mapping[str, Sequence[Similar]] = field(default_factory=dict)
    """By who is asked to sign: what they may see."""
    touched: Sequence[MapTeam] = ()
    hidden: frozenset[int] = frozenset()
    mapped: bool = False


def load_case(session: Session, decision: Decision, *viewers: str) -> Case:
    """Everything lazy is loaded here. What can't be there yet is not asked for: most cards are those of a triage."""
    if decision.memo_version == 0:
        set_committed_value(decision, "memos", [])
    if decision.sent_at is None:
        set_committed_value(decision, "signers", [])
        set_committed_value(decision, "questions", [])
    if decision.decided_at is None:
        set_committed_value(decision, "looks", [])
    if decision.document_kind is None:
        set_committed_value(decision, "writings", [])
        set_committed_value(decision, "documents", [])
    if not decision.tradeoff_version:
        for name in ("tradeoffs", "sides", "plans", "results"):
            set_committed_value(decision, name, [])
    if not decision.may_hold_dissent:
        for name in ("dissents", "overs", "commitments"):
            set_committed_value(decision, name, [])
    if decision.sync_state is None:
        set_committed_value(decision, "syncs", [])
        set_committed_value(decision, "sync_readers", [])
    if not decision.remark_count:
        set_committed_value(decision, "remarks", [])
    _ = (decision.memos, decision.signers, decision.questions, decision.looks, decision.writings, decision.documents)
    if decision.touches is None or decision.sent_at is None:
        set_committed_value(decision, "approvals", [])
    _ = (decision.dissents, decision.overs, decision.commitments, decision.approvals)
    _ = (decision.tradeoffs, decision.sides, decision.plans, decision.results)
    _ = (decision.syncs, decision.sync_readers, decision.remarks)
    set_committed_value(decision, "participants", queries.participants(session, decision))
    ladder, rung = roster.ladder_and_rung(session, decision.workspace_id, decision.channel_id, decision.requester_id)
    named = {
        decision.requester_id,
        decision.owner_id,
        *viewers,
        *(signer.user_id for signer in decision.signers),
        *(one.user_id for one in decision.dissents),
        *(one.user_id for one in decision.sides),
        *(one.user_id for one in decision.remarks),
        *was_asked(decision),
    }
    named |= {p.user_id for p in decision.participants}
    on_maps = influence.touched(session, decision)
    touched = influence.seen_by(session, decision.workspace_id, on_maps, decision.requester_id)
    named |= {user for row in decision.approvals for user in (row.user_id, *row.others)}
    named |= ladder.everybody | (decision.ladder.everybody if decision.ladder else set())
    named.discard(decision.channel_id or "")
    judged = decision.verdict is not None  # before the verdict there is no memo to draft
    return Case(
        decision=decision,
        named=frozenset({*named, decision.channel_id or ""}),
        people=roster.people(session, decision.workspace_id, named),
        ladder=ladder,
        rung=rung,
        policy=policies.of(session, decision),
        suggestions=queries.suggestions(session, decision) if judged else (),
        history=queries.history(session, decision),
        drafting=judged and queries.drafting(session, decision),
        channel_reads=policies.policy_kept(session, decision.workspace_id).channel_reading,
        alike=alike(session, decision) if begins(decision) else (),
        replaces=past.replaced_by(session, decision.workspace_id, decision.number) if begins(decision) else (),
        similar={user: similar(session, decision, user, most=1) for user in _asked_to_sign(decision)},
        touched=touched,
        hidden=frozenset(team.id for team in on_maps if team not in touched and holds_lever(team)),
        mapped=bool(decision.touches) or (_climbs(decision) and influence.is_mapped(session, decision.workspace_id)),
    )


def _asked_to_sign(decision: Decision) -> set[str]:
    if decision.status not in UNDER_REVIEW:
        return set()
    waits = {one.user_id for one in decision.signers if one.answer is None and not one.handed_over}
    return {user for user in waits if not has_left(user)}


def _climbs(decision: Decision) -> bool:
    """Whether it is a one-way door that was not sent yet: whose yes it needs may be told by the maps."""
    return decision.door is Door.ONE_WAY and decision.sent_at is None and decision.status in OPEN


def scene_for(case: Case, viewer: str, now: datetime, *, assistant: bool = False) -> Scene:
    """The decision as one viewer meets it."""
    if holds_newer(case.decision):
        return _scene_in_part(case, viewer, now)
    decision, around = case.decision, setting(case.decision, case.people, case.rung, case.ladder, now)
    below = ""
    if decision.status is Status.HELD and decision.verdict and decision.verdict.below:
        below = question_for_below(
            decision.title, decision.answers, around, decision.verdict.below, decision.verdict.rung, case.policy
        )
    return Scene(
        decision=decision,
        viewer=viewer,
        now=now,
        setting=around,
        tz=case.people[viewer].tz if viewer in case.people else "UTC",
        people=case.people,
        policy=case.policy,
        ladder=case.ladder,
        question=question_of(decision, around, case.policy) if decision.status is Status.TRIAGE else None,
        questions=asked(decision.answers, around, case.policy),
        suggestions=case.suggestions,
        history=case.history,
        assistant=assistant,
        drafting=case.drafting,
        channel_reads=case.channel_reads,
        below=below,
        alike=case.alike if viewer == decision.requester_id else (),
        replaces=case.replaces,
        similar=case.similar.get(viewer, ()),
        touched=case.touched,
        hidden=case.hidden,
        mapped=case.mapped,
    )


def _scene_in_part(case: Case, viewer: str, now: datetime) -> Scene:
    """As far as this release can tell: nothing is concluded from what it does not know."""
    tz = case.people[viewer].tz if viewer in case.people else "UTC"
    today = now.astimezone(zone(tz)).date()
    return Scene(
        decision=case.decision,
        viewer=viewer,
        now=now,
        setting=Setting(today),
        tz=tz,
        people=case.people,
        ladder=case.ladder,
        policy=case.policy,
        history=case.history,
        newer=True,
    )


def load_scene(session: Session, decision: Decision, viewer: str, now: datetime, *, assistant: bool = False) -> Scene:
    """One decision for one viewer. Where ``newer`` is set, only ``views.cards`` and ``views.notices`` can draw it."""
    return scene_for(load_case(session, decision, viewer), viewer, now, assistant=assistant)


def load_whole_scene(
    session: Session, decision: Decision, viewer: str, now: datetime, *, assistant: bool = False
) -> Scene:
    """As ``scene``, for a form. Raises NotNow where it could be drawn in part only."""
    found = load_scene(session, decision, viewer, now, assistant=assistant)
    refuse_newer(decision)
    return found


class Cases:
    """Decisions that were just loaded: the cards of one change go out together, and are drawn from one look at it.

    Made anew for every round of deliveries. Whoever changes the decision after that look writes new rows.
    """

    def __init__(self) -> None:
        self._kept: dict[tuple[str, int], tuple[float, Case, dict[tuple[str, str], Card]]] = {}
        self._asked: set[tuple[str, int, str, str]] = set()

    def case(self, session: Session, workspace: str, id: int, viewer: str) -> Case | None:
        """None where the decision is gone."""
        at, kept, _ = self._kept.get((workspace, id), (0.0, None, None))
        if (
            kept is None
            or viewer not in kept.named
            or time.monotonic() - at > JUST_NOW
            or kept.decision.version != queries.version(session, workspace, id)
        ):
            decision = queries.decision(session, workspace, id)
            if decision is None:
                return None
            kept = load_case(session, decision, viewer)
            cards = {(card.kind, card.recipient): card for card in posted_cards.cards(session, decision)}
            self._kept[workspace, id] = (time.monotonic(), kept, cards)
        about.opened(kept.decision.name)
        return kept

    def card(self, session: Session, decision: Decision, kind: str, recipient: str) -> Card | None:
        """Where the card stands that is to be brought up to date now, once ``case`` has looked. While we hold a message
        for its recipient nobody else moves it; of two messages in one round, the first may."""
        _, _, cards = self._kept[decision.workspace_id, decision.id]
        asked = (decision.workspace_id, decision.id, kind, recipient)
        if asked in self._asked:
            return posted_cards.card(session, decision.workspace_id, decision.id, kind, recipient)
        self._asked.add(asked)
        return cards.get((kind, recipient))


JUST_NOW = 1.0
"""Seconds. A change of the decision is seen at once; this is for what its version does not count, such as a ladder."""


def load_home(session: Session, workspace: str, user: str, now: datetime) -> HomeScene:
    """Somebody's Home. Three queries, whatever is open."""
    person = roster.person(session, workspace, user) or Person(tz="UTC", muted=False)
    found = lists.home(session, workspace, user, MOST_ROWS)
    asked = [decision for decision in found.asked if _is_asked(decision, user)]
    waiting = [*found.to_sign, *asked]
    total = found.totals.get
    return HomeScene(
        viewer=user,
        now=now,
        tz=person.tz,
        muted=person.muted,
        guest=bool(person.guest),
        hours=hours_of(person),
        waiting=waiting,
        mine=found.mine,
        looks=found.looks,
        standings=standings(session, workspace, [*waiting, *found.mine, *found.looks], person.tz),
        totals=(total("to_sign", 0) + len(asked), total("mine", 0), total("looks", 0)),
    )


def _is_asked(decision: Decision, user: str) -> bool:
    return any(one.who == user and one.result == "no_answer" for one in decision.answers.tried or ())


def load_digest(session: Session, workspace: str, channel: str, since: datetime, now: datetime) -> DigestScene | None:
    """A channel's digest, or None when there is nothing to say. Three queries, and as many lines as are shown."""
    planned_in, settled = lists.plan_and_settled(session, workspace, channel, since)
    tz = zone(planned_in)
    today = now.astimezone(tz).date()
    week = _start_of_day(today + digests.THIS_WEEK + timedelta(days=1), tz)
    found = lists.open_in_channel(session, workspace, channel, _start_of_day(today, tz), week, MOST_LINES, planned_in)
    figures = digests.figures(
        [
            digests.Row(
                name=one.decision.name, title=one.decision.title, status=one.decision.status, standing=one.standing,
                deadline=one.standing.deadline, created=one.decision.created_at.astimezone(tz).date(),
            )
            for one in found.lines
        ],
        [
            digests.Settled(
                name=f"D-{one.number}", title=one.title, status=one.status, created_at=one.created_at,
                decided_at=one.decided_at, owner=one.owner, signers=(),
            )
            for one in settled
        ],
        today,
        digests.waited(
            insights.begun_in_channel(session, workspace, channel, now - digests.WAITED_OVER) if settled else (), now
        ),
    )  # fmt: skip
    if figures.nothing:
        return None
    late, soon = found.unseen[0] + len(figures.overdue), found.unseen[1] + len(figures.this_week)
    return DigestScene(
        channel=channel,
        today=today,
        overdue=[_digest_line(row, today) for row in figures.overdue],
        this_week=[_digest_line(row, today) for row in figures.this_week],
        waiting=[_digest_line(row, today) for row in figures.waiting],
        deflected=len(figures.deflected),
        decided=[DigestLine(one.name, one.title, NOBODY, one.status) for one in figures.decided],
        waited=figures.waited,
        names=found.names,
        totals=(late, soon, found.total - late - soon),
    )


def load_insights(session: Session, workspace: str, channel: str, now: datetime) -> Report:
    """Of a channel, or of the whole workspace where it is empty."""
    return insights_of(session, workspace, now, channel=channel or None)


def _start_of_day(day: date, tz: tzinfo) -> datetime:
    """The moment a day begins somewhere."""
    return datetime.combine(day, datetime_time.min, tz).astimezone(UTC)


def _digest_line(row: digests.Row, today: date) -> DigestLine:
    return DigestLine(row.name, row.title, who_acts_next(row.standing, today), row.status)


def load_openings(
    session: Session, workspace: str, user: str, channel: str, decisions: Sequence[Decision]
) -> dict[int, Opening]:
    """How each of these opens for somebody who sees them listed in ``channel``, by id; what is missing is their own."""
    theirs = queries.taking_part(session, workspace, user, [one.id for one in decisions])
    others = [one.id for one in decisions if one.id not in theirs]
    if not others:
        return {}
    here = set[int]()
    if policies.policy_now(session, workspace).channel_reading:
        here = posted_cards.announced(session, workspace, channel, others)
    return {id: Opening.HERE if id in here else Opening.ASK for id in others}


def load_channel_settings(session: Session, workspace: str, channel: str, tz: str, viewer: str = "") -> ChannelSettings:
    """A channel's ladder and digest, for the replies and modals that change them."""
    own, here = roster.own_ladder(session, workspace, channel), keepers.keepers(session, workspace)
    return ChannelSettings(
        channel=channel,
        ladder=own,
        keepers=here,
        keeps=may_change_ladder(viewer, own, here, channel),
        inherited=roster.ladder_of(session, workspace, None),
        plan=roster.digest_plan(session, workspace, channel) if channel else None,
        next_at=digest_dates.next_digest(session, workspace, channel) if channel else None,
        tz=tz,
        overrides=queries.overridden(session, workspace, channel) if channel else 0,
    )


def load_policy(session: Session, workspace: str, viewer: str) -> PolicyScene:
    """The policy that counts, for the reply and the forms that change it."""
    newest, here = policies.newest(session, workspace), keepers.keepers(session, workspace)
    person = roster.person(session, workspace, viewer)
    return PolicyScene(
        policy=newest.policy if newest else SHIPPED_POLICY,
        version=newest.version if newest else policies.FIRST,
        keeps=viewer in here,
        keepers=here,
        set_by=newest.by if newest else "threshold",
        guest=bool(person and person.guest),
        locale=person.locale if person else None,
    )


def today_in(tz: str, now: datetime) -> date:
    return now.astimezone(zone(tz)).date()


def load_map(session: Session, actor: Actor, id: int, now: datetime) -> MapScene:
    """A map as somebody may see it. Raises NotFound for one that they may not."""
    journey, teams = maps.open_map(session, actor, id)
    here, person = keepers.keepers(session, actor.workspace), roster.person(session, actor.workspace, actor.user)
    return MapScene(
        journey=journey,
        teams=teams,
        measured=maps.measured_of(session, actor.workspace, [team.id for team in teams], now),
        worth=policies.policy_now(session, actor.workspace).worth,
        today=today_in(person.tz if person else "UTC", now),
        keeps=may_change(journey, actor.user, here),
        changes=frozenset(team.id for team in teams if may_change_team(journey, team, actor.user, here)),
        mine=journey.by == actor.user,
    )
