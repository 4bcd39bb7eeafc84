"""The life of a sync, whatever people do in whatever order."""

from dataclasses import dataclass, field
from datetime import UTC, datetime

from hypothesis import given, settings
from hypothesis import strategies as st

from app.domain.lifecycle import Status
from app.domain.syncs.life import (
    MEETS_IN,
    Off,
    RemarkKind,
    SyncState,
    agenda,
    has_answered,
    may_settle,
    next_state,
    to_answer,
    to_remind,
)

NOW = datetime(2026, 12, 1, tzinfo=UTC)


@dataclass
class Said:
    user_id: str
    kind: RemarkKind
    version: int = 1
    resolved_at: datetime | None = None


@dataclass
class Reader:
    user_id: str
    read_version: int | None = None


@dataclass
class Raised:
    condition: bool = False
    resolved_at: datetime | None = None


@dataclass
class World:
    """A sync as the workflow keeps it: after each step its state follows."""

    state: SyncState = SyncState.PLANNED
    off: Off | None = None
    status: Status = Status.DRAFTING
    started: bool = False
    counts_from: int = 1
    said: list[Said] = field(default_factory=list)
    raised: list[Raised] = field(default_factory=list)
    readers: list[Reader] = field(default_factory=lambda: [Reader("a"), Reader("b")])
    states: list[SyncState] = field(default_factory=list)

    def open(self) -> list[Said | Raised]:
        return agenda(self.said, self.raised) if self.status in MEETS_IN else []

    def follow(self) -> None:
        waits = to_answer(self.readers, self.said, self.counts_from)
        before = self.state
        self.state, self.off = next_state(
            self.state, self.off, open_questions=len(self.open()), unanswered=len(waits), status=self.status,
            started=self.started,
        )  # fmt: skip
        if self.state is not before:
            self.states.append(self.state)
            if self.state is SyncState.STARTED:
                assert self.open(), "no sync starts without a question"

    def do(self, step: str, who: str, number: int) -> None:
        self.follow()  # every verb looks at the clock first
        if step == "clock":
            self.started = True
        elif step == "version":
            self.counts_from += 1
        elif step == "decide":
            self.status = Status.APPROVED
        elif step == "signer asks":
            self.raised.append(Raised())
        elif step == "signer resolves" and self.raised:
            self.raised[number % len(self.raised)].resolved_at = NOW
        elif step == "resolve" and self.said:
            self.said[number % len(self.said)].resolved_at = NOW
        elif step == "ask again" and self.said:
            self.said[number % len(self.said)].resolved_at = None
        elif step in ("question", "comment", "approval"):
            self.said.append(Said(who, RemarkKind(step), self.counts_from))
        self.follow()


STEPS = st.tuples(
    st.sampled_from(
        ["question", "comment", "approval", "resolve", "ask again", "signer asks", "signer resolves", "version",
         "clock", "decide"]
    ),
    st.sampled_from("ab"),
    st.integers(0, 5),
)  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(st.lists(STEPS, max_size=25))
def test_the_agenda_is_the_open_questions_and_no_sync_starts_without_one(steps: list[tuple[str, str, int]]) -> None:
    world = World()
    for step, who, number in steps:
        before, was_started = world.state, world.started
        world.do(step, who, number)
        questions = [one for one in world.said if one.kind is RemarkKind.QUESTION and one.resolved_at is None]
        asked = [one for one in world.raised if one.resolved_at is None]
        if world.status in MEETS_IN:
            assert world.open() == [*questions, *asked], "the agenda equals the open questions, at all times"
        if before is SyncState.CANCELLED and was_started:
            assert world.state is SyncState.CANCELLED, "after its start nothing brings it back"
        if world.state is SyncState.PLANNED:
            assert not world.started
            assert world.open() or to_answer(world.readers, world.said, world.counts_from)
        if world.state is SyncState.CANCELLED and world.off is Off.SETTLED and not world.started:
            assert not world.open(), "a question before its start brings it back"
        again = (world.state, world.off)
        world.follow()
        assert (world.state, world.off) == again, "looked at twice, nothing more follows"
    for first, second in zip(world.states, world.states[1:], strict=False):
        assert first is not second, "each turn happens once"


def test_it_is_called_off_once_nothing_is_open_and_everybody_has_answered() -> None:
    world = World()
    world.do("question", "a", 0)
    world.do("approval", "b", 0)
    assert world.state is SyncState.PLANNED
    world.do("resolve", "a", 0)
    assert (world.state, world.off) == (SyncState.CANCELLED, Off.SETTLED)
    for step in ("ask again", "clock", "resolve", "decide"):  # what has begun is not called off
        world.do(step, "a", 0)
    assert world.states == [SyncState.CANCELLED, SyncState.PLANNED, SyncState.STARTED, SyncState.OVER]


def test_its_hour_without_a_question_calls_it_off_although_somebody_was_silent() -> None:
    world = World()
    world.do("clock", "", 0)
    assert (world.state, world.off) == (SyncState.CANCELLED, Off.NOTHING_OPEN)
    world.do("question", "a", 0)
    assert world.state is SyncState.CANCELLED


def test_a_later_version_asks_for_another_answer_and_only_who_neither_read_nor_answered_is_reminded() -> None:
    said = [Said("a", RemarkKind.APPROVAL, 1), Said("b", RemarkKind.COMMENT, 2)]
    readers = [Reader("a", 1), Reader("b"), Reader("c", 2), Reader("d")]
    assert to_answer(readers, said, 2) == ["a", "c", "d"]
    assert to_remind(readers, said, 2) == ["a", "d"], "c has read it"
    assert to_remind(readers, said, 1) == ["d"]


def test_a_guest_approves_nothing_so_reading_is_their_answer() -> None:
    assert has_answered(Reader("g", 1), [], 1, guest=True)
    assert not has_answered(Reader("g", 1), [], 1)
    assert not has_answered(Reader("g", 1), [], 2, guest=True)


def test_a_condition_is_met_and_not_talked_over() -> None:
    assert agenda(list[Said](), [Raised(condition=True)]) == []


def test_whoever_asked_calls_it_resolved_and_the_requester_once_that_person_is_gone() -> None:
    assert may_settle("a", "r", {"a", "r"}) == {"a"}
    assert may_settle("a", "r", {"r"}) == {"a", "r"}
