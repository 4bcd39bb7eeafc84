"""What a view gets to see: one decision as one viewer meets it, loaded, with nothing left to look up."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any

from app.db.models import AuditEvent, Decision, DigestPlan, Journey, MapTeam, Person, Suggestion
from app.domain.answers import Setting
from app.domain.digests import Waited
from app.domain.findings import Finding
from app.domain.influence.journeys import lost
from app.domain.influence.measured import Measured
from app.domain.ladder import Ladder
from app.domain.library.hits import Hit, Similar
from app.domain.lifecycle import Status
from app.domain.people.calendar import WorkingHours, zone
from app.domain.policy.policy import Policy
from app.domain.triage.questions import Question
from app.domain.who_acts_next import NextAct, Standing
from app.words.triage.verdict import Background, say


@dataclass(frozen=True)
class Message:
    """A message as Slack takes it. ``text`` is what a notification and a screen reader say."""

    text: str
    blocks: list[dict[str, Any]]


@dataclass(frozen=True)
class Scene:
    decision: Decision  # with signers, questions, memos, looks loaded
    viewer: str  # a user id, or a channel id for the status message
    now: datetime
    setting: Setting  # today in the requester's zone, the requester's rung
    policy: Policy  # the one it goes by
    tz: str = "UTC"  # the viewer's
    people: Mapping[str, Person] = field(default_factory=dict)
    ladder: Ladder = field(default_factory=Ladder)  # as it is now; the frozen one is d.ladder
    question: Question | None = None  # the question on the card, while in triage
    questions: Sequence[Question] = ()  # those asked so far, in order
    suggestions: Sequence[Suggestion] = ()
    history: Sequence[AuditEvent] = ()
    assistant: bool = False  # a model is configured
    drafting: bool = False  # the assistant is at work on this memo
    below: str = ""  # the question written for the rung below, while held
    channel_reads: bool = True  # its channel's members may read it there
    alike: Sequence[Hit] = ()  # earlier ones that look like it, while a triage begins
    similar: Sequence[Similar] = ()  # what was decided of its kind before, for who is asked to sign
    replaces: Sequence[int] = ()  # the numbers of those that it is to replace
    touched: Sequence[MapTeam] = ()  # the teams whose lever it touches, those that its requester may see
    hidden: frozenset[int] = frozenset()  # those that they may not see any more
    mapped: bool = False  # there are maps to choose those from
    newer: bool = False  # it holds what a newer release wrote and this one does not know

    def say(self, finding: Finding) -> str:
        """A finding of the verdict in a sentence, raw."""
        names = {user: person.name for user, person in self.people.items() if person.name}
        requester = self.decision.requester_id
        asker = "" if self.viewer == requester else names.get(requester) or f"<@{requester}>"
        return say(
            finding,
            Background(self.decision.answers, self.setting.today, names, self.setting.requester_rung, asker),
        )

    @property
    def lost_lever(self) -> bool:
        """Whether a team it touches is off its map, or holds no lever any more."""
        return bool(lost(self.decision.touches, self.touched) - self.hidden)

    @property
    def guest(self) -> bool:
        """Whether the viewer is a guest: what only members do is not offered to them, and refused by the workflow."""
        person = self.people.get(self.viewer)
        return person is not None and person.guest

    @property
    def today(self) -> date:
        """The day it is for the viewer."""
        return self.now.astimezone(zone(self.tz)).date()


class Opening(StrEnum):
    """How a decision in a list opens for whoever takes no part in it."""

    HERE = "here"  # to be read in the channel that was told of it
    ASK = "ask"  # once somebody lets them in


@dataclass(frozen=True)
class HomeScene:
    viewer: str
    now: datetime
    tz: str
    muted: bool
    guest: bool = False  # starts no decision
    waiting: Sequence[Decision] = ()  # on me: to sign, or to answer as the rung below; oldest deadline first
    mine: Sequence[Decision] = ()
    looks: Sequence[Decision] = ()  # learning checks, "has it shipped?", reviews
    standings: Mapping[int, Standing] = field(default_factory=dict)  # by decision id
    hours: WorkingHours | None = None  # when the viewer works
    totals: tuple[int, int, int] | None = None  # how long the three lists are, where not all of them is here

    @property
    def today(self) -> date:
        return self.now.astimezone(zone(self.tz)).date()


@dataclass(frozen=True)
class DigestScene:
    """One channel's digest: rows of ``app.digest``, already in order."""

    channel: str
    today: date
    overdue: Sequence["DigestLine"]
    this_week: Sequence["DigestLine"]
    waiting: Sequence["DigestLine"]
    deflected: int  # since the last one
    decided: Sequence["DigestLine"]  # since the last one
    waited: Waited | None  # how long the channel's decisions take
    names: Mapping[str, str] = field(default_factory=dict)  # user id -> how they are called
    totals: tuple[int, int, int] | None = None  # overdue, this week, waiting, where not all of them are here


@dataclass(frozen=True)
class DigestLine:
    name: str  # D-42
    title: str
    step: NextAct  # who acts next
    status: Status  # for what was settled


@dataclass(frozen=True)
class MapScene:
    """The map of a customer's journey, as one viewer meets it. ``changes``: the teams whose lines they may change."""

    journey: Journey
    teams: Sequence[MapTeam]
    measured: Mapping[int, Measured]
    worth: Mapping[str, Decimal]
    today: date
    keeps: bool  # the viewer changes the map
    changes: frozenset[int] = frozenset()
    mine: bool = False  # the viewer made it


@dataclass(frozen=True)
class Group:
    """A user group, as Slack has it."""

    id: str
    handle: str
    members: tuple[str, ...]


@dataclass(frozen=True)
class ChannelSettings:
    """For the ladder and digest replies and modals."""

    channel: str  # "" is the workspace
    ladder: Ladder = field(default_factory=Ladder)
    inherited: Ladder = field(default_factory=Ladder)
    plan: DigestPlan | None = None
    next_at: datetime | None = None
    tz: str = "UTC"
    guest: bool = False  # the viewer changes nothing here
    keepers: Sequence[str] = ()  # who changes the workspace's ladder
    keeps: bool = True  # the viewer changes this ladder without asking
    overrides: int = 0  # decisions of this channel that went on although a gate failed


@dataclass(frozen=True)
class PolicyScene:
    """A workspace's policy, as one viewer meets it."""

    policy: Policy
    version: int
    keeps: bool  # the viewer changes it without asking
    keepers: Sequence[str]
    set_by: str = "threshold"  # a user id, or who it was that is none
    guest: bool = False  # the viewer changes nothing here, and proposes nothing
    locale: str | None = None  # the viewer's in Slack
