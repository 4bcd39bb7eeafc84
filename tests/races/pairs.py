"""Which two acts meet: every pair that can, thirty drawn ones, and those that were seen to go wrong, by name."""

import random
from collections.abc import Callable, Iterator, Sequence
from itertools import combinations_with_replacement

from app.domain.errors import ThresholdError
from app.workflows.admission import Actor
from app.workflows.triage import verdicts
from tests.access.kinds import GUS, ROSE, State
from tests.databases import thrown_away
from tests.races.moves import LEAVES, OPERATOR, VERBS, Act, Clock, Move, Operator, Pair, Verb, named
from tests.races.starts import (
    BEGUN,
    GONE,
    MEMO_AHEAD,
    ONE_WAY_BUT_ONE,
    QUESTION,
    QUESTION_LATE,
    TWO_WAY_BUT_ONE,
    UNNAMED,
    Starts,
)
from tests.workflows.colleagues import BEA, EVE, MIA, OTTO, RITA, VERA

WAYS_NEED = {
    "message in a thread": (TWO_WAY_BUT_ONE,),
    "title_form": (UNNAMED, TWO_WAY_BUT_ONE, ONE_WAY_BUT_ONE),
    "memo_open": (MEMO_AHEAD,),
    "parked_to": (TWO_WAY_BUT_ONE,),
    "answer_form": (ONE_WAY_BUT_ONE,),
    "take_over": tuple(GONE.values()),
    "climb": (State.OVERDUE.value,),
    "form:climb": (State.OVERDUE.value,),
    "form:close_question": (QUESTION_LATE,),
}
"""Where a way is possible although its row is possible elsewhere too."""

FIRST: dict[str, Callable[..., object]] = {"memo_open": verdicts.start_memo}
"""What a way does that its row's verb only follows."""


PRIVATE_SHARE = 0.25


class Meetings:
    """Who can do what where. Tried in the workflows, and rolled back."""

    def __init__(self, starts: Starts) -> None:
        self.starts = starts
        self._possible: dict[str, list[Act]] = {}
        self._verbs: dict[str, list[Act]] = {}
        self._tried: dict[tuple[Callable[..., object], str, str], bool] = {}

    def in_(self, state: str) -> list[Act]:
        """Everything that can happen there, each verb by everybody of the table who may."""
        if state not in self._possible:
            clocks = [Act(Clock(kind)) for kind in self.starts.kinds(state)]
            moves: list[Move] = [*LEAVES, *OPERATOR]
            self._possible[state] = [*self.verbs(state), *clocks, *(Act(move) for move in moves)]
        return self._possible[state]

    def verbs(self, state: str) -> list[Act]:
        """What the table's people can do there."""
        if state not in self._verbs:
            self.starts.put(self.starts.at(state))
            self._verbs[state] = [
                Act(verb, who) for verb in VERBS for who in verb.people if self._may(verb, who, state)
            ]
        return self._verbs[state]

    def _may(self, verb: Verb, who: str, state: str) -> bool:
        start = self.starts.at(state)
        assert start is not None
        if state not in WAYS_NEED.get(verb.way.by, (state,)) or who in start.gone:
            return False
        if verb.way.packed.get("q") == "undo_cost" and state != TWO_WAY_BUT_ONE:
            return False
        does = FIRST.get(verb.way.by, verb.row.verb)
        return verb.row.state is None or self._let(does, start.facts.decision, who, state)

    def _let(self, does: Callable[..., object], id: int, who: str, state: str) -> bool:
        """Whether the workflow lets them. What it did is taken back."""
        key, alone, world = (does, who, state), self.starts.alone, self.starts.world
        if key not in self._tried:
            self._tried[key] = True
            with thrown_away(alone.db) as session:
                try:
                    does(session, id, Actor(world.ws.id, who), world.now())
                except (ThresholdError, IndexError, AssertionError):
                    self._tried[key] = False
                finally:
                    session.expunge_all()
        return self._tried[key]

    def meet(self, one: Move, other: Move) -> list[str]:
        """The states in which both can happen."""
        return [
            state
            for state in BEGUN
            if all(any(act.move.name == move.name for act in self.in_(state)) for move in (one, other))
        ]

    def moves(self) -> list[Move]:
        found = {act.move.name: act.move for state in BEGUN for act in self.in_(state)}
        return list(found.values())

    def drawn_in(self, state: str, one: Move, other: Move, dice: random.Random) -> Pair:
        """This pair there, by people who may; by two, where two may. One in a few is about a private decision."""
        first, second = ([act for act in self.in_(state) if act.move.name == move.name] for move in (one, other))
        a = dice.choice(first)
        b = dice.choice([act for act in second if not act.who or act.who != a.who] or second)
        return Pair(f"{one.name} + {other.name}", state, a, b, private=dice.random() < PRIVATE_SHARE)

    def draw(self, dice: random.Random, states: Sequence[str]) -> Pair:
        """One of these states, and any two acts that can meet in it."""
        while True:
            state = dice.choice(states)
            names = sorted({act.move.name for act in self.in_(state)})
            one, other = (self._move(state, dice.choice(names)) for _ in range(2))
            if sensible(one, other):
                return self.drawn_in(state, one, other, dice)

    def _move(self, state: str, name: str) -> Move:
        return next(act.move for act in self.in_(state) if act.move.name == name)

    def every(self) -> Iterator[tuple[Move, Move, list[str]]]:
        """Every two that can meet, and where."""
        for one, other in combinations_with_replacement(self.moves(), 2):
            states = self.meet(one, other) if sensible(one, other) else []
            if states:
                yield one, other, states


def sensible(one: Move, other: Move) -> bool:
    """Two follow-ups come due in one look, and an operator is one person."""
    return not any(all(isinstance(move, kind) for move in (one, other)) for kind in (Clock, Operator))


# ── seen to go wrong ────────────────────────────────────────────────────────────────────────────────────


def _pair(name: str, state: str, first: str, second: str, by: str = "", and_by: str = "", also: int = 0) -> Pair:
    return Pair(name, state, Act(named(first), by), Act(named(second), and_by), also=also)


OUT = State.PREREAD.value
REVIEW, APPROVED, HELD = State.IN_REVIEW.value, State.APPROVED.value, State.HELD.value
FORM, WORDS, TAP = "(answer_form tried)", "(message in a thread answer)", "(answer hours)"
APPROVE, DECLINE, WITHDRAW, PRIVATE = (
    "sign (form:sign approve)",
    "(form:sign decline)",
    "(form:withdraw)",
    "(private private)",
)
NAME, EXTEND, OVER, NOT_SHIPPED = "(message)", "(form:extend)", "(take_over)", "(not_shipped)"
DIGEST, DIGEST_OFF = "(form:digest on)", "(form:digest off)"
ERASE_VERA, ERASE_RITA = f"threshold erase --person {VERA} --yes", f"threshold erase --person {RITA} --yes"

NAMED: tuple[Pair, ...] = (
    _pair("answer a form + withdraw", ONE_WAY_BUT_ONE, FORM, WITHDRAW, RITA, RITA),
    _pair("answer a form + make private", ONE_WAY_BUT_ONE, FORM, PRIVATE, RITA, RITA),
    _pair("name by message + make private", UNNAMED, NAME, PRIVATE, RITA, RITA),
    _pair("name by message + withdraw", UNNAMED, NAME, WITHDRAW, RITA, RITA),
    _pair("answer by message + withdraw", TWO_WAY_BUT_ONE, WORDS, WITHDRAW, RITA, RITA),
    _pair("answer by message + tap", TWO_WAY_BUT_ONE, WORDS, "(answer last)", RITA, RITA),
    _pair("a signer leaves + that signer signs", REVIEW, "a signer leaves", APPROVE, "", VERA),
    _pair("a signer leaves + the other declines", REVIEW, "a signer leaves", DECLINE, "", BEA),
    _pair("a signer leaves + the requester withdraws", REVIEW, "a signer leaves", WITHDRAW, "", RITA),
    _pair("erase a signer + that signer signs", REVIEW, ERASE_VERA, APPROVE, "", VERA),
    _pair("erase a signer + the other signs", REVIEW, ERASE_VERA, APPROVE, "", BEA),
    _pair("erase a signer + the other declines", REVIEW, ERASE_VERA, DECLINE, "", BEA),
    _pair("erase a signer + the memo is edited", REVIEW, ERASE_VERA, "(form:memo)", "", RITA),
    _pair("erase a signer + hand over", REVIEW, ERASE_VERA, "(form:hand_over)", "", VERA),
    _pair("erase the requester + they answer a form", ONE_WAY_BUT_ONE, ERASE_RITA, FORM, "", RITA),
    _pair("a digest fires + its plan changes", REVIEW, "the clock: digest", DIGEST, "", EVE),
    _pair("a digest fires + it is switched off", REVIEW, "the clock: digest", DIGEST_OFF, "", EVE),
    _pair("a digest's plan changes twice + it is switched off", REVIEW, DIGEST, DIGEST_OFF, EVE, OTTO, also=1),
    _pair("a deadline passes + sign", REVIEW, "the clock: deadline_passed", APPROVE, "", VERA),
    _pair("a deadline passes + extend", REVIEW, "the clock: deadline_passed", EXTEND, "", RITA),
    _pair("a deadline passes + take over", GONE[State.IN_REVIEW], "the clock: deadline_passed", OVER, "", OTTO),
    _pair("“has it shipped?” fires + not shipped yet", APPROVED, "the clock: ask_shipped", NOT_SHIPPED, "", OTTO),
    _pair("a reminder fires + sign", REVIEW, "the clock: remind_halfway", APPROVE, "", VERA),
    _pair("two take over", GONE[State.IN_REVIEW], OVER, OVER, OTTO, MIA),
    _pair("take over + sign", GONE[State.IN_REVIEW], OVER, APPROVE, OTTO, VERA),
    _pair("the channel's first line + made private", TWO_WAY_BUT_ONE, "(answer last)", PRIVATE, RITA, RITA),
    _pair("the question below + go on anyway", HELD, "(form:ask_below)", "(form:override)", RITA, RITA),
    _pair("five clicks on export", REVIEW, "(export)", "(export)", ROSE, ROSE, also=3),
    _pair("export + made private", REVIEW, "threshold export", PRIVATE, "", RITA),
    _pair("audit + sign", REVIEW, "threshold audit", APPROVE, "", VERA),
    _pair("approve + approve", REVIEW, APPROVE, APPROVE, VERA, BEA),
    _pair("approve + decline", REVIEW, APPROVE, DECLINE, VERA, BEA),
    _pair("sign + memo edited", REVIEW, APPROVE, "(form:memo)", VERA, RITA),
    _pair("the last question is resolved + a reader asks", OUT, "(remark_resolve)", "(form:remark)", OTTO, ROSE),
    _pair("the last question is resolved twice", OUT, "(remark_resolve)", "(remark_resolve)", OTTO, OTTO, also=1),
    _pair(
        "the last question is resolved + the last reader has read", OUT, "(remark_resolve)", "(preread_read)", OTTO, GUS
    ),
    _pair("a sync is called off + moved", OUT, "(sync_off)", "(form:sync_move)", RITA, RITA),
    _pair("a sync starts + its last question is resolved", OUT, "the clock: sync_start", "(remark_resolve)", "", OTTO),
    _pair("resolve + reply", QUESTION, "(resolve)", "(form:reply)", VERA, RITA),
)


# ── a run ───────────────────────────────────────────────────────────────────────────────────────────────


DRAWN_STATES = 6
"""In each run others; to find out what can happen in a state takes longer than a few tries there."""


def drawn(meetings: Meetings, seed: int, tries: int) -> list[Pair]:
    """So many pairs: every third one of those that once went wrong, the others any that can meet in a few states."""
    dice = random.Random(seed)
    states = dice.sample(list(BEGUN), DRAWN_STATES)
    return [dice.choice(NAMED) if number % 3 == 0 else meetings.draw(dice, states) for number in range(tries)]


def dice_of(seed: int, pair: Pair, kind: str, number: int) -> random.Random:
    """What is drawn in one try of a run: who is served by which replica, and when."""
    return random.Random(f"{seed} {pair.key} {kind} {number}")
