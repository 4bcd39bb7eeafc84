"""Disagree and commit: dissent blocks nothing and is never hidden; what was decided over it is looked at again."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.db import queries
from app.domain.commitments import EARLIEST, LATEST, Degree, Pledge, Result, fits, revisit_day
from app.domain.errors import NotAllowed, NotNow, Unreadable
from app.domain.looking_back import Right
from app.domain.people.calendar import WorkingHours
from app.domain.signing.signoff import Answer
from app.slack.exports import markdown
from app.workflows import commitments
from app.workflows.commitments import Revisited
from app.workflows.signing import readers
from app.workflows.triage import verdicts
from app.workflows.triage.verdicts import Deflection
from tests.workflows.colleagues import BEA, DANA, EVE, OTTO, RITA, TWO_WAY, VERA, Company

WORDS = "The pilot ran in a week without returns.\nJanuary will differ."
ON = date(2026, 12, 28)


def differs(company: Company, id: int, by: str = DANA, degree: Degree = Degree.DISAGREE) -> None:
    company.do(commitments.dissent, id, degree, WORDS, by=by)


def over_dissent(company: Company) -> int:
    """Dana reads along and differs; Vera and Bea approve, and Vera states it."""
    id = company.in_review()
    company.do(readers.add_reader, id, DANA)
    differs(company, id)
    company.sign(id, VERA)
    company.sign(id, BEA)
    company.do(commitments.state, id, "We ship it on 7 Dec.", "The promise is dearer.", ON, by=VERA)
    return id


def test_a_dissent_blocks_nothing_and_reaches_whoever_decides_as_it_stands(company: Company) -> None:
    id = company.in_review()
    company.do(readers.add_reader, id, DANA)
    differs(company, id)
    assert company.said(RITA)[-1] == "dissent"
    company.sign(id, VERA)
    company.sign(id, BEA)
    assert company.status(id) == "approved"
    assert company.said(VERA)[-1] == "state_asked", "decided over dissent, it asks for its reasons"
    with company.db.read() as session, company.look(id) as d:
        assert WORDS.split("\n")[1] in markdown(session, session.merge(d, load=False), company.now)
    with pytest.raises(Unreadable, match="Write why"):
        company.do(commitments.dissent, id, Degree.CONCERN, "  ", by=BEA)
    with pytest.raises(NotAllowed, match="your own decision"):
        differs(company, id, by=RITA)


def test_the_decider_states_it_and_everybody_affected_is_asked_and_reminded_twice_never_more(company: Company) -> None:
    id = over_dissent(company)
    with company.look(id) as d:
        asked = {one.user_id for one in d.commitments}
        assert {BEA, DANA, RITA} <= asked, "everybody who takes part"
        assert VERA not in asked, "but for who decided it"
        assert d.revisit_on == ON
    company.do(commitments.commit, id, by=DANA)
    company.do(commitments.commit, id, by=DANA)
    company.do(commitments.cannot, id, "Legal has not read it.", company.now.date() + timedelta(days=3), by=BEA)
    assert company.said(VERA)[-1] == "cannot_commit"
    company.fire_all(["commit_reminder"], company.now + timedelta(days=27))
    assert company.said(RITA).count("commit_reminded") == 2
    assert "commit_reminded" not in company.said(DANA) + company.said(BEA)
    with company.look(id) as d:
        said = {one.user_id: one.answer for one in d.commitments}
        assert (said[DANA], said[BEA], said[RITA]) == (Pledge.COMMIT, Pledge.CANNOT, None), "silence is silence"
    company.do(commitments.commit, id, by=BEA)
    with pytest.raises(NotAllowed, match="Nobody asked you"):
        company.do(commitments.commit, id, by=VERA)


def test_only_whoever_decided_states_it_once_with_reasons_and_a_day_that_fits(company: Company) -> None:
    id = company.in_review()
    company.do(readers.add_reader, id, DANA)
    state = commitments.state
    with pytest.raises(NotNow, match="Nobody has decided it yet"):
        company.do(state, id, "a", "b", ON, by=VERA)
    company.sign(id, VERA)
    company.sign(id, BEA)
    with pytest.raises(NotNow, match="Nobody differs"):
        company.do(state, id, "a", "b", ON, by=VERA)
    differs(company, id)
    with pytest.raises(NotAllowed):
        company.do(state, id, "a", "b", ON, by=BEA)
    with pytest.raises(Unreadable, match="reasons"):
        company.do(state, id, "a", " ", ON, by=VERA)
    for day, said in ((date(2026, 12, 20), "four to six weeks"), (date(2027, 1, 5), "four to six weeks"),
                      (date(2026, 12, 27), "day off")):  # fmt: skip
        with pytest.raises(Unreadable, match=said) as refused:
            company.do(state, id, "a", "b", day, by=VERA)
        assert refused.value.field == "on"
    company.do(state, id, "a", "b", ON, by=VERA)
    with pytest.raises(NotNow, match="stated already"):
        company.do(state, id, "a", "b", ON, by=VERA)


def test_on_the_day_the_decider_is_asked_every_week_until_it_is_written(company: Company) -> None:
    id = over_dissent(company)
    company.fire_all(["revisit_dissent"], company.now + timedelta(days=33))
    assert "revisit_dissent" not in company.said(VERA)
    company.fire_all(["revisit_dissent"], company.now + timedelta(days=11))
    assert company.said(VERA).count("revisit_dissent") == 2
    with company.look(id) as d:
        dissent = d.dissents[0].id
    company.do(commitments.look_again, id, Revisited(Result.KEEP, "Contacts +2%.", {dissent: Right.PARTLY}), by=VERA)
    company.fire_all(["revisit_dissent"], company.now + timedelta(days=30))
    assert company.said(VERA).count("revisit_dissent") == 2
    with company.look(id) as d:
        assert (d.dissents[0].was_right, d.dissents[0].text) == (Right.PARTLY, WORDS)
        assert d.overs[0].result is Result.KEEP
    assert company.said(DANA)[-1] == "revisited"
    with pytest.raises(NotNow):
        company.do(commitments.look_again, id, Revisited(Result.KEEP, "again"), by=VERA)


def test_before_its_day_it_takes_new_evidence_and_a_change_is_a_new_decision_that_refers_to_it(
    company: Company,
) -> None:
    id = over_dissent(company)
    with pytest.raises(Unreadable, match="new evidence"):
        company.do(commitments.look_again, id, Revisited(Result.CHANGE, "Contacts +9%."), by=VERA)
    with pytest.raises(NotAllowed):
        company.do(commitments.look_again, id, Revisited(Result.CHANGE, "Contacts +9%.", {}, "A report"), by=DANA)
    company.do(commitments.look_again, id, Revisited(Result.CHANGE, "Contacts +9%.", {}, "The first week."), by=VERA)
    with company.look(id) as d:
        assert d.overs[0].next_number == 2
        assert d.overs[0].evidence == "The first week."
    with company.look(id + 1) as new:
        assert new.requester_id == VERA
        assert "D-1" in new.title
        assert not new.closed_channel
        assert "It changes D-1, which was decided over dissent: We ship it on 7 Dec." in (new.source_text or "")
    assert company.status(id) == "approved"


def test_what_changes_a_decision_of_a_closed_channel_is_as_closed(company: Company) -> None:
    id = over_dissent(company)
    with company.db.begin() as session:
        opened = queries.decision(session, company.team, id, lock=True)
        assert opened
        opened.closed_channel = True
    company.do(commitments.look_again, id, Revisited(Result.CHANGE, "Contacts +9%.", {}, "The first week."), by=VERA)
    with company.look(id + 1) as new:
        assert new.closed_channel


def test_what_is_undone_before_it_shipped_is_dropped(company: Company) -> None:
    id = over_dissent(company)
    company.do(commitments.look_again, id, Revisited(Result.UNDO, "Nobody wants it.", {}, "A survey"), by=VERA)
    assert company.status(id) == "withdrawn"


def test_the_owner_of_a_two_way_door_decides_over_dissent_too(company: Company) -> None:
    id = company.triage(TWO_WAY)
    company.do(verdicts.deflect, id, Deflection(OTTO, "returns"))
    differs(company, id, by=RITA, degree=Degree.CONCERN)
    assert company.said(OTTO)[-2:] == ["dissent", "state_asked"]
    company.do(commitments.state, id, "We try it.", "It can be undone.", ON, by=OTTO)
    company.do(commitments.commit, id, by=RITA)


def test_the_requester_of_a_declined_decision_differs_and_commits(company: Company) -> None:
    id = company.in_review()
    company.sign(id, VERA, Answer.DECLINE, "Too soon.")
    differs(company, id, by=RITA)
    assert company.said(VERA)[-2:] == ["dissent", "state_asked"]
    company.do(commitments.state, id, "Not now.", "Too soon.", ON, by=VERA)
    company.do(commitments.commit, id, by=RITA)


def test_a_stranger_to_it_neither_differs_nor_learns_of_a_private_one(company: Company) -> None:
    id = company.in_review(private=True)
    with pytest.raises(Exception, match="I can't find that decision"):
        differs(company, id, by=EVE)


@given(st.dates(date(2024, 1, 1), date(2034, 1, 1)), st.sampled_from(["DE", "US", "JP", None]))
def test_the_usual_day_to_look_again_always_fits(stated: date, country: str | None) -> None:
    hours = WorkingHours("UTC", country=country) if country else WorkingHours("UTC")
    day = revisit_day(stated, hours)
    assert fits(day, stated, hours)
    assert stated + EARLIEST <= day <= stated + LATEST
