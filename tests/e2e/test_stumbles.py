"""Where newcomers and a VP stumbled: each told once, as they would walk it, in one company."""

from datetime import timedelta

from app.domain.lifecycle import Status
from demo.stories import Telling
from sandbox import Person
from tests.e2e import scenes


def status_of(t: Telling, id: int) -> Status:
    return scenes.decision(t, id).status


def home_has(person: Person, words: str) -> bool:
    return words in str(person.home)


def test_a_vp_decides_on_the_card_that_says_what_is_asked_by_which_rule(told: Telling) -> None:
    cast = told.cast
    scenes.in_review(told)
    card = scenes.text(told.card(cast.vera, "sign_open:approve"))
    order = ["asks for your answer by Fri 6 Nov", "to approve the 14-day window", "*What is decided*", "*Why it comes to you*", "*Predicted:*", "*Who else signs*", "Approve…", "Data"]  # fmt: skip
    places = [card.find(words) for words in order[:-1]]
    assert -1 not in places, [words for words, at in zip(order, places, strict=False) if at < 0]
    assert places == sorted(places), "the ask comes first, the answers before the page"
    assert "Waiting 14 days costs $134k; that exceeds the $" in card, "the gates stand there with their sums"
    assert "Sam named" not in card
    assert "could not be taken back:" not in card, "no robot prose"


def test_from_home_an_approval_is_two_taps_away_and_every_other_answer_too(told: Telling) -> None:
    vera, kenji = told.cast.vera, told.cast.kenji
    id = scenes.in_review(told)
    for person in (vera, kenji):
        person.open_home()
        told.stage.pump()
    vera.click_home("open")
    told.stage.pump()
    assert vera.modal is not None
    assert "to approve the 14-day window" in str(vera.modal.blocks)
    vera.click_modal("sign_open:not_yet")
    told.stage.pump()
    friday = told.day(4).isoformat()
    told.must(vera.submit({"said": "Yes, if Legal has read it.", "meets": told.cast.marco, "met_by": friday}))
    told.stage.pump()
    assert vera.modal is None, "what lay below is closed with it: it showed what was there before"
    assert status_of(told, id) is Status.NOT_YET
    kenji.click_home("open")
    told.stage.pump()
    told.must(kenji.submit({}))
    told.stage.pump()
    assert [one.answer for one in scenes.decision(told, id).signers] == ["not_yet", "approve"]
    assert "You meet the condition" in scenes.everything(told.cast.marco)


def test_a_not_yet_says_who_meets_it_by_when_and_they_are_reminded(told: Telling) -> None:
    cast, friday = told.cast, told.day(4).isoformat()
    id = scenes.in_review(told)
    done = told.fills(
        cast.vera, "sign_open:not_yet", {"said": "Yes, if Legal has read it.", "meets": None, "met_by": ""}
    )
    assert done.errors.keys() >= {"meets", "met_by"}, "both are said at once"
    told.must(cast.vera.submit({"meets": cast.marco, "met_by": friday}))
    told.stage.pump()
    assert "meets the condition by Fri 6 Nov" in scenes.everything(cast.sam).replace("*", "")
    told.stage.travel(told.at(4, 12))
    assert "Is the condition met?" in scenes.everything(cast.marco)
    told.stage.travel(told.at(8, 12))
    assert "overdue since Fri 6 Nov" in scenes.everything(cast.sam), "the date passed, and nobody clicked"
    assert "overdue since Fri 6 Nov" in scenes.everything(cast.sam, cast.retail)
    notice = told.card(cast.marco, "condition_open")
    told.must(
        told.fills(cast.marco, "condition_open", {"how": "Legal approved it: https://wiki.acme.test/9"}, on=notice)
    )
    assert status_of(told, id) is Status.IN_REVIEW
    assert "says that the condition is met" in scenes.everything(cast.sam)


def test_an_answer_can_be_changed_until_it_closes_with_the_reason_kept(told: Telling) -> None:
    cast = told.cast
    id = scenes.in_review(told)
    told.must(told.fills(cast.kenji, "sign_open:approve", {}))
    nothing = told.fills(cast.kenji, "change_answer_open", {"answer": "approve", "why": " "})
    assert nothing.errors.keys() == {"why", "answer"}, "each is pointed at, at once"
    change = {"answer": "not_yet", "said": "Yes, if stores know.", "why": "Two stores wrote to me."}
    told.must(cast.kenji.submit(change))
    told.stage.pump()
    assert status_of(told, id) is Status.NOT_YET
    assert "Two stores wrote to me." in scenes.everything(cast.vera), "who signs too reads why"
    told.must(told.fills(cast.kenji, "change_answer_open", {"answer": "approve", "said": "", "why": "They know now."}))
    assert status_of(told, id) is Status.IN_REVIEW
    told.must(told.fills(cast.vera, "sign_open:approve", {}))
    assert status_of(told, id) is Status.APPROVED
    assert "change_answer_open" not in scenes.everything(cast.kenji), "it has closed"
    assert scenes.happened(told, id, "change_answer") == 2


def test_a_title_changes_freely_until_signers_were_asked_and_then_with_a_note(told: Telling) -> None:
    cast = told.cast
    id = scenes.drafting(told)
    told.must(told.fills(cast.sam, "rename_open", {"title": "Shorten the return window for electronics"}))
    assert "Shorten the return window for electronics" in scenes.everything(cast.sam)
    id = scenes.in_review(told)
    done = told.fills(cast.sam, "rename_open", {"title": "Shorten it for phones", "note": ""})
    assert "note" in done.errors
    told.must(cast.sam.submit({"title": "Shorten it for phones", "note": "Tablets were dropped."}))
    told.stage.pump()
    assert "Tablets were dropped." in scenes.everything(cast.vera)
    assert scenes.decision(told, id).title == "Shorten it for phones"


def test_what_was_written_down_for_somebody_is_shown_and_told_and_said_in_their_words(told: Telling) -> None:
    cast = told.cast
    title = "Sell in two more countries"
    one_way = list(scenes.ONE_WAY)
    from app.domain.answers import Attempt, Result
    from app.domain.ladder import Rung

    one_way[-1] = (one_way[-1][0], (Attempt(Rung.MANAGER, Result.CANNOT_DECIDE, cast.marco.id, "stand-up, 2 Nov"),))
    id = scenes.begun(told, title, tuple(one_way))
    scenes.sent(told, id)
    card = scenes.text(told.card(cast.vera, "sign_open:approve"))
    assert f"<@{cast.marco.id}> (manager) can’t decide it, as <@{cast.sam.id}> wrote it down: stand-up, 2 Nov" in card
    assert "wrote down what you said about this" in scenes.last(cast.marco)
    told.must(told.fills(cast.marco, "own_words_open", {"said": "I would try it in one store first."}))
    assert "> I would try it in one store first." in scenes.text(told.card(cast.vera, "sign_open:approve"))
    assert "into their own words" in scenes.everything(cast.sam)


def test_after_the_review_signers_and_channel_read_what_was_predicted_and_the_lesson(told: Telling) -> None:
    cast = told.cast
    id = scenes.in_review(told)
    for person in (cast.vera, cast.kenji):
        told.must(told.fills(person, "sign_open:approve", {}))
    told.must(told.fills(cast.sam, "shipped_open", {"on": told.day(0).isoformat()}))
    told.stage.travel(timedelta(days=2))
    told.must(told.fills(cast.sam, "shipped_open", {"on": told.day(1).isoformat()}))
    assert scenes.decision(told, id).shipped_on == told.day(1), "a day that was told wrongly is corrected"
    looked = {"happened": "Contacts fell by 2%.", "right": "partly", "learned": "Pilot with members first."}
    told.must(told.fills(cast.sam, "look_open", dict(looked)))
    for words in ("Contacts fell by 2%.", "Pilot with members first."):
        assert words in scenes.everything(cast.vera)
        assert words in scenes.everything(cast.sam, cast.retail)
    assert "reviewed what was approved" in scenes.last(cast.kenji)


def test_the_owner_of_a_two_way_door_is_asked_what_they_chose(told: Telling) -> None:
    sam = told.cast.sam
    id = scenes.two_way(told)
    told.taps(sam, "deflect_form", fill={"metric": "Clicks"})
    done = told.fills(sam, "look_open", {"chose": "It says “Buy now”.", "happened": "+2%", "right": "yes"})
    told.must(done)
    assert scenes.decision(told, id).looks[0].look.chose == "It says “Buy now”."
    assert "What was chosen" in scenes.everything(sam)


def test_the_form_says_which_approvals_a_change_takes(told: Telling) -> None:
    cast = told.cast
    scenes.in_review(told)
    told.must(told.fills(cast.vera, "sign_open:approve", {}))
    told.taps(cast.sam, "memo_open")
    assert cast.sam.modal is not None
    assert f"If you change a word, <@{cast.vera.id}> is asked again" in str(cast.sam.modal.blocks)


def test_the_customers_deadline_is_said_before_it_comes_and_once_it_is_gone(told: Telling) -> None:
    cast = told.cast
    scenes.in_review(told)
    told.must(
        told.fills(
            cast.vera, "sign_open:not_yet", {"said": "Yes, if.", "meets": cast.sam, "met_by": told.day(30).isoformat()}
        )
    )
    told.stage.travel(told.at(23, 12))
    assert scenes.count(cast.sam, "Waiting blocks “the holiday peak” on Fri 27 Nov.*") == 1
    assert scenes.count(cast.kenji, "Waiting blocks “the holiday peak” on Fri 27 Nov.*") == 0, "he need not act"
    told.stage.travel(told.at(28, 12))
    assert scenes.count(cast.sam, "Waiting has held up “the holiday peak” since Fri 27 Nov") == 1


def test_a_second_card_of_one_decision_says_where_the_first_one_is(told: Telling) -> None:
    cast = told.cast
    id = scenes.drafting(told)
    from app.workflows.signing import readers

    scenes.does(
        told,
        lambda session: readers.add_reader(
            session, id, cast.vera.id, scenes.actor(told, cast.sam), told.stage.clock.now()
        ),
    )
    assert "You read along" in scenes.last(cast.vera)
    scenes.sent(told, id)
    mine = [scenes.text(message) for message in cast.vera.sees() if "D-1" in scenes.text(message)]
    assert sum("sign_open:approve" in one for one in mine) == 1
    assert any("on a card of its own" in one and "sign_open" not in one for one in mine)
    told.must(told.fills(cast.vera, "sign_open:approve", {}))
    assert not any("You read along" in scenes.text(message) for message in cast.vera.sees())


def test_the_export_and_the_command_say_who_acts_next_in_the_cards_own_sentence(told: Telling) -> None:
    cast = told.cast
    id = scenes.in_review(told)
    reply = told.command(cast.sam, "D-1")
    assert "sign by Fri 6 Nov." in str(reply.body)
    from app.slack.exports import markdown

    with told.stage.bot.db.read() as session:
        from app.db import queries

        decision = queries.decision(session, told.stage.ws.id, id)
        assert decision
        text = markdown(session, decision, told.stage.clock.now())
    assert "Vera and Kenji sign by Fri 6 Nov." in text


def test_an_old_question_which_decision_a_message_is_for_closes(told: Telling) -> None:
    sam = told.cast.sam
    first, second = scenes.asks(told, title="Move the depot"), scenes.asks(told, title="Close the kiosk")
    sam.say("in a few weeks", sam.dm())
    told.stage.pump()
    prompt = told.card(sam, "parked_to")
    buttons = [b for b in prompt.blocks if b.get("accessory")]
    assert len(buttons) == 2
    told.taps(sam, "parked_new", on=prompt)
    assert "parked_new" not in scenes.everything(sam)
    assert "you took that for D-3" in scenes.everything(sam)
    assert {first, second}


def test_a_held_decision_that_a_manager_could_decide_has_the_button_for_it(told: Telling) -> None:
    from decimal import Decimal

    from app.domain.answers import Costs, Likelihood
    from app.domain.reading.amounts import Amount, Rate
    from app.domain.triage.questions import Question

    cheap = Costs(
        Likelihood.LIKELY, delay=Rate(Amount(Decimal(10), "USD"), "week"), mistake=Amount(Decimal(2_000_000), "USD")
    )
    answers = tuple((q, cheap if q is Question.COSTS else value) for q, value in scenes.ONE_WAY)
    scenes.begun(told, "Rent a second depot", answers)
    assert "decide it with the manager" in scenes.everything(told.cast.sam)
    assert "ask_below_open" in scenes.everything(told.cast.sam)
