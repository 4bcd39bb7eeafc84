"""Decisions as they stand half way, set up through the same workflows that clicks call, and what people see of them."""

import json
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any, TypeVar

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.db import queries
from app.db.models import AuditEvent, Decision, Outbox
from app.domain.answers import Attempt, Costs, Deadline, Effect, Likelihood, Result, Trial, Undo, UndoCost
from app.domain.ladder import Rung
from app.domain.memo.parts import Memo, from_json, to_json
from app.domain.reading.amounts import Amount, Rate
from app.domain.triage.questions import Question
from app.workflows import memo as workflows_memo
from app.workflows.admission import Actor
from app.workflows.signing import sending as signing_sending
from app.workflows.triage import answering, intake, verdicts
from demo.stories import Telling
from sandbox import Message, Person, Room

T = TypeVar("T")

DECISION = "Tighten the return policy for high-value electronics"

ONE_WAY: tuple[tuple[Question, Any], ...] = (
    (Question.UNDO, Undo.MONTHS),
    (Question.EFFECTS, frozenset({Effect.PROMISE})),
    (Question.TRIAL, Trial(False)),
    (Question.DEADLINE, Deadline(True, "the holiday peak", date(2026, 11, 27))),
    (
        Question.COSTS,
        Costs(
            Likelihood.UNLIKELY,
            delay=Rate(Amount(Decimal(67_000), "USD"), "week"),
            mistake=Amount(Decimal(1_000_000), "USD"),
        ),
    ),
    (
        Question.TRIED,
        (Attempt(Rung.PEER, Result.CANNOT_DECIDE), Attempt(Rung.MANAGER, Result.CANNOT_DECIDE)),
    ),
)
TWO_WAY: tuple[tuple[Question, Any], ...] = (
    (Question.UNDO, Undo.HOURS),
    (Question.EFFECTS, frozenset[Effect]()),
    (Question.UNDO_COST, UndoCost.PERSON_DAY),
)


def actor(t: Telling, person: Person) -> Actor:
    return Actor(t.stage.ws.id, person.id)


def does(t: Telling, work: Callable[[Session], T]) -> T:
    """One transaction of the bot's, and what follows from it."""
    with t.stage.bot.db.begin() as session:
        found = work(session)
    t.stage.pump()
    return found


def asks(t: Telling, upto: int = 0, title: str = DECISION, by: Person | None = None) -> int:
    """Sam's triage in #retail with the first ``upto`` answers of a one-way door given. Returns the decision's id."""
    return _start(t, title, ONE_WAY[:upto], by or t.cast.sam)


def two_way(t: Telling) -> int:
    """Sam's verdict: two-way."""
    return _start(t, "Call the button “Buy now”", TWO_WAY, t.cast.sam)


def one_way(t: Telling) -> int:
    """Sam's verdict: one-way, every gate passed."""
    return asks(t, len(ONE_WAY))


def _start(t: Telling, title: str, answers: tuple[tuple[Question, Any], ...], person: Person) -> int:
    who, now = actor(t, person), t.stage.clock.now()

    def work(session: Session) -> int:
        d = intake.start(session, title, who, now, channel=t.cast.retail.id)
        for question, value in answers:
            answering.answer(session, d.id, question, value, who, now)
        return d.id

    t.stage.bot.outbox.directory.ensure(who.workspace, [person.id])
    return does(t, work)


def begun(t: Telling, title: str, answers: tuple[tuple[Question, Any], ...]) -> int:
    """Sam's triage with these answers given. Returns the decision's id."""
    return _start(t, title, answers, t.cast.sam)


def sent(t: Telling, id: int) -> None:
    """Sam's memo, written and sent to Vera (VP) and Kenji (bar raiser)."""
    who, now = actor(t, t.cast.sam), t.stage.clock.now()

    def work(session: Session) -> None:
        verdicts.start_memo(session, id, who, now)
        found = queries.decision(session, t.stage.ws.id, id)
        assert found
        if found.memo_version == 0:
            workflows_memo.save(session, id, memo(t), 0, who, now)
        asked = signing_sending.Sending(t.cast.vera.id, t.cast.kenji.id, date(2026, 11, 6))
        signing_sending.send(session, id, asked, who, now)

    does(t, work)


def memo(t: Telling, **changed: str) -> Memo:
    """A complete memo; ``changed`` are parts in other words."""
    whole = Memo(
        decision="Shorten the return window for electronics above $500 from 30 to 14 days, from 1 December.",
        one_way="A public promise: customers hold us to it.",
        data="Contacts rose by 12% in the holidays. Source: https://wiki.acme.test/returns-impact",
        inaction="Every week until 27 November costs $67k in returns.",
        ask=f"<@{t.cast.vera.id}> to approve the 14-day window by 6 November, so that it stands for the peak.",
        premortem="Customers who bought gifts early feel cheated.",
        alternatives="A restocking fee.",
    )
    return from_json({**to_json(whole), **changed})


def drafting(t: Telling, **changed: str) -> int:
    """Sam's memo, complete and not yet sent."""
    id, who = one_way(t), actor(t, t.cast.sam)

    def work(session: Session) -> None:
        verdicts.start_memo(session, id, who, t.stage.clock.now())
        workflows_memo.save(session, id, memo(t, **changed), 0, who, t.stage.clock.now())

    does(t, work)
    return id


def in_review(t: Telling, **changed: str) -> int:
    """Vera (VP) and Kenji (bar raiser) were asked to sign by Friday."""
    id = drafting(t, **changed)
    sending = signing_sending.Sending(t.cast.vera.id, t.cast.kenji.id, date(2026, 11, 6))
    does(
        t, lambda session: _none(signing_sending.send(session, id, sending, actor(t, t.cast.sam), t.stage.clock.now()))
    )
    return id


def _none(_: object) -> None:
    return None


# ── what is true afterwards ─────────────────────────────────────────────────────────────────────────────


def decision(t: Telling, id: int) -> Decision:
    with t.stage.bot.db.read() as session:
        found = queries.decision(session, t.stage.ws.id, id)
        assert found is not None
        _ = found.signers, found.memos, found.questions, found.participants, found.looks, found.remarks
        return found


def decisions(t: Telling) -> int:
    with t.stage.bot.db.read() as session:
        return session.scalar(select(func.count(Decision.id))) or 0


def the_one(t: Telling) -> int:
    """The id of the only decision there is."""
    with t.stage.bot.db.read() as session:
        return session.scalars(select(Decision.id)).one()


def happened(t: Telling, id: int, what: str) -> int:
    """How often the audit log tells of this."""
    with t.stage.bot.db.read() as session:
        query = select(func.count(AuditEvent.id)).where(AuditEvent.decision_id == id, AuditEvent.what == what)
        return session.scalar(query) or 0


def said(t: Telling, id: int, say: str) -> int:
    """How many notices of this name were written."""
    with t.stage.bot.db.read() as session:
        rows = session.scalars(select(Outbox.args).where(Outbox.decision_id == id, Outbox.kind == "notice"))
        return sum(args.get("say") == say for args in rows)


def everything(person: Person, room: Room | None = None) -> str:
    """All that stands in front of somebody, as text."""
    return "\n".join(text(message) for message in person.sees(room))


def text(message: Message) -> str:
    return f"{message.text}\n{json.dumps(message.blocks, ensure_ascii=False)}"


def last(person: Person, room: Room | None = None, thread: str | None = None) -> str:
    message = person.sees(room, thread)[-1] if thread else person.latest(room)
    assert message is not None, f"{person.name} sees nothing there"
    return text(message)


def count(person: Person, words: str, room: Room | None = None) -> int:
    """How many messages in front of somebody hold these words."""
    return sum(words in text(message) for message in person.sees(room))


def offer(message: Message, action: str) -> str:
    """The whole action_id of the first thing on a message that begins with ``action``."""
    for block in message.blocks:
        for element in [*block.get("elements", []), block.get("accessory") or {}]:
            name = str(element.get("action_id", ""))
            if name.partition(":")[0] == action or name == action:
                return name
    raise AssertionError(f"no {action} on {text(message)[:200]}")


def value_of(message: Message, action: str) -> dict[str, Any]:
    """What a button packs."""
    for block in message.blocks:
        for element in [*block.get("elements", []), block.get("accessory") or {}]:
            if element.get("action_id", "").partition(":")[0] == action:
                return dict(json.loads(element["value"]))
    raise AssertionError(f"no {action} on {text(message)[:200]}")


def post(
    t: Telling, person: Person, action: str, value: str, on: Message | None = None, *, late: bool = False, **more: Any
) -> bool:
    """A click as nobody's window offers it: the payload is made up. Whether the bot acked it.

    ``late``: the click took so long to arrive that its trigger is too old.
    """
    desk = person.desk
    shown = on or person.latest()
    assert shown is not None
    channel = t.stage.ws.state.channels[shown.channel]
    with t.stage.slack.world.locked():
        payload = _who(t, person, "block_actions") | {
            "container": {"type": "message", "message_ts": shown.ts, "channel_id": channel.id},
            "trigger_id": t.stage.slack.world.new_trigger(t.stage.ws.state, person.id, channel_id=channel.id),
            "channel": {"id": channel.id, "name": channel.name},
            "response_url": t.stage.slack.world.new_response_url(t.stage.ws.state, channel, person.id, shown.ts),
            "actions": [{"type": "button", "action_id": action, "block_id": "b", "value": value, "action_ts": "1.1"}],
            **more,
        }
    if late:
        t.stage.slack.expire_triggers()
    acked = desk.ask("interactive", action, payload, channel.id).acked
    t.stage.pump()
    return acked


def _who(t: Telling, person: Person, kind: str) -> dict[str, Any]:
    return {
        "type": kind,
        "team": {"id": t.stage.ws.id, "domain": "acme"},
        "user": {"id": person.id, "username": person.name, "name": person.name, "team_id": t.stage.ws.id},
        "api_app_id": t.stage.slack.world.app_id,
        "token": t.stage.slack.world.verification_token,
    }


def typed(**values: str) -> dict[str, Any]:
    """Text fields as a form's state carries them."""
    return {field: {"value": {"type": "plain_text_input", "value": value}} for field, value in values.items()}


def submit(t: Telling, person: Person, callback: str, metadata: str, values: dict[str, Any] | None) -> dict[str, Any]:
    """A form as nobody's window shows it. What the bot's ack carried."""
    desk = person.desk
    block = {"type": "input", "block_id": "said", "label": {"type": "plain_text", "text": "x"}, "element": {}}
    view: dict[str, Any] = {
        "id": "V1", "type": "modal", "callback_id": callback, "private_metadata": metadata, "blocks": [block],
    }  # fmt: skip
    if values is not None:
        view["state"] = {"values": values}
    with t.stage.slack.world.locked():
        payload = _who(t, person, "view_submission") | {
            "view": view,
            "trigger_id": t.stage.slack.world.new_trigger(t.stage.ws.state, person.id),
        }
    answer = desk.ask("interactive", callback, payload)
    t.stage.pump()
    assert answer.acked, answer.error
    return answer.body
