"""A private decision, hunted: through every list, card, error, log line and figure that somebody else can reach."""

import io
import json
import logging
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest

from app.db import queries
from app.slack.ids import Act, Modal
from app.telemetry import logs, metrics
from app.workflows.triage import answering, intake
from sandbox import Person
from tests.e2e import scenes
from tests.e2e.house import Tale

MARKERS = (
    "Zanzibar", "Quokka", "Ocelot", "Tapir", "Narwhal", "Axolotl", "Pangolin", "Kakapo", "Numbat", "Dugong", "Wombat",
)  # fmt: skip
"""One word in each text of the decision, and nowhere else in the world."""


LOGGERS = ("", "app", "slack_sdk", "slack_bolt", "sqlalchemy.engine", "urllib3", "openai", "httpx", "apscheduler")
"""The root first."""


@pytest.fixture
def written() -> Iterator[io.StringIO]:
    """Everything that any logger writes, down to DEBUG, as it would stand on the operator's screen."""
    page = io.StringIO()
    handler = logs.handler("text", page)
    loggers = [logging.getLogger(name) for name in LOGGERS]
    before = [logger.level for logger in loggers]
    loggers[0].addHandler(handler)
    for logger in loggers:
        logger.setLevel(logging.DEBUG)
    yield page
    loggers[0].removeHandler(handler)
    for logger, level in zip(loggers, before, strict=True):
        logger.setLevel(level)


def hidden(t: Tale) -> int:
    """A private decision from #retail, with a marker in every text that it has. Returns its id."""
    sam, vera, priya = t.cast.sam, t.cast.vera, t.cast.priya
    id = scenes.asks(t, 0, title="Leave Zanzibar for good")
    t.taps(sam, "private")

    with t.stage.bot.db.begin() as session:
        d = queries.decision(session, t.stage.ws.id, id, lock=True)
        assert d is not None
        who, now = scenes.actor(t, sam), t.stage.clock.now()
        intake.add_source(session, d, "https://acme.slack.com/archives/C1/p1", "U1: the Quokka file", now)
        for question, value in scenes.ONE_WAY:
            if question.value == "deadline":
                value = replace(value, what="the Ocelot launch")
            answering.answer(session, id, question, value, who, now)
    t.stage.pump()
    t.taps(sam, "memo_open")
    body = scenes.memo(t, data="Contacts rose by 12%. Source: https://wiki.acme.test/Tapir", premortem="Narwhal")
    t.must(sam.submit({
        "decision": body.decision + " Axolotl.", "one_way": body.one_way, "data": body.data, "inaction": body.inaction,
        "ask": body.ask, "premortem": body.premortem, "alternatives": "Pangolin",
    }))  # fmt: skip
    t.stage.pump()
    sending = {"signer": vera, "bar_raiser": t.cast.kenji, "decide_by": "2026-11-06", "readers": [priya]}
    t.must(t.fills(sam, "send_open", sending))
    t.must(t.fills(vera, "question_open", {"text": "Does the Kakapo board know?"}))
    t.must(t.fills(sam, "reply_open", {"text": "The Numbat board does."}, on=t.card(sam, "reply_open")))
    t.must(t.fills(vera, "sign_open:not_yet", {"said": "Yes, if Dugong agrees."}))
    t.must(t.fills(sam, "condition_open", {"how": "Wombat was asked."}))
    return id


def snoops(t: Tale, person: Person, id: int) -> None:
    """Somebody looks wherever there is anything to be seen."""
    retail = t.cast.retail
    for text in ("list", "D-1", "ladder", "digest", "D-1 please", "Leave Zanzib", "lits"):
        t.command(person, text, retail)
    for text in ("D-1", "list", "What about Zanz?"):
        person.say(text)
        t.stage.pump()
    person.open_home()
    t.stage.pump()
    for act in (Act.SHOW, Act.MEMO_READ, Act.EXPORT, Act.READER_OPEN):  # the others: see test_unwelcome
        scenes.post(t, person, act.value, json.dumps({"d": id, "q": "undo", "a": "months", "v": 1, "days": 1}))
        if person.modal is not None:
            person.close_modal(everything=True)


def shown_to(t: Tale, id: int) -> set[str]:
    d = scenes.decision(t, id)
    return {p.user_id for p in d.participants}


def leaks(t: Tale, allowed: set[str]) -> list[str]:
    """Every word to Slack with a marker in it that is not for somebody who takes part."""
    world = t.stage.ws.state
    found = []
    for request in t.stage.slack.requests():
        if request.number <= t.stage.seen or not any(one in json.dumps(request.args) for one in MARKERS):
            continue
        args = request.args
        channel = world.channels.get(str(args.get("channel") or ""))
        seen_by = set(channel.members) - {t.stage.ws.bot_user_id} if channel else {str(args.get("user_id") or "")}
        if request.method in ("views.open", "views.push", "views.update"):
            seen_by = {str((request.response.get("view") or {}).get("user_id") or "")} - {""}
        if not seen_by <= allowed and not request.method.startswith("response"):
            found.append(f"{request.method} to {seen_by}")
    for delivery in t.stage.slack.deliveries():
        if delivery.number <= t.stage.seen or not any(one in json.dumps(delivery.ack_body) for one in MARKERS):
            continue
        user = delivery.payload.get("user_id") or (delivery.payload.get("user") or {}).get("id")
        if user not in allowed:
            found.append(f"the ack of {delivery.name} to {user}")
    return found


def test_a_private_decision_is_nowhere_to_be_seen(shown: Tale, written: io.StringIO) -> None:
    t, omar, retail = shown, shown.cast.omar, shown.cast.retail
    guest = t.stage.ws.add_user("Gus", guest=True)
    t.stage.ws.state.channels[retail.id].members.append(guest.id)
    t.command(omar, "digest on daily 9:00", retail)
    id = hidden(t)
    t.command(t.cast.mika, "Change the colour of the button", retail)
    for person in (omar, guest):
        snoops(t, person, id)
    t.stage.travel(timedelta(days=2))
    people = shown_to(t, id)
    assert {omar.id, guest.id, t.cast.marco.id} & people == set()
    for person in (omar, guest, t.cast.marco):
        everything = (
            scenes.everything(person)
            + scenes.everything(person, retail)
            + json.dumps([home.body for home in [person.home()] if home])
        )
        assert [one for one in MARKERS if one in everything] == []
    assert leaks(t, people) == []
    assert [one for one in MARKERS if one in scenes.everything(t.cast.vera)] != [], "there is something to be found"
    logging.getLogger("app").debug("over")
    assert "over" in written.getvalue(), "somebody listens"
    assert [one for one in MARKERS if one in written.getvalue()] == []
    assert [one for one in MARKERS if one in metrics.page().decode()] == []
    t.stage.seen = max(r.number for r in t.stage.slack.requests())


def test_private_and_not_there_sound_the_same(shown: Tale) -> None:
    t, omar = shown, shown.cast.omar
    id = hidden(t)
    t.command(omar, "Something of my own")
    heard: dict[int, list[str]] = {}
    for asked in (id, id + 4711):
        said = heard[asked] = []
        for act in (Act.SHOW, Act.MEMO_READ, Act.EXPORT, Act.WITHDRAW_OPEN, Act.SIGN_OPEN, Act.SNOOZE, Act.READER_OPEN):
            scenes.post(t, omar, act.value, json.dumps({"d": asked, "a": "approve", "v": 1, "days": 1}))
            answer = omar.latest()
            said.append(answer.text if answer else "")
        for modal in (Modal.SIGN, Modal.MEMO, Modal.REPLY, Modal.WITHDRAW, Modal.QUESTION):
            packed = json.dumps({"d": asked, "a": "approve", "v": 1, "q": 1})
            said.append(str(scenes.submit(t, omar, modal.value, packed, scenes.typed(text="x", said="x", why="x"))))
    assert heard[id] == heard[id + 4711]
    one, none = (t.command(omar, name, t.cast.retail) for name in ("D-1", "D-999"))
    assert one.text.replace("D-1", "D-999") == none.text
