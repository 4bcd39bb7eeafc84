"""Every threshold of the practice, in one table that the rules, the words and the tests all read."""

from dataclasses import dataclass, field
from datetime import timedelta
from decimal import Decimal

from app.domain.answers import Effect, Likelihood, Undo, UndoCost
from app.domain.ladder import Rung


@dataclass(frozen=True)
class Policy:
    # Two-way, clearly: undone within days, by one team within a sprint, with no lasting effect.
    two_way_undo: frozenset[Undo] = frozenset({Undo.HOURS, Undo.DAYS})
    two_way_cost: frozenset[UndoCost] = frozenset({UndoCost.PERSON_DAY, UndoCost.TEAM_SPRINT})

    # The lowest rung that can decide what is at stake. A one-way door never stays with a peer.
    floor: Rung = Rung.MANAGER
    floor_by_undo: dict[Undo, Rung] = field(default_factory=lambda: {Undo.NEVER: Rung.DIRECTOR})
    floor_by_effect: dict[Effect, Rung] = field(
        default_factory=lambda: {
            Effect.MONEY_OR_DATA: Rung.DIRECTOR,
            Effect.CONTRACT: Rung.VP,
            Effect.PROMISE: Rung.VP,
            Effect.SECURITY: Rung.DIRECTOR,
            Effect.DATA_GONE: Rung.DIRECTOR,
            Effect.PEOPLE: Rung.VP,
        }
    )
    floor_by_cost: dict[UndoCost, Rung] = field(
        default_factory=lambda: {
            UndoCost.SEVERAL_TEAMS: Rung.DIRECTOR,
            UndoCost.CANNOT_BUY_BACK: Rung.DIRECTOR,
        }
    )
    # Cost of a mistake, in the decision's own currency, from which a rung has to decide.
    floor_by_mistake: tuple[tuple[Decimal, Rung], ...] = (
        (Decimal(1_000_000), Rung.VP),
        (Decimal(100_000), Rung.DIRECTOR),
    )
    # The same on the five-step scale, where nobody can put money on it.
    floor_by_step: dict[int, Rung] = field(default_factory=lambda: {4: Rung.DIRECTOR, 5: Rung.VP})
    # From here the SLT is in reach, and the quarterly commitment is asked about.
    slt_mistake: Decimal = Decimal(10_000_000)

    likelihood: dict[Likelihood, Decimal] = field(
        default_factory=lambda: {
            Likelihood.UNLIKELY: Decimal("0.10"),
            Likelihood.POSSIBLE: Decimal("0.30"),
            Likelihood.EVEN: Decimal("0.50"),
            Likelihood.LIKELY: Decimal("0.75"),
            Likelihood.SURE: Decimal("0.95"),
        }
    )
    # The wait that cost of delay is counted over, where no deadline is named.
    wait_without_deadline: timedelta = timedelta(days=14)

    # A bar raiser signs unless a director or higher does; a promise made in public always wants one.
    bar_raiser_below: Rung = Rung.DIRECTOR
    bar_raiser_for: frozenset[Effect] = frozenset({Effect.PROMISE})

    # Working days a signer has, where the memo's ask names no date.
    sign_off_days: int = 2

    learning_check_after: timedelta = timedelta(days=14)
    review_after: timedelta = timedelta(days=28)
    shipped_asked_every: timedelta = timedelta(days=14)
    left_alone_after: timedelta = timedelta(days=1)
    expires_after: timedelta = timedelta(days=30)
    expiry_told_before: timedelta = timedelta(days=3)
    review_asked_again_after: timedelta = timedelta(days=7)


POLICY = Policy()
