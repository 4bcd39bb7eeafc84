"""Where newcomers and a VP stumbled: each told once, as they would walk it, in one company."""

from datetime import timedelta
from decimal import Decimal

from app.db import queries
from app.domain.answers import Attempt, Costs, Likelihood, Result
from app.domain.ladder import Rung
from app.domain.lifecycle import Status
from app.domain.reading.amounts import Amount, Rate
from app.domain.triage.questions import Question
from app.slack.exports import markdown
from app.workflows.signing import readers
from demo.stories import Telling
from sandbox import Person
from tests.e2e import scenes


def status_of(t: Telling, id: int) -> Status:
    return scenes.decision(t, id).status


def home_has(person: Person, words: str) -> bool:
    home = person.home()
    return home is not None and words in str(home.blocks)


def test_a_vp_decides_on_the_card_that_says_what_is_asked_by_which_rule(shown: Telling) -> None:
    cast = shown.cast
    scenes.in_review(shown)
    card = scenes.text(shown.card(cast.vera, "sign_open:approve"))
    order = [
        "asks for your answer by Fri 6 Nov", "to approve the 14-day window", "*What is decided*",
        "*Why it comes to you*", "*Predicted:*", "*Who else signs*", "Approve…", "Contacts rose by 12%",
    ]  # fmt: skip
    places = [card.find(words) for words in order]
    assert -1 not in places, dict(zip(order, places, strict=True))
    assert places == sorted(places), "the ask comes first, the answers before the page"
    assert "Waiting 14 days costs $134k; that exceeds the $" in card, "the gates stand there with their sums"
    assert "Sam named" not in card
    assert "could not be taken back:" not in card, "no robot prose"


def test_from_home_an_approval_is_two_taps_away_and_every_other_answer_too(shown: Telling) -> None:
    vera, kenji = shown.cast.vera, shown.cast.kenji
    id = scenes.in_review(shown)
    for person in (vera, kenji):
        person.open_home()
        shown.stage.pump()
        assert home_has(person, "Waiting on you (1)")
        person.click_home("open")
        shown.stage.pump()
        assert person.modal is not None
        assert "to approve the 14-day window" in str(person.modal.blocks)
    shown.must(kenji.submit({}))  # open, and approve: two taps
    shown.stage.pump()
    vera.click_modal("sign_open:not_yet")
    shown.stage.pump()
    friday = shown.day(4).isoformat()
    shown.must(vera.submit({"said": "Yes, if Legal has read it.", "meets": shown.cast.marco, "met_by": friday}))
    shown.stage.pump()
    assert vera.modal is None, "what lay below is closed with it: it showed what was there before"
    assert status_of(shown, id) is Status.NOT_YET
    assert {one.user_id: one.answer for one in scenes.decision(shown, id).signers} == {
        vera.id: "not_yet",
        kenji.id: "approve",
    }
    assert "You meet the condition" in scenes.everything(shown.cast.marco)


def test_a_not_yet_says_who_meets_it_by_when_and_they_are_reminded(shown: Telling) -> None:
    cast, friday = shown.cast, shown.day(4).isoformat()
    id = scenes.in_review(shown)
    done = shown.fills(
        cast.vera, "sign_open:not_yet", {"said": "Yes, if Legal has read it.", "meets": None, "met_by": ""}
    )
    assert done.errors.keys() >= {"meets", "met_by"}, "both are said at once"
    shown.must(cast.vera.submit({"meets": cast.marco, "met_by": friday}))
    shown.stage.pump()
    assert "meets the condition by Fri 6 Nov" in scenes.everything(cast.sam).replace("*", "")
    shown.stage.travel(shown.at(4, 12))
    assert "Is the condition met?" in scenes.everything(cast.marco)
    shown.stage.travel(shown.at(8, 12))
    assert "overdue since Fri 6 Nov" in scenes.everything(cast.sam), "the date passed, and nobody clicked"
    assert "overdue since Fri 6 Nov" in scenes.everything(cast.sam, cast.retail)
    notice = shown.card(cast.marco, "condition_open")
    shown.must(
        shown.fills(cast.marco, "condition_open", {"how": "Legal approved it: https://wiki.acme.test/9"}, on=notice)
    )
    assert status_of(shown, id) is Status.IN_REVIEW
    assert "says that the condition is met" in scenes.everything(cast.sam)


def test_an_answer_can_be_changed_until_it_closes_with_the_reason_kept(shown: Telling) -> None:
    cast = shown.cast
    id = scenes.in_review(shown)
    shown.must(shown.fills(cast.kenji, "sign_open:approve", {}))
    nothing = shown.fills(cast.kenji, "change_answer_open", {"answer": "approve", "why": " "})
    assert nothing.errors.keys() == {"why", "answer"}, "each is pointed at, at once"
    change = {"answer": "not_yet", "said": "Yes, if stores know.", "why": "Two stores wrote to me."}
    shown.must(cast.kenji.submit(change))
    shown.stage.pump()
    assert status_of(shown, id) is Status.NOT_YET
    assert "Two stores wrote to me." in scenes.everything(cast.vera), "who signs too reads why"
    shown.must(
        shown.fills(cast.kenji, "change_answer_open", {"answer": "approve", "said": "", "why": "They know now."})
    )
    assert status_of(shown, id) is Status.IN_REVIEW
    shown.must(shown.fills(cast.vera, "sign_open:approve", {}))
    assert status_of(shown, id) is Status.APPROVED
    assert "change_answer_open" not in scenes.everything(cast.kenji), "it has closed"
    assert scenes.happened(shown, id, "change_answer") == 2


def test_a_title_changes_freely_until_signers_were_asked_and_then_with_a_note(shown: Telling) -> None:
    cast = shown.cast
    id = scenes.drafting(shown)
    shown.must(shown.fills(cast.sam, "rename_open", {"title": "Shorten the return window for electronics"}))
    assert "Shorten the return window for electronics" in scenes.everything(cast.sam)
    id = scenes.in_review(shown)
    done = shown.fills(cast.sam, "rename_open", {"title": "Shorten it for phones", "note": ""})
    assert "note" in done.errors
    shown.must(cast.sam.submit({"title": "Shorten it for phones", "note": "Tablets were dropped."}))
    shown.stage.pump()
    assert "Tablets were dropped." in scenes.everything(cast.vera)
    assert scenes.decision(shown, id).title == "Shorten it for phones"


def test_what_was_written_down_for_somebody_is_shown_and_told_and_said_in_their_words(shown: Telling) -> None:
    cast = shown.cast
    title = "Sell in two more countries"
    one_way = list(scenes.ONE_WAY)
    one_way[-1] = (one_way[-1][0], (Attempt(Rung.MANAGER, Result.CANNOT_DECIDE, cast.marco.id, "stand-up, 2 Nov"),))
    id = scenes.begun(shown, title, tuple(one_way))
    scenes.sent(shown, id)
    card = scenes.text(shown.card(cast.vera, "sign_open:approve"))
    assert f"<@{cast.marco.id}> (manager) can’t decide it, as <@{cast.sam.id}> wrote it down: stand-up, 2 Nov" in card
    assert "wrote down what you said about this" in scenes.last(cast.marco)
    shown.must(shown.fills(cast.marco, "own_words_open", {"said": "I would try it in one store first."}))
    assert "> I would try it in one store first." in scenes.text(shown.card(cast.vera, "sign_open:approve"))
    assert "into their own words" in scenes.everything(cast.sam)


def test_after_the_review_signers_and_channel_read_what_was_predicted_and_the_lesson(shown: Telling) -> None:
    cast = shown.cast
    id = scenes.in_review(shown)
    for person in (cast.vera, cast.kenji):
        shown.must(shown.fills(person, "sign_open:approve", {}))
    shown.must(shown.fills(cast.sam, "shipped_open", {"on": shown.day(0).isoformat()}))
    shown.stage.travel(timedelta(days=2))
    shown.must(shown.fills(cast.sam, "shipped_open", {"on": shown.day(1).isoformat()}))
    assert scenes.decision(shown, id).shipped_on == shown.day(1), "a day that was told wrongly is corrected"
    looked = {"happened": "Contacts fell by 2%.", "right": "partly", "learned": "Pilot with members first."}
    shown.must(shown.fills(cast.sam, "look_open", dict(looked)))
    for words in ("Contacts fell by 2%.", "Pilot with members first."):
        assert words in scenes.everything(cast.vera)
        assert words in scenes.everything(cast.sam, cast.retail)
    assert "reviewed what was approved" in scenes.last(cast.kenji)


def test_the_owner_of_a_two_way_door_is_asked_what_they_chose(shown: Telling) -> None:
    sam = shown.cast.sam
    id = scenes.two_way(shown)
    shown.taps(sam, "deflect_form", fill={"metric": "Clicks"})
    done = shown.fills(sam, "look_open", {"chose": "It says “Buy now”.", "happened": "+2%", "right": "yes"})
    shown.must(done)
    assert scenes.decision(shown, id).looks[0].look.chose == "It says “Buy now”."
    assert "What was chosen" in scenes.everything(sam)


def test_the_form_says_which_approvals_a_change_takes(shown: Telling) -> None:
    cast = shown.cast
    scenes.in_review(shown)
    shown.must(shown.fills(cast.vera, "sign_open:approve", {}))
    shown.taps(cast.sam, "memo_open")
    assert cast.sam.modal is not None
    assert f"If you change a word, <@{cast.vera.id}> is asked again" in str(cast.sam.modal.blocks)


def test_the_customers_deadline_is_said_before_it_comes_and_once_it_is_gone(shown: Telling) -> None:
    cast = shown.cast
    scenes.in_review(shown)
    shown.must(
        shown.fills(
            cast.vera, "sign_open:not_yet", {"said": "Yes, if.", "meets": cast.sam, "met_by": shown.day(30).isoformat()}
        )
    )
    shown.stage.travel(shown.at(23, 12))
    assert scenes.count(cast.sam, "Waiting blocks “the holiday peak” on Fri 27 Nov.*") == 1
    assert scenes.count(cast.kenji, "Waiting blocks “the holiday peak” on Fri 27 Nov.*") == 0, "he need not act"
    shown.stage.travel(shown.at(28, 12))
    assert scenes.count(cast.sam, "Waiting has held up “the holiday peak” since Fri 27 Nov") == 1


def test_a_second_card_of_one_decision_says_where_the_first_one_is(shown: Telling) -> None:
    cast = shown.cast
    id = scenes.drafting(shown)

    scenes.does(
        shown,
        lambda session: readers.add_reader(
            session, id, cast.vera.id, scenes.actor(shown, cast.sam), shown.stage.clock.now()
        ),
    )
    assert "You read along" in scenes.last(cast.vera)
    scenes.sent(shown, id)
    mine = [scenes.text(message) for message in cast.vera.sees() if "D-1" in scenes.text(message)]
    assert sum("sign_open:approve" in one for one in mine) == 1
    assert any("on a card of its own" in one and "sign_open" not in one for one in mine)
    shown.must(shown.fills(cast.vera, "sign_open:approve", {}))
    assert not any("You read along" in scenes.text(message) for message in cast.vera.sees())


def test_the_export_and_the_command_say_who_acts_next_in_the_cards_own_sentence(shown: Telling) -> None:
    cast = shown.cast
    id = scenes.in_review(shown)
    shown.command(cast.sam, "D-1", cast.retail)
    assert "sign by Fri 6 Nov." in scenes.last(cast.sam, cast.retail)
    with shown.stage.bot.db.read() as session:
        decision = queries.decision(session, shown.stage.ws.id, id)
        assert decision
        text = markdown(session, decision, shown.stage.clock.now())
    assert "Vera and Kenji sign by Fri 6 Nov." in text


def test_an_old_question_which_decision_a_message_is_for_closes(shown: Telling) -> None:
    sam = shown.cast.sam
    first, second = scenes.asks(shown, title="Move the depot"), scenes.asks(shown, title="Close the kiosk")
    sam.say("in a few weeks", sam.dm())
    shown.stage.pump()
    prompt = shown.card(sam, "parked_to")
    buttons = [b for b in prompt.blocks if b.get("accessory")]
    assert len(buttons) == 2
    shown.taps(sam, "parked_new", on=prompt)
    assert "parked_new" not in scenes.everything(sam)
    assert "you took that for D-3" in scenes.everything(sam)
    assert {first, second}


def test_a_held_decision_that_a_manager_could_decide_has_the_button_for_it(shown: Telling) -> None:

    cheap = Costs(
        Likelihood.LIKELY, delay=Rate(Amount(Decimal(10), "USD"), "week"), mistake=Amount(Decimal(2_000_000), "USD")
    )
    answers = tuple((q, cheap if q is Question.COSTS else value) for q, value in scenes.ONE_WAY)
    scenes.begun(shown, "Rent a second depot", answers)
    assert "decide it with the manager" in scenes.everything(shown.cast.sam)
    assert "ask_below_open" in scenes.everything(shown.cast.sam)
