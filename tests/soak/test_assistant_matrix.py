"""Every shape of an answer after every fault, end to end; and two mock servers of others, for real."""

import pytest

from tests.databases import Servers
from tests.e2e.drafting_matrix import FAULTS, NOTICES, SHAPES, Cell, telling, try_one
from tests.e2e.test_assistant_matrix import LASTING

DRAFTED, _, AWAY = NOTICES


@pytest.mark.soak
@pytest.mark.timeout(1200)
@pytest.mark.parametrize("fault", FAULTS)
def test_every_shape_after_this_fault_ends_in_one_notice_and_a_card_that_goes_on(servers: Servers, fault: str) -> None:
    with telling(servers.of("sqlite").url()) as (t, server):
        for shape in (*SHAPES, None):
            expected = AWAY if fault in LASTING or shape is None else DRAFTED
            assert try_one(t, server, Cell(fault, shape)) == expected, (fault, shape)
