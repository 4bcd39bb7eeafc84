"""What became private goes from what stands in Slack already; who reads along is told, shown, and can be taken out."""

import json
from datetime import timedelta

from app.db import policies
from app.workflows.signing import readers
from app.workflows.triage import intake
from sandbox import Message, Person
from tests.e2e import scenes
from tests.e2e.house import Tale


def private(t: Tale, id: int, on: bool = True) -> None:
    sam, now = scenes.actor(t, t.cast.sam), t.stage.clock.now()
    scenes.does(t, lambda s: intake.set_private(s, id, on, sam, now).id)


def listed(t: Tale, person: Person) -> Message:
    """What /escalate list says in #retail."""
    t.command(person, "list", t.cast.retail)
    shown = person.latest(t.cast.retail)
    assert shown is not None
    return shown


def labels(message: Message) -> dict[str, str]:
    """The buttons of a message, as their acts, by what stands on them."""
    found = {}
    for block in message.blocks:
        for one in [*block.get("elements", []), block.get("accessory") or {}]:
            if one.get("type") == "button":
                found[str(one["text"]["text"])] = str(one["action_id"])
    return found


def ends_reading_in_channels(t: Tale) -> None:
    """Dana, who keeps the policy, where /escalate policy says it."""
    dana, retail = t.cast.dana, t.cast.retail
    said = t.command(dana, "policy", retail)
    assert "What a channel was told of, and is not private, its members can read there." in str(said.blocks)
    t.taps(dana, "policy_open", on=dana.latest(retail))
    dana.click_modal("policy_form_open:reading")
    t.stage.pump()
    t.must(dana.submit({"reading": "participants"}))
    t.stage.pump()
    t.must(dana.submit({}))
    t.stage.pump()
    assert "Only those who take part read a decision" in scenes.last(dana)


def form(person: Person) -> str:
    """The form in front of somebody, whole; empty where there is none."""
    return json.dumps(person.modal.body) if person.modal else ""


def test_making_it_private_takes_it_out_of_the_digests_and_lines_that_stand_there_already(told: Tale) -> None:
    cast, retail = told.cast, told.cast.retail
    secret, other = scenes.in_review(told), scenes.drafting(told)
    told.command(cast.sam, "digest on daily 10:00 America/New_York", retail)
    told.stage.travel(timedelta(days=2))
    digests = [m for m in retail.messages if "Open decisions" in scenes.text(m)]
    assert len(digests) == 2
    assert all(scenes.text(m).count("*D-1*") and scenes.text(m).count("*D-2*") for m in digests)
    name = scenes.decision(told, secret).name
    private(told, secret)
    now = [m for m in retail.messages if m.ts in {one.ts for one in digests}]
    for after in now:
        assert f"*{name}* is private." in scenes.text(after)
        assert f"*{scenes.decision(told, other).name}*  {scenes.DECISION}" in scenes.text(after), "the rest stays"
        assert scenes.text(after).count(scenes.DECISION) == 1
        assert "Kenji" not in scenes.text(after), "nor who acts next on it"
    line = next(m for m in retail.messages if m.text == f"{name} is private.")
    assert scenes.DECISION not in scenes.text(line)
    private(told, secret, on=False)
    private(told, secret)
    assert told.stage.bot.db is not None, "twice is as good as once"


def test_a_digest_that_can_t_be_cleaned_is_told_to_whoever_made_it_private(shown: Tale) -> None:
    retail, sam = shown.cast.retail, shown.cast.sam
    id = scenes.in_review(shown)
    shown.command(sam, "digest on daily 10:00 America/New_York", retail)
    shown.stage.travel(timedelta(days=1))
    retail.remove(bot=True)
    shown.stage.meant = {
        "chat.update: not_in_channel", "chat.postMessage: not_in_channel", "conversations.history: not_in_channel",
        "chat.update: channel_not_found",
    }  # fmt: skip
    private(shown, id)
    assert "couldn't take this out of what stands in" in scenes.everything(sam)


def test_whoever_is_chosen_to_read_along_is_told_and_shown_and_can_be_taken_out(told: Tale) -> None:
    cast, sam, priya = told.cast, told.cast.sam, told.cast.priya
    id = scenes.drafting(told)
    sending = {"signer": cast.vera, "bar_raiser": cast.kenji, "decide_by": "2026-11-06", "readers": [priya]}
    told.must(told.fills(sam, "send_open", sending))
    assert "You read along" in scenes.last(priya), "told, with a card of her own"
    assert f"*Reads along:* <@{priya.id}>" in scenes.text(told.card(sam, "memo_open"))
    told.taps(cast.vera, "memo_read")
    assert f"*Reads along:* <@{priya.id}>" in form(cast.vera), "and to whoever signs"
    cast.vera.close_modal()
    card = told.card(priya, "memo_read")
    told.must(told.fills(sam, "reader_out_open", {"reader": priya.id}))
    assert priya.id not in {part.user_id for part in scenes.decision(told, id).participants}
    closed = next(m for m in priya.sees() if m.ts == card.ts)
    assert scenes.DECISION not in scenes.text(closed)
    assert "is open to those who take part in it" in scenes.text(closed)
    assert scenes.DECISION not in scenes.everything(priya), "and no other card comes in its place"
    assert "Reads along" not in scenes.text(told.card(sam, "memo_open"))
    scenes.post(told, priya, "memo_read", json.dumps({"d": id}))
    assert "is open to its requester" in scenes.last(priya)


def test_in_the_channel_that_was_told_of_it_its_members_read_it_until_keepers_end_that(shown: Tale) -> None:
    cast, retail, mika = shown.cast, shown.cast.retail, shown.cast.mika
    id = scenes.in_review(shown)
    line = next(m for m in retail.messages if m.text.startswith("D-1 "))
    shown.taps(mika, "read_here", on=line)
    page = form(mika)
    assert "14-day window" in page
    assert "Export" not in page, "what asks for taking part is not offered"
    mika.close_modal()
    assert labels(listed(shown, mika)) == {"Read D-1": "read_here"}
    mika.say("Good morning", cast.ads)
    scenes.post(shown, mika, "read_here", json.dumps({"d": id}), on=mika.latest(cast.ads))
    assert form(mika) == "", "only where the channel is"
    ends_reading_in_channels(shown)
    with shown.stage.bot.db.read() as session:
        assert policies.policy_now(session, shown.stage.ws.id).channel_reading is False
    shown.taps(mika, "read_here", on=line)
    assert form(mika) == ""
    offered = labels(listed(shown, mika))
    assert [label for label in offered if label.startswith("Ask to read")]
    assert not [label for label in offered if label.startswith(("Read", "Open"))]


def test_a_private_one_is_read_by_nobody_in_the_channel(shown: Tale) -> None:
    mika, retail = shown.cast.mika, shown.cast.retail
    id = scenes.in_review(shown)
    line = next(m for m in retail.messages if m.text.startswith("D-1 "))
    private(shown, id)
    for act in ("read_here", "ask_read"):
        scenes.post(shown, mika, act, json.dumps({"d": id}), on=line)
        assert form(mika) == ""
        told = mika.latest(retail)
        assert told is not None
        assert "I can't find that decision here" in scenes.text(told)
    assert "Nothing is open" in scenes.text(listed(shown, mika))


def test_whoever_asks_to_read_is_let_in_with_one_click_or_hears_no(told: Tale) -> None:
    cast, sam = told.cast, told.cast.sam
    id = scenes.in_review(told)
    ends_reading_in_channels(told)
    for person in (cast.mika, cast.priya):
        offered = listed(told, person)
        told.taps(person, "ask_read", on=offered)
        answer = person.latest(cast.retail)
        assert answer is not None
        assert f"I asked <@{sam.id}>" in scenes.text(answer)
        told.taps(person, "ask_read", on=offered)
        again = person.latest(cast.retail)
        assert again is not None
        assert "You have asked already" in scenes.text(again)
    assert scenes.said(told, id, "asks_to_read") == 2
    asked = [m for m in sam.sees() if "asks to read along" in scenes.text(m)]
    told.taps(sam, "reader_add", on=asked[0])
    assert "You read along" in scenes.last(cast.mika)
    told.taps(sam, "reader_decline", on=asked[1])
    assert f"<@{sam.id}> keeps D-1 among those who take part in it" in scenes.last(cast.priya)
    assert scenes.DECISION not in scenes.last(cast.priya)
    settled = [scenes.text(m) for m in sam.sees() if m.ts in {one.ts for one in asked}]
    assert "You let" in settled[0]
    assert "You said: not this one." in settled[1]
    assert "reader_add" not in "".join(settled)


def test_a_reader_who_is_added_again_finds_the_card_open_again(shown: Tale) -> None:
    sam, priya = shown.cast.sam, shown.cast.priya
    id, now = scenes.in_review(shown), shown.stage.clock.now()
    who = scenes.actor(shown, sam)
    scenes.does(shown, lambda s: readers.add_reader(s, id, priya.id, who, now).id)
    scenes.does(shown, lambda s: readers.take_out(s, id, priya.id, who, now).id)
    scenes.does(shown, lambda s: readers.add_reader(s, id, priya.id, who, now).id)
    assert "You read along" in scenes.last(priya)
