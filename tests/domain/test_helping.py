"""Help that needs no model: questions to named people, a bar raiser's doubts, one page, a start for a pre-mortem."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from app.domain.answers import Answers, Attempt, Costs, Effect, Likelihood, Result, Trial
from app.domain.helping import Cut, Doubt, Lack, Missing, cut_to_a_page, missing, raised, starters
from app.domain.ladder import Ladder, Rung
from app.domain.memo.checks import PAGE_WORDS
from app.domain.memo.parts import PART_KEYS, Memo, word_count
from app.domain.policy.policy import SHIPPED_POLICY
from app.domain.reading.amounts import Amount, Rate
from app.words import helping as words

TODAY = date(2026, 11, 30)
LADDER = Ladder({Rung.MANAGER: ("U_MIA",), Rung.VP: ("U_VERA",)}, ("U_BEA",))
WHOLE = Memo(
    decision="Customers on the old plan move to $49 on 1 March.",
    one_way="The price is a public promise.",
    data="12% of trials convert (source: October dashboard).",
    inaction="From 1 March every week costs $40k.",
    ask="Vera approves the price by 4 Dec.",
)
ANSWERS = Answers(
    effects=frozenset({Effect.PROMISE, Effect.CONTRACT}),
    trial=Trial(possible=False),
    costs=Costs(
        Likelihood.POSSIBLE,
        delay=Rate(Amount(Decimal(40_000), "USD"), "week"),
        mistake=Amount(Decimal(2_000_000), "USD"),
    ),
    tried=(Attempt(Rung.MANAGER, Result.NOT_ASKED),),
)


def lacks(memo: Memo, answers: Answers = ANSWERS, writers: dict[str, str] | None = None) -> list[Missing]:
    return missing(
        memo, answers, LADDER, requester="U_RITA", owner="U_OTTO", rung=Rung.VP, writers=writers or {}, today=TODAY
    )


def test_each_thing_that_is_missing_is_asked_of_one_person_who_knows_it() -> None:
    memo = replace(WHOLE, data="Trials convert well.", ask="", inaction="")
    found = lacks(memo, writers={"U_SAM": "no idea", "U_PRIYA": "We measured 12%."})
    asked = {(one.to, one.what, one.part) for one in found}
    assert ("U_PRIYA", Lack.FIGURE, "data") in asked, "who wrote a figure knows where it is from"
    assert ("U_VERA", Lack.PART, "ask") in asked
    assert ("U_OTTO", Lack.PART, "inaction") in asked
    assert ("U_MIA", Lack.NOT_ASKED, None) in asked
    assert all(words.question(one).endswith("?") for one in found)


def test_a_gap_of_a_draft_and_a_rung_that_is_silent_are_asked_about() -> None:
    silent = replace(ANSWERS, tried=(Attempt(Rung.MANAGER, Result.NO_ANSWER, who="U_DANA"),), costs=None)
    found = lacks(replace(WHOLE, data="It costs [figure needed] (source: dashboard)."), silent)
    assert ("U_OTTO", Lack.GAP) in {(one.to, one.what) for one in found}
    assert ("U_DANA", Lack.SILENT) in {(one.to, one.what) for one in found}


def test_of_a_memo_that_lacks_nothing_only_the_record_is_asked_about() -> None:
    assert {one.what for one in lacks(WHOLE)} == {Lack.METRIC, Lack.NOT_ASKED}


def test_a_bar_raiser_asks_about_what_was_passed_over_the_costs_and_each_effect() -> None:
    found = raised(WHOLE, ANSWERS, (), SHIPPED_POLICY, today=TODAY)
    assert [one.doubt for one in found] == [
        Doubt.NOT_ASKED, Doubt.COSTS, Doubt.NO_TRIAL, Doubt.EFFECT, Doubt.EFFECT, Doubt.NO_ALTERNATIVE,
        Doubt.NO_PREMORTEM, Doubt.NO_METRIC,
    ]  # fmt: skip
    said = [words.asked(one, lambda _: "") for one in found]
    assert "A mistake costs $2M" in said[1]
    assert all(one.endswith("?") for one in said)


def test_every_effect_begins_a_pre_mortem() -> None:
    assert starters(ANSWERS) == [Effect.CONTRACT, Effect.PROMISE]
    assert all("because …" in words.start_of(effect) for effect in Effect)


def test_what_fits_on_a_page_is_not_cut() -> None:
    assert cut_to_a_page(WHOLE, today=TODAY) == []


SENTENCES = st.sampled_from(
    [
        "We looked at it for a while and talked about it at some length with everybody who was around.",
        "12% of customers left in October (source: churn dashboard).",
        "Dana measured it.",
        "It was a long week, and there was much to say about it.",
        "The report says $4M.",
    ]
)


@given(st.lists(SENTENCES, min_size=20, max_size=90), st.lists(SENTENCES, min_size=1, max_size=40))
def test_a_cut_memo_fits_on_a_page_and_loses_no_word(data: list[str], inaction: list[str]) -> None:
    memo = replace(WHOLE, data=" ".join(data), inaction=" ".join(inaction))
    cuts = {one.part: one for one in cut_to_a_page(memo, today=TODAY)}
    kept = replace(memo, **{key: one.kept for key, one in cuts.items()})  # type: ignore[arg-type]
    assert word_count(kept) <= PAGE_WORDS
    for key in PART_KEYS:
        cut = cuts.get(key, Cut(key, getattr(memo, key), ()))
        whole = sorted(getattr(memo, key).split())
        assert sorted([*cut.kept.split(), *" ".join(cut.moved).split()]) == whole
    assert "ask" not in cuts


def test_what_a_reader_looks_for_stays_and_talk_goes() -> None:
    talk = "We looked at it for a while and talked about it at some length with everybody who was around."
    memo = replace(WHOLE, data=f"It is bad. {' '.join([talk] * 40)} 12% of customers left (source: churn dashboard).")
    (cut,) = cut_to_a_page(memo, today=TODAY)
    assert set(cut.moved) == {talk}
    assert "12% of customers left" in cut.kept
