"""A draw of the shapes and faults of a model, end to end; all of them are tried in `tests/soak`."""

import random

import pytest

from tests.databases import Servers
from tests.e2e.drafting_matrix import FAULTS, NOTICES, SHAPES, Cell, telling, try_one

DRAFTED, _, AWAY = NOTICES
LASTING = ("finds the sources too long", "has no credit left", "takes no such key")
"""What asking again can't help: the shape behind it is never seen."""


def test_there_are_thirty_shapes_and_twelve_faults() -> None:
    assert (len(SHAPES) >= 30, len(FAULTS)) == (True, 12)


@pytest.mark.timeout(180)
def test_every_fault_ends_in_one_notice_and_a_card_that_goes_on(servers: Servers) -> None:
    draw = random.Random(30 * 12)
    with telling(servers.of("sqlite").url()) as (t, server):
        for fault, shape in zip(FAULTS, draw.sample(list(SHAPES), 12), strict=True):
            assert try_one(t, server, Cell(fault, shape)) == (AWAY if fault in LASTING else DRAFTED), (fault, shape)
        assert try_one(t, server, Cell("crashes", None)) == AWAY
