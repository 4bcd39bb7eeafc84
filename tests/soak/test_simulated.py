"""A hundred companies, each of five thousand people: what was planted lies in the intervals that insights give."""

from collections import Counter

import pytest

from tests.domain.simulation.test_life import recovered

SEEDS = range(100)
AT_LEAST = 93


@pytest.mark.soak
@pytest.mark.timeout(7200)
def test_what_was_planted_is_found_in_at_least_93_of_100_companies() -> None:
    kept, whole = Counter[str](), 0
    for seed in SEEDS:
        found = recovered(seed, 5000)
        kept.update(name for name, holds in found.items() if holds)
        whole += all(found.values())
    print(dict(kept), whole)
    assert all(number >= AT_LEAST for number in kept.values()), kept
    assert len(kept) == 5
    assert whole >= AT_LEAST
