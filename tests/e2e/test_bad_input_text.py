"""What people type: commands that are none, dates and amounts that are none, and text meant to break things."""

import json

import pytest

from tests.e2e import scenes
from tests.e2e.house import Tale

MARKUP = (
    "<!channel> <!here> <@U0000000A> <http://evil.test|click> &amp; *bold* `code` ```block``` _it_ ~no~ > quote\n\n\n"
    "# heading"
)
RTL = "‏יש לאשר את המדיניות \u202eeht lla evorppa"
LONG = "Tighten the <!channel> return policy `now` *please*\n" * 800
HOSTILE = {"markup": MARKUP, "right to left": RTL, "40,000 characters": LONG[:40_000], "one word": "x" * 40_000}


def sent(t: Tale) -> list[str]:
    """Everything the bot has said to Slack, acks included, as JSON."""
    requests = [r.args for r in t.stage.slack.requests() if r.number > t.stage.seen]
    return [
        json.dumps(one)
        for one in [*requests, *(d.ack_body for d in t.stage.slack.deliveries() if d.number > t.stage.seen)]
    ]


def calm(t: Tale) -> None:
    """Nothing pages anybody anywhere."""
    for said in sent(t):
        assert "<!channel" not in said
        assert "<!here" not in said
        assert "|click>" not in said


# ── the command ─────────────────────────────────────────────────────────────────────────────────────────


def test_a_command_without_words_asks_for_the_sentence(shown: Tale) -> None:
    for person, text in zip(shown.cast.people, ("", "    ", "\n\t", "\u200b", "\u202e"), strict=False):
        shown.command(person, text, shown.cast.retail)
        assert "What has to be decided?" in scenes.last(person)
        shown.taps(person, "title_form", fill={"title": "Tighten the return policy"})
        assert "Question 1" in scenes.last(person)


def test_an_emoji_alone_is_a_sentence_that_can_still_be_changed(shown: Tale) -> None:
    shown.command(shown.cast.sam, ":tada:", shown.cast.retail)
    assert "Question 1" in scenes.last(shown.cast.sam)


TYPOS = {
    "lader": "/escalate ladder",
    "digets on": "/escalate digest on",
    "digets mon,thu 9:30": "/escalate digest mon,thu 9:30",
    "lst": "/escalate list",
    "hlep": "/escalate help",
    "help me": "/escalate help",
    "list please": "/escalate list",
    "lader " + "x" * 40_000: "/escalate ladder",
}


def test_a_typo_gets_the_nearest_command_and_starts_nothing(shown: Tale) -> None:
    for typed, meant in TYPOS.items():
        reply = shown.command(shown.cast.sam, typed, shown.cast.retail)
        assert f"`{meant}`" in json.dumps(reply.blocks), typed[:40]
    assert scenes.decisions(shown) == 0


def test_a_sentence_that_begins_like_a_command_starts_a_triage(shown: Tale) -> None:
    sentences = (
        "list the product in Canada before Black Friday",
        "digest mails annoy customers, stop them",
        "digest the feedback weekly",
        "ladder safety needs a new supplier",
        "help pages move to a new vendor",
        "Listen to calls for training?",
        "D-Day sale on Monday?",
        "涨价",
    )
    for number, sentence in enumerate(sentences, 1):
        shown.command(shown.cast.sam, sentence, shown.cast.retail)
        assert sentence[:30] in scenes.last(shown.cast.sam)
        assert scenes.decisions(shown) == number


def test_a_word_that_there_is_not_gets_a_page_of_what_one_can_do_and_starts_nothing(shown: Tale) -> None:
    sam, retail = shown.cast.sam, shown.cast.retail
    for typed in (
        "search", "status", "stats", "cancel", "dashboard", "settings?", "Pricing", "delete D-1", "cancel D-4 please",
        "show all open decisions", "my decisions", "withdraw this", "status of D-12", "search decisions",
    ):  # fmt: skip
        reply = shown.command(sam, typed, retail)
        assert f"I don't know “{typed}”" in reply.text
        assert "Here is what I can do" in reply.text
    assert scenes.decisions(shown) == 0
    page = sam.latest(retail)
    assert page is not None
    for word, says in {
        "list": "Nothing is open",
        "ladder": "The ladder",
        "policy": "The policy of this workspace",
        "keepers": "Who keeps the workspace's ladder",
        "digest": "This channel has no digest",
    }.items():
        shown.taps(sam, f"help_show:{word}", on=page)
        answer = sam.latest(retail)
        assert answer is not None
        assert says in scenes.text(answer)
        assert answer.ephemeral_to == sam.id
    shown.taps(sam, "start_open", on=page)
    assert sam.modal is not None


def test_a_digest_that_cannot_be_read_says_how_to_write_it(shown: Tale) -> None:
    for typed in (
        "digest on someday",
        "digest mon 25:99",
        "digest mon,thu Europe/Atlantis",
        "digest every Monday at 9am",
        "digest please at 9:30",
    ):
        reply = shown.command(shown.cast.sam, typed, shown.cast.retail)
        assert ":warning:" in json.dumps(reply.blocks)
        assert typed in json.dumps(reply.blocks)
    assert scenes.decisions(shown) == 0


def test_words_that_are_no_sentence_are_answered_and_start_nothing(shown: Tale) -> None:
    for typed, words in {
        "D-1 foo": "“/escalate D-1” brings it up",
        "d-12, what about it?": "“/escalate D-12” brings it up",
        "ladder vp @vera please": "`/escalate ladder`",
        "ladder set manager": "`/escalate ladder`",
        "ok": "Say in a sentence",
        "x!": "Say in a sentence",
        "...": "Say in a sentence",
    }.items():
        reply = shown.command(shown.cast.sam, typed, shown.cast.retail)
        assert words in json.dumps(reply.blocks, ensure_ascii=False), typed
    assert scenes.decisions(shown) == 0


def test_a_number_that_is_not_here_says_so_in_the_command_and_in_a_message(told: Tale) -> None:
    sam = told.cast.sam
    for name in ("D-999", "D-0", "d 7", "D-99999999999999999999"):
        reply = told.command(sam, name, told.cast.retail)
        assert "I can't find D-" in reply.text
        assert "/escalate list" in reply.text
        sam.say(name)
        told.stage.pump()
        assert "I can't find D-" in scenes.last(sam)
    assert scenes.decisions(told) == 0


# ── text that is meant to break things ──────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("what", HOSTILE)
def test_hostile_text_in_a_command_a_form_and_a_message_stays_text(shown: Tale, what: str) -> None:
    text, sam, retail = HOSTILE[what], shown.cast.sam, shown.cast.retail
    shown.command(sam, text, retail)
    assert "Question 1" in scenes.last(sam)
    sam.say(text)
    shown.stage.pump()
    assert "Which decision is this for?" in scenes.last(sam)
    shown.taps(sam, "parked_new")
    assert scenes.decisions(shown) == 2
    sam.open_home()
    shown.stage.pump()
    sam.click_home("start_open")
    shown.stage.pump()
    shown.must(sam.submit({"sentence": text[:3000], "channel": retail}))
    shown.stage.pump()
    assert scenes.decisions(shown) == 3
    listing = shown.command(sam, "list", retail)
    assert "3 open decisions" in listing.text
    calm(shown)


@pytest.mark.parametrize("what", ["markup", "right to left"])
def test_hostile_text_in_every_field_of_a_sign_off_stays_text(shown: Tale, what: str) -> None:
    text, sam, vera = HOSTILE[what], shown.cast.sam, shown.cast.vera
    scenes.in_review(shown, decision=text, data=text, premortem=text)
    shown.must(shown.fills(vera, "question_open", {"text": text}))
    shown.must(shown.fills(sam, scenes.offer(shown.card(sam, "reply_open"), "reply_open"), {"text": text}))
    shown.must(shown.fills(vera, "sign_open:not_yet", {"said": text}))
    shown.must(shown.fills(sam, "condition_open", {"how": text}))
    shown.taps(vera, "memo_read")
    shown.must(shown.fills(sam, "withdraw_open", {"why": text}))
    assert "withdrew" in scenes.everything(vera)
    calm(shown)


def test_a_character_that_no_database_keeps_is_left_out(told: Tale) -> None:
    sam = told.cast.sam
    told.command(sam, "Tighten\x00 the return \ud800policy", told.cast.retail)
    assert "Tighten the return policy" in scenes.last(sam)
    told.taps(sam, "withdraw_open")
    told.must(sam.submit({"why": "Not\x00 needed\udfff."}))
    sam.say("Move the ware\x00house")
    told.stage.pump()
    assert "Move the warehouse" in scenes.last(sam)


@pytest.mark.parametrize("sign", ["𝔸", "a&"])
def test_five_parts_of_3000_characters_are_accepted_everywhere(shown: Tale, sign: str) -> None:
    text = ((sign * 6 + " ") * 430)[:3000]
    units = len(text.encode("utf-16-le")) // 2
    text = text[: len(text) * 3000 // units]
    sam, vera = shown.cast.sam, shown.cast.vera
    scenes.in_review(shown, decision=text, one_way=text, data=text, inaction=text, ask=text, premortem=text)
    for person in (sam, vera):
        shown.taps(person, "memo_read")
        assert person.modal is not None
        person.close_modal()
    shown.taps(sam, "memo_open")
    assert sam.modal is not None
    shown.must(sam.submit({"alternatives": text}))
    shown.stage.pump()
    shown.must(shown.fills(vera, "sign_open:decline", {"said": text}))
    assert "declined" in scenes.last(sam)


# ── dates and amounts ───────────────────────────────────────────────────────────────────────────────────


def test_a_day_that_is_none_is_said_on_the_card_and_can_be_mended_there(shown: Tale) -> None:
    scenes.asks(shown, 3)
    sam = shown.cast.sam
    for day in ("2026-10-01", "31.2.", "whenever", "asap", "2026-13-45", "99999999"):
        shown.taps(sam, "answer_form", fill={"what": "the holiday peak", "on": day})
        card = scenes.last(sam)
        assert ":warning:" in card, day
        assert '"initial_value": "the holiday peak"' in card
        assert f'"initial_value": "{day}"' in card
    shown.taps(sam, "answer_form", fill={"on": "27 Nov"})
    assert "What does waiting cost" in scenes.last(sam)
    deadline = scenes.decision(shown, scenes.the_one(shown)).answers.deadline
    assert deadline is not None
    assert (deadline.what, str(deadline.on)) == ("the holiday peak", "2026-11-27")


def test_next_friday_is_a_day(shown: Tale) -> None:
    id = scenes.asks(shown, 3)
    shown.taps(shown.cast.sam, "answer_form", fill={"what": "the holiday peak", "on": "next Friday"})
    deadline = scenes.decision(shown, id).answers.deadline
    assert deadline is not None
    assert deadline.on is not None
    assert deadline.on.weekday() == 4


COSTS = {"per": "week", "likelihood": "possible"}


NO_AMOUNTS = (
    ("$200k", "€3M", "one currency"),
    ("two weeks of work", "$3M", "two weeks of work"),
    ("$200k", "a fortune", "a fortune"),
    ("200k", "3M", "currency"),
    ("-5", "$3M", "-5"),
)


def test_an_amount_that_is_none_is_said_on_the_card_with_all_that_was_typed(shown: Tale) -> None:
    id = scenes.asks(shown, 4)
    sam = shown.cast.sam
    for delay, mistake, words in NO_AMOUNTS:
        shown.taps(sam, "answer_form", fill={"delay": delay, "mistake": mistake, **COSTS})
        card = scenes.last(sam)
        assert ":warning:" in card
        assert words in card
        assert f'"initial_value": "{delay}"' in card
        assert f'"initial_value": "{mistake}"' in card
        assert scenes.decision(shown, id).answers.costs is None
    shown.taps(sam, "answer_form", fill={"delay": "$200k", "mistake": "$3,5M"})
    costs = scenes.decision(shown, id).answers.costs
    assert costs is not None
    assert costs.mistake is not None
    assert (costs.mistake.currency, int(costs.mistake.value)) == ("USD", 3_500_000)


def test_a_comma_is_a_decimal_point_where_it_must_be(shown: Tale) -> None:
    id = scenes.asks(shown, 4)
    shown.taps(shown.cast.sam, "answer_form", fill={"delay": "200k EUR", "mistake": "3,5M", **COSTS})
    costs = scenes.decision(shown, id).answers.costs
    assert costs is not None
    assert costs.mistake is not None
    assert (costs.mistake.currency, int(costs.mistake.value)) == ("EUR", 3_500_000)
