"""Text that wants to page a thousand people, in every field that can be filled in: read off the wire."""

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy.orm import Session

from app.db import queries
from app.db.session import Transaction
from app.domain.answers import Attempt, Deadline, Result
from app.domain.ladder import Rung
from app.domain.looking_back import Look, LookBack, Right
from app.domain.memo.parts import Memo, Prediction
from app.domain.signing.signoff import Answer
from app.domain.triage.below import Advice
from app.domain.triage.questions import Question
from app.slack.exports import markdown
from app.workflows import looking_back, suggestions
from app.workflows import memo as workflows_memo
from app.workflows.signing import deciding_below, open_questions, signoffs
from app.workflows.signing import sending as signing_sending
from app.workflows.signing.sending import Sending
from app.workflows.suggestions import Suggested
from app.workflows.triage import answering, intake, verdicts
from sandbox import Person
from tests.e2e import scenes
from tests.e2e.house import Tale
from tests.e2e.scenes import actor, does

CALLS = (
    "<!channel> <!here|here> <!everyone> <!subteam^S0ALL|@all> @channel &lt;!channel&gt; &amp;lt;!here&amp;gt; "
    "<!date^1^{date}|<!here>> <<!channel>> <!channel"
)
LINKS = (
    "<https://evil.test|https://acme.test/login> <mailto:a@evil.test|the boss> [the boss](https://evil.test) "
    "<#C0SECRET|secret> <slack://app?team=T1|Approve> <tel:1|2>"
)
SHAPES = (
    "\u202eevil\u202c \u2067turned \u200b\u200e\u061c *bold* _it_ ~gone~ `code` ```\nblock\n``` | a | b |\n|---|---|\n"
    "> quote\n# Sign-off, VP\n- **Sign-off, VP:** Vera: approved\n<script>alert(1)</script> " + ":tada:" * 200
)
PEOPLE = "<@U0STRANGER> <@W0BOSS|boss> @here <@U0STRANGER|<!here>>"
TEXTS = {"calls": f"{PEOPLE} {CALLS}", "links": f"{LINKS} {SHAPES}"}

TOKEN = re.compile(r"<([^<>]*)>")
TURNED = re.compile("[\u202a-\u202e\u2066\u2067]")
OURS = re.compile(r"slack://app\?team=\w+&id=\w+&tab=messages\|(Answer it|Open it)\Z".replace("&", "&amp;"))


def formatted(value: Any) -> Iterator[str]:
    """Every text that Slack formats, in a payload as it was sent; not what an input starts with."""
    if isinstance(value, dict):
        if isinstance(value.get("text"), str) and value.get("type") != "plain_text":
            yield value["text"]
        for key, inside in value.items():
            if key != "initial_value":
                yield from formatted(inside)
    elif isinstance(value, list):
        for inside in value:
            yield from formatted(inside)


def wrong(text: str, *, in_channel: bool, channel: str) -> list[str]:
    """What stands in a text and would do something that nobody chose."""
    found = []
    for token in TOKEN.findall(text):
        if re.fullmatch(r"!date\^\d+\^[^|]*\|[^|]*", token) or OURS.match(token):
            continue
        person = re.fullmatch(r"@[UW][A-Z0-9]+", token) is not None
        plain_link = re.fullmatch(r"https?://[^\s|]+", token) is not None
        if (person or plain_link) and not in_channel:
            continue  # a direct message: nobody outside of it is told, and an address shows where it leads
        if token != f"#{channel}":
            found.append(token)
    return found + TURNED.findall(text)


def sent(t: Tale) -> Iterator[tuple[bool, Any]]:
    """(whether a channel sees it, the payload), for everything the bot said: messages, views, Home, acks."""
    for request in t.stage.slack.requests():
        if request.number > t.stage.seen:
            yield str(request.args.get("channel", "")).startswith(("C", "G")), request.args
    for delivery in t.stage.slack.deliveries():
        if delivery.number > t.stage.seen and delivery.ack_body:
            yield False, delivery.ack_body


def everywhere(t: Tale, text: str) -> int:
    """A decision that goes through every state it can, with this text wherever somebody may write. Returns its id."""
    cast, now = t.cast, t.stage.clock.now()
    sam, vera, marco = actor(t, cast.sam), actor(t, cast.vera), actor(t, cast.marco)
    part = f"{text} costs $67k by 27 November (source: wiki)"
    memo = Memo(
        part, part, part, part, f"Vera to approve by 6 November {text}", text, text, Prediction(text, text, text)
    )

    def begin(session: Session) -> int:
        d = intake.start(session, text, sam, now, channel=cast.retail.id, source_text=text)
        for question, value in scenes.ONE_WAY:
            if question is Question.DEADLINE:
                value = Deadline(True, text, value.on)
            if question is Question.TRIED:
                value = (Attempt(Rung.PEER, Result.CANNOT_DECIDE, note=text, said=text),)
            answering.answer(session, d.id, question, value, sam, now)
        verdicts.ask_below(session, d.id, cast.marco.id, text, sam, now)
        return d.id

    id = does(t, begin)
    does(t, lambda s: deciding_below.advise_below(s, id, Advice.CANNOT_DECIDE, text, marco, now).id)
    d = scenes.decision(t, id)
    if d.verdict and d.verdict.failed:
        does(t, lambda s: verdicts.go_on_anyway(s, id, f"a b c {text}", sam, now).id)
    does(t, lambda s: verdicts.start_memo(s, id, sam, now).id)
    does(t, lambda s: workflows_memo.save(s, id, memo, 0, sam, now).id)
    does(t, lambda s: suggestions.suggest(s, _open(s, t, id), "data", Suggested(text, text, [text]), now))
    sending = Sending(cast.vera.id, cast.kenji.id, now.date() + timedelta(days=4), (cast.priya.id,))
    does(t, lambda s: signing_sending.send(s, id, sending, sam, now).id)
    does(t, lambda s: open_questions.ask(s, id, text, vera, now).id)
    does(t, lambda s: open_questions.reply(s, id, _open(s, t, id).questions[0].id, text, sam, now).id)
    does(t, lambda s: workflows_memo.save(s, id, replace(memo, alternatives=text + "!"), 1, sam, now).id)
    does(t, lambda s: signoffs.sign(s, id, Answer.NOT_YET, text, 2, vera, now).id)
    does(t, lambda s: signoffs.meet_condition(s, id, text, sam, now).id)
    return id


def _open(session: Session, t: Tale, id: int) -> Any:
    found = queries.decision(session, t.stage.ws.id, id, lock=isinstance(session, Transaction))
    assert found is not None
    return found


def looks_around(t: Tale, person: Person, id: int, text: str) -> None:
    for act in ("memo_read", "memo_open", "suggestions_open", "sign_open"):
        scenes.post(t, person, act, json.dumps({"d": id, "a": "decline", "v": 2}))
        if person.modal is not None:
            person.close_modal(everything=True)
    person.open_home()
    t.stage.pump()
    for typed in ("list", f"digest {text}", f"lst {text}"):
        t.command(person, typed[:3000], t.cast.retail)
    person.say(text[:3000])
    t.stage.pump()


@pytest.mark.parametrize("name", ["calls", pytest.param("links", marks=pytest.mark.soak)])
def test_nothing_that_somebody_types_calls_links_or_turns_anything(shown: Tale, name: str) -> None:
    t, text = shown, TEXTS[name]
    cast = t.cast
    cast.sam.state.real_name = text[:60]
    t.command(cast.omar, "digest on daily 9:00", cast.retail)
    id = everywhere(t, text)
    for person in (cast.sam, cast.vera):
        looks_around(t, person, id, text)
    t.stage.travel(timedelta(days=1))
    vera, now = actor(t, cast.vera), t.stage.clock.now()
    does(t, lambda s: signoffs.sign(s, id, Answer.TWO_WAY, text, 2, vera, now).id)
    written = LookBack(Look.LEARNING, Right.PARTLY, text, text, text)
    does(t, lambda s: looking_back.look_back(s, id, written, actor(t, cast.sam), now).id)
    checked, found = 0, []
    for in_channel, payload in sent(t):
        for one in formatted(payload):
            checked += 1
            found += [(name, token, one[:200]) for token in wrong(one, in_channel=in_channel, channel=cast.retail.id)]
    assert found == []
    assert checked > 100
    with t.stage.bot.db.read() as session:
        page = markdown(session, _open(session, t, id), now)
    for line in page.splitlines():
        assert not re.match(r"#+ Sign-off|- \*\*Sign-off, VP:\*\* Vera: approved|```|\|---|<script", line), line
    assert "](https://evil" not in page
    t.stage.meant |= {"users.info: user_not_found"}
