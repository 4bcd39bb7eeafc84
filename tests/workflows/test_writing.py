"""The document of a decision: written section by section, published in versions, quotes under lent names."""

from dataclasses import replace
from datetime import date

import pytest

from app.db.models import Decision, Person
from app.domain.errors import NotAllowed, NotFound, NotNow, Overtaken, Unreadable
from app.domain.memo.parts import Prediction
from app.domain.signing.signoff import Answer
from app.domain.writing.document import (
    Asked,
    Document,
    Kind,
    Outcome,
    Quote,
    Section,
    predictions,
    quote_fingerprint,
    section_fingerprint,
    with_prose,
)
from app.domain.writing.names import Lent
from app.workflows import writing
from tests.workflows.colleagues import EVE, RITA, TWO_WAY, VERA, Company

OUTCOMES = (
    Outcome("Add-to-cart", "6.1%", "6.5%", date(2027, 1, 31), "funnel dashboard"),
    Outcome("Time to a second product", "45 seconds", "8 seconds", date(2027, 1, 31), "session study"),
    Outcome("Returns", "4%", "at most 4%", date(2027, 2, 28), "returns board"),
)
OPENING = "Shoppers find what goes with a lamp: from 45 seconds to 8 (source: session study)."


def lent(d: Decision) -> Lent:
    assert d.writing
    return Lent.of(d.writing.names)


def save(company: Company, id: int, section: Section, by: str = RITA, **fields: object) -> None:
    with company.look(id) as d:
        assert d.writing
        based_on = section_fingerprint(d.writing.draft, section)
    company.do(writing.save_section, id, section, lambda draft: replace(draft, **fields), based_on, by=by)


def prose(company: Company, id: int, section: Section, text: str) -> None:
    with company.look(id) as d:
        assert d.writing
        based_on = section_fingerprint(d.writing.draft, section)
    company.do(writing.save_section, id, section, lambda draft: with_prose(draft, section, text), based_on)


def begun(company: Company, id: int | None = None) -> int:
    id = company.drafting() if id is None else id
    company.do(writing.begin, id, Kind.PRESS_RELEASE)
    prose(company, id, Section.OPENING, OPENING)
    return id


def published(company: Company, id: int | None = None) -> int:
    id = begun(company, id)
    save(company, id, Section.OUTCOMES, outcomes=OUTCOMES)
    company.do(writing.publish, id)
    return id


def test_a_decision_has_one_document_which_begins_with_its_title(company: Company) -> None:
    id = company.drafting()
    company.do(writing.begin, id, Kind.PRESS_RELEASE)
    company.do(writing.begin, id, Kind.PRESS_RELEASE)
    company.do(writing.begin, id, Kind.NARRATIVE)
    with company.look(id) as d:
        assert len(d.writings) == 1
        assert d.writing
        assert d.writing.draft == Document(Kind.NARRATIVE, headline=d.title)
        assert d.document_kind is Kind.NARRATIVE
    assert company.what(id).count("document_begun") == 2


def test_each_publishing_is_a_version_and_what_is_published_stays(company: Company) -> None:
    id = published(company)
    with company.look(id) as d:
        first = d.document
    with pytest.raises(NotNow, match="Nothing has changed since version 1"):
        company.do(writing.publish, id)
    save(company, id, Section.FAQ, faq=(Asked("Who pays?", "We do."),))
    with company.look(id) as d:
        assert d.document == first, "a draft is its writer's until it is published"
    company.do(writing.publish, id)
    with company.look(id) as d:
        assert [one.number for one in d.documents] == [1, 2]
        assert d.documents[0].document == first
        assert d.document
        assert d.document.faq == (Asked("Who pays?", "We do."),)
    with pytest.raises(NotNow, match="stays one"):
        company.do(writing.begin, id, Kind.NARRATIVE)


def test_a_headline_alone_is_not_published(company: Company) -> None:
    id = company.drafting()
    company.do(writing.begin, id, Kind.PRESS_RELEASE)
    with pytest.raises(NotNow, match="Only the headline"):
        company.do(writing.publish, id)
    with company.look(id) as d, pytest.raises(NotFound, match="Nothing of D-1's document is published"):
        writing.check_published(d)


def test_whoever_saved_a_section_in_another_window_is_not_overwritten_unseen(company: Company) -> None:
    id = begun(company)
    with company.look(id) as d:
        assert d.writing
        seen = section_fingerprint(d.writing.draft, Section.OPENING)
    prose(company, id, Section.OPENING, "Another opening.")
    with pytest.raises(Overtaken, match="was saved in another window while you were writing"):
        company.do(writing.save_section, id, Section.OPENING, lambda d: with_prose(d, Section.OPENING, "Mine"), seen)
    prose(company, id, Section.PROBLEM, "Other sections are saved beside it.")


def test_the_outcomes_become_the_predictions_that_the_review_holds_it_to(company: Company) -> None:
    id = published(company)
    with company.look(id) as d:
        assert d.document
        assert predictions(d.document)[0] == Prediction("Add-to-cart", "6.1%", "6.5%", date(2027, 1, 31))
        assert len(predictions(d.document)) == 3


def test_other_outcomes_ask_whoever_signed_again_and_other_words_do_not(company: Company) -> None:
    id = published(company, company.in_review())
    company.sign(id, VERA)
    prose(company, id, Section.PROBLEM, "One in nine customers writes to us (service dashboard).")
    company.do(writing.publish, id)
    with company.look(id) as d:
        assert [one.answer for one in d.signers if one.user_id == VERA] == [Answer.APPROVE]
    save(company, id, Section.OUTCOMES, outcomes=OUTCOMES[:2])
    company.do(writing.publish, id)
    with company.look(id) as d:
        assert [one.answer for one in d.signers if one.user_id == VERA] == [None]
    assert company.said(VERA)[-1] == "memo_changed"


def test_what_was_decided_keeps_the_document_it_was_decided_by(company: Company) -> None:
    id = published(company, company.in_review())
    company.sign(id, VERA)
    company.sign(id, "UBEA")
    assert company.status(id) == "approved"
    with pytest.raises(NotNow, match="D-1 is approved"):
        company.do(writing.publish, id)


def test_a_two_way_door_may_have_one_too(company: Company) -> None:
    id = published(company, company.triage(TWO_WAY))
    with company.look(id) as d:
        assert d.document_version == 1


def test_nobody_but_the_requester_writes(company: Company) -> None:
    id = published(company, company.in_review())
    for verb in (lambda by: company.do(writing.publish, id, by=by), lambda by: save(company, id, Section.FAQ, by)):
        with pytest.raises(NotAllowed):
            verb(VERA)


def test_a_colleagues_name_stands_in_no_quote_that_nobody_lent_it_to(company: Company) -> None:
    id = begun(company)
    with company.db.begin() as session:
        session.add(Person(workspace_id=company.team, user_id="UVL", name="Vera Lang", tz="UTC"))
    for quote, field in (
        (Quote("We should have done it a year ago.", "Vera"), "who_leader"),
        (Quote("“It is time”, says vera  lang.", "the head of Retail"), "text_leader"),
        (Quote("It is time.", f"<@{VERA}>"), "who_leader"),
    ):
        with pytest.raises(Unreadable) as refused:
            save(company, id, Section.QUOTES, leader=quote)
        assert refused.value.field in (field, "text_leader")
    save(company, id, Section.QUOTES, leader=Quote("For Vera it is easy to say.", "the head of Retail"))


def test_a_leader_is_named_only_by_their_own_click_and_only_for_the_words_they_read(company: Company) -> None:
    id = begun(company)
    quote = Quote("Gifts come back in eight seconds.", "the VP of Retail", EVE)
    save(company, id, Section.QUOTES, leader=quote)
    assert company.said(EVE) == ["name_asked"]
    with company.look(id) as d:
        assert EVE in {one.user_id for one in d.participants}, "whoever is asked reads along"
        assert not lent(d).is_named(quote)
    with pytest.raises(NotAllowed, match="Nobody asked you"):
        company.do(writing.lend_name, id, quote_fingerprint(quote), True)
    company.do(writing.lend_name, id, quote_fingerprint(quote), True, by=EVE)
    with company.look(id) as d:
        assert lent(d).is_named(quote)
    assert company.said(RITA)[-1] == "name_lent"
    other = replace(quote, text="Gifts come back in three seconds.")
    save(company, id, Section.QUOTES, leader=other)
    assert company.said(EVE) == ["name_asked", "name_asked"], "other words are asked for anew"
    with company.look(id) as d:
        assert not lent(d).is_named(other)
    with pytest.raises(NotNow, match="has changed since you were asked"):
        company.do(writing.lend_name, id, quote_fingerprint(quote), True, by=EVE)
    company.do(writing.lend_name, id, quote_fingerprint(other), False, by=EVE)
    company.do(writing.lend_name, id, quote_fingerprint(other), True, by=EVE)
    company.do(writing.lend_name, id, quote_fingerprint(other), False, by=EVE)
    with company.look(id) as d:
        assert not lent(d).is_named(other), "it can be taken back"


def test_a_link_is_an_address(company: Company) -> None:
    id = begun(company)
    for wrong in ("wiki", "javascript:alert(1)", "https://a b", "https://"):
        with pytest.raises(Unreadable):
            save(company, id, Section.LINK, link=wrong)
    save(company, id, Section.LINK, link="https://wiki.acme.test/press-release")
    company.do(writing.publish, id)
