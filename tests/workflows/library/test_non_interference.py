"""What one may not see changes nothing that one finds: pairs of worlds that differ in that alone, on both databases."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import event
from sqlalchemy.orm import Session

from app.db.library import shelving
from app.db.library.finding import alike, find
from app.db.models import Decision, Participant, PastDecision, Replacement
from app.domain.findings import NothingLasts
from app.domain.library.hits import Hit
from app.domain.library.marks import Sight
from app.domain.library.past import PastStatus
from app.domain.lifecycle import Status
from app.domain.triage.doors import Door
from app.domain.triage.verdict import NextStep, Verdict
from app.workflows import opening
from tests.databases import thrown_away
from tests.workflows.colleagues import EVE, RITA, Company

WORDS = ("return", "window", "price", "slots", "warehouse", "holiday", "return", "days", "the", "to")
said = st.lists(st.sampled_from(WORDS), min_size=1, max_size=6).map(" ".join)
VERDICT = Verdict(Door.TWO_WAY, (NothingLasts(),), NextStep.DEFLECT)


@dataclass(frozen=True)
class One:
    """A decision: its title, what is written inside, and why Eve may not see it; empty where she may."""

    title: str
    inside: str
    hidden: str = ""
    past: bool = False


seen = st.builds(One, said, said, past=st.booleans())
unseen = st.builds(One, said, said, st.sampled_from(["private", "triage", "closed", "withdrawn", "elsewhere"]))


def write(session: Session, company: Company, number: int, one: One) -> None:
    team = "T2" if one.hidden == "elsewhere" else company.team
    if one.past:
        row = PastDecision(
            workspace_id=team, number=number, imported_id=f"A{number}", title=one.title, text=one.inside,
            status=PastStatus.ACCEPTED, said_status="", replaces=[], imported_at=company.now,
        )  # fmt: skip
        session.add(row)
        session.flush()
        shelving.shelve_past(session, [row])
        return
    state = {"triage": Status.TRIAGE, "withdrawn": Status.WITHDRAWN}.get(one.hidden, Status.DEFLECTED)
    decision = Decision(
        workspace_id=team, number=number, title=one.title, status=state, door=Door.TWO_WAY, requester_id=RITA,
        owner_id=RITA, private=one.hidden == "private", closed_channel=one.hidden == "closed", verdict=VERDICT,
        source_text=one.inside, created_at=company.now, touched_at=company.now, memo_version=0,
        decided_at=company.now - timedelta(days=number),
    )  # fmt: skip
    decision.participants.append(Participant(workspace_id=team, user_id=RITA))
    session.add(decision)


def world(
    company: Company, visible: Sequence[One], hidden: Sequence[One], words: str, first: bool
) -> tuple[list[Hit], list[Hit], int]:
    """What Eve finds, what looks like a triage of hers, and how many questions that took. ``first``: what she may not
    see was there before all else."""
    asked = 0

    def heard(*_: object) -> None:
        nonlocal asked
        asked += 1

    with thrown_away(company.db) as session:
        opening.ensure_workspace(session, "T2", company.now)
        kept = [(100 + 2 * n, one) for n, one in enumerate(visible)]
        others = [(101 + 2 * n, one) for n, one in enumerate(hidden)]
        for number, one in [*others, *kept] if first else [*kept, *others]:
            write(session, company, number, one)
        if kept and others:  # one that she may not see comes in the place of one that she may
            session.add(Replacement(workspace_id=company.team, newer=others[0][0], older=kept[0][0], at=company.now))
        shelving.shelve(session)
        sight = Sight(company.team, EVE)
        event.listen(company.db.engine, "before_cursor_execute", heard)
        found, near = find(session, sight, words), alike(session, sight, words, but=0)
        event.remove(company.db.engine, "before_cursor_execute", heard)
    return [replace(hit, opens=None) for hit in found], near, asked


@settings(max_examples=25)
@given(
    visible=st.lists(seen, max_size=6), hidden=st.lists(unseen, min_size=1, max_size=8), words=said, first=st.booleans()
)
def _same_for_eve(company: Company, visible: list[One], hidden: list[One], words: str, first: bool) -> None:
    alone = world(company, visible, [], words, first)
    beside = world(company, visible, hidden, words, first)
    assert beside[0] == alone[0], "the same hits in the same order, and what is told of them"
    assert beside[1] == alone[1], "the same that look alike"
    if alone[0]:
        assert abs(beside[2] - alone[2]) <= 3, "as many questions, but for who came in whose place"


def test_what_one_may_not_see_changes_neither_hits_nor_order_nor_counts(company: Company) -> None:
    _same_for_eve(company)


def test_what_stands_inside_of_what_one_may_see_changes_nothing_either(company: Company) -> None:
    plain = [One("Extend the return window", ""), One("Cut the price of slots", "")]
    full = [replace(one, inside="return window price slots holiday " * 20) for one in plain]
    for words in ("return window", "price", "holiday", "slots return"):
        assert world(company, plain, [], words, False)[:2] == world(company, full, [], words, False)[:2]


def test_many_that_one_may_not_see_push_nothing_out(company: Company) -> None:
    """More than are ever weighed, each better than what may be seen."""
    hidden = [One("return window", "return window", "private")] * 200
    alone = world(company, [One("the return of the holiday", "")], [], "return window", True)
    assert world(company, [One("the return of the holiday", "")], hidden, "return window", True)[:2] == alone[:2]
    assert len(alone[0]) == 1
