"""A person leaves for good: nothing of them is left, the decisions stand, and the record still verifies."""

import re
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import delete, insert, select, update

from app.db import queries, roster
from app.db.ledger import digest
from app.db.models import AuditEvent, AuditUnlock, Base, Person, Signer
from app.db.session import Database
from app.db.verifying import Record, verify
from app.domain.errors import NotFound
from app.domain.ladder import Rung
from app.domain.lifecycle import Status
from app.domain.people.erased import ERASED, SOMEONE, Scrub, has_left, pseudonym
from app.domain.signing.signoff import Answer
from app.domain.triage.below import Advice
from app.workflows import moving
from app.workflows.people import ladders
from app.workflows.record.erasing import Erased, erase_person
from app.workflows.signing import deciding_below, delegation, open_questions, readers, signoffs
from app.workflows.triage import intake, verdicts
from tests.workflows.colleagues import BEA, CHANNEL, DANA, EVE, HELD, MIA, OTTO, RITA, VERA, Company


def erase(company: Company, user: str, *also: str) -> Erased:
    with company.db.begin() as session:
        return erase_person(session, company.team, user, company.now, also)


def broken(company: Company) -> list[str]:
    with company.db.read(steady=True) as session:
        return list(verify(session, company.team, Record()))


def everything(db: Database, team: str) -> str:
    """Every value of every row of a workspace, as the database has it."""
    found = []
    with db.engine.connect() as connection:
        for table in Base.metadata.sorted_tables:
            rows = connection.exec_driver_sql(f"SELECT * FROM {table.name}").mappings()
            found += [f"{table.name}: {dict(row)}" for row in rows if row.get("workspace_id") == team]
    return "\n".join(found)


@pytest.fixture
def signed(company: Company) -> tuple[Company, int]:
    """Vera asked, set a condition, approved; others wrote to her and about her."""
    id = company.in_review()
    company.do(open_questions.ask, id, "What do the stores say?", by=VERA)
    with company.look(id) as d:
        question = d.questions[0].id
    company.do(open_questions.reply, id, question, f"Vera, they take them back too (<@{VERA}> asked).")
    company.do(open_questions.resolve, id, question, by=VERA)
    company.sign(id, VERA, Answer.NOT_YET, "Yes, if Legal has read it.")
    company.do(signoffs.meet_condition, id, f"Legal told <@{VERA}|v> that it is fine.")
    company.sign(id, VERA, said="Good work, all of you.")
    return company, id


def test_nothing_of_a_person_is_left_anywhere_and_the_record_verifies(
    signed: tuple[Company, int], elsewhere: Company
) -> None:
    company, id = signed
    elsewhere.approved()
    before = everything(company.db, elsewhere.team)
    done = erase(company, VERA)
    assert done.as_ == "left-1"
    assert done.decisions == 1
    left = everything(company.db, company.team)
    assert re.findall(r".*(?i:(?<!se)vera).*", left) == []
    for words in ("What do the stores say?", "Yes, if Legal has read it.", "Good work, all of you."):
        assert words not in left
    assert f"{SOMEONE} approves the new policy by 27 Nov" in left
    assert broken(company) == []
    assert everything(company.db, elsewhere.team) == before
    with company.look(id) as d:
        assert d.status is Status.IN_REVIEW, "Bea has still to answer"
        assert [(s.user_id, s.answer, s.said) for s in d.signers] == [("left-1", Answer.APPROVE, ""), (BEA, None, "")]
        assert d.questions[0].text == ERASED
    company.sign(id, BEA)
    assert company.status(id) == "approved"
    assert broken(company) == []


def test_what_was_pending_for_them_ends_and_who_waits_for_them_is_told(company: Company) -> None:
    company.do(ladders.seat, "", {"vp": [VERA, EVE]}, by=company.keeper)
    id = company.in_review()
    assert company.dated("remind_halfway", to=VERA)
    erase(company, VERA)
    with company.db.read() as session:
        person = session.get_one(Person, (company.team, "left-1"))
        ladder = roster.ladder_of(session, company.team, CHANNEL)
    assert (person.name, person.active) == (SOMEONE, False)
    assert ladder.seats[Rung("vp")] == (EVE,)
    assert "signer_left" in company.said(RITA)
    assert not any(has_left(one.recipient) for kind in ("signer", "notice", "home") for one in company.messages(kind))
    assert company.dated("remind_halfway", to="left-1") == []
    company.do(delegation.replace_signer, id, "left-1", EVE, Rung("vp"))
    company.sign(id, EVE)
    company.sign(id, BEA)
    assert company.status(id) == "approved"
    assert broken(company) == []


def test_open_decisions_of_whoever_leaves_are_withdrawn_and_closed_ones_stand(company: Company) -> None:
    closed, open_, fresh = company.approved(), company.in_review(), company.triage()
    done = erase(company, RITA)
    assert (done.decisions, done.withdrawn) == (3, 2)
    assert [company.status(id) for id in (closed, open_, fresh)] == ["approved", "withdrawn", "withdrawn"]
    assert "withdrawn" in company.said(VERA)
    with company.look(closed) as d:
        assert (d.requester_id, d.owner_id) == ("left-1", "left-1")
    assert company.dated("ask_shipped") == []
    company.fire_all(until=company.later(days=90))
    assert broken(company) == []


def test_who_was_asked_as_the_rung_below_leaves_their_words_behind_nowhere(company: Company) -> None:
    id = company.triage(HELD, source_text=f"{MIA}: I told Sam\nthat I can't.\nU0SAM0000: as <@{MIA}> says")
    company.do(verdicts.ask_below, id, MIA, "Can you decide this?")
    company.do(deciding_below.advise_below, id, Advice.CANNOT_DECIDE, "That is above me.", by=MIA)
    erase(company, MIA)
    left = everything(company.db, company.team)
    assert re.findall(r".*\b(?i:mia)\b.*", left) == []
    assert "That is above me." not in left
    assert broken(company) == []


def test_a_deputy_who_is_erased_signs_for_nobody_and_stands_nowhere(company: Company) -> None:
    company.do(ladders.name_deputy, OTTO, by=VERA)
    company.in_review()
    erase(company, OTTO)
    assert OTTO not in everything(company.db, company.team)
    with company.db.read() as session:
        assert roster.ladder_of(session, company.team, CHANNEL).deputies == {BEA: EVE}
    assert broken(company) == []


def test_a_second_person_and_the_same_one_again(signed: tuple[Company, int]) -> None:
    company, id = signed
    erase(company, VERA)
    assert erase(company, BEA).as_ == "left-2"
    assert broken(company) == []
    with company.db.begin() as session:
        d = queries.decision(session, company.team, id, lock=True)
        assert d
        moving.record(session, d, "add_reader", RITA, company.now, reader=VERA)
    assert erase(company, VERA).as_ == "left-3"
    assert VERA not in everything(company.db, company.team)
    assert broken(company) == []
    with pytest.raises(NotFound, match="Nobody by the id UVERA"):
        erase(company, VERA)


def test_another_spelling_goes_too_and_a_name_that_is_a_word_of_ours_does_no_harm(company: Company) -> None:
    with company.db.begin() as session:
        session.get_one(Person, (company.team, VERA)).name = "weeks"
    id = company.triage(HELD)
    company.do(intake.name, company.triage(), f"Does V. Marlow <@{VERA}> own it?")
    company.do(readers.add_reader, id, VERA)
    erase(company, VERA, "V. Marlow")
    left = everything(company.db, company.team)
    assert f"Does {SOMEONE} {SOMEONE} own it?" in left
    assert broken(company) == []


# ── nobody erases in silence ────────────────────────────────────────────────────────────────────────────


def tampered(company: Company, seq: int, **values: Any) -> list[str]:
    with company.db.engine.begin() as connection:
        connection.execute(insert(AuditUnlock).values(workspace_id=company.team))
        connection.execute(update(AuditEvent).where(AuditEvent.seq == seq).values(values))
        connection.execute(delete(AuditUnlock))
    return broken(company)


def test_what_stands_where_something_was_erased_is_held_fast_too(signed: tuple[Company, int]) -> None:
    company, _ = signed
    erase(company, VERA)
    with company.db.read() as session:
        entry = session.scalars(select(AuditEvent).where(AuditEvent.actor == "left-1")).first()
        assert entry
    (said,) = tampered(company, entry.seq, actor=DANA)
    assert said.endswith("was changed after something in it was erased.")


def test_an_erasure_that_nobody_wrote_down_is_found(signed: tuple[Company, int]) -> None:
    company, _ = signed
    erase(company, VERA)
    with company.db.read() as session:
        entry = session.scalars(select(AuditEvent).where(AuditEvent.what == "memo")).first()
        assert entry
    seal = {
        **entry.seal,
        "firsts": {"actor": digest(entry.seal["salts"]["actor"], "actor", entry.actor)},
        "erased": {"actor": [["left-1", digest(entry.seal["salts"]["actor"], "actor", "left-1")]]},
    }
    (said,) = tampered(company, entry.seq, actor="left-1", seal=seal)
    assert said.startswith("What was erased as “left-1” is not what the record says of it")


def test_a_sign_off_is_held_fast_after_an_erasure(signed: tuple[Company, int]) -> None:
    company, _ = signed
    erase(company, VERA)
    with company.db.engine.begin() as connection:
        connection.execute(update(Signer).where(Signer.user_id == "left-1").values(answer="decline"))
    assert broken(company) == ["D-1: sign-off 1 was changed behind the record's back."]


# ── the words ───────────────────────────────────────────────────────────────────────────────────────────

AROUND = st.text(alphabet="ab <>@|,.:\n", max_size=12)


@given(AROUND, AROUND, st.sampled_from(["U0VERA000", "<@U0VERA000>", "<@U0VERA000|vera>", "Vera Marlow"]))
def test_neither_id_nor_name_is_left_in_any_text(before: str, after: str, who: str) -> None:
    left = Scrub("U0VERA000", pseudonym(1), ["Vera Marlow"]).text(f"{before} {who} {after}")
    assert "U0VERA000" not in left
    assert "Vera Marlow" not in left
    assert SOMEONE in left


def test_a_name_inside_another_word_stays() -> None:
    scrub = Scrub("U1", pseudonym(1), ["Ana", "Al"])
    assert scrub.text("Banana, Anatole, U12 and Al stay; Ana goes, and U1 too") == (
        f"Banana, Anatole, U12 and Al stay; {SOMEONE} goes, and {SOMEONE} too"
    )
