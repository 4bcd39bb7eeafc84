"""Writing, reading and sending the memo: nothing typed is lost, every check says its word, nothing is cut."""

from dataclasses import replace
from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from app.domain.answers import Effect
from app.domain.ladder import Ladder, Rung
from app.domain.memo.parts import Memo, Prediction
from app.domain.policy.policy import SHIPPED_POLICY as POLICY
from app.domain.triage.verdict import verdict
from app.slack.ids import Act, unpack
from app.slack.views.blocks import without_alerts
from app.slack.views.modals.helping import help_modal
from app.slack.views.modals.memo import memo_from_values, memo_modal, memo_values
from app.slack.views.modals.memo_page import memo_page_modal
from app.slack.views.modals.sending import send_modal
from app.slack.views.modals.suggestions import suggestions_modal
from app.slack.views.parts.memo_prefill import prefilled_memo
from app.words.memo.parts import PARTS
from tests.slack.modal_scenes import (
    ANSWERS,
    BEA,
    DANA,
    LADDER,
    LEE,
    MEMO,
    MIRA,
    SAM,
    SETTING,
    TITLE,
    VIKTOR,
    decision,
    in_review,
    scene,
    suggestion,
    with_memo,
)
from tests.slack.shown import buttons, chosen, field, fields, offered, said


def initial(view: dict[str, object], name: str) -> str:
    return str(field(view, name)["element"].get("initial_value", ""))


# ── writing ─────────────────────────────────────────────────────────────────────────────────────────────


def test_the_five_parts_come_with_their_question_and_an_example() -> None:
    view = memo_modal(scene())
    assert fields(view)[:5] == [part.key for part in PARTS]
    for part in PARTS:
        block = field(view, part.key)
        assert part.title in block["label"]["text"]
        assert block["hint"]["text"] == part.question
        assert block["element"]["placeholder"]["text"] == part.example
        assert "needed before it is sent" in block["label"]["text"]
        assert block["optional"], "a half-written page can be saved"
        assert block["element"]["max_length"] == 3000


def test_on_top_stand_the_title_the_rung_and_who_will_sign() -> None:
    top = said(memo_modal(scene())["blocks"][:2])
    assert TITLE in top
    assert "*VP*" in top
    assert f"<@{VIKTOR}>" in top
    assert f"<@{BEA}>" in top


def test_a_vacant_rung_is_said() -> None:
    assert "nobody sits there yet" in said(memo_modal(scene(ladder=Ladder())))


def test_the_prediction_says_that_the_review_will_hold_you_to_it() -> None:
    assert "The review will hold you to this." in said(memo_modal(scene()))


def test_the_first_memo_holds_what_the_answers_say_and_the_next_what_was_saved() -> None:
    first = memo_modal(scene())
    assert initial(first, "inaction") == prefilled_memo(scene())["inaction"]
    saved = memo_modal(scene(with_memo(decision(), versions=2)))
    assert initial(saved, "data") == MEMO.data
    assert initial(saved, "metric") == "Late returns per 100 orders"
    assert field(saved, "target_on")["element"]["initial_date"] == "2027-04-01"
    assert unpack(saved["private_metadata"]) == {"d": 42, "v": 2}


def test_what_was_typed_comes_back_with_the_reason_it_was_not_saved() -> None:
    d = with_memo(decision(), versions=2)
    view = memo_modal(scene(d), {"data": "My words"}, f"<@{SAM}> saved version 2 while you were writing.")
    assert initial(view, "data") == "My words"
    assert initial(view, "ask") == ""
    assert any(block["type"] == "alert" and block["level"] == "warning" for block in view["blocks"])
    assert f":warning: <@{SAM}> saved version 2" in said(without_alerts(view))


def test_a_part_is_checked_where_it_stands_and_the_words_at_fault_are_named() -> None:
    view = memo_modal(scene(), {"data": "Everybody knows returns are a disaster."})
    blocks = view["blocks"]
    at = blocks.index(field(view, "data"))
    assert "disaster" in said(blocks[at + 1])
    assert blocks[at + 1]["type"] == "alert"
    before = without_alerts(view)["blocks"]
    assert before[at + 1]["type"] == "context"
    assert said(before[at + 1]).startswith("↑ ")


def test_an_empty_part_is_not_scolded() -> None:
    assert "↑" not in said(memo_modal(scene(), {}))


def test_a_mention_in_an_input_is_explained_by_name() -> None:
    view = memo_modal(scene(), {"ask": f"<@{VIKTOR}> approves by 2 December."})
    assert f"`&lt;@{VIKTOR}&gt;` reads as <@{VIKTOR}>." in said(view)


texts = st.text(max_size=60)
predictions = st.none() | st.builds(Prediction, texts, texts, texts, st.none() | st.dates(date(2000, 1, 1)))


@given(st.builds(Memo, texts, texts, texts, texts, texts, texts, texts, predictions))
def test_a_memo_comes_back_from_its_form_as_it_was(memo: Memo) -> None:
    p = memo.prediction
    empty = p is not None and not (p.metric or p.baseline or p.target or p.on)
    assert memo_from_values(memo_values(memo)) == (replace(memo, prediction=None) if empty else memo)


# ── the first text ──────────────────────────────────────────────────────────────────────────────────────


def test_the_first_text_says_what_was_answered_and_no_more() -> None:
    assert prefilled_memo(scene()) == {
        "decision": f"{TITLE}.",
        "one_way": (
            "It is a promise, price or policy that the public will hold us to. It can be undone only after months. "
            "There is no small trial that would make it reversible."
        ),
        "data": (
            "A mistake costs $3.5M, with a likelihood of 30%.\n"
            "Source: https://acme.example/archives/C1/p1763884800000100"
        ),
        "inaction": (
            "Waiting blocks “the spring catalogue” on Fri 4 Dec.\nDelay costs $200k per day: $2.8M over 14 days."
        ),
        "ask": (
            "Viktor (VP) and Bea (bar raiser) to approve by Wed 25 Nov, so that nothing holds up “the spring catalogue”"
            " on Fri 4 Dec."
        ),
    }


def test_what_was_not_answered_stays_empty() -> None:
    bare = decision(answers=replace(ANSWERS, costs=None, deadline=None), source_link=None, verdict=None, rung=None)
    assert prefilled_memo(scene(bare)) == {"decision": f"{TITLE}."}


def test_the_scale_stands_in_where_nobody_put_money_on_it() -> None:
    assert ANSWERS.costs
    costs = replace(ANSWERS.costs, delay=None, mistake=None, delay_step=4, mistake_step=3)
    first = prefilled_memo(scene(decision(answers=replace(ANSWERS, costs=costs))))
    assert "Delay costs 4 on a scale of 1 (little) to 5 (severe)." in first["inaction"]
    assert "A mistake costs" not in first["data"]


def test_nobody_is_asked_to_sign_their_own_memo() -> None:
    own = Ladder({Rung.VP: (MIRA, DANA)}, (MIRA,))
    ask = prefilled_memo(scene(ladder=own))["ask"]
    assert ask.startswith("Dana (VP) and a bar raiser to approve")
    assert f"<@{MIRA}>" not in ask


def test_a_vacant_rung_is_asked_by_its_name() -> None:
    answers = replace(ANSWERS, effects=frozenset({Effect.CONTRACT}))
    d = decision(answers=answers, verdict=verdict(answers, SETTING, POLICY))
    assert prefilled_memo(scene(d, ladder=Ladder()))["ask"].startswith("The VP to approve by Wed 25 Nov")


def test_a_deadline_that_has_passed_is_left_out_of_the_ask() -> None:
    assert ANSWERS.deadline
    answers = replace(ANSWERS, deadline=replace(ANSWERS.deadline, on=date(2026, 11, 1)))
    assert prefilled_memo(scene(decision(answers=answers)))["ask"].endswith("to approve by Wed 25 Nov.")


def test_the_ask_is_dated_no_later_than_what_it_would_hold_up() -> None:
    assert ANSWERS.deadline
    answers = replace(ANSWERS, deadline=replace(ANSWERS.deadline, on=date(2026, 11, 24)))
    assert "by Tue 24 Nov, so that" in prefilled_memo(scene(decision(answers=answers)))["ask"]


def test_the_day_in_the_first_text_is_the_one_proposed_for_the_answer() -> None:
    d = decision()
    memo = replace(MEMO, ask=prefilled_memo(scene(d))["ask"])
    sent = send_modal(scene(with_memo(d, memo)))
    assert field(sent, "decide_by")["element"]["initial_date"] == "2026-11-25"


# ── reading ─────────────────────────────────────────────────────────────────────────────────────────────


def test_the_page_shows_everything_a_signer_needs() -> None:
    page = said(memo_page_modal(scene(in_review(), VIKTOR)))
    for words in (
        TITLE, MEMO.data, MEMO.premortem, "Late returns per 100 orders", "Thu 1 Apr 2027", "version 3",
        "How many customers bought on the old terms?", "12,400 since September", "1 question resolved",
        "*approved* (version 3)", "Fine by me", f"handed over to <@{BEA}>", "no answer yet", "Version 1 by",
        "<https://acme.example/archives/C1/p1763884800000100|Where it came from>", "half a minute to read",
    ):  # fmt: skip
        assert words in page


def test_a_long_title_is_shown_whole_on_the_page() -> None:
    title = "Move every customer of the old plan " * 8
    assert title.strip() in said(memo_page_modal(scene(with_memo(decision(title=title.strip())))))


def test_only_those_who_do_not_sign_get_the_export() -> None:
    for reader in (MIRA, LEE):
        assert [one["action_id"] for one in buttons(memo_page_modal(scene(in_review(), reader)))] == [Act.EXPORT]
    for one in (VIKTOR, BEA, DANA):
        assert Act.EXPORT not in [b["action_id"] for b in buttons(memo_page_modal(scene(in_review(), one)))]


def test_a_reason_to_go_on_stands_before_the_signatures() -> None:
    d = in_review()
    d.override_reason = "Our manager is on leave until the deadline."
    page = said(memo_page_modal(scene(d, VIKTOR)))
    assert page.index("Our manager is on leave") < page.index("*Sign-off*")


def test_a_memo_with_weak_spots_says_which() -> None:
    page = said(memo_page_modal(scene(with_memo(decision(), replace(MEMO, data="Everybody knows it.")))))
    assert "The data is missing a figure and a source" in page


def test_before_the_first_version_the_page_says_who_writes_it() -> None:
    view = memo_page_modal(scene())
    assert f"<@{MIRA}> writes the memo next" in said(view)
    assert buttons(view) == []


def test_a_link_that_is_none_is_not_shown() -> None:
    d = in_review()
    d.source_link = "https://a.example|<!channel> click"
    assert "Where it came from" not in said(memo_page_modal(scene(d)))


@settings(max_examples=20, deadline=None)
@given(st.lists(st.sampled_from(["word", "&", "<b>", "wörter", "\n\n", "naïve"]), min_size=200, max_size=600))
def test_the_page_never_cuts_a_part(words: list[str]) -> None:
    text = " ".join(words)[:3000].strip()
    view = memo_page_modal(scene(with_memo(decision(), Memo(decision=text))))
    shown = said(view["blocks"][2:]).split("*2. ")[0].replace("&amp;", "&").replace("&lt;", "<").replace("&gt;", ">")
    assert "".join(shown.replace("*1. The decision*", "").split()) == "".join(text.split())


# ── sending ─────────────────────────────────────────────────────────────────────────────────────────────


def test_sending_proposes_the_rung_the_bar_raiser_and_the_day_of_the_ask() -> None:
    view = send_modal(scene(with_memo(decision())))
    assert chosen(view, "signer") == VIKTOR
    assert chosen(view, "bar_raiser") == BEA
    assert field(view, "decide_by")["element"]["initial_date"] == "2026-12-02"
    assert "every check passed" in said(view)


def test_without_a_day_in_the_ask_two_working_days_are_proposed() -> None:
    memo = replace(MEMO, ask=f"<@{VIKTOR}> approves.")
    assert field(send_modal(scene(with_memo(decision(), memo))), "decide_by")["element"]["initial_date"] == "2026-11-25"


def test_the_form_says_which_day_the_ask_names() -> None:
    def page(ask: str) -> str:
        return said(send_modal(scene(with_memo(decision(), replace(MEMO, ask=ask)))))

    assert "The ask in your memo says Wed 2 Dec. If you choose another day" in page(f"<@{VIKTOR}> approves by 2 Dec.")
    assert "says Mon 9 Nov, which has passed." in page(f"<@{VIKTOR}> approves by 9 Nov.")
    assert "The ask in your memo" not in page(f"<@{VIKTOR}> approves.")


def test_a_bar_raiser_is_asked_for_only_where_one_is_needed() -> None:
    d = with_memo(decision(rung=Rung.DIRECTOR, answers=replace(ANSWERS, effects=frozenset({Effect.SECURITY}))))
    assert fields(send_modal(scene(d))) == ["signer", "decide_by", "late", "readers"]
    d.rung = Rung.MANAGER
    assert "bar_raiser" in fields(send_modal(scene(d)))


def test_a_vacant_rung_says_how_to_seat_people() -> None:
    assert "/escalate ladder" in said(send_modal(scene(with_memo(decision()), ladder=Ladder())))


def test_the_requester_is_not_proposed_as_their_own_signer() -> None:
    own = Ladder({Rung.VP: (MIRA,)}, LADDER.bar_raisers)
    alone = send_modal(scene(with_memo(decision()), ladder=own))
    assert f"<@{MIRA}> is the requester" in said(alone)
    assert fields(alone) == [], "nobody to choose: the seat is empty for this one"
    beside = Ladder({Rung.VP: (MIRA, VIKTOR)}, LADDER.bar_raisers)
    view = send_modal(scene(with_memo(decision()), ladder=beside))
    assert chosen(view, "signer") == VIKTOR
    assert MIRA not in offered(view, "signer")


def test_a_memo_with_an_empty_part_is_not_sent_but_finished() -> None:
    view = send_modal(scene(with_memo(decision(), replace(MEMO, data="", ask=" "))))
    assert fields(view) == []
    assert "“The data” and “The ask” are still empty." in said(view)
    assert [one["action_id"] for one in buttons(view)] == [Act.MEMO_OPEN]


# ── suggestions ─────────────────────────────────────────────────────────────────────────────────────────


def test_a_suggestion_stands_below_your_words_and_changes_nothing_by_itself() -> None:
    proposed = [
        suggestion("data", "Returns are insane.", "81% of returns arrive within 30 days.", ["$4M"]),
        suggestion("ask", "", f"<@{VIKTOR}> approves by 2 December."),
    ]
    view = suggestions_modal(scene(with_memo(decision()), suggestions=proposed))
    page = said(view)
    assert "Left out, because the source it names does not say it: $4M" in page
    assert fields(view) == ["words_data", "part_data", "words_ask", "part_ask"]
    assert initial(view, "words_data") == "81% of returns arrive within 30 days."
    for name in ("part_data", "part_ask"):
        assert field(view, name)["element"]["initial_option"]["value"] == "keep"
        assert [one["value"] for one in field(view, name)["element"]["options"]] == ["keep", "take"]


def test_suggestions_that_are_gone_are_said_to_be_gone() -> None:
    view = suggestions_modal(scene(suggestions=[suggestion("nothing", "a", "b")]))
    assert "no suggestion left" in said(view)
    assert "submit" not in view


def test_what_would_help_names_people_asks_what_a_bar_raiser_asks_and_needs_no_model() -> None:
    view = help_modal(scene(with_memo(decision(), replace(MEMO, data="Returns are many. " * 200, premortem=""))))
    page = said(view)
    for words in ("What is missing, and who knows it", "would ask", "Cut to one page", "A pre-mortem may begin"):
        assert words in page
    assert f"<@{LEE}>" in page or "You:" in page
    assert "~" in page, "what would go is struck through"
    assert "submit" not in view
