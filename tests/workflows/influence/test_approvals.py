"""Whose yes a decision needs: the fewest are asked, the others told, fixed when it is sent; the gate counts what was
measured; the note to a slow team goes out when its requester sends it."""

import json
from datetime import date, timedelta
from decimal import Decimal
from functools import partial

import pytest

from app.db import archive, influence, locks, policies, queries, roster
from app.db.models import Decision
from app.db.verifying import Record, verify
from app.domain.answers import Costs, Deadline, Likelihood
from app.domain.errors import NotAllowed, NotNow, Unreadable
from app.domain.findings import CostsInMoney
from app.domain.influence.asking import For
from app.domain.influence.fast_lane import lane
from app.domain.people.working_time import WorkingTime
from app.domain.reading.amounts import Amount, Rate
from app.domain.signing.signoff import Answer
from app.domain.triage.questions import Question
from app.domain.triage.replay import replay
from app.domain.writing.document import Document, Kind, Section, section_fingerprint, with_prose
from app.slack.exports import markdown
from app.words.influence import note
from app.workflows import writing
from app.workflows.influence import approvals, fast_lane, maps
from app.workflows.influence.maps import TeamSaid
from app.workflows.memo import save as save_memo
from app.workflows.people import ladders
from app.workflows.record.erasing import erase_person
from app.workflows.record.retention import forget_closed
from app.workflows.signing import delegation, sending
from app.workflows.signing.sending import Sending
from tests.workflows.colleagues import ADA, BEA, CHANNEL, DANA, EVE, MEMO, MIA, OTTO, PAT, PROMISE, RITA, VERA, Company
from tests.workflows.influence.test_maps import LEVER, begin, row, team

BY = date(2026, 11, 27)


def ready(company: Company, *teams: int, private: bool = False) -> int:
    """A memo that is written and not sent, of a decision that touches these."""
    id = company.drafting(private=private)
    company.do(approvals.touch, id, teams)
    company.do(save_memo, id, MEMO, 0)
    return id


def send(company: Company, id: int, by: date = BY) -> None:
    company.do(sending.send, id, Sending(VERA, BEA, by, late=True))


def signing(decision: Decision) -> dict[str, str]:
    return {one.user_id: one.role for one in decision.signers if not one.handed_over}


def off(company: Company, user: str, *days: int) -> None:
    with company.db.begin() as session:
        locks.hold_person(session, company.team, user)
        person = roster.person(session, company.team, user)
        assert person
        person.working_time = WorkingTime(off=frozenset(date(2026, 11, day) for day in days)).stored()


def test_the_fewest_are_asked_each_for_a_reason_and_everybody_else_is_told(company: Company) -> None:
    journey = begin(company)
    payments = team(company, journey, "Payments", PAT, VERA)
    legal = team(company, journey, "Legal", EVE, lever="Signs the new terms")
    shop = team(company, journey, "Shop", OTTO, BEA)
    team(company, journey, "Data", DANA)
    id = ready(company, payments, legal, shop)
    send(company, id)
    with company.look(id) as d:
        assert signing(d) == {VERA: "VP", BEA: "bar raiser", EVE: "decider for Legal"}
        assert {(one.kind, one.name, one.user_id) for one in d.approvals} == {
            (For.RUNG, "", VERA), (For.BAR_RAISER, "", BEA), (For.LEVER, "Payments", VERA),
            (For.LEVER, "Legal", EVE), (For.LEVER, "Shop", BEA),
        }  # fmt: skip
        assert {PAT, OTTO} <= {one.user_id for one in d.participants}
        assert DANA not in {one.user_id for one in d.participants}, "what it does not touch is nobody's news"
    assert ["told_not_asked" in company.said(who) for who in (PAT, OTTO, DANA)] == [True, True, False]
    company.sign(id, VERA)
    company.sign(id, BEA)
    assert company.status(id) == "in_review", "the lever is still held"
    company.sign(id, EVE)
    assert company.status(id) == "approved"
    with company.db.read(steady=True) as session:
        assert list(verify(session, company.team, Record())) == []


def test_what_was_fixed_stays_whatever_becomes_of_the_map_and_goes_with_the_words(company: Company) -> None:
    journey = begin(company)
    legal = team(company, journey, "Legal", EVE)
    id = ready(company, legal)
    send(company, id)
    company.do(maps.take_off, legal)
    with pytest.raises(NotNow, match="fixed when it was sent"):
        company.do(approvals.touch, id, [])
    company.sign(id, EVE, Answer.DECLINE, "Not these terms.")
    with company.look(id) as d:
        assert [(one.name, one.lever) for one in d.approvals if one.kind is For.LEVER] == [("Legal", LEVER)]
    company.later(days=900)
    with company.db.begin() as session:
        assert forget_closed(session, company.now, timedelta(days=800)) == "D-1"
    with company.db.read() as session:
        d = session.get_one(Decision, id)
        assert {one.lever for one in d.approvals} == {"", "(erased)"}


def test_nobody_is_told_of_a_private_decision(company: Company) -> None:
    journey = begin(company)
    id = ready(company, team(company, journey, "Payments", PAT, VERA), private=True)
    send(company, id)
    assert "told_not_asked" not in company.said(PAT)
    with company.look(id) as d:
        assert PAT not in {one.user_id for one in d.participants}


def test_of_somebody_who_is_away_the_deputy_is_asked_and_where_nobody_can_it_is_said_at_once(company: Company) -> None:
    journey = begin(company)
    legal = team(company, journey, "Legal", EVE, deputy=OTTO)
    off(company, EVE, *range(23, 31))
    id = ready(company, legal)
    with company.db.read() as session:
        d = queries.decision(session, company.team, id)
        assert d
        found = approvals.proposal_of(session, d, company.now)
        assert found
        assert [one.user for one in found.asked] == [VERA, BEA, OTTO]
    off(company, OTTO, *range(23, 31))
    with pytest.raises(Unreadable, match=r"Nobody can give the yes of Legal now: <@UEVE> is back on Tue 1 Dec"):
        send(company, id)
    assert company.status(id) == "drafting"
    assert "told_not_asked" not in company.said(EVE)
    send(company, id, date(2026, 12, 3))
    with company.look(id) as d:
        assert EVE in signing(d), "by then she is back"


def test_a_yes_for_a_team_passes_to_whoever_decides_there_alone(company: Company) -> None:
    journey = begin(company)
    id = ready(company, team(company, journey, "Legal", EVE, PAT, deputy=OTTO))
    send(company, id)
    with company.look(id) as d:
        (first,) = [user for user, role in signing(d).items() if role == "decider for Legal"]
    with pytest.raises(Unreadable, match="For Legal may decide"):
        company.do(delegation.hand_over, id, DANA, by=first)
    company.do(delegation.hand_over, id, OTTO, by=first)
    with company.look(id) as d:
        assert signing(d)[OTTO] == "decider for Legal"
        assert [(one.user_id, one.in_place_of) for one in d.approvals if one.kind is For.LEVER] == [(OTTO, first)]
    company.do(delegation.take_back, id, by=first)
    company.sign(id, first, Answer.ABSTAIN, "I know the supplier.")
    with company.look(id) as d:
        (other,) = [user for user, role in signing(d).items() if role == "decider for Legal"]
        assert other in {EVE, PAT} - {first}, "somebody else who decides there is asked"
    company.fire_all(["deadline_passed"], company.now + timedelta(days=8))
    company.do(delegation.replace_signer, id, other, OTTO, None)
    for who in (VERA, BEA, OTTO):
        company.sign(id, who)
    assert company.status(id) == "approved"


def levers(company: Company, id: int) -> dict[str, tuple[str, str | None]]:
    with company.look(id) as d:
        return {one.name: (one.user_id, one.in_place_of) for one in d.approvals if one.kind is For.LEVER}


def test_who_signs_on_the_rung_and_decides_for_teams_hands_over_what_the_other_may_give(company: Company) -> None:
    """Vera decides on the rung, for Payments, for Legal and for Shop. Her deputy may decide for Shop alone."""
    journey = begin(company)
    teams = [
        team(company, journey, "Payments", VERA), team(company, journey, "Legal", VERA, PAT),
        team(company, journey, "Shop", VERA, deputy=DANA),
    ]  # fmt: skip
    id = ready(company, *teams)
    send(company, id)
    company.do(delegation.hand_over, id, DANA, by=VERA)
    with company.look(id) as d:
        assert signing(d) == {DANA: "VP", BEA: "bar raiser", PAT: "decider for Legal", VERA: "decider for Payments"}
    assert levers(company, id) == {"Payments": (VERA, None), "Legal": (PAT, VERA), "Shop": (DANA, VERA)}
    company.do(delegation.take_back, id, by=VERA)
    with company.look(id) as d:
        assert signing(d) == {VERA: "VP", BEA: "bar raiser", PAT: "decider for Legal"}
    assert levers(company, id) == {"Payments": (VERA, None), "Legal": (PAT, VERA), "Shop": (VERA, None)}
    for who in (VERA, BEA, PAT):
        company.sign(id, who)
    assert company.status(id) == "approved"


def test_of_who_abstains_nobody_who_is_on_no_map_gives_the_teams_yes(company: Company) -> None:
    """Bea reads it as bar raiser, and decides for two teams; of one somebody else may, of one nobody."""
    journey = begin(company)
    id = ready(company, team(company, journey, "Legal", BEA, OTTO), team(company, journey, "Data", BEA))
    with company.db.begin() as session:
        seats = {"vp": [VERA], "bar_raiser": [BEA, EVE]}
        ladders.seat(session, CHANNEL, seats, company.actor(ADA), company.now)
    send(company, id)
    company.sign(id, BEA, Answer.ABSTAIN, "My sister's firm.")
    with company.look(id) as d:
        assert signing(d) == {VERA: "VP", EVE: "bar raiser", OTTO: "decider for Legal", BEA: "decider for Data"}
        assert d.requester_chooses, "nobody else is named for Data"
    assert levers(company, id) == {"Legal": (OTTO, BEA), "Data": (BEA, None)}
    company.do(delegation.replace_signer, id, BEA, PAT, None)
    for who in (VERA, EVE, OTTO, PAT):
        company.sign(id, who)
    assert company.status(id) == "approved"


def test_a_team_that_is_off_its_map_since_is_said_and_never_left_unasked(company: Company) -> None:
    journey = begin(company)
    legal, shop = team(company, journey, "Legal", EVE), team(company, journey, "Shop", RITA, PAT)
    id = ready(company, legal, shop)
    company.do(maps.take_off, legal)
    with pytest.raises(Unreadable, match="off its map, or holds no lever any more"):
        send(company, id)
    company.do(approvals.touch, id, [legal, shop])
    send(company, id)
    assert levers(company, id) == {"Shop": (RITA, None)}, "by asking she has said yes"
    with company.look(id) as d:
        assert "Rita decides, and said yes by asking" in markdown_of(company, d)


def markdown_of(company: Company, decision: Decision) -> str:
    with company.db.read() as session:
        return markdown(session, queries.decision(session, company.team, decision.id) or decision, company.now)


def test_of_a_private_map_that_its_requester_lost_no_words_are_shown(company: Company) -> None:
    journey = begin(company, private=True, by=OTTO)
    legal = team(company, journey, "Secret", EVE, RITA, by=OTTO)
    id = ready(company, legal)
    company.do(maps.save_team, journey, legal, TeamSaid("Secret", [EVE], lever=LEVER, days=9.0), by=OTTO)
    with company.db.read() as session:
        found = approvals.proposal_of(session, queries.decision(session, company.team, id) or Decision(), company.now)
    assert found
    (need,) = [need for one in found.asked for need in one.needs if need.what is For.LEVER]
    assert (need.name, need.lever) == ("A team on a private map", "")
    company.do(approvals.touch, id, [legal])
    send(company, id)
    assert levers(company, id) == {"A team on a private map": (EVE, None)}


def test_only_its_requester_says_what_it_touches_of_what_they_see_and_of_teams_that_hold_a_lever(
    company: Company,
) -> None:
    open_, hidden = begin(company), begin(company, "Hidden", private=True, by=OTTO)
    name = team(company, open_, "A name", PAT, lever="")
    secret = team(company, hidden, "Secret", MIA, by=OTTO)
    id = company.drafting()
    for teams, said in (([name], "holds no lever yet"), ([secret], "on no map any more"), ([999], "on no map")):
        with pytest.raises(Unreadable, match=said) as error:
            company.do(approvals.touch, id, teams)
        assert error.value.field == "teams"
    with pytest.raises(NotAllowed):
        company.do(approvals.touch, id, [], by=VERA)


# ── the gate ────────────────────────────────────────────────────────────────────────────────────────────


def wait(company: Company, id: int) -> tuple[int | None, bool, str]:
    with company.look(id) as d:
        assert d.verdict
        found = next(gate.finding for gate in d.verdict.gates if isinstance(gate.finding, CostsInMoney))
        return found.days, found.measured, str(d.status)


def set_measured(company: Company, id: int, days: float) -> None:
    with company.db.begin() as session:
        found = influence.team(session, company.team, id)
        assert found
        found.days, found.measured = days, True


def test_the_gate_counts_what_was_measured_and_each_decision_keeps_the_wait_it_was_judged_by(company: Company) -> None:
    """$200k a day against an expected $1.05M: three days are too few, ten are enough."""
    legal = team(company, begin(company), "Legal", EVE)
    id = company.triage(PROMISE)
    assert wait(company, id) == (14, False, "triage")
    company.do(approvals.touch, id, [legal])
    assert wait(company, id) == (14, False, "triage"), "what somebody only said decides no gate"
    set_measured(company, legal, 3.0)
    company.do(approvals.touch, id, [])
    company.do(approvals.touch, id, [legal])
    assert wait(company, id) == (3, True, "held")
    set_measured(company, legal, 10.0)
    assert wait(company, id) == (3, True, "held"), "it keeps the wait it was judged by"
    with company.db.read() as session:
        d = queries.decision(session, company.team, id)
        assert d
        assert replay(d.answers, d.judged_in, policies.of(session, d)) == d.verdict
    company.do(approvals.touch, id, [])
    assert wait(company, id) == (14, False, "triage"), "without them it is the policy's"
    company.do(approvals.touch, id, [legal])
    assert wait(company, id) == (14, True, "triage")
    drafting = company.drafting()
    set_measured(company, legal, 3.0)
    company.do(approvals.touch, drafting, [legal])
    assert wait(company, drafting) == (14, False, "drafting")


# ── the fast lane ───────────────────────────────────────────────────────────────────────────────────────


def test_the_note_is_made_of_the_decisions_own_figures_and_goes_out_when_its_requester_sends_it(
    company: Company,
) -> None:
    """Finance and the $200k: three days, at a rate that makes it."""
    finance = team(company, begin(company), "Finance", OTTO, lever="Approves the refund budget", days=3.0)
    said = {
        **PROMISE,
        Question.DEADLINE: Deadline(True, "holiday sales", date(2026, 12, 1)),
        Question.COSTS: Costs(
            Likelihood.POSSIBLE, Rate(Amount(Decimal(66_667), "USD"), "day"), Amount(Decimal(900_000), "USD")
        ),
    }
    id = company.triage(said)
    company.do(approvals.touch, id, [finance])
    with company.look(id) as d:
        found = row(company, finance)
        figures = lane(found, d.answers, company.now.date())
        assert figures
        text = note(d.name, d.title, found, figures, d.answers, company.now.date())
    assert "Three working days cost $200k of “holiday sales”." in text
    assert "waits for Finance. You take 3 days to decide" in text
    assert company.messages("notice") == [], "nothing is sent by itself"
    with pytest.raises(NotAllowed):
        company.do(fast_lane.send_note, id, finance, text, OTTO, by=VERA)
    with pytest.raises(Unreadable, match="decides there"):
        company.do(fast_lane.send_note, id, finance, text, PAT)
    company.do(fast_lane.send_note, id, finance, text, OTTO)
    assert company.said(OTTO) == ["fast_lane"]
    assert company.what(id)[-1] == "fast_lane"


def test_of_a_private_decision_only_those_hear_who_take_part(company: Company) -> None:
    finance = team(company, begin(company), "Finance", OTTO)
    id = company.drafting(private=True)
    company.do(approvals.touch, id, [finance])
    with pytest.raises(NotNow, match="takes no part in it"):
        company.do(fast_lane.send_note, id, finance, "Please hurry.", OTTO)


def test_whoever_changes_nothing_is_not_asked_again(company: Company) -> None:
    legal = team(company, begin(company), "Legal", EVE)
    id = company.drafting()
    company.do(approvals.touch, id, [legal])
    before = len(company.history(id))
    company.do(approvals.touch, id, [legal, legal])
    assert len(company.history(id)) == before


def test_the_map_is_the_last_page_of_the_narrative(company: Company) -> None:
    journey = begin(company)
    slow = team(company, journey, "Payments; cards", PAT, days=4.5)
    fast = team(company, journey, "Legal", EVE, days=1.0, effect=0.1)
    id = ready(company, slow, fast)
    company.do(writing.begin, id, Kind.NARRATIVE)
    before = section_fingerprint(Document(Kind.NARRATIVE), Section.OPPORTUNITY)
    opening = partial(with_prose, section=Section.OPPORTUNITY, text="4 million shoppers leave (report, October).")
    company.do(writing.save_section, id, Section.OPPORTUNITY, opening, before)
    company.do(writing.publish, id)
    with company.look(id) as d:
        assert d.document
        assert [(one.who, one.days) for one in d.document.touched] == [("Payments cards", 5), ("Legal", 1)]
        assert d.document.touched[0].effect == f"0.4 points of Conversion; {LEVER}; on the critical path"
        assert d.writing
        assert d.writing.draft == d.document, "its writer changes it as any other page"
    set_measured(company, fast, 40.0)
    with pytest.raises(NotNow, match="Nothing has changed"):
        company.do(writing.publish, id)


def test_somebody_is_taken_out_of_the_approvals_and_a_copy_of_the_workspace_is_whole(company: Company) -> None:
    journey = begin(company)
    id = ready(company, team(company, journey, "Legal", EVE, PAT))
    send(company, id)
    for who in (EVE, PAT):
        with company.db.begin() as session:
            erase_person(session, company.team, who, company.now)
    with company.look(id) as d:
        (legal,) = [one for one in d.approvals if one.kind is For.LEVER]
        assert {legal.user_id, *legal.others} == {"left-1", "left-2"}
    with company.db.read(steady=True) as session:
        assert list(verify(session, company.team, Record())) == []
        lines = list(archive.write(session, company.team, "0018"))
        assert "Lever, Legal" in markdown(session, queries.decision(session, company.team, id) or d, company.now)
    assert {json.loads(line).get("table") for line in lines} >= {"journey", "map_team", "approval"}
