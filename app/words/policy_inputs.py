"""The inputs of each form of the policy: how they are called, and what they offer. What stands in them and how they are
read is told beside them, in `policy_fields.py`."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from app.domain.answers import Effect, Likelihood, Undo, UndoCost
from app.domain.ladder import RUNGS, Rung
from app.domain.policy.policy import Policy
from app.domain.policy.table import LONGEST_NAME, LONGEST_PRINCIPLE, MOST_PRINCIPLES, NOBODY
from app.words.ladder import rung_said
from app.words.triage.answers import COST_SAID, EFFECT_SAID, LIKELIHOOD_SAID, UNDO_SAID

MEMBERS, PARTICIPANTS = "members", "participants"
"""Who reads a decision: the channel's members too, or those who take part alone."""
NOTHING_MORE = "none"
"""The option of an input that wants no more than the lowest rung."""
ABOVE_PEER = RUNGS[1:]
LONGEST_FIGURE = 60

Options = tuple[tuple[str, str], ...]
"""What each is called, and its value."""


@dataclass(frozen=True)
class Text:
    example: str | None = None
    longest: int = LONGEST_FIGURE
    lines: bool = False


@dataclass(frozen=True)
class Choice:
    """One of them. ``open``: all stand there to be read, none behind a click."""

    options: Options
    open: bool = False


@dataclass(frozen=True)
class Ticks:
    options: Options


@dataclass(frozen=True)
class Input:
    name: str
    label: str
    takes: Text | Choice | Ticks
    hint: str | None = None
    optional: bool = False


def two_way(_: Policy) -> Iterator[Input]:
    undo = tuple((_capital(UNDO_SAID[one]), one.value) for one in Undo)
    cost = tuple((_capital(COST_SAID[one]), one.value) for one in UndoCost)
    yield Input("undo", "It can be undone", Ticks(undo), optional=True)
    yield Input("cost", "Undoing it costs", Ticks(cost), optional=True)


def effect(policy: Policy) -> Iterator[Input]:
    yield Input("always", "Whatever a mistake costs, at least", _wants())
    yield from _amounts(policy)


def lowest(_: Policy) -> Iterator[Input]:
    yield Input("lowest", "Every one-way door, at least", Choice(_rungs(ABOVE_PEER)))
    for undo in Undo:
        yield Input(f"undo_{undo.value}", f"It can be undone {UNDO_SAID[undo]}", _wants())
    for cost in UndoCost:
        yield Input(f"cost_{cost.value}", f"Undoing it costs {COST_SAID[cost]}", _wants())


def mistake(policy: Policy) -> Iterator[Input]:
    yield from _amounts(policy)
    for step in range(1, 6):
        yield Input(f"step_{step}", f"{step} of 5 on the scale", _wants())
    only = "and only where a quarterly commitment is threatened"
    reach = f"The {rung_said(Rung.SLT)} is in reach from a mistake of"
    yield Input("top_from", reach, Text(), f"In {policy.currency}; {only}.")


def climbing(_: Policy) -> Iterator[Input]:
    yield Input("wait_days", "How long a decision waits that does not climb", Text("14, or two weeks"))
    for one in Likelihood:
        yield Input(f"odds_{one.value}", f"A mistake that is {LIKELIHOOD_SAID[one]} counts", Text("30%"))


def signing(_: Policy) -> Iterator[Input]:
    yield Input("sign_off_days", "Working days a signer has, where the memo names no date", Text("2"))
    yield Input("below", "A bar raiser signs too below the", Choice(_rungs(RUNGS)))
    effects = tuple((_capital(EFFECT_SAID[one]), one.value) for one in Effect)
    yield Input("for", "…and always for", Ticks(effects), optional=True)


def looking_back(_: Policy) -> Iterator[Input]:
    yield Input("learning_check_days", "A two-way door, so long after it was decided", Text("14, or two weeks"))
    yield Input("review_days", "A one-way door, so long after it shipped", Text("28, or four weeks"))


def writing(_: Policy) -> Iterator[Input]:
    rungs = (("None is asked for one", NOBODY), *_rungs(ABOVE_PEER))
    yield Input("document_from", "From this rung up", Choice(rungs))
    lines = Text(longest=MOST_PRINCIPLES * (LONGEST_PRINCIPLE + 1), lines=True)
    yield Input(
        "principles", "Principles", lines, "One a line: a document says which of them it serves.", optional=True
    )


def reading(_: Policy) -> Iterator[Input]:
    options = (
        ("Members of the channel that was told of it, there", MEMBERS),
        ("Only those who take part", PARTICIPANTS),
    )
    yield Input("reading", "Who reads a decision?", Choice(options, open=True))


def names(_: Policy) -> Iterator[Input]:
    for rung in RUNGS:
        ours = {Rung.VP: "VP", Rung.SLT: "SLT"}.get(rung, rung.value)
        yield Input(f"name_{rung.value}", _capital(ours), Text(ours, LONGEST_NAME), optional=True)


def _amounts(policy: Policy) -> Iterator[Input]:
    for rung in ABOVE_PEER:
        said = rung_said(rung)
        hint = f"In {policy.currency}. Empty: no amount alone is the {said}'s matter."
        label, example = f"{_capital(said)}, from a mistake of", f"{policy.currency} 100k"
        yield Input(f"from_{rung.value}", label, Text(example), hint, optional=True)


def _wants() -> Choice:
    return Choice((("No more than the lowest rung", NOTHING_MORE), *_rungs(ABOVE_PEER)))


def _rungs(rungs: tuple[Rung, ...]) -> Options:
    return tuple((_capital(rung_said(rung)), rung.value) for rung in rungs)


def _capital(text: str) -> str:
    return text[0].upper() + text[1:]
