"""What the rules found, as names with figures. How a finding is said stands in ``app/words``.

A finding holds figures, days, rungs and user ids, never what somebody typed: that is read from the answer it came from
(``came_from``, a field of ``Answers``), so that words can be erased and the finding stays.
"""

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import ClassVar, Literal

from app.domain.answers import Effect, Result, Undo, UndoCost
from app.domain.ladder import Rung
from app.domain.reading.amounts import Amount
from app.domain.stored_words import ADDED_LATER, StoredEnum


@dataclass(frozen=True)
class ToldBefore:
    """A sentence of a verdict from before findings were kept. It is said as it was, and goes when words go."""

    text: str
    came_from: ClassVar[str] = ""
    kind: Literal["told_before"] = "told_before"


# ── why it is this door ─────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True)
class CanBeUndone:
    undo: Undo
    came_from: ClassVar[str] = "undo"
    kind: Literal["can_be_undone"] = "can_be_undone"


@dataclass(frozen=True)
class NothingLasts:
    came_from: ClassVar[str] = "effects"
    kind: Literal["nothing_lasts"] = "nothing_lasts"


@dataclass(frozen=True)
class UndoingCosts:
    cost: UndoCost
    came_from: ClassVar[str] = "undo_cost"
    kind: Literal["undoing_costs"] = "undoing_costs"


@dataclass(frozen=True)
class TrialIsSmall:
    """A trial makes it two-way; ``ends`` is its last day, where one was named."""

    ends: date | None
    came_from: ClassVar[str] = "trial"
    kind: Literal["trial_is_small"] = "trial_is_small"


@dataclass(frozen=True)
class TrialLeavesNothing:
    came_from: ClassVar[str] = "trial"
    kind: Literal["trial_leaves_nothing"] = "trial_leaves_nothing"


@dataclass(frozen=True)
class EffectLasts:
    effect: Effect
    came_from: ClassVar[str] = "effects"
    kind: Literal["effect_lasts"] = "effect_lasts"


@dataclass(frozen=True)
class NoWayBack:
    came_from: ClassVar[str] = "undo"
    kind: Literal["no_way_back"] = "no_way_back"


@dataclass(frozen=True)
class BackOnlyAfter:
    undo: Undo
    came_from: ClassVar[str] = "undo"
    kind: Literal["back_only_after"] = "back_only_after"


@dataclass(frozen=True)
class TrialLasts:
    came_from: ClassVar[str] = "trial"
    kind: Literal["trial_lasts"] = "trial_lasts"


@dataclass(frozen=True)
class NoTrial:
    came_from: ClassVar[str] = "trial"
    kind: Literal["no_trial"] = "no_trial"


DoorReason = (
    CanBeUndone
    | NothingLasts
    | UndoingCosts
    | TrialIsSmall
    | TrialLeavesNothing
    | EffectLasts
    | NoWayBack
    | BackOnlyAfter
    | TrialLasts
    | NoTrial
    | ToldBefore
)


# ── what a gate found ───────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True)
class NoDeadline:
    came_from: ClassVar[str] = "deadline"
    kind: Literal["no_deadline"] = "no_deadline"


@dataclass(frozen=True)
class DeadlinePassed:
    on: date
    came_from: ClassVar[str] = "deadline"
    kind: Literal["deadline_passed"] = "deadline_passed"


@dataclass(frozen=True)
class DeadlineBlocked:
    """Waiting blocks what is due ``on`` that day."""

    on: date
    came_from: ClassVar[str] = "deadline"
    kind: Literal["deadline_blocked"] = "deadline_blocked"


@dataclass(frozen=True)
class NobodyAsked:
    """``below`` has to be tried before ``rung``, and was not."""

    below: Rung
    rung: Rung
    came_from: ClassVar[str] = "tried"
    kind: Literal["nobody_asked"] = "nobody_asked"


@dataclass(frozen=True)
class NoAnswerYet:
    below: Rung
    who: str  # a user id, or empty where nobody was named
    came_from: ClassVar[str] = "tried"
    kind: Literal["no_answer_yet"] = "no_answer_yet"


@dataclass(frozen=True)
class BelowAnswered:
    """The rung below was asked and can't settle it."""

    below: Rung
    who: str  # a user id, or empty where nobody was named
    result: Result
    came_from: ClassVar[str] = "tried"
    kind: Literal["below_answered"] = "below_answered"


@dataclass(frozen=True)
class CostsInMoney:
    """What waiting costs beside what a mistake is expected to: ``odds`` (0 to 1) of ``mistake``."""

    delay: Amount  # over ``days`` of waiting; as a whole where there are none
    days: int | None
    lost: Amount | None  # what goes with the deadline, where that falls into the wait
    lost_on: date | None
    odds: Decimal
    mistake: Amount
    expected: Amount
    measured: bool = field(default=False, metadata=ADDED_LATER)  # the days are those of the teams it waits for
    came_from: ClassVar[str] = "costs"
    kind: Literal["costs_in_money"] = "costs_in_money"

    @property
    def waiting(self) -> Decimal:
        """What waiting costs altogether, in the currency of both."""
        return self.delay.value + (self.lost.value if self.lost else 0)


@dataclass(frozen=True)
class CostsOnScale:
    """The same on the scale of 1 (little) to 5 (severe)."""

    delay: int
    odds: Decimal
    mistake: int
    expected: Decimal
    came_from: ClassVar[str] = "costs"
    kind: Literal["costs_on_scale"] = "costs_on_scale"


@dataclass(frozen=True)
class CommitmentThreatened:
    came_from: ClassVar[str] = "commitment"
    kind: Literal["commitment_threatened"] = "commitment_threatened"


@dataclass(frozen=True)
class NoCommitment:
    came_from: ClassVar[str] = "commitment"
    kind: Literal["no_commitment"] = "no_commitment"


GateFinding = (
    NoDeadline
    | DeadlinePassed
    | DeadlineBlocked
    | NobodyAsked
    | NoAnswerYet
    | BelowAnswered
    | CostsInMoney
    | CostsOnScale
    | CommitmentThreatened
    | NoCommitment
    | ToldBefore
)


class GateName(StoredEnum):
    DEADLINE = "deadline"
    TRIED = "tried"
    COSTS = "costs"
    COMMITMENT = "commitment"


@dataclass(frozen=True)
class Gate:
    name: GateName
    passed: bool
    finding: GateFinding


# ── what was found about the rung ───────────────────────────────────────────────────────────────────────


@dataclass(frozen=True)
class StaysBelowTop:
    """Nothing that only the top of the ladder decides is at stake, so it stays at ``rung``."""

    rung: Rung
    came_from: ClassVar[str] = "commitment"
    kind: Literal["stays_below_top"] = "stays_below_top"


@dataclass(frozen=True)
class LowestForEffect:
    """``rung`` is the lowest that can decide what has this lasting effect."""

    rung: Rung
    effect: Effect
    came_from: ClassVar[str] = "effects"
    kind: Literal["lowest_for_effect"] = "lowest_for_effect"


@dataclass(frozen=True)
class Converted:
    """A mistake's cost was held against thresholds in another currency: ``about`` as much, by the rates of a day."""

    mistake: Amount
    about: Amount
    on: date
    came_from: ClassVar[str] = "costs"
    kind: Literal["converted"] = "converted"


RungNote = StaysBelowTop | LowestForEffect | Converted | ToldBefore

Finding = DoorReason | GateFinding | RungNote
