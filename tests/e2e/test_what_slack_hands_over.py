"""What Slack hands over arrives as people read it: entities, names, alerts, threads of any length, edits, groups."""

import json

import pytest

from app.domain.answers import Undo
from app.slack.threads import Thread
from app.workflows.signing import readers
from app.workflows.triage.intake import LONGEST_SOURCE
from sandbox import Message, Person, Room
from sandbox.world.messages import Draft, post
from sandbox.world.model import Channel
from tests.e2e import scenes
from tests.e2e.house import Tale


def title(t: Tale) -> str:
    return scenes.decision(t, scenes.the_one(t)).title


def escalates(t: Tale, person: Person, message: Message) -> str:
    """Escalate this thread, as its form proposes it. Returns the title."""
    person.shortcut("escalate_thread", message)
    t.stage.slack.wait_for(lambda: person.modal, what="the form")
    t.must(person.submit())
    t.stage.pump()
    return title(t)


@pytest.mark.parametrize("named", [True, False], ids=["the channel named", "none named"])
def test_what_begins_in_a_thread_of_a_closed_channel_is_its_members_alone(told: Tale, named: bool) -> None:
    sam = told.cast.sam
    closed = told.stage.ws.add_channel("quiet", members=[sam], private=True)
    sam.shortcut("escalate_thread", sam.say("Shall we close Leipzig?", closed))
    told.stage.slack.wait_for(lambda: sam.modal, what="the form")
    told.must(sam.submit(None if named else {"channel": None}))
    told.stage.pump()
    assert scenes.decision(told, scenes.the_one(told)).closed_channel


def test_what_begins_in_a_thread_and_is_said_in_an_open_channel_is_everybodys(told: Tale) -> None:
    sam = told.cast.sam
    escalates(told, sam, sam.say("Shall we close Leipzig?", told.cast.retail))
    assert not scenes.decision(told, scenes.the_one(told)).closed_channel


# ── entities, names, links ──────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("R&D: keep <b> if x > 3", "R&D: keep <b> if x > 3"),
        ("Is it &amp; or &lt;?", "Is it &amp; or &lt;?"),
        ("Move it to <https://acme.test/a?b=1&c=2|the new shop>", "Move it to the new shop"),
        ("Move it to https://acme.test/a?b=1&c=2 now", "Move it to https://acme.test/a?b=1&c=2 now"),
        ("Tell <!here> and <!subteam^S0OPS|@ops>", "Tell @here and @ops"),
        ("Slide one\x0bslide two", "Slide one slide two"),
    ],
)
def test_a_title_says_what_was_typed(told: Tale, typed: str, read: str) -> None:
    told.cast.sam.say(typed)
    told.stage.pump()
    assert title(told) == read


def test_people_and_channels_become_their_names_and_page_nobody(told: Tale) -> None:
    sam, vera, retail = told.cast.sam, told.cast.vera, told.cast.retail
    sam.say(f"Let <@{vera.id}> decide in <#{retail.id}> about <@U0NOBODY>")
    told.stage.meant = {"users.info: user_not_found"}
    told.stage.pump()
    assert title(told) == f"Let @{vera.name} decide in #{retail.name} about @somebody"
    assert f"<@{vera.id}>" not in scenes.last(sam)


def test_a_command_names_people_too(told: Tale) -> None:
    told.command(told.cast.sam, f"Ask @{told.cast.vera.state.name} about the price", told.cast.retail)
    told.stage.pump()
    assert title(told) == f"Ask @{told.cast.vera.name} about the price"


def test_what_a_form_holds_stays_as_it_was_typed(told: Tale) -> None:
    sam = told.cast.sam
    told.command(sam, "", told.cast.retail)
    card = told.card(sam, "title_form")
    sam.click(card, "title_form", fill={"title": "R&amp;D <@U1> &lt;b&gt;"})
    told.stage.pump()
    assert title(told) == "R&amp;D <@U1> &lt;b&gt;"


# ── a thread ────────────────────────────────────────────────────────────────────────────────────────────


def test_who_is_called_at_the_end_of_the_first_line_is_no_part_of_the_title(told: Tale) -> None:
    priya, marco = told.cast.priya, told.cast.marco
    called = f"<@{marco.id}> cc <@{told.cast.vera.id}>"
    first = priya.say(f"Shall we raise the price by 9%? {called}\nThe sheet & all.", told.cast.retail)
    assert escalates(told, told.cast.nia, first) == "Shall we raise the price by 9%? The sheet & all."


def alert(t: Tale, **says: object) -> Message:
    """What another app posts, alerts above all: words in blocks or attachments, and none in the text."""
    with t.stage.slack.world.locked():
        room, bot = t.cast.retail.state, t.stage.ws.state.users[t.stage.ws.bot_user_id]
        return post(t.stage.slack.world, t.stage.ws.state, room, bot, Draft(**says)).snapshot()  # type: ignore[arg-type]


ALERTS = {
    "blocks": {"blocks": [
        {"type": "header", "text": {"type": "plain_text", "text": "Checkout & cart fail"}},
        {"type": "section", "text": {"type": "mrkdwn", "text": "error rate 12% &gt; 5%"},
         "fields": [{"type": "plain_text", "text": "region: <eu>"}]},
    ]},
    "attachments": {"attachments": [
        {"color": "danger", "title": "Checkout & cart fail", "text": "error rate 12% &gt; 5%",
         "fields": [{"title": "region:", "value": "<eu>"}]},
    ]},
    "rich text": {"blocks": [{"type": "rich_text", "elements": [
        {"type": "rich_text_section", "elements": [{"type": "text", "text": "Checkout & cart fail"}]},
        {"type": "rich_text_list", "style": "bullet", "elements": [
            {"type": "rich_text_section", "elements": [{"type": "text", "text": "error rate 12% > 5%"}]},
            {"type": "rich_text_section", "elements": [{"type": "text", "text": "region: <eu>"}]},
        ]},
    ]}]},
}  # fmt: skip


@pytest.mark.parametrize("where", list(ALERTS))
def test_an_alert_brings_the_words_of_its_blocks_and_attachments(told: Tale, where: str) -> None:
    name = escalates(told, told.cast.nia, alert(told, **ALERTS[where]))  # type: ignore[arg-type]
    source = scenes.decision(told, scenes.the_one(told)).source_text or ""
    for words in ("Checkout & cart fail", "error rate 12%"):
        assert words in name
        assert words in source
    assert "region: <eu>" in source or "region: eu" in source


def test_a_thread_is_read_to_its_end_by_pages(told: Tale) -> None:
    priya, retail = told.cast.priya, told.cast.retail
    first = priya.say("Shall we?", retail)
    for number in range(230):
        priya.say(f"reply {number} & on", retail, thread_ts=first.ts)
    told.stage.pump()
    escalates(told, told.cast.nia, first)
    source = scenes.decision(told, scenes.the_one(told)).source_text or ""
    assert "reply 0 & on" in source
    assert "reply 229 & on" in source
    assert f"{priya.name}: reply 229" in source
    assert "left out" not in source


def test_of_a_thread_that_is_too_long_the_newest_stays_and_it_is_said() -> None:
    told = Thread()
    for at in range(0, 600, 200):
        page = [{"ts": "1", "thread_ts": "1", "user": "U1", "text": "How it began"}]
        said = [f"{n} " + "x" * 100 for n in range(at, at + 200)]
        page += [{"ts": f"2.{n}", "thread_ts": "1", "user": "U1", "text": text} for n, text in enumerate(said)]
        told.take(page, lambda raw: {"U1": "Vera"})
        told = Thread.of({**json.loads(json.dumps(told.kept())), "cursor": "on"})
    words = told.words(LONGEST_SOURCE)
    assert len(words) <= LONGEST_SOURCE
    assert words.startswith("Vera: How it began\n(")
    assert "earlier messages are left out here.)" in words
    assert "Vera: 599 " in words
    assert "Vera: 0 x" not in words
    kept = words.count("\nVera: ")
    assert f"({600 - kept} earlier messages are left out here.)" in words


# ── answers, in their thread ────────────────────────────────────────────────────────────────────────────


def test_an_answer_in_words_is_said_back_in_its_thread_and_undone_with_one_tap(told: Tale) -> None:
    sam = told.cast.sam
    id = scenes.asks(told, 0)
    card = told.card(sam, "answer")
    sam.say("It can't be undone", thread_ts=card.ts)
    told.stage.pump()
    assert scenes.decision(told, id).answers.undo is Undo.NEVER
    (said,) = [one for one in sam.sees(thread=card.ts) if "I took that as" in scenes.text(one)]
    assert "*never*" in scenes.text(said)
    assert said.thread_ts == card.ts
    sam.click(said, "That's not what I meant")
    told.stage.pump()
    assert "Question 1" in scenes.text(next(one for one in sam.sees() if one.ts == card.ts))


def test_what_could_be_meant_stands_on_buttons_in_the_thread(told: Tale) -> None:
    sam = told.cast.sam
    id = scenes.asks(told, 0)
    card = told.card(sam, "answer")
    sam.say("10 days", thread_ts=card.ts)
    told.stage.pump()
    assert scenes.decision(told, id).answers.undo is None
    said = sam.sees(thread=card.ts)[-1]
    assert "10 days" in scenes.text(said)
    assert said.buttons == ["Within days", "Only after weeks"]
    sam.click(said, "Only after weeks")
    told.stage.pump()
    assert scenes.decision(told, id).answers.undo is Undo.WEEKS


def test_an_amount_that_is_asked_back_is_mended_with_one_tap(told: Tale) -> None:
    sam = told.cast.sam
    id = scenes.asks(told, 4)
    card = told.card(sam, "answer_form")
    fill = {"delay": "up to $200k", "mistake": "$3M", "likelihood": "Unlikely, about 10%"}
    sam.click(card, "answer_form", fill=fill)
    told.stage.pump()
    shown = told.card(sam, "answer_form")
    assert "is a limit" in scenes.text(shown)
    sam.click(shown, "$200k")
    told.stage.pump()
    costs = scenes.decision(told, id).answers.costs
    assert costs is not None
    assert costs.delay is not None
    assert costs.delay.amount.value == 200_000


# ── edits ───────────────────────────────────────────────────────────────────────────────────────────────


def test_an_edit_of_the_message_that_started_a_triage_changes_its_title(told: Tale) -> None:
    sam = told.cast.sam
    said = sam.say("Rise the price of shiping & more")
    told.stage.pump()
    sam.edit(said, "Raise the price of shipping & more")
    told.stage.pump()
    assert title(told) == "Raise the price of shipping & more"
    sam.edit(said, "Raise the price of shipping")
    told.stage.pump()
    assert title(told) == "Raise the price of shipping"
    assert scenes.happened(told, scenes.the_one(told), "name") == 2


def test_an_edit_changes_nothing_that_somebody_else_has_read(told: Tale) -> None:
    sam, vera = told.cast.sam, told.cast.vera
    said = sam.say("Raise the price of shipping")
    told.stage.pump()
    id = scenes.the_one(told)
    scenes.does(told, lambda s: readers.add_reader(s, id, vera.id, scenes.actor(told, sam), told.stage.clock.now()).id)
    sam.edit(said, "Give everything away")
    told.stage.pump()
    assert title(told) == "Raise the price of shipping"


def test_an_edit_of_an_answer_starts_nothing(told: Tale) -> None:
    sam = told.cast.sam
    scenes.asks(told, 0)
    said = sam.say("weeks")
    told.stage.pump()
    sam.edit(said, "Sell the warehouse")
    told.stage.pump()
    assert scenes.decisions(told) == 1
    assert title(told) == scenes.DECISION


# ── a group's direct message ────────────────────────────────────────────────────────────────────────────


def group(t: Tale) -> Room:
    sam, vera = t.cast.sam, t.cast.vera
    with t.stage.slack.world.locked():
        team = t.stage.ws.state
        found = Channel(
            id=t.stage.slack.world.new_id("C"), team_id=team.id, name="mpdm-sam--vera-1", kind="mpim", created=1,
            members=[sam.id, vera.id, team.bot_user_id],
        )  # fmt: skip
        team.channels[found.id] = found
    return t.stage.ws.room(found.id)


def test_a_group_direct_message_is_no_channel(told: Tale) -> None:
    sam, room = told.cast.sam, group(told)
    told.command(sam, "Raise the price of shipping", room)
    told.stage.pump()
    assert scenes.decision(told, scenes.the_one(told)).channel_id is None
    reply = told.command(sam, "digest on daily 9:00", room)
    assert "A digest belongs to a channel" in reply.text
