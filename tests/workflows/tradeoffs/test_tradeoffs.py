"""A trade-off from argument to guideline, on both databases."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import update

from app.db import queries
from app.db import tradeoffs as entries
from app.db.models import Decision
from app.domain.answers import Answers
from app.domain.commitments import Pledge
from app.domain.errors import NotAllowed, NotNow, Overtaken, Unreadable
from app.domain.lifecycle import Move
from app.domain.tradeoffs.sides import standing
from app.domain.tradeoffs.verdict import Outcome, Why
from app.domain.triage.questions import Question
from app.slack.exports import markdown
from app.slack.tradeoff_log import holds, log_file
from app.workflows import commitments, tradeoffs
from app.workflows.moving import move
from app.workflows.signing import signoffs
from app.workflows.tradeoffs import SideWritten
from app.workflows.triage import answering, intake
from tests.workflows.colleagues import BEA, DANA, EVE, MIA, PROMISE, RITA, VERA, Company
from tests.workflows.tradeoffs.argued import (
    SIDES,
    agreed,
    alike,
    ended,
    figures,
    guideline,
    opened,
    planned,
    slots,
    told,
)


def test_one_slot_becomes_a_guideline(company: Company) -> None:
    id = told(company)
    with company.look(id) as d:
        verdict = d.results[-1].verdict
        assert (verdict.outcome, verdict.arm, verdict.by) == (Outcome.THIS_ARM, "1 slot", "ad revenue per visit")
        assert verdict.value == pytest.approx(2.0)
        assert {one.why for one in verdict.reasons} == set()
    assert company.said(DANA)[-1] == "tradeoff_result"
    with pytest.raises(NotAllowed, match="for the requester"):
        company.do(tradeoffs.close, id, guideline(company), by=MIA)
    company.do(tradeoffs.close, id, guideline(company))
    with company.look(id) as d:
        entry = d.tradeoff
        assert entry is not None
        assert (d.status, entry.arm, entry.outcome) == ("deflected", "1 slot", Outcome.THIS_ARM)
        assert (entry.revisit_on, d.look_on) == (guideline(company).revisit_on, guideline(company).revisit_on)
        assert d.metric == "ad revenue per visit"
        assert not d.overs, "the figures said it: nobody is asked to commit against them"
    assert company.said(DANA)[-1] == "tradeoff_closed"
    company.fire_all(["learning_check"], company.now + timedelta(days=40))
    assert company.said(RITA)[-1] == "learning_due"
    with pytest.raises(NotNow, match="closed"):
        company.do(tradeoffs.put_results, id, figures(slots(company.now.date())), "", by=MIA)


def test_an_objective_that_is_none_is_handed_back_where_it_stands(company: Company) -> None:
    id = company.triage()
    wrong = [SIDES[0], SideWritten(DANA, "Launch the redesign", "objective_2")]
    with pytest.raises(Unreadable, match="something you do") as caught:
        company.do(tradeoffs.open_tradeoff, id, wrong, "")
    assert caught.value.field == "objective_2"
    with pytest.raises(Unreadable, match="at least two sides"):
        company.do(tradeoffs.open_tradeoff, id, SIDES[:1], "")
    with pytest.raises(Unreadable, match="somebody else"):
        company.do(tradeoffs.open_tradeoff, id, [SIDES[0], replace(SIDES[1], user=MIA)], "")
    with pytest.raises(NotAllowed):
        company.do(tradeoffs.open_tradeoff, opened(company), SIDES, "", by=EVE)


def test_every_side_agrees_with_one_tap_and_to_what_stands(company: Company) -> None:
    id = planned(company)
    assert company.said(MIA)[-1] == company.said(DANA)[-1] == "tradeoff_asked"
    company.do(tradeoffs.agree, id, 1, by=MIA)
    company.do(tradeoffs.agree, id, 1, by=MIA)
    with pytest.raises(NotAllowed, match="speaks for a side"):
        company.do(tradeoffs.agree, id, 1, by=RITA)
    company.do(tradeoffs.plan, id, slots(company.now.date(), 80_000), "", by=DANA)
    with pytest.raises(Overtaken, match="changed since"):
        company.do(tradeoffs.agree, id, 1, by=MIA)
    with company.look(id) as d:
        assert {one.user_id: one.agreed_version for one in d.sides} == {MIA: None, DANA: 2}, "asked anew"
        assert d.tradeoff
        assert d.tradeoff.agreed_at is None
    company.do(tradeoffs.agree, id, 2, by=MIA)
    assert company.said(RITA)[-1] == "tradeoff_agreed"
    with pytest.raises(NotNow, match="agreed already"):
        company.do(tradeoffs.open_tradeoff, id, SIDES, "")


def test_once_it_runs_it_is_frozen_and_what_changes_is_marked(company: Company) -> None:
    id = agreed(company)
    company.now += timedelta(days=3)
    with company.look(id) as d:
        plan = d.plans[-1].plan
    longer = replace(plan, ends=plan.ends + timedelta(days=7))
    with pytest.raises(Unreadable, match="Write why it changes"):
        company.do(tradeoffs.plan, id, longer, "", by=RITA)
    with pytest.raises(Unreadable, match="its first day stays"):
        company.do(tradeoffs.plan, id, replace(longer, starts=company.now.date()), "Anew.", by=RITA)
    company.do(tradeoffs.plan, id, longer, "A holiday fell into it.", by=RITA)
    with company.look(id) as d:
        assert [(one.late, one.why) for one in d.plans] == [(False, ""), (True, "A holiday fell into it.")]
        stood = standing(d)
        assert stood is not None
        assert (stood.number, d.tradeoff_until) == (1, plan.ends), "it runs on as it was agreed"
    company.do(tradeoffs.agree, id, 2, by=MIA)
    company.do(tradeoffs.agree, id, 2, by=DANA)
    assert company.said(RITA)[-1] == "tradeoff_agreed"
    with company.look(id) as d:
        stood = standing(d)
        assert stood is not None
        assert (stood.number, d.tradeoff_until) == (2, longer.ends)
    company.fire_all(["tradeoff_ended"], company.now + timedelta(days=(plan.ends - company.now.date()).days + 2))
    assert "tradeoff_ended" not in company.said(RITA), "its new end is later"


def test_what_one_side_changes_while_it_runs_decides_nothing(company: Company) -> None:
    id = ended(company)
    with company.look(id) as d:
        plan = d.plans[-1].plan
    loose = replace(plan, measures=(plan.measures[0], replace(plan.measures[1], may_lose=5.0)))
    company.do(tradeoffs.plan, id, loose, "Conversion does not count.", by=MIA)
    other = replace(plan, measures=(plan.measures[0], replace(plan.measures[1], may_lose=2.0)))
    company.do(tradeoffs.agree, id, 2, by=MIA)
    company.do(tradeoffs.plan, id, other, "A little.", by=DANA)
    with company.look(id) as d:
        stood = standing(d)
        assert stood is not None
        assert stood.number == 1, "a yes to a change that another took the place of is void"
    company.do(tradeoffs.put_results, id, figures(plan), "", by=MIA)
    with company.look(id) as d:
        assert d.results[-1].verdict.arm == "1 slot", "by what every side agreed to"
    with pytest.raises(NotNow, match="verdict already"):
        company.do(tradeoffs.agree, id, 3, by=MIA)


def test_a_change_that_every_side_agreed_to_decides_and_is_marked(company: Company) -> None:
    id = ended(company)
    with company.look(id) as d:
        plan = d.plans[-1].plan
    loose = replace(plan, measures=(plan.measures[0], replace(plan.measures[1], may_lose=5.0)))
    company.do(tradeoffs.plan, id, loose, "Conversion hardly counts.", by=MIA)
    company.do(tradeoffs.agree, id, 2, by=DANA)
    company.do(tradeoffs.put_results, id, figures(plan), "", by=MIA)
    with company.look(id) as d:
        assert d.results[-1].verdict.arm == "3 slots"
    with company.db.read() as session:
        assert "was changed while it ran" in log_file(session, company.team, RITA, "md").decode()


def test_nobody_agrees_once_its_first_day_has_passed(company: Company) -> None:
    id = planned(company)
    company.do(tradeoffs.agree, id, 1, by=MIA)
    company.now += timedelta(days=2)
    with pytest.raises(NotNow, match="first day has passed"):
        company.do(tradeoffs.agree, id, 1, by=DANA)
    company.do(tradeoffs.plan, id, slots(company.now.date()), "", by=DANA)
    company.do(tradeoffs.agree, id, 2, by=MIA)
    assert company.said(RITA)[-1] == "tradeoff_agreed"


def test_an_interim_look_that_was_mistyped_is_mended_and_the_experiment_goes_on(company: Company) -> None:
    id = agreed(company)
    with company.look(id) as d:
        plan = d.plans[-1].plan
    company.now += timedelta(days=4)
    right = figures(plan, company.now.date())
    off = replace(right, rows=tuple(replace(one, seen=9 * plan.needed) if one.arm == "1 slot" else one
                                    for one in right.rows))  # fmt: skip
    company.do(tradeoffs.put_results, id, off, "", by=MIA)
    with pytest.raises(Unreadable, match="what was mistyped"):
        company.do(tradeoffs.put_results, id, right, "", by=MIA)
    company.do(tradeoffs.put_results, id, right, "A digit too many.", by=MIA)
    company.now += timedelta(days=(plan.ends - company.now.date()).days + 1)
    company.fire_all(["tradeoff_ended"], company.now)
    assert "tradeoff_ended" in company.said(RITA)
    company.do(tradeoffs.put_results, id, figures(plan), "", by=MIA)
    with company.look(id) as d:
        assert [one.verdict.outcome for one in d.results] == [
            Outcome.INCONCLUSIVE, Outcome.NOT_YET, Outcome.THIS_ARM,
        ]  # fmt: skip
        assert [one.corrects for one in d.results] == ["", "A digit too many.", ""], "it stays marked"


def test_an_entry_is_closed_where_its_decision_stands(company: Company) -> None:
    id = told(company)
    with company.db.begin() as session:
        d = queries.decision(session, company.team, id, lock=True)
        assert d is not None
        move(session, d, Move.DRAFT, RITA, company.now)
    company.do(tradeoffs.close, id, guideline(company))
    assert company.status(id) == "drafting", "its signers decide; the guideline is evidence"
    with company.look(id) as d:
        assert d.tradeoff
        assert d.tradeoff.revisit_on == guideline(company).revisit_on
    company.fire_all(["guideline_look"], company.now + timedelta(days=40))
    assert company.said(RITA)[-1] == "guideline_due"


def test_a_one_way_door_stays_where_it_is_and_what_was_over_the_figures_is_committed_to(company: Company) -> None:
    id = ended(company)
    with company.look(id) as d:
        plan = d.plans[-1].plan
    company.do(tradeoffs.put_results, id, alike(plan), "", by=MIA)
    with company.db.begin() as session:
        held = queries.decision(session, company.team, id, lock=True)
        assert held is not None
        last = [one for one in PROMISE if one is not Question.COMMITMENT][-1]
        held.answers = Answers(**{one.value: PROMISE[one] for one in PROMISE if one not in (last, Question.COMMITMENT)})
        answering.answer(session, id, last, PROMISE[last], company.actor(RITA), company.now)
    company.do(tradeoffs.close, id, guideline(company, reasons="Calm pages are what we promise."))
    with company.look(id) as d:
        assert (d.status, len(d.overs)) == ("held", 1), "its gates and signers still decide it"
        assert d.tradeoff_until is None
    assert company.dated("guideline_look") == [], "what was decided over the figures has its own day"
    assert company.dated("revisit_dissent") != []


def test_where_its_decision_ended_it_rests(company: Company) -> None:
    id = ended(company)
    with company.look(id) as d:
        plan = d.plans[-1].plan
    company.do(signoffs.withdraw, id, "Nobody needs it.")
    calls: list[tuple[Callable[..., Any], str, tuple[Any, ...]]] = [
        (tradeoffs.put_results, MIA, (figures(plan), "")),
        (tradeoffs.plan, MIA, (plan, "Longer.")),
        (tradeoffs.agree, MIA, (1,)),
        (tradeoffs.close, RITA, (guideline(company),)),
    ]
    for verb, by, args in calls:
        with pytest.raises(NotNow, match="withdrawn, so its trade-off rests"):
            company.do(verb, id, *args, by=by)


def test_before_its_end_the_figures_say_how_long_more(company: Company) -> None:
    id = agreed(company)
    with company.look(id) as d:
        plan = d.plans[-1].plan
    with pytest.raises(Unreadable, match="figures of before"):
        company.do(tradeoffs.put_results, id, figures(plan, company.now.date()), "", by=MIA)
    company.now += timedelta(days=4)
    company.do(tradeoffs.put_results, id, figures(plan, company.now.date()), "", by=MIA)
    with company.look(id) as d:
        verdict = d.results[-1].verdict
        assert (verdict.outcome, verdict.more) == (Outcome.NOT_YET, (plan.ends - company.now.date()).days)
    with pytest.raises(NotNow, match="a result at its planned end"):
        company.do(tradeoffs.close, id, guideline(company))
    company.do(tradeoffs.put_results, id, replace(figures(plan, company.now.date()), stopped=True), "", by=MIA)
    with company.look(id) as d:
        verdict = d.results[-1].verdict
        assert (verdict.outcome, verdict.reasons[0].why) == (Outcome.INCONCLUSIVE, Why.STOPPED_EARLY)


def test_after_the_verdict_only_what_was_mistyped_is_mended_and_it_stays_marked(company: Company) -> None:
    id = told(company)
    with company.look(id) as d:
        plan = d.plans[-1].plan
    company.now += timedelta(days=7)
    with pytest.raises(Unreadable, match="second look"):
        company.do(tradeoffs.put_results, id, figures(plan, plan.ends + timedelta(days=1)), "More days", by=MIA)
    with pytest.raises(Unreadable, match="what was mistyped"):
        company.do(tradeoffs.put_results, id, figures(plan), "", by=MIA)
    company.do(tradeoffs.put_results, id, alike(plan), "Two columns were swapped.", by=MIA)
    with company.look(id) as d:
        assert [one.corrects for one in d.results] == ["", "Two columns were swapped."]
        assert d.results[-1].verdict.outcome is Outcome.INCONCLUSIVE


def test_inconclusive_leads_to_disagree_and_commit(company: Company) -> None:
    id = ended(company)
    with company.look(id) as d:
        plan = d.plans[-1].plan
    company.do(tradeoffs.put_results, id, alike(plan), "", by=MIA)
    with pytest.raises(Unreadable, match="figures don't say this") as caught:
        company.do(tradeoffs.close, id, guideline(company))
    assert caught.value.field == "reasons"
    early = replace(guideline(company, reasons="Calm pages."), revisit_on=company.now.date() + timedelta(days=3))
    with pytest.raises(Unreadable, match="four to six weeks"):
        company.do(tradeoffs.close, id, early)
    company.do(tradeoffs.close, id, guideline(company, reasons="Calm pages are what we promise."))
    with company.look(id) as d:
        assert d.overs[-1].reasons == "Calm pages are what we promise."
        assert {one.user_id for one in d.commitments} == {MIA, DANA}
        assert d.revisit_on == d.overs[-1].revisit_on
        assert d.look_on is not None
        assert d.look_on > d.revisit_on
    assert "commit_asked" in company.said(DANA)
    company.do(commitments.commit, id, by=DANA)
    with company.look(id) as d:
        assert {one.user_id: one.answer for one in d.commitments}[DANA] is Pledge.COMMIT


def test_what_no_arm_tested_is_named_in_the_log(company: Company) -> None:
    id = told(company)
    company.do(tradeoffs.close, id, guideline(company, "", "Both half happy.", "We take 1.5 slots."))
    with company.db.read() as session:
        said = log_file(session, company.team, RITA, "md").decode()
        assert "In the middle: no arm tested it." in said
        for part in ("Conflicting objectives", "Experiment", "Result", "Decision", "Because", "Revisit"):
            assert f"**{part}" in said
        table = log_file(session, company.team, RITA, "csv").decode("utf-8-sig").splitlines()
        assert table[0].startswith("date,decision,title,objectives,experiment,result,decided,arm,tested")
        assert "We take 1.5 slots." in table[1]


def test_an_entry_does_not_close_without_each_of_its_parts(company: Company) -> None:
    id = opened(company)
    with pytest.raises(NotNow, match="an experiment that every side agreed to, its result"):
        company.do(tradeoffs.close, id, guideline(company))
    id = told(company)
    for wrong, match in (
        (guideline(company, decided="  "), "State in a sentence"),
        (replace(guideline(company), revisit_on=company.now.date()), "still to come"),
        (guideline(company, arm="7 slots"), "one of the arms"),
    ):
        with pytest.raises(Unreadable, match=match):
            company.do(tradeoffs.close, id, wrong)


def test_a_private_one_is_in_nobody_elses_log_and_of_others_only_what_was_decided(company: Company) -> None:
    id = told(company)
    with company.db.read() as session:
        assert entries.log(session, company.team, EVE) == [], "open ones are for those who take part"
    company.do(tradeoffs.close, id, guideline(company))
    with company.db.read() as session:
        assert [(one.decision.id, one.inside) for one in entries.log(session, company.team, EVE)] == [(id, False)]
        outside = entries.log(session, company.team, EVE)[0]
        assert holds(outside, "PRODUCT slot"), "found by what was decided"
        assert not holds(outside, "checkout conversion"), "what they may not read finds nothing"
        assert holds(entries.log(session, company.team, DANA)[0], "checkout conversion")
        shown = log_file(session, company.team, EVE, "md").decode()
        assert "one ad slot" in shown
        assert "ad revenue per visit by 2%" not in shown
        assert "ad revenue per visit by 2%" in log_file(session, company.team, DANA, "md").decode()
    company.do(intake.set_private, id, True)
    with company.db.read() as session:
        assert entries.log(session, company.team, EVE) == []
        assert len(entries.log(session, company.team, DANA)) == 1
    company.do(intake.set_private, id, False)
    with company.db.begin() as session:
        session.execute(update(Decision).values(closed_channel=True))
    with company.db.read() as session:
        assert entries.log(session, company.team, EVE) == [], "what was asked in a closed channel stays there"
        assert len(entries.log(session, company.team, DANA)) == 1


def test_while_it_runs_its_triage_rests(company: Company) -> None:
    id = agreed(company)
    with company.look(id) as d:
        ends = d.plans[-1].plan.ends
    days = (ends - company.now.date()).days
    company.fire_all(["expire", "expiring", "left_alone"], company.now + timedelta(days=max(days, 20)))
    assert company.status(id) == "triage"
    company.fire_all(["tradeoff_ended"], company.now + timedelta(days=days + 2))
    assert company.said(RITA).count("tradeoff_ended") >= 1


def test_what_it_holds_is_in_the_export_of_its_decision(company: Company) -> None:
    id = told(company)
    company.do(tradeoffs.close, id, guideline(company))
    with company.db.read() as session, company.look(id) as d:
        page = markdown(session, session.merge(d, load=False), company.now)
    assert "Increase ad revenue per visit by 2%" in page
    assert "This arm: 1 slot" in page
    assert BEA not in page
    assert VERA not in page
