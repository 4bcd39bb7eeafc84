"""Whatever is lost, an audit brings back, and nobody gets anything twice; where nothing is lost, it finds nothing."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta
from functools import partial
from itertools import product

import pytest
from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from app.auditor import EDITED, Auditor, Finding
from app.db import posted_cards, queries
from app.db.models import Card, FollowUp, Outbox
from app.domain.answers import Undo
from app.domain.signing.signoff import Answer
from app.domain.triage.below import Advice
from app.domain.triage.questions import Question
from app.slack.loading import load_scene
from app.slack.outbox_rows import fingerprint_of
from app.slack.outdated_cards import is_outdated
from app.slack.views.cards.registry import render_card
from app.workflows import digests, looking_back, memo, suggestions
from app.workflows.digests import Plan
from app.workflows.follow_ups import registry
from app.workflows.signing import deadline, deciding_below, delegation, open_questions, signoffs
from app.workflows.triage import verdicts
from app.workflows.triage.verdicts import Deflection
from tests.databases import KINDS, thrown_away
from tests.workflows.colleagues import CHANNEL, DANA, HELD, MEMO, MIA, OTTO, RITA, TWO_WAY, VERA, Company

State = Callable[[Company], int]


def asked_below(c: Company) -> int:
    id = c.triage(HELD)
    c.do(verdicts.ask_below, id, MIA, "Can you decide this?")
    return id


def touched(c: Company) -> int:
    id = c.triage()
    c.fire_all(until=c.now + timedelta(days=28))
    c.answer(id, {Question.UNDO: Undo.DAYS})
    return id


def drafted(c: Company) -> int:
    id = c.drafting()
    c.do(suggestions.ask_assistant, id, None)
    c.later(seconds=1)
    c.do(suggestions.ask_assistant, id, "data")
    return id


def reminded(c: Company) -> int:
    id = c.in_review()
    c.fire_all(until=datetime.fromisoformat("2026-11-26T12:00+00:00"))
    return id


def passed(c: Company) -> int:
    id = c.in_review()
    c.do(looking_back.snooze, id, 9, by=VERA)
    c.fire_all(until=datetime.fromisoformat("2026-11-30T12:00+00:00"))
    return id


def extended(c: Company) -> int:
    id = reminded(c)
    c.do(deadline.extend, id, date(2026, 12, 4), late=True)
    return id


def handed_over(c: Company) -> int:
    id = reminded(c)
    c.do(delegation.hand_over, id, DANA, by=VERA)
    return id


def not_yet(c: Company) -> int:
    id = c.in_review()
    c.sign(id, VERA, Answer.NOT_YET, "Yes, if Legal agrees.")
    return id


def met(c: Company) -> int:
    id = not_yet(c)
    c.later(days=2)
    c.do(signoffs.meet_condition, id, "Legal agreed.")
    return id


def changed(c: Company) -> int:
    id = c.in_review()
    c.sign(id, VERA)
    c.later(days=1)
    c.do(memo.save, id, replace(MEMO, data="5% came back in January (source: dashboard)."), 1)
    return id


def asked_whether_shipped(c: Company) -> int:
    id = c.approved()
    c.fire_all(until=c.now + timedelta(days=16))
    return id


def not_shipped(c: Company) -> int:
    id = asked_whether_shipped(c)
    c.do(looking_back.not_shipped, id)
    return id


def shipped(c: Company) -> int:
    id = c.approved()
    c.do(looking_back.shipped, id, date(2026, 11, 23))
    return id


def deflected(c: Company) -> int:
    id = c.triage(TWO_WAY)
    c.do(verdicts.deflect, id, Deflection(OTTO, "clicks"))
    return id


def not_learned(c: Company) -> int:
    id = deflected(c)
    c.fire_all(until=c.now + timedelta(days=16))
    return id


def revisited(c: Company) -> int:
    id = c.in_review()
    c.sign(id, VERA, Answer.DECLINE, "No.")
    c.do(looking_back.disagree_and_commit, id, date(2026, 12, 10))
    return id


STATES: dict[str, State] = {
    "triage": Company.triage, "touched": touched, "asked below": asked_below, "drafting": drafted,
    "in review": Company.in_review, "reminded": reminded, "deadline passed": passed, "extended": extended,
    "handed over": handed_over, "not yet": not_yet, "condition met": met, "memo changed": changed,
    "approved": Company.approved, "asked whether shipped": asked_whether_shipped, "not shipped": not_shipped,
    "implemented": shipped, "deflected": deflected, "not learned": not_learned, "revisit": revisited,
}  # fmt: skip
on_sqlite = pytest.mark.parametrize("database_kind", ["sqlite"], indirect=True)
every_state = pytest.mark.parametrize("state", STATES.values(), ids=STATES)


def auditor(c: Company) -> Auditor:
    return Auditor(c.db, lambda: c.now, lambda: None, partial(is_outdated, assistant=False))


def delivered(c: Company) -> None:
    """As the outbox leaves it: every message sent, every card remembered with what it shows."""
    with c.db.begin() as session:
        for row in session.scalars(select(Outbox).where(Outbox.done_at.is_(None)).order_by(Outbox.id)):
            row.done_at, row.result = c.now, "sent"
            d = queries.decision(session, row.workspace_id, row.decision_id or 0)
            if d is None or row.kind not in EDITED:
                continue
            viewer = load_scene(session, d, row.recipient, c.now, assistant=False)
            found = posted_cards.card(session, row.workspace_id, d.id, row.kind, row.recipient)
            if found is None:
                found = Card(workspace_id=row.workspace_id, decision_id=d.id, kind=row.kind, recipient=row.recipient)
                session.add(found)
            found.channel_id, found.ts = "D1", str(row.id)
            found.shown = fingerprint_of(render_card(row.kind, viewer))
            session.flush()


def pending(c: Company) -> list[tuple[str, str, datetime]]:
    """What lies ahead and would be said as things stand: (kind, whom, when). Looking may date other work."""
    with thrown_away(c.db) as session:
        rows = session.scalars(select(FollowUp).where(FollowUp.done_at.is_(None), FollowUp.workspace_id == c.team))
        return sorted((one.kind, one.recipient, one.due_at) for one in rows if matters(session, one))


def matters(session: Session, work: FollowUp) -> bool:
    d = queries.decision(session, work.workspace_id, work.decision_id or 0)
    return d is None or bool(registry.KINDS[work.kind].still_holds(session, d, work, work.due_at))


def heard(c: Company) -> list[tuple[str, str, datetime]]:
    """Every notice: what, to whom, when."""
    with c.db.read() as session:
        rows = session.scalars(select(Outbox).where(Outbox.workspace_id == c.team, Outbox.kind == "notice"))
        return sorted((str(row.args["say"]), row.recipient, row.created_at) for row in rows)


@pytest.mark.parametrize(
    ("database_kind", "state"),
    [*product(["sqlite"], STATES), *product(KINDS[1:], ("reminded", "condition met", "not shipped", "revisit"))],
    indirect=["database_kind"],
)
def test_where_nothing_is_lost_an_audit_finds_nothing(company: Company, state: str) -> None:
    """On PostgreSQL in states that hold all that others do: what is looked for is found by the same questions."""
    STATES[state](company)
    company.do(digests.plan_digest, CHANNEL, Plan(True, (0, 3), "09:00", "UTC"))
    assert auditor(company).run(mend=False) == [], "right after it happened"
    delivered(company)
    assert auditor(company).run(mend=False) == [], "after everything was said"
    before = pending(company)
    company.later(days=3)
    assert auditor(company).run() == [], "and days later"
    assert pending(company) == before


@on_sqlite
@every_state
def test_each_piece_of_dated_work_that_is_lost_comes_back(company: Company, state: State) -> None:
    state(company)
    company.do(digests.plan_digest, CHANNEL, Plan(True, (0, 3), "09:00", "UTC"))
    delivered(company)
    before = pending(company)
    assert before
    for kind, recipient, due_at in before:
        with company.db.begin() as session:
            lost = (FollowUp.kind == kind, FollowUp.recipient == recipient, FollowUp.due_at == due_at)
            session.execute(delete(FollowUp).where(FollowUp.workspace_id == company.team, *lost))
        auditor(company).run()
        assert {one[:2] for one in before} <= {one[:2] for one in pending(company)}
    assert auditor(company).run() == []


@on_sqlite
@every_state
def test_everybody_hears_the_same_at_the_same_moments_whatever_was_lost(company: Company, state: State) -> None:
    """Two workspaces live the same weeks
    from one of them everything that lay ahead is taken away."""
    other = Company(company.db, team="T2").settle_in()
    for one in (company, other):
        state(one)
    delivered(company)
    with company.db.begin() as session:
        gone = delete(FollowUp).where(FollowUp.workspace_id == other.team, FollowUp.done_at.is_(None))
        session.execute(gone)
    assert auditor(company).run() != []
    kinds = sorted({kind for kind, *_ in pending(company)} - {"draft"})
    end = company.now + timedelta(days=45)
    for one in (company, other):
        one.fire_all(kinds, until=end)
    assert heard(other) == heard(company)


def find(c: Company) -> list[Finding]:
    """What an audit finds and mends; the next one finds nothing."""
    found = auditor(c).run()
    assert auditor(c).run() == []
    return found


@on_sqlite
@every_state
def test_a_card_that_never_came_or_lags_behind_is_sent_once(company: Company, state: State) -> None:
    state(company)
    with company.db.begin() as session:  # as if nothing had ever been written for anybody
        session.execute(delete(Outbox))
    found = find(company)
    assert {one.what for one in found} == {"card"}
    sent = [(row.kind, row.recipient) for row in rows_waiting(company)]
    assert len(sent) == len(set(sent)) == len(found)
    assert ("requester", RITA) in sent
    delivered(company)
    with company.db.begin() as session:
        session.execute(update(Card).where(Card.kind == "requester").values(shown="yesterday's"))
        session.execute(update(Outbox).values(done_at=company.now - timedelta(days=90)))
    assert [one.what for one in find(company)] == ["card"]
    assert [(row.kind, row.recipient) for row in rows_waiting(company)] == [("requester", RITA)]


@on_sqlite
def test_a_year_that_turns_leaves_no_card_behind_and_hides_none(company: Company) -> None:
    """A day is named with its year once that is over. A reminder touches a decision and leaves its cards alone."""
    id = deflected(company)
    delivered(company)
    company.now += timedelta(days=1)
    with company.db.begin() as session:
        d = queries.decision(session, company.team, id, lock=True)
        assert d
        d.touched_at = company.now
    company.now += timedelta(days=60)
    assert company.now.year == 2027
    with company.db.read() as session:
        d = queries.decision(session, company.team, id)
        assert d
        card = posted_cards.card(session, company.team, id, "requester", RITA)
        assert card
        now = fingerprint_of(render_card("requester", load_scene(session, d, RITA, company.now, assistant=False)))
        assert now != card.shown
    assert [one for one in auditor(company).run(mend=False) if one.what == "card"] == []
    with company.db.begin() as session:
        d = queries.decision(session, company.team, id, lock=True)
        assert d
        d.title = "Extend the return window by a month"
    assert "requester card" in " ".join(one.said for one in auditor(company).run(mend=False))


def rows_waiting(c: Company) -> list[Outbox]:
    with c.db.read() as session:
        return list(session.scalars(select(Outbox).where(Outbox.done_at.is_(None)).order_by(Outbox.id)))


def test_a_card_whose_place_was_forgotten_is_looked_for(company: Company) -> None:
    company.in_review()
    delivered(company)
    with company.db.begin() as session:
        session.execute(delete(Card).where(Card.kind == "signer", Card.recipient == VERA))
    (found,) = find(company)
    assert "forgotten" in found.said
    (row,) = rows_waiting(company)
    assert (row.kind, row.recipient, row.args) == ("signer", VERA, {"lost": True})


def test_the_channel_hears_that_a_held_decision_moves_again(company: Company) -> None:
    """It said “held at a gate, Mia has the question” until the next verdict."""
    id = asked_below(company)
    delivered(company)
    company.do(deciding_below.advise_below, id, Advice.CANNOT_DECIDE, "No.", by=MIA)
    assert [row.recipient for row in rows_waiting(company) if row.kind == "status"] == [CHANNEL]
    assert find(company) == []


def test_what_slack_refused_is_not_pressed_on_anybody(company: Company) -> None:
    company.in_review()
    delivered(company)
    with company.db.begin() as session:
        session.execute(update(Outbox).where(Outbox.kind == "status").values(result="not_in_channel"))
        session.execute(delete(Card).where(Card.kind == "status"))
    assert find(company) == []


def test_work_that_was_given_up_is_tried_again_a_day_later(company: Company) -> None:
    deflected(company)
    (check,) = company.dated("learning_check")
    company.now = check.due_at
    delivered(company)
    with company.db.begin() as session:
        session.execute(
            update(FollowUp)
            .where(FollowUp.id == check.id)
            .values(done_at=company.now, result="given up", attempts=8, claimed_until=company.now)
        )
    company.later(hours=23)
    assert find(company) == []
    company.later(hours=2)
    (found,) = find(company)
    assert f"learning_check for {OTTO}" in str(found)
    assert [(one.id, one.attempts) for one in company.dated("learning_check")] == [(check.id, 0)]
    assert company.fire(company.dated("learning_check")[0]) == "sent"
    assert company.said(OTTO) == ["learning_due"]


def test_a_message_that_was_given_up_is_looked_up_and_sent_while_it_is_worth_it(company: Company) -> None:
    id = company.in_review()
    company.do(open_questions.ask, id, "What does Legal say?", by=VERA)
    delivered(company)
    with company.db.begin() as session:
        session.execute(
            update(Outbox)
            .where(Outbox.kind == "notice", Outbox.recipient == RITA)
            .values(result="given up", attempts=12)
        )
    assert find(company) == []
    company.later(days=2)
    (found,) = find(company)
    assert found.what == "message"
    (row,) = rows_waiting(company)
    assert (row.args["say"], row.attempts, row.due_at) == ("question", 1, company.now)


def test_a_lease_from_a_clock_that_ran_ahead_is_let_go(company: Company) -> None:
    company.triage()
    with company.db.begin() as session:
        far = company.now + timedelta(days=365)
        session.execute(update(FollowUp).where(FollowUp.kind == "expire").values(claimed_until=far, claimed_by="x"))
        session.execute(update(Outbox).values(due_at=far))
    (found,) = find(company)
    assert (found.what, found.said[:5]) == ("lease", "2 are")
    assert [one.claimed_until for one in company.dated("expire")] == [None]
    assert [row.due_at for row in rows_waiting(company)] == [company.now]


def test_a_private_decisions_words_stand_in_no_finding(company: Company) -> None:
    company.triage(private=True)
    with company.db.begin() as session:
        session.execute(delete(FollowUp))
    said = " ".join(map(str, find(company)))
    assert "D-1" in said
    assert "return window" not in said


def test_one_replica_audits_an_hour_and_the_next_hour_it_is_done_again(company: Company) -> None:
    company.triage()

    def lose() -> None:
        with company.db.begin() as session:
            session.execute(delete(FollowUp).where(FollowUp.kind == "expire"))

    for _ in range(2):
        lose()
        auditor(company).hourly()
        assert len(company.dated("expire")) == 1
        lose()
        auditor(company).hourly()
        assert company.dated("expire") == [], "another one in the same hour leaves it to the first"
        company.later(hours=1)
