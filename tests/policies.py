"""Any policy there can be, for properties."""

from datetime import date
from decimal import Decimal

from hypothesis import strategies as st

from app.domain.answers import Effect, Likelihood, Undo, UndoCost
from app.domain.ladder import RUNGS, Rung
from app.domain.policy.policy import SHIPPED_POLICY, Policy, Step
from app.domain.policy.rates import SHIPPED_RATES, Rates

RUNG = st.sampled_from(RUNGS)
DAYS = st.integers(1, 366)
AMOUNT = st.integers(1, 10**9).map(Decimal)
CURRENCY = st.sampled_from(sorted(SHIPPED_RATES.per_euro))


@st.composite
def steps(draw: st.DrawFn, first: bool = False) -> tuple[Step, ...]:
    """Amounts that rise with their rungs; ``first``: from zero on."""
    amounts = sorted(draw(st.sets(AMOUNT, max_size=3)))
    amounts = [Decimal(0), *amounts] if first else amounts
    rungs = sorted(draw(st.lists(RUNG, min_size=len(amounts), max_size=len(amounts))), key=RUNGS.index)
    return tuple(Step(amount, rung) for amount, rung in zip(amounts, rungs, strict=True))


POLICIES = st.builds(
    Policy,
    currency=CURRENCY,
    rates=st.builds(
        Rates, st.dates(date(2020, 1, 1), date(2030, 1, 1)), st.text("ab\\\" é", max_size=9),
        st.just(SHIPPED_RATES.per_euro),
    ),
    two_way_undo=st.frozensets(st.sampled_from(Undo)),
    two_way_cost=st.frozensets(st.sampled_from(UndoCost)),
    floor=st.sampled_from([rung for rung in RUNGS if rung > Rung.PEER]),
    floor_by_undo=st.dictionaries(st.sampled_from(Undo), RUNG),
    floor_by_effect=st.fixed_dictionaries({effect: steps(first=True) for effect in Effect}),
    floor_by_cost=st.dictionaries(st.sampled_from(UndoCost), RUNG),
    floor_by_mistake=steps(),
    floor_by_step=st.dictionaries(st.integers(1, 5), RUNG),
    slt_mistake=AMOUNT,
    likelihood=st.fixed_dictionaries({one: st.decimals(0, 1, places=2) for one in Likelihood}),
    wait_days=DAYS,
    bar_raiser_below=RUNG,
    bar_raiser_for=st.frozensets(st.sampled_from(Effect)),
    sign_off_days=DAYS,
    learning_check_days=DAYS,
    review_days=DAYS,
) | st.just(SHIPPED_POLICY)  # fmt: skip
