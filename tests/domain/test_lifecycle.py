"""Every state, every move: what the table allows happens, everything else is refused in a sentence."""

from itertools import product

import pytest

from app.domain.lifecycle import MOVES, OPEN, Move, Status, after
from app.words.states import STATUS_SAID, no_longer_fits

ALLOWED = {
    Status.TRIAGE: "deflect→deflected hold→held draft→drafting withdraw→withdrawn expire→expired",
    Status.HELD: "reconsider→triage override→drafting withdraw→withdrawn expire→expired",
    Status.DRAFTING: "reconsider→triage send→in_review withdraw→withdrawn expire→expired",
    Status.IN_REVIEW: "ask_condition→not_yet approve→approved decline→declined call_two_way→deflected "
    "withdraw→withdrawn expire→expired",
    Status.NOT_YET: "meet_condition→in_review decline→declined call_two_way→deflected withdraw→withdrawn "
    "expire→expired",
    Status.DEFLECTED: "learn→learned",
    Status.APPROVED: "implement→implemented drop→withdrawn",
    Status.IMPLEMENTED: "review→reviewed",
}
"""The design, written out a second time and by hand."""


def _allowed(status: Status) -> dict[Move, Status]:
    pairs = (arrow.split("→") for arrow in ALLOWED.get(status, "").split())
    return {Move(move): Status(to) for move, to in pairs}


@pytest.mark.parametrize(("status", "move"), list(product(Status, Move)))
def test_a_move_is_allowed_or_refused_as_designed(status: Status, move: Move) -> None:
    expected = _allowed(status).get(move)
    if expected is not None:
        assert after(status, move) is expected
        return
    assert after(status, move) is None
    assert no_longer_fits(status) == f"That no longer fits: this decision is {STATUS_SAID[status]}."


def test_what_is_open_can_be_withdrawn_and_can_expire_and_nothing_else_can() -> None:
    assert set(OPEN) == {status for status in Status if (status, Move.WITHDRAW) in MOVES}
    assert set(OPEN) == {status for status in Status if (status, Move.EXPIRE) in MOVES}
    assert Status.APPROVED not in OPEN


@pytest.mark.parametrize("status", list(Status))
def test_every_state_is_said_in_words_of_its_own(status: Status) -> None:
    assert STATUS_SAID[status].strip()
    assert "_" not in STATUS_SAID[status]
    assert list(STATUS_SAID.values()).count(STATUS_SAID[status]) == 1


def test_every_state_can_be_reached_from_a_triage() -> None:
    reached = {Status.TRIAGE}
    while new := {to for (status, _), to in MOVES.items() if status in reached} - reached:
        reached |= new
    assert reached == set(Status)


def test_a_closed_state_is_left_by_looking_back_or_not_at_all() -> None:
    for status, move in MOVES:
        if status not in OPEN:
            assert move in {Move.LEARN, Move.IMPLEMENT, Move.DROP, Move.REVIEW}
