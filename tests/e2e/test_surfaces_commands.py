"""/escalate in all its forms: what it answers, to whom, and what it leaves behind."""

import json
import re

import pytest

from app.db import digest_dates, policies, roster
from app.domain.answers import Likelihood
from app.domain.ladder import Rung
from app.domain.lifecycle import Status
from app.domain.policy.policy import SHIPPED_POLICY, Policy
from sandbox import Person, Room
from tests.e2e import scenes
from tests.e2e.house import Tale
from tests.e2e.scenes import DECISION


def answered(t: Tale, person: Person, text: str, channel: Room | None = None) -> str:
    """What /escalate said to the person who typed it."""
    t.command(person, text, channel)
    shown = person.latest(channel)
    assert shown is not None
    assert shown.ephemeral_to == person.id, "nobody else reads what was answered"
    return scenes.text(shown)


def test_without_a_sentence_the_first_question_asks_for_one_and_the_form_answers_it(shown: Tale) -> None:
    sam = shown.cast.sam
    shown.command(sam, "", shown.cast.retail)
    assert "What has to be decided?" in scenes.last(sam)
    shown.taps(sam, "title_form", fill={"title": "  "})
    assert "Say in one sentence what has to be decided" in scenes.last(sam)
    shown.taps(sam, "title_form", fill={"title": DECISION})
    d = scenes.decision(shown, scenes.the_one(shown))
    assert d.title == DECISION
    assert d.channel_id == shown.cast.retail.id
    assert "Question 1" in scenes.last(sam)
    assert scenes.count(sam, "D-1") == 1


@pytest.mark.parametrize("threaded", [True, False], ids=["in its thread", "below it"])
def test_without_a_sentence_a_message_to_the_bot_answers_it(shown: Tale, threaded: bool) -> None:
    sam = shown.cast.sam
    shown.command(sam, "", shown.cast.retail)
    card = shown.looks(sam)
    sam.say(DECISION, thread_ts=card.ts if threaded else None)
    shown.stage.pump()
    d = scenes.decision(shown, scenes.the_one(shown))
    assert d.title == DECISION
    asked = [m for m in sam.sees() if m.ts == card.ts]
    assert "Question 1" in scenes.text(asked[0])


def test_in_a_channel_only_the_person_sees_the_answer_with_a_link_to_the_question(shown: Tale) -> None:
    sam, priya, retail = shown.cast.sam, shown.cast.priya, shown.cast.retail
    before = len(priya.sees(retail))
    said = answered(shown, sam, DECISION, retail)
    assert "D-1" in said
    assert re.search(r"slack://app\?team=\w+(&amp;|&)id=\w+(&amp;|&)tab=messages", said)
    assert len(priya.sees(retail)) == before
    assert retail.messages == []
    assert DECISION in scenes.last(sam)
    assert "Question 1" in scenes.last(sam)


def test_in_a_direct_message_no_channel_hears_of_it(shown: Tale) -> None:
    sam = shown.cast.sam
    shown.command(sam, DECISION)
    assert scenes.decision(shown, scenes.the_one(shown)).channel_id is None
    assert any("Question 1" in scenes.text(m) for m in sam.sees())


def test_a_number_brings_the_card_to_the_bottom_once_and_takes_the_old_copy_away(shown: Tale) -> None:
    sam, retail = shown.cast.sam, shown.cast.retail
    scenes.asks(shown, 1)
    old = shown.card(sam, "answer")
    scenes.asks(shown, 0, title="Move the warehouse")
    shown.command(sam, "D-1", retail)
    last = shown.looks(sam)
    assert DECISION in scenes.text(last)
    assert last.ts != old.ts
    assert old.ts not in [m.ts for m in sam.sees()]
    assert scenes.count(sam, DECISION) == 1
    shown.command(sam, "d 1", retail)
    sam.say("D-1")
    shown.stage.pump()
    assert scenes.count(sam, DECISION) == 1
    assert DECISION in scenes.last(sam)


def test_a_number_that_is_not_there_or_not_for_you_says_so(shown: Tale) -> None:
    cast = shown.cast
    scenes.asks(shown, 1)
    assert "can't find D-7 here" in answered(shown, cast.sam, "D-7", cast.retail)
    assert f"Ask <@{cast.sam.id}> to add you" in answered(shown, cast.nia, "D-1", cast.retail)


def test_the_list_says_what_is_open_and_who_acts_next(shown: Tale) -> None:
    cast = shown.cast
    assert "Nothing is open" in answered(shown, cast.nia, "list", cast.retail)
    scenes.in_review(shown)
    scenes.asks(shown, 1, title="Move the warehouse", by=cast.nia)
    said = answered(shown, cast.nia, "list", cast.retail)
    assert "2 open decisions" in said
    assert said.index("D-1") < said.index("D-2"), "the oldest deadline first"
    said = answered(shown, cast.vera, "list", cast.retail)
    assert "1 open decision" in said, "a triage is its requester's own until the verdict"
    reply = shown.looks(cast.vera, cast.retail)
    assert f"You and <@{cast.kenji.id}> sign by *Fri 6 Nov*" in reply.text
    shown.taps(cast.vera, "open", on=reply)
    form = shown.stage.slack.wait_for(lambda: cast.vera.modal, what="what asks for her answer")
    assert form.body["callback_id"] == "sign", "whoever is asked answers where it opens"
    assert DECISION in json.dumps(form.body)


def test_help_fits_one_screen_and_starts_a_decision(shown: Tale) -> None:
    nia = shown.cast.nia
    said = answered(shown, nia, "help", shown.cast.retail)
    assert all(word in said for word in ("/escalate list", "/escalate D-42", "/escalate ladder", "/escalate digest"))
    reply = shown.looks(nia, shown.cast.retail)
    shown.must(shown.fills(nia, "start_open", {"sentence": "Call it Basket"}, on=reply))
    assert "Call it Basket" in scenes.last(nia)
    assert "help lists what I know" not in said
    assert "Did you mean" in answered(shown, nia, "lsit", shown.cast.retail)
    assert scenes.decisions(shown) == 1


# ── the ladder ──────────────────────────────────────────────────────────────────────────────────────────


def ladder_of(t: Tale, channel: Room | None) -> dict[Rung, tuple[str, ...]]:
    with t.stage.bot.db.read() as session:
        return dict(roster.ladder_of(session, t.stage.ws.id, channel.id if channel else None).seats)


def test_a_channels_ladder_overrides_the_workspace_rung_by_rung(told: Tale) -> None:
    cast = told.cast
    assert f"<@{cast.vera.id}>" in answered(told, cast.sam, "ladder", cast.retail)
    assert f"<@{cast.vera.id}>" in answered(told, cast.dana, "ladder", cast.retail)
    reply = told.looks(cast.dana, cast.retail)
    done = told.fills(cast.dana, "ladder_open", {"scope": "channel", "vp": [cast.lea]}, on=reply)
    told.must(done)
    saved = f"Saved: the VP in <#{cast.retail.id}> is <@{cast.lea.id}> now."
    assert saved in scenes.everything(cast.dana), "whoever saved it is answered, with what changed and nothing else"
    here, elsewhere = ladder_of(told, cast.retail), ladder_of(told, cast.ads)
    assert here[Rung.VP] == (cast.lea.id,)
    assert elsewhere[Rung.VP] == (cast.vera.id,)
    assert here[Rung.DIRECTOR] == elsewhere[Rung.DIRECTOR] == (cast.dana.id, cast.omar.id)
    said = answered(told, cast.nia, "ladder", cast.retail)
    assert "The ladder of this channel" in said
    assert f"<@{cast.lea.id}>" in said
    assert f"<@{cast.dana.id}>" in said


def test_the_workspaces_ladder_changes_for_every_channel_without_its_own(shown: Tale) -> None:
    cast = shown.cast
    shown.command(cast.dana, "ladder", cast.ads)
    shown.must(
        shown.fills(
            cast.dana,
            "ladder_open",
            {"scope": "workspace", "director": [cast.omar]},
            on=shown.looks(cast.dana, cast.ads),
        )
    )
    assert ladder_of(shown, cast.retail)[Rung.DIRECTOR] == (cast.omar.id,)
    assert ladder_of(shown, None)[Rung.VP] == (cast.vera.id,), "the other rungs stay as they are"


def test_a_colleague_proposes_a_keeper_keeps_it_in_one_tap_and_the_colleague_hears(shown: Tale) -> None:
    cast = shown.cast
    assert "Propose a change" in str(answered(shown, cast.nia, "ladder", cast.retail))
    on = shown.looks(cast.nia, cast.retail)
    shown.must(shown.fills(cast.nia, "ladder_open", {"scope": "workspace", "vp": [cast.lea]}, on=on))
    assert ladder_of(shown, None)[Rung.VP] == (cast.vera.id,), "nothing has changed yet"
    assert f"<@{cast.dana.id}> decides" in scenes.everything(cast.nia)
    shown.taps(cast.dana, "proposal_keep")
    assert ladder_of(shown, None)[Rung.VP] == (cast.lea.id,)
    assert f"<@{cast.dana.id}> kept what you proposed" in scenes.everything(cast.nia)
    assert "You kept it." in scenes.everything(cast.dana)
    assert "proposal_keep" not in str([message.blocks for message in cast.dana.sees()]), "the card is settled in place"


def policy_of(t: Tale) -> tuple[int, Policy]:
    with t.stage.bot.db.read() as session:
        found = policies.newest(session, t.stage.ws.id)
        return (found.version, found.policy) if found else (policies.FIRST, SHIPPED_POLICY)


def opens_policy(t: Tale, person: Person, subject: str) -> None:
    """Types /escalate policy, and opens the form of a subject."""
    t.command(person, "policy", t.cast.retail)
    person.click(t.looks(person, t.cast.retail), "policy_open")
    t.stage.calm()  # a form opens after its ack
    person.click_modal(f"policy_form_open:{subject}")
    t.stage.pump()


def test_a_keeper_changes_the_policy_sees_first_what_it_means_and_is_answered(shown: Tale) -> None:
    dana = shown.cast.dana
    opens_policy(shown, dana, "climbing")
    refused = dana.submit({"wait_days": "soon", "odds_possible": "40%"})
    assert "as a number of days" in refused.errors["wait_days"]
    form = dana.modal
    assert form is not None
    assert form.filled, "what was typed is still there"
    shown.must(dana.submit({"wait_days": "three weeks"}))
    assert len(dana.modals) == 3
    told = str(dana.modal.blocks if dana.modal else "")
    assert "now: From the director up, 21 days of waiting" in told
    assert "before: From the director up, 14 days of waiting" in told
    assert "What is open is judged as before" in told
    assert policy_of(shown)[0] == 1, "nothing is set yet"
    shown.must(dana.submit())
    shown.stage.pump()
    assert dana.modals == [], "all of it closes"
    number, found = policy_of(shown)
    assert (number, found.wait_days, str(found.likelihood[Likelihood.POSSIBLE])) == (2, 21, "0.4")
    assert "version 2 counts from now on" in scenes.everything(dana)
    assert "version 2" in answered(shown, shown.cast.nia, "policy", shown.cast.retail)


def test_a_form_of_the_policy_sent_unchanged_says_that_nothing_changed(shown: Tale) -> None:
    dana = shown.cast.dana
    for subject in ("effect-contract", "mistake"):
        opens_policy(shown, dana, subject)
        shown.must(dana.submit())
        assert "You changed nothing" in str(dana.modal.blocks if dana.modal else "")
        dana.close_modal(everything=True)
    assert policy_of(shown)[0] == 1


def test_the_second_of_two_keepers_is_told_and_what_they_typed_is_kept(shown: Tale) -> None:
    dana, vera = shown.cast.dana, shown.cast.vera
    shown.command(dana, f"keepers add <@{vera.id}>", shown.cast.retail)
    opens_policy(shown, dana, "looking_back")
    opens_policy(shown, vera, "looking_back")
    shown.must(dana.submit({"review_days": "30"}))
    shown.must(dana.submit())
    shown.must(vera.submit({"learning_check_days": "20"}))
    form = vera.modal
    assert form
    assert "changed the policy meanwhile: version 2 counts now" in str(form.blocks)
    assert {"20", "28"} <= {one["element"]["initial_value"] for one in form.blocks if one["type"] == "input"}
    shown.must(vera.submit({"review_days": "30"}))
    shown.must(vera.submit())
    number, found = policy_of(shown)
    assert (number, found.learning_check_days, found.review_days) == (3, 20, 30)


def test_a_colleague_proposes_a_change_of_the_policy_and_hears_what_became_of_it(shown: Tale) -> None:
    cast = shown.cast
    opens_policy(shown, cast.nia, "effect-promise")
    shown.must(cast.nia.submit({"always": "director", "from_vp": "$50k"}))
    shown.must(cast.nia.submit())
    shown.stage.pump()
    assert policy_of(shown)[0] == 1
    assert f"<@{cast.dana.id}> decides" in scenes.everything(cast.nia)
    shown.taps(cast.dana, "policy_keep")
    assert policy_of(shown)[0] == 2
    assert f"<@{cast.dana.id}> kept what you proposed of the policy" in scenes.everything(cast.nia)
    assert "policy_keep" not in str([message.blocks for message in cast.dana.sees()]), "the card is settled in place"


def test_keepers_are_shown_and_named(shown: Tale) -> None:
    cast = shown.cast
    assert f"<@{cast.dana.id}> (owner or admin of Slack)" in answered(shown, cast.nia, "keepers", cast.retail)
    assert "Keepers name each other" in answered(shown, cast.nia, f"keepers add <@{cast.nia.id}>", cast.retail)
    assert f"<@{cast.omar.id}>" in answered(shown, cast.dana, f"keepers add <@{cast.omar.id}|omar>", cast.retail)
    assert "named you as a keeper" in scenes.everything(cast.omar)


def test_whoever_sits_names_a_deputy_who_then_may_sign(shown: Tale) -> None:
    cast = shown.cast
    assert "may sign in your place" in answered(shown, cast.vera, f"deputy <@{cast.dana.id}|dana>", cast.retail)
    said = answered(shown, cast.sam, "ladder", cast.retail)
    assert f"<@{cast.vera.id}> (deputy <@{cast.dana.id}>)" in said
    assert "You sit on no ladder here" in answered(shown, cast.nia, f"deputy <@{cast.sam.id}>", cast.retail)
    scenes.in_review(shown)
    shown.must(shown.fills(cast.vera, "hand_over_open", {"to": cast.dana}))
    assert f"for <@{cast.vera.id}>" in scenes.last(cast.dana)


def test_the_policy_is_shown_to_everybody_in_plain_words(shown: Tale) -> None:
    said = answered(shown, shown.cast.nia, "policy", shown.cast.retail)
    assert "The policy of this workspace*, version 1" in said
    assert "VP: public promise, price or policy." in said


def test_nobody_who_left_is_seated(shown: Tale) -> None:
    cast = shown.cast
    shown.command(cast.dana, "ladder", cast.ads)
    shown.taps(cast.dana, "ladder_open", on=shown.looks(cast.dana, cast.ads))
    cast.vera.deactivate()
    shown.stage.pump()
    done = cast.dana.submit({"scope": "workspace", "vp": [cast.vera.id]})
    assert "can't sit on a rung" in str(done.errors)
    assert cast.dana.modal is not None


# ── the digest's plan ───────────────────────────────────────────────────────────────────────────────────


def test_a_digest_is_planned_in_words_and_says_when_it_comes_next(shown: Tale) -> None:
    sam, retail = shown.cast.sam, shown.cast.retail
    assert "This channel has no digest" in answered(shown, sam, "digest", retail)
    assert "Monday to Friday at 09:00 (America/New_York)" in answered(shown, sam, "digest on", retail)
    said = answered(shown, sam, "digest mon,thu 9:30 Europe/Berlin", retail)
    assert "on Monday and Thursday at 09:30 (Europe/Berlin)" in said
    assert next_digest(shown, retail) == "2026-11-05T08:30:00+00:00", "a Thursday, half past nine in Berlin"
    assert "Next:" in said
    assert "The digest of this channel is off" in answered(shown, sam, "digest off", retail)
    assert next_digest(shown, retail) is None
    assert "at 09:30 (Europe/Berlin)" in answered(shown, sam, "digest on", retail), "the plan was kept"
    assert "I don't understand" in answered(shown, sam, "digest mon, someday", retail)
    assert "as a time of day" in answered(shown, sam, "digest 25:00", retail)
    assert "I don't know the time zone" in answered(shown, sam, "digest mon Mars/Olympus", retail)
    assert next_digest(shown, retail) == "2026-11-05T08:30:00+00:00", "nothing of what could not be read was kept"


def test_a_digest_belongs_to_a_channel(shown: Tale) -> None:
    assert "A digest belongs to a channel" in answered(shown, shown.cast.sam, "digest on")


def test_a_digest_is_planned_in_its_form(shown: Tale) -> None:
    sam, retail = shown.cast.sam, shown.cast.retail
    shown.command(sam, "digest", retail)
    planned: dict[str, object] = {"on": "on", "days": ["1", "4"], "at": "16:15", "tz": "Asia/Tokyo"}
    shown.must(shown.fills(sam, "digest_open", planned, on=shown.looks(sam, retail)))
    said = answered(shown, sam, "digest", retail)
    assert "on Tuesday and Friday at 16:15 (Asia/Tokyo)" in said
    assert next_digest(shown, retail) == "2026-11-03T07:15:00+00:00"
    shown.taps(sam, "digest_open", on=shown.looks(sam, retail))
    assert "I don't know the time zone" in str(sam.submit({"tz": "Tokyo time"}).errors)
    shown.must(sam.submit({"tz": "Asia/Tokyo", "on": "off"}))
    shown.stage.pump()
    assert next_digest(shown, retail) is None


def next_digest(t: Tale, channel: Room) -> str | None:
    with t.stage.bot.db.read() as session:
        at = digest_dates.next_digest(session, t.stage.ws.id, channel.id)
        return at.isoformat() if at else None


# ── a thread becomes a decision ─────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("where", ["top", "reply"])
def test_a_thread_comes_along_as_the_source(told: Tale, where: str) -> None:
    nia, retail = told.cast.nia, told.cast.retail
    first = told.cast.priya.say("Returns of <!channel> rose by 12% in October", retail)
    reply = told.cast.marco.say("We could shorten the window", retail, thread_ts=first.ts)
    told.stage.pump()
    nia.shortcut("escalate_thread", first if where == "top" else reply)
    told.stage.slack.wait_for(lambda: nia.modal, what="the form")
    assert (nia.modal is not None and "12%" in json.dumps(nia.modal.body)) or where == "reply"
    told.must(nia.submit({"sentence": "Shorten the return window"}))
    told.stage.pump()
    d = scenes.decision(told, scenes.the_one(told))
    assert d.source_text
    assert "rose by 12%" in d.source_text
    assert "shorten the window" in d.source_text
    assert d.source_link
    assert first.ts.replace(".", "") in d.source_link
    assert "Shorten the return window" in scenes.last(nia)
    assert "Question 1" in scenes.last(nia)


def test_a_message_where_the_bot_may_not_read_comes_along_by_its_words(shown: Tale) -> None:
    nia = shown.cast.nia
    closed = shown.stage.ws.add_channel("closed", members=[nia, shown.cast.priya], private=True, bot=False)
    first = shown.cast.priya.say("The carrier raises its price by 9%", closed)
    shown.stage.meant = {"chat.getPermalink: channel_not_found", "conversations.replies: channel_not_found"}
    nia.shortcut("escalate_thread", first)
    shown.stage.slack.wait_for(lambda: nia.modal, what="the form")
    shown.must(nia.submit({"sentence": "Change the carrier", "channel": shown.cast.retail}))
    shown.stage.pump()
    d = scenes.decision(shown, scenes.the_one(shown))
    assert d.title == "Change the carrier"
    assert d.status is Status.TRIAGE
    assert d.channel_id == shown.cast.retail.id
    assert "raises its price by 9%" in (d.source_text or ""), "the words of the message were in front of us"
    assert "Question 1" in scenes.last(nia)


# ── writing to the bot ──────────────────────────────────────────────────────────────────────────────────


def test_a_triage_is_had_in_words_alone(shown: Tale) -> None:
    sam = shown.cast.sam
    sam.say("Call the button “Buy now”")
    shown.stage.pump()
    card = shown.card(sam, "answer")
    for words in ("hours", "none", "one person for a day"):
        sam.say(words, thread_ts=card.ts)
        shown.stage.pump()
    d = scenes.decision(shown, scenes.the_one(shown))
    assert d.door == "two_way"
    assert scenes.happened(shown, d.id, "verdict") == 1
    mine = [m for m in sam.sees() if m.ts == card.ts]
    assert "two-way" in scenes.text(mine[0]).lower()


def test_words_that_are_no_answer_are_said_back_with_what_was_typed(shown: Tale) -> None:
    sam = shown.cast.sam
    scenes.asks(shown, 0)
    card = shown.card(sam, "answer")
    sam.say("somewhere over the rainbow", thread_ts=card.ts)
    shown.stage.pump()
    assert "somewhere over the rainbow" in scenes.last(sam, thread=card.ts)
    assert ":warning:" in scenes.last(sam, thread=card.ts)
    assert scenes.happened(shown, scenes.the_one(shown), "answer") == 0


def test_a_new_message_beside_an_open_triage_asks_which_it_is(shown: Tale) -> None:
    sam = shown.cast.sam
    scenes.asks(shown, 2)
    sam.say("Move the warehouse to Rotterdam")
    shown.stage.pump()
    assert "Which decision is this for?" in scenes.last(sam)
    prompt = shown.card(sam, "parked_new")
    shown.taps(sam, "parked_new", on=prompt)
    assert scenes.decisions(shown) == 2
    assert "Rotterdam" in scenes.last(sam)
    (closed,) = [m for m in sam.sees() if m.ts == prompt.ts]
    assert "you took that for D-2" in scenes.text(closed), "the question asks no more"
    assert "parked_" not in json.dumps(closed.blocks)
    assert sam.click(prompt, "parked_new", stale=True).acked
    shown.stage.pump()
    assert scenes.decisions(shown) == 2, "a message is taken up once, also from a window that shows the old question"


@pytest.mark.parametrize("said", ["hello!", "k"])
def test_what_names_no_decision_is_answered_with_help(shown: Tale, said: str) -> None:
    shown.cast.nia.say(said)
    shown.stage.pump()
    assert "/escalate list" in scenes.last(shown.cast.nia)
    assert scenes.decisions(shown) == 0
