"""A draft always ends, rests on every answer and message, and replaces nothing that a person did not replace."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy.orm import Session

from app.assistant import PARTS, MemoDraft, PartDraft, Rejected, Source, TooSlow
from app.db import queries
from app.domain.errors import NotNow
from app.domain.memo.parts import PART_KEYS, Memo
from app.due import MOST_ATTEMPTS, Due
from app.slack.memo_begun import begun_memo
from app.workflows import memo, suggestions
from app.workflows.signing import sending
from app.workflows.triage import intake
from tests.workflows.colleagues import BEA, MEMO, RITA, VERA, Company


class Model:
    """An assistant that answers as it is told: with a draft, or by raising."""

    def __init__(self, text: str | Exception) -> None:
        self.text = text
        self.asked: list[Source] = []

    def draft_memo(self, title: str, sources: Sequence[Source]) -> MemoDraft:
        self.asked = list(sources)
        if isinstance(self.text, Exception):
            raise self.text
        return MemoDraft({part: PartDraft(self.text) for part in PARTS}, "a model", "memo-12345678")

    def neutral(self, part: str, text: str, sources: Sequence[Source]) -> PartDraft:
        if isinstance(self.text, Exception):
            raise self.text
        return PartDraft(self.text, model="a model", prompt_version="neutral-12345678")

    def ping(self) -> str:
        return "a model"


def drafts(company: Company, model: Model, id: int, part: str | None = None) -> Due:
    due = Due(company.db, model, lambda: company.now, lambda: None, begun=begun_memo)
    company.do(suggestions.ask_assistant, id, part)
    due.run_once()
    due.drain()
    return due


def is_drafting(company: Company, id: int) -> bool:
    with company.db.read() as session:
        decision = queries.decision(session, company.team, id)
        assert decision
        return queries.drafting(session, decision)


@pytest.mark.parametrize(
    ("text", "part", "told"),
    [
        ("Something new.", None, "drafted"),
        ("Something new.", "data", "drafted"),
        ("Something new.", "premortem", "drafted"),
        ("", None, "nothing_drafted"),
        (MEMO.data, "data", "nothing_drafted"),
        ("Something new.", "alternatives", "nothing_drafted"),  # nothing stands there
        (TooSlow("It took too long."), None, "assistant_away"),
        (Rejected("It wants another key."), "data", "assistant_away"),
        (RuntimeError("a fault of ours"), None, "assistant_away"),
        (ValueError("a fault of ours"), "premortem", "assistant_away"),
    ],
)
def test_every_draft_ends_in_one_notice_and_a_card_with_its_buttons(
    company: Company, text: str | Exception, part: str | None, told: str
) -> None:
    id = company.drafting()
    company.do(memo.save, id, replace(MEMO, premortem="It went wrong."), 0)
    drafts(company, Model(text), id, part)
    ends = ("drafted", "nothing_drafted", "assistant_away")
    assert [say for say in company.said(RITA) if say in ends] == [told]
    assert not is_drafting(company, id)


def test_trying_again_is_offered_where_it_can_help(company: Company) -> None:
    id = company.drafting()
    for error, again in ((TooSlow("Slow."), True), (Rejected("No key."), False), (RuntimeError("ours"), True)):
        drafts(company, Model(error), id, "data" if again else None)
        args = company.messages("notice")[-1].args
        assert args["args"]["again"] is again if "args" in args else args["again"] is again
        company.later(seconds=1)


def test_a_draft_that_is_given_up_is_said_too(company: Company) -> None:
    id = company.drafting()
    due = Due(company.db, Model("x"), lambda: company.now, lambda: None)  # whose memo nobody can begin

    def fails(session: Session, decision: object, now: object) -> Memo:
        raise RuntimeError("a fault of ours")

    due.drafts.begun = fails
    company.do(suggestions.ask_assistant, id, None)
    for _ in range(MOST_ATTEMPTS + 1):
        due.run_once()
        due.drain()
        company.later(minutes=10)
    assert [say for say in company.said(RITA) if say == "assistant_away"] == ["assistant_away"]
    assert not is_drafting(company, id)


def test_every_answer_is_a_source_in_words_and_every_message_has_its_link(company: Company) -> None:
    id = company.drafting()
    links = [f"https://a.slack.com/archives/C1/p{number}" for number in range(3)]
    messages = [
        {"user": f"U{n}", "who": f"Person {n}", "text": f"message {n}", "link": one} for n, one in enumerate(links)
    ]
    with company.db.begin() as session:
        decision = queries.decision(session, company.team, id, lock=True)
        assert decision
        intake.add_source(session, decision, links[0], "Person 0: message 0", company.now, messages)
    model = Model("x")
    drafts(company, model, id)
    told = {one.label: one.text for one in model.asked if one.kind == "answer"}
    assert {"What waiting costs", "What a mistake costs", "Who decides", "Sits as VP", "Bar raisers"} <= set(told)
    everything = " ".join(told.values())
    for raw in ("cannot_decide", "several_teams", "as_likely", "<@U", "money_or_data"):
        assert raw not in everything
    thread = [one for one in model.asked if one.kind == "thread"]
    assert [(one.label, one.text, one.link) for one in thread] == [
        (f"Person {number}", f"message {number}", links[number]) for number in range(3)
    ]
    assert "The ask" in [one.label for one in model.asked if one.kind == "memo"], "what the answers began is a source"


def test_which_model_wrote_it_after_which_prompt_is_kept(company: Company) -> None:
    id = company.drafting()
    drafts(company, Model("Something new."), id)
    with company.db.read() as session:
        decision = queries.decision(session, company.team, id)
        assert decision
        offered = queries.suggestions(session, decision)
        assert {(one.model, one.prompt) for one in offered} == {("a model", "memo-12345678")}


ODD = "  Kept to the last sign:\n\n • “12%” <@U1>  \u3000\t\u200b🙂 "


TAKEN: tuple[dict[str, str | None], ...] = ({}, {"data": None, "ask": None}, {"data": "Edited by hand."})


def test_what_nobody_replaced_survives_byte_for_byte(company: Company) -> None:
    for state in ("begun", "saved", "edited since", "sent"):
        for taken in TAKEN:
            _survives(company, state, taken)


def _survives(company: Company, state: str, taken: dict[str, str | None]) -> None:
    id = company.drafting()
    written = replace(MEMO, decision=ODD, alternatives=ODD, premortem=ODD)
    if state != "begun":
        company.do(memo.save, id, written, 0)
    if state == "sent":
        with company.look(id) as d:
            company_day = d.created_at.date()
        company.do(sending.send, id, sending.Sending(VERA, BEA, company_day.replace(day=min(28, company_day.day + 4))))
    drafts(company, Model("Suggested."), id)
    if state == "edited since":
        written = replace(written, inaction=ODD + "edited", data=ODD)
        company.do(memo.save, id, written, 1)
    with company.db.read() as session:
        decision = queries.decision(session, company.team, id)
        assert decision
        before = decision.memo or begun_memo(session, decision, company.now)
        version = decision.memo_version

    def settle(session: Session, id: int, actor: object, now: object) -> None:
        suggestions.settle_suggestions(
            session, id, taken, actor, now, based_on=version,  # type: ignore[arg-type]
            standing=lambda decision: begun_memo(session, decision, company.now),
        )  # fmt: skip

    company.do(settle, id)
    with company.look(id) as d:
        if not taken:
            assert d.memo_version == version
            return
        expected = {part: "Suggested." if words is None else words for part, words in taken.items()}
        assert d.memo == replace(before, **expected)  # type: ignore[arg-type]


WORDS = st.text(
    st.one_of(
        st.characters(codec="utf-8", exclude_categories=("Cs", "Cc")), st.sampled_from(" \n\t•“”<>&|*_~\u200b\u3000é🙂")
    ),
    min_size=1, max_size=30,
).filter(str.strip)  # fmt: skip
PART_TEXTS = st.dictionaries(st.sampled_from(list(PART_KEYS)), WORDS, max_size=4)
CHOICES = st.dictionaries(st.sampled_from(list(PARTS)), st.one_of(st.none(), WORDS), max_size=5)
SENTENCE = "We keep it, and Vera approves the 14-day window by 6 November. "


@settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    saved=st.one_of(st.none(), PART_TEXTS), sent=st.booleans(), edited=st.one_of(st.none(), PART_TEXTS),
    again=st.booleans(), taken=CHOICES, suggested=WORDS,
)  # fmt: skip
def test_text_that_nobody_replaced_survives_whatever_came_before_it(
    company: Company, saved: dict[str, str] | None, sent: bool, edited: dict[str, str] | None, again: bool,
    taken: dict[str, str | None], suggested: str,
) -> None:  # fmt: skip
    """Over prefill, saved, sent, edited after the draft, drafted twice × take, take with other words, keep."""
    id = company.drafting()
    versions = 0
    written = replace(MEMO, **{part: getattr(MEMO, part) + text for part, text in (saved or {}).items()})
    if saved is not None or sent:
        company.do(memo.save, id, written, 0)
        versions = 1
    if sent:
        with company.look(id) as d:
            day = d.created_at.date()
        company.do(sending.send, id, sending.Sending(VERA, BEA, day.replace(day=min(28, day.day + 4))))
    for _ in range(2 if again else 1):
        drafts(company, Model(suggested), id)
    if edited is not None:
        said: dict[str, Any] = {part: SENTENCE + text for part, text in edited.items()}
        new = replace(written, **said)
        company.do(memo.save, id, new, versions)
    with company.db.read() as session:
        decision = queries.decision(session, company.team, id)
        assert decision
        before = decision.memo or begun_memo(session, decision, company.now)
        version = decision.memo_version
        offered = {one.part: one.text for one in queries.suggestions(session, decision)}
    if not offered:
        return

    def settle(session: Session, id: int, actor: object, now: object) -> None:
        suggestions.settle_suggestions(
            session, id, taken, actor, now, based_on=version,  # type: ignore[arg-type]
            standing=lambda decision: begun_memo(session, decision, company.now),
        )  # fmt: skip

    company.do(settle, id)
    expected = {part: offered[part] if words is None else words for part, words in taken.items() if part in offered}
    with company.look(id) as d:
        stands = d.memo or before
        for part in PART_KEYS:
            assert getattr(stands, part) == expected.get(part, getattr(before, part)), part
        assert (d.memo_version == version) == (not expected or (version > 0 and stands == before))


def test_a_choice_made_before_a_newer_version_replaces_nothing(company: Company) -> None:
    id = company.drafting()
    drafts(company, Model("Suggested."), id)
    company.do(memo.save, id, MEMO, 0)
    with pytest.raises(NotNow, match="Version 1 of the memo was saved while you were choosing"):
        company.do(suggestions.settle_suggestions, id, {"data": None}, based_on=0)
    with company.look(id) as d:
        assert d.memo == MEMO


def test_a_placeholder_is_an_empty_part(company: Company) -> None:
    id = company.drafting()
    company.do(memo.save, id, replace(MEMO, data="It costs [figure needed] a week (source: dashboard)."), 0)
    with pytest.raises(Exception, match="“The data” still says “\\[figure needed\\]”"):
        company.do(sending.send, id, sending.Sending(VERA, BEA, company.now.date()))


def test_the_assistant_may_be_asked_on_the_verdicts_card(company: Company) -> None:
    id = company.triage()
    with company.db.begin() as session:
        decision = queries.decision(session, company.team, id, lock=True)
        assert decision
    with pytest.raises(NotNow, match="after the verdict"):
        company.do(suggestions.ask_assistant, id, None)
