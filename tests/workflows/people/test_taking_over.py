"""A requester leaves: somebody hears of it once, one of them takes the decision over, nothing is said twice."""

import threading
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy.orm import object_session

from app.db import queries
from app.db.models import Decision, Person
from app.db.session import Database
from app.domain import permissions
from app.domain.answers import Answers
from app.domain.errors import NotAllowed, NotFound, NotNow
from app.domain.ladder import Ladder, Rung
from app.domain.lifecycle import Status
from app.domain.looking_back import Look, LookBack, Right
from app.domain.policy.policy import SHIPPED_POLICY
from app.domain.signing.signoff import Answer
from app.domain.triage.below import Advice
from app.slack.exports import markdown
from app.workflows import looking_back, memo
from app.workflows.people import ladders, profiles, taking_over
from app.workflows.people.profiles import Profile
from app.workflows.signing import deadline, deciding_below, readers
from app.workflows.triage import intake, verdicts
from app.workflows.triage.verdicts import Deflection
from tests.workflows.colleagues import (
    BEA,
    CHANNEL,
    EVE,
    HELD,
    MEMO,
    MIA,
    OTTO,
    PAT,
    RITA,
    TWO_WAY,
    VERA,
    Company,
    called,
)
from tests.workflows.record.test_erasing import broken, erase
from tests.workflows.test_auditor import auditor, delivered

TOLD, TOLD_SIGNER = "requester_left", "requester_left_signer"


def leaves(company: Company, user: str = RITA, *, back: bool = False) -> None:
    with company.db.begin() as session:
        profiles.update(session, company.team, user, Profile(called(user), "UTC", active=back), company.now)


def heard(company: Company, user: str) -> list[str]:
    """What somebody was told since: not that the requester wrote their answer down, and not of the customer's day."""
    return [say for say in company.said(user) if say not in ("spoken_for", "blocked_soon", "blocked_gone")]


def takes_over(company: Company, id: int, by: str) -> None:
    company.do(taking_over.take_over, id, by=by)


def requester(company: Company, id: int) -> str:
    with company.look(id) as d:
        return d.requester_id


# ── who hears of it ─────────────────────────────────────────────────────────────────────────────────────


def test_the_manager_on_the_ladder_is_asked_once_and_the_signers_hear_who_was_asked(company: Company) -> None:
    company.in_review()
    leaves(company)
    leaves(company)
    assert {user: heard(company, user) for user in (MIA, VERA, BEA)} == {
        MIA: [TOLD], VERA: [TOLD_SIGNER], BEA: [TOLD_SIGNER],
    }  # fmt: skip
    assert heard(company, PAT) == [TOLD], "whose answer was written down takes part"
    assert heard(company, EVE) == [], "nobody else hears of it"
    asked = [row.args["asked"] for row in company.messages("notice") if row.args["say"] == TOLD_SIGNER]
    assert asked == [[PAT, MIA], [PAT, MIA]]


def test_of_a_private_decision_only_those_who_take_part_hear(company: Company) -> None:
    id = company.in_review()
    company.do(intake.set_private, id, True)
    company.do(readers.add_reader, id, EVE)
    leaves(company)
    assert heard(company, EVE) == heard(company, MIA) == [TOLD]
    assert heard(company, OTTO) == []
    with pytest.raises(NotFound):
        takes_over(company, id, OTTO)
    takes_over(company, id, EVE)
    assert requester(company, id) == EVE


def test_a_triage_that_nobody_has_heard_of_is_told_to_nobody(company: Company) -> None:
    company.triage()
    leaves(company)
    assert {one.recipient for one in company.messages("notice")} == set()


def test_guests_and_whoever_left_too_are_not_asked(company: Company) -> None:
    id = company.in_review()
    for user in (EVE, PAT, OTTO):
        company.do(readers.add_reader, id, user)
    leaves(company, PAT)
    with company.db.begin() as session:
        profiles.update(session, company.team, OTTO, Profile("Otto", "UTC", guest=True), company.now)
    leaves(company)
    assert heard(company, EVE) == [TOLD]
    assert heard(company, PAT) == heard(company, OTTO) == []
    with pytest.raises(NotAllowed, match="You are a guest here, and only members take a decision over"):
        takes_over(company, id, OTTO)


def test_a_two_way_door_that_somebody_else_owns_waits_for_nobody_who_left(company: Company) -> None:
    id = company.triage(TWO_WAY)
    company.do(verdicts.deflect, id, Deflection(OTTO, "clicks"))
    leaves(company)
    assert heard(company, OTTO) == []
    company.do(
        looking_back.look_back, id, LookBack(Look.LEARNING, Right.YES, "More clicks.", "", "We kept it."), by=OTTO
    )
    assert company.status(id) == "learned"


@pytest.mark.parametrize("rung", [Rung.MANAGER, Rung.VP])
def test_the_only_one_in_the_chair_that_signs_is_not_asked_to_take_it_over(company: Company, rung: Rung) -> None:
    """A manager who took over what a manager signs would leave it without a signer."""
    id = company.drafting()
    with company.db.begin() as session:
        d = queries.decision(session, company.team, id, lock=True)
        assert d
        d.rung = rung
    company.do(ladders.seat, CHANNEL, {"peer": [PAT]}, by=company.keeper)
    leaves(company)
    asked = {user for user in (PAT, MIA) if heard(company, user)}
    assert asked == ({PAT} if rung is Rung.MANAGER else {MIA})


def test_before_the_memo_is_sent_two_in_the_chair_leave_one_to_sign() -> None:
    d = Decision(rung=Rung.MANAGER, requester_id=RITA, status=Status.DRAFTING, answers=Answers())
    mia = Person(user_id=MIA, active=True, guest=False, outside=False, bot=False)
    alone, beside = Ladder({Rung.MANAGER: (MIA,)}), Ladder({Rung.MANAGER: (MIA, EVE)})
    assert not permissions.may_take_over(d, mia, alone, SHIPPED_POLICY)
    assert permissions.may_take_over(d, mia, beside, SHIPPED_POLICY)


# ── taking it over ──────────────────────────────────────────────────────────────────────────────────────


def test_whoever_takes_it_over_is_the_requester_and_the_original_stays_on_the_record(company: Company) -> None:
    id = company.in_review()
    leaves(company)
    takes_over(company, id, MIA)
    with company.look(id) as d:
        assert (d.requester_id, d.owner_id, d.status) == (MIA, MIA, Status.IN_REVIEW)
        assert RITA in {p.user_id for p in d.participants}
        assert d.memos[0].author_id == RITA
    last = company.history(id)[-1]
    assert (last.what, last.actor, last.detail) == ("take_over", MIA, {"of": RITA})
    assert "requester_left" in company.what(id)
    assert [one.recipient for one in company.messages("requester")][-1] == MIA
    assert broken(company) == []
    company.do(deadline.extend, id, date(2026, 12, 4), by=MIA, late=True)
    company.sign(id, VERA)
    company.sign(id, BEA)
    assert heard(company, MIA)[-1] == "approved"


def test_later_clicks_are_told_who_has_it(company: Company) -> None:
    id = company.in_review()
    company.do(readers.add_reader, id, EVE)
    leaves(company)
    takes_over(company, id, EVE)
    with pytest.raises(NotNow, match=f"<@{EVE}> has taken it over already. Nothing was changed."):
        takes_over(company, id, MIA)
    with pytest.raises(NotNow, match="yours already"):
        takes_over(company, id, EVE)
    assert company.what(id).count("take_over") == 1


def test_of_two_clicks_at_once_the_first_wins(company: Company) -> None:
    id = company.in_review()
    company.do(readers.add_reader, id, EVE)
    leaves(company)
    refused = list[str]()

    def click(by: str) -> None:
        try:
            takes_over(company, id, by)
        except NotNow as error:
            refused.append(error.sentence)

    threads = [threading.Thread(target=click, args=(by,)) for by in (MIA, EVE)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert refused == [f"<@{requester(company, id)}> has taken it over already. Nothing was changed."]
    assert company.what(id).count("take_over") == 1


def test_nobody_who_signs_it_takes_it_over_but_whom_they_let_in_does(company: Company) -> None:
    id = company.in_review()
    company.do(intake.set_private, id, True)
    leaves(company)
    assert heard(company, VERA) == [TOLD_SIGNER]
    with pytest.raises(NotAllowed, match="nobody signs their own memo"):
        takes_over(company, id, VERA)
    company.do(readers.add_reader, id, EVE, by=VERA)
    takes_over(company, id, EVE)
    with company.look(id) as d:
        assert [s.user_id for s in d.signers if not s.handed_over] == [VERA, BEA]
    with pytest.raises(NotAllowed, match="Nobody signs their own memo"):
        company.sign(id, EVE)


def test_nobody_takes_a_decision_from_a_requester_who_is_here(company: Company) -> None:
    id = company.in_review()
    company.do(readers.add_reader, id, EVE)
    with pytest.raises(NotNow, match=f"<@{RITA}> is here and goes on with it."):
        takes_over(company, id, EVE)
    leaves(company)
    leaves(company, back=True)
    with pytest.raises(NotNow, match=f"<@{RITA}> is here and goes on with it."):
        takes_over(company, id, MIA)


def test_what_has_ended_is_taken_over_by_nobody(company: Company) -> None:
    id = company.in_review()
    leaves(company)
    company.sign(id, VERA, Answer.DECLINE, "No.")
    with pytest.raises(NotNow, match="nothing left to take over: this decision is declined"):
        takes_over(company, id, MIA)


def test_what_was_approved_meanwhile_still_finds_somebody_who_says_when_it_shipped(company: Company) -> None:
    id = company.in_review()
    leaves(company)
    company.sign(id, VERA)
    company.sign(id, BEA)
    takes_over(company, id, MIA)
    assert [one.recipient for one in company.dated("ask_shipped")] == [MIA]
    company.do(looking_back.shipped, id, company.now.date(), by=MIA)
    assert [one.recipient for one in company.dated("review")] == [MIA]


def test_whoever_was_asked_below_may_take_over_what_is_held(company: Company) -> None:
    id = company.triage(HELD)
    company.do(verdicts.ask_below, id, MIA, "Can you decide this?")
    leaves(company)
    takes_over(company, id, MIA)
    with pytest.raises(NotAllowed, match="went to somebody else"):
        company.do(deciding_below.advise_below, id, Advice.DISAGREE, "Not so.", by=MIA)
    with company.look(id) as d:
        assert d.verdict
        assert not d.verdict.failed[0].passed
        assert d.answers.attempt(Rung.MANAGER) is None, "nobody asked somebody else than themselves yet"
    company.do(verdicts.ask_below, id, EVE, "Can you decide this?", by=MIA)


def test_whoever_took_over_may_leave_too(company: Company) -> None:
    id = company.in_review()
    company.do(readers.add_reader, id, EVE)
    leaves(company)
    takes_over(company, id, MIA)
    leaves(company, MIA)
    takes_over(company, id, EVE)
    assert [one.detail["of"] for one in company.history(id) if one.what == "take_over"] == [RITA, MIA]
    with company.look(id) as d:
        session = object_session(d)
        assert session
        exported = markdown(session, d, company.now)
    assert "Mia from Rita, 2026-11-23" in exported
    assert "Eve from Mia, 2026-11-23" in exported


# ── what is dated ───────────────────────────────────────────────────────────────────────────────────────


def test_what_was_dated_for_the_one_who_left_comes_to_whoever_took_over(company: Company) -> None:
    id = company.drafting()
    company.do(memo.save, id, MEMO, 0)
    company.fire_all(until=company.now + timedelta(days=2))
    assert heard(company, RITA) == ["left_alone"]
    leaves(company)
    takes_over(company, id, MIA)
    assert {one.recipient for kind in ("expire", "expiring") for one in company.dated(kind)} == {MIA}
    company.fire_all(until=company.now + timedelta(days=29))
    assert heard(company, MIA) == [TOLD, "expiring"], "what was said once is not said again"


@pytest.mark.parametrize("state", ["drafting", "in_review", "approved", "passed"])
def test_an_audit_finds_nothing_after_it(company: Company, state: str) -> None:
    id = company.in_review() if state == "passed" else getattr(company, state)()
    if state == "passed":
        company.fire_all(until=datetime(2026, 11, 30, 12, tzinfo=UTC))
    leaves(company)
    delivered(company)
    assert auditor(company).run(mend=False) == []
    takes_over(company, id, MIA)
    assert auditor(company).run(mend=False) == []
    delivered(company)
    assert auditor(company).run(mend=False) == []


def test_while_nobody_takes_it_over_they_are_asked_again_before_it_closes(company: Company) -> None:
    company.drafting()
    leaves(company)
    company.fire_all(until=company.now + timedelta(days=31))
    assert heard(company, MIA) == [TOLD, TOLD]
    assert "expiring" not in heard(company, RITA)


def test_a_deadline_that_passes_asks_them_again(company: Company) -> None:
    company.in_review()
    leaves(company)
    company.fire_all(["deadline_passed"], until=datetime(2026, 11, 30, 12, tzinfo=UTC))
    assert heard(company, MIA) == [TOLD, TOLD]


def test_an_erased_requester_leaves_a_decision_that_can_be_taken_over(company: Company) -> None:
    id = company.approved()
    erase(company, RITA)
    assert heard(company, MIA) == [TOLD]
    takes_over(company, id, MIA)
    assert [one.recipient for one in company.dated("ask_shipped")] == [MIA]
    assert broken(company) == []


def test_elsewhere_nobody_hears_of_it(db: Database) -> None:
    here, there = Company(db).settle_in(), Company(db, team="T2").settle_in()
    here.in_review()
    there.in_review()
    leaves(here)
    assert heard(there, MIA) == []
