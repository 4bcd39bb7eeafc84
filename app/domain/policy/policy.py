"""A workspace's policy: every figure that a rule goes by, as data. No rule has one of its own."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from app.domain.answers import Costs, Effect, Likelihood, Undo, UndoCost
from app.domain.ladder import Rung
from app.domain.policy.rates import SHIPPED_RATES, Rates
from app.domain.reading.amounts import Amount


@dataclass(frozen=True)
class Step:
    """From ``amount`` on, in the policy's currency, ``rung`` is the lowest that can decide."""

    amount: Decimal
    rung: Rung


PRINCIPLES = (
    "customer first",
    "the lowest rung that can decide",
    "in writing before in a room",
    "small trials before big bets",
    "own the result",
    "disagree, then commit",
)
"""What a document serves, until a workspace has its own list."""


@dataclass(frozen=True)
class Policy:
    """What somebody in charge there decided about deciding. Amounts stand in ``currency``, waits in days."""

    currency: str  # ISO 4217
    rates: Rates

    # Two-way, clearly: undone within days, by one team within a sprint, with no lasting effect.
    two_way_undo: frozenset[Undo]
    two_way_cost: frozenset[UndoCost]

    # The lowest rung that can decide what is at stake. A one-way door never stays with a peer.
    floor: Rung
    floor_by_undo: Mapping[Undo, Rung]
    floor_by_effect: Mapping[Effect, tuple[Step, ...]]  # by the cost of a mistake; the first step begins at zero
    floor_by_cost: Mapping[UndoCost, Rung]
    floor_by_mistake: tuple[Step, ...]
    floor_by_step: Mapping[int, Rung]  # the same on the five-step scale, where nobody can put money on it
    slt_mistake: Decimal  # from here the SLT is in reach, and the quarterly commitment is asked about

    likelihood: Mapping[Likelihood, Decimal]  # 0 to 1
    wait_days: int  # how long a decision that does not climb stays blocked

    # A bar raiser signs below this rung, and always where one of these effects is there.
    bar_raiser_below: Rung
    bar_raiser_for: frozenset[Effect]

    sign_off_days: int  # working days a signer has, where the memo's ask names no date
    learning_check_days: int  # from the decision to the learning check
    review_days: int  # from the day it shipped to the review

    rung_names: Mapping[Rung, str] = field(default_factory=dict)  # as people there say them; none: as we do
    channel_reading: bool = True  # what a channel was told of, and is not private, its members may read there

    document_from: Rung | None = Rung.VP  # from this rung up a one-way door is asked for a document; None: none is
    principles: tuple[str, ...] = PRINCIPLES  # what a document says it serves, as people there say it

    preread_hours: int = 24  # between sending a pre-read and its sync, at least
    preread_halves: int = 1  # whole working mornings or afternoons of each reader's own among them

    worth: Mapping[str, Decimal] = field(default_factory=dict)  # of a unit of each customer metric, by its label

    def in_currency(self, amount: Amount) -> Amount | None:
        """The same money in the policy's currency; None where there is no rate for it."""
        return self.rates.convert(amount, self.currency)

    def mistake(self, costs: Costs | None) -> Decimal | None:
        """What a mistake costs, in the policy's currency; None where nobody put money on it that has a rate."""
        amount = self.in_currency(costs.mistake) if costs and costs.mistake else None
        return amount.value if amount else None


def highest_step(steps: Sequence[Step], mistake: Decimal) -> Rung | None:
    """The rung that ``steps`` want for a mistake of so much; None below the first of them."""
    return max((step.rung for step in steps if mistake >= step.amount), default=None)


def _always(rung: Rung) -> tuple[Step, ...]:
    return (Step(Decimal(0), rung),)


SHIPPED_POLICY = Policy(
    currency="USD",
    rates=SHIPPED_RATES,
    two_way_undo=frozenset({Undo.HOURS, Undo.DAYS}),
    two_way_cost=frozenset({UndoCost.PERSON_DAY, UndoCost.TEAM_SPRINT}),
    floor=Rung.MANAGER,
    floor_by_undo={Undo.NEVER: Rung.DIRECTOR},
    floor_by_effect={
        Effect.MONEY_OR_DATA: _always(Rung.DIRECTOR),
        # A contract of $4k is no VP's matter.
        Effect.CONTRACT: (
            Step(Decimal(0), Rung.MANAGER),
            Step(Decimal(10_000), Rung.DIRECTOR),
            Step(Decimal(50_000), Rung.VP),
        ),
        Effect.PROMISE: _always(Rung.VP),
        Effect.SECURITY: _always(Rung.DIRECTOR),
        Effect.DATA_GONE: _always(Rung.DIRECTOR),
        Effect.PEOPLE: _always(Rung.VP),
    },
    floor_by_cost={UndoCost.SEVERAL_TEAMS: Rung.DIRECTOR, UndoCost.CANNOT_BUY_BACK: Rung.DIRECTOR},
    floor_by_mistake=(Step(Decimal(100_000), Rung.DIRECTOR), Step(Decimal(1_000_000), Rung.VP)),
    floor_by_step={4: Rung.DIRECTOR, 5: Rung.VP},
    slt_mistake=Decimal(10_000_000),
    likelihood={
        Likelihood.UNLIKELY: Decimal("0.10"),
        Likelihood.POSSIBLE: Decimal("0.30"),
        Likelihood.EVEN: Decimal("0.50"),
        Likelihood.LIKELY: Decimal("0.75"),
        Likelihood.SURE: Decimal("0.95"),
    },
    wait_days=14,
    bar_raiser_below=Rung.DIRECTOR,
    bar_raiser_for=frozenset({Effect.PROMISE}),
    sign_off_days=2,
    learning_check_days=14,
    review_days=28,
)
"""What a workspace goes by until somebody there decides otherwise: version 1 of its policy."""
