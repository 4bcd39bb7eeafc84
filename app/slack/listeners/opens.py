"""Clicks that open a form. Nothing is changed, but for the memo, which begins with its first opening."""

from collections.abc import Callable
from typing import Any

from slack_bolt import Ack
from slack_sdk import WebClient

from app.db import queries
from app.domain.errors import ThresholdError
from app.domain.ladder import Rung
from app.domain.lifecycle import Status
from app.domain.reviews import Look
from app.domain.signoff import Answer
from app.slack import scenes
from app.slack.forms import chosen
from app.slack.ids import Act
from app.slack.listeners.acts import Packed, packed_of
from app.slack.listeners.desk import Body, Desk, actor_of, identity_of, number, open_modal, refuse
from app.slack.views import modals
from app.slack.views.scene import Scene
from app.workflows import verdicts
from app.workflows.common import Actor

View = dict[str, Any]


def listener(desk: Desk, act: Act) -> Callable[..., None]:
    def on_click(ack: Ack, body: Body, client: WebClient) -> None:
        try:
            actor, packed = actor_of(body), packed_of(body)
            view = OPENS[act](desk, actor, packed, body)
        except ThresholdError as error:
            ack()
            refuse(body, client, error)
            return
        ack()
        open_modal(body, client, view)

    return on_click


def _of_decision(build: Callable[[Scene, Packed], View]) -> Callable[[Desk, Actor, Packed, Body], View]:
    def view(desk: Desk, actor: Actor, packed: Packed, body: Body) -> View:
        return build(desk.scene(actor, number(packed)), packed)

    return view


def _memo(desk: Desk, actor: Actor, packed: Packed, body: Body) -> View:
    """The memo form: what was written, or what the answers already say."""
    scene = desk.scene(actor, number(packed))
    if scene.d.status is Status.TRIAGE:
        desk.do(actor, identity_of(body), lambda s, now: _ignore(verdicts.start_memo(s, scene.d.id, actor, now)))
        scene = desk.scene(actor, number(packed))
    return modals.memo(scene)


def _ignore(_: object) -> None:
    return None


def _start(desk: Desk, actor: Actor, packed: Packed, body: Body) -> View:
    return modals.start()


def _settings(build: Callable[..., View]) -> Callable[[Desk, Actor, Packed, Body], View]:
    def view(desk: Desk, actor: Actor, packed: Packed, body: Body) -> View:
        with desk.db.read() as session:
            person = queries.person(session, actor.workspace, actor.user)
            tz = person.tz if person else "UTC"
            settings = scenes.channel_settings(session, actor.workspace, str(packed.get("c") or ""), tz)
            return build(settings)

    return view


def _rung(packed: Packed) -> Rung | None:
    return chosen(Rung, str(packed["rung"]), "rung") if packed.get("rung") else None


OPENS: dict[Act, Callable[[Desk, Actor, Packed, Body], View]] = {
    Act.START_OPEN: _start,
    Act.MEMO_OPEN: _memo,
    Act.MEMO_READ: _of_decision(lambda scene, _: modals.read(scene)),
    Act.OVERRIDE_OPEN: _of_decision(lambda scene, _: modals.override(scene)),
    Act.ASK_BELOW_OPEN: _of_decision(lambda scene, _: modals.ask_below(scene)),
    Act.BELOW_CAN_OPEN: _of_decision(lambda scene, _: modals.below(scene, True)),
    Act.BELOW_CANNOT_OPEN: _of_decision(lambda scene, _: modals.below(scene, False)),
    Act.SEND_OPEN: _of_decision(lambda scene, _: modals.send(scene)),
    Act.SUGGESTIONS_OPEN: _of_decision(lambda scene, _: modals.suggestions(scene)),
    Act.READER_OPEN: _of_decision(lambda scene, _: modals.reader(scene)),
    Act.SIGN_OPEN: _of_decision(lambda scene, p: modals.sign(scene, chosen(Answer, str(p.get("a")), "a"), p.get("v"))),
    Act.QUESTION_OPEN: _of_decision(lambda scene, _: modals.question(scene)),
    Act.REPLY_OPEN: _of_decision(lambda scene, p: modals.reply(scene, number(p, "q"))),
    Act.HAND_OVER_OPEN: _of_decision(lambda scene, _: modals.hand_over(scene)),
    Act.CONDITION_OPEN: _of_decision(lambda scene, _: modals.condition(scene)),
    Act.CLIMB_OPEN: _of_decision(lambda scene, p: modals.climb(scene, str(p.get("old") or ""), _rung(p))),
    Act.EXTEND_OPEN: _of_decision(lambda scene, _: modals.extend(scene)),
    Act.WITHDRAW_OPEN: _of_decision(lambda scene, _: modals.withdraw(scene)),
    Act.SHIPPED_OPEN: _of_decision(lambda scene, _: modals.shipped(scene)),
    Act.DROP_OPEN: _of_decision(lambda scene, _: modals.drop(scene)),
    Act.LOOK_OPEN: _of_decision(lambda scene, p: modals.look(scene, chosen(Look, str(p.get("look")), "look"))),
    Act.REVISIT_OPEN: _of_decision(lambda scene, _: modals.revisit(scene)),
    Act.LADDER_OPEN: _settings(modals.ladder),
    Act.DIGEST_OPEN: _settings(modals.digest),
}
