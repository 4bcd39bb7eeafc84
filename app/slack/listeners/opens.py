"""Clicks that open a form. Nothing is changed, but for the memo, which begins with its first opening."""

from collections.abc import Callable
from typing import Any

from slack_bolt import Ack
from slack_sdk import WebClient

from app.db import roster
from app.db.models import Decision, Person
from app.domain.errors import ThresholdError
from app.domain.ladder import Rung
from app.domain.lifecycle import Status
from app.domain.looking_back import Look
from app.domain.people.working_time import WorkingTime
from app.domain.signing.signoff import Answer
from app.slack import scenes
from app.slack.forms import chosen
from app.slack.ids import Act
from app.slack.listeners.acts import Packed, packed_of
from app.slack.listeners.commands import may_start
from app.slack.listeners.desk import Body, Desk, actor_of, identity_of, number, open_modal, refuse
from app.slack.views import modals
from app.slack.views.scene import Scene
from app.workflows import digests
from app.workflows.admission import Actor, admit, members_only, only
from app.workflows.people import ladders
from app.workflows.scheduling import hours_of, today_for
from app.workflows.signing import readers
from app.workflows.triage import verdicts

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


Whose = Callable[[Decision], tuple[set[str], str]]
"""For whom a form is: who they are, and how they are called. Sending it is checked again, in the workflow."""


def _everybody(decision: Decision) -> tuple[set[str], str]:
    return {p.user_id for p in decision.participants}, "the people who take part"


def _requester(decision: Decision) -> tuple[set[str], str]:
    return {decision.requester_id}, "the requester"


def _owner(decision: Decision) -> tuple[set[str], str]:
    return {decision.requester_id, decision.owner_id}, "the requester and the owner"


def _signers(decision: Decision) -> tuple[set[str], str]:
    return {s.user_id for s in decision.signers if not s.handed_over}, "those who sign now"


def _all_signers(decision: Decision) -> tuple[set[str], str]:
    return {s.user_id for s in decision.signers}, "the signers"


def _asked(decision: Decision) -> tuple[set[str], str]:
    return {one.who for one in decision.answers.tried or () if one.who}, "whoever was asked on the rung below"


def _adders(decision: Decision) -> tuple[set[str], str]:
    return readers.may_add(decision), "the requester, the owner and those who sign now"


def _of(whose: Whose, build: Callable[[Scene, Packed], View]) -> Callable[[Desk, Actor, Packed, Body], View]:
    def view(desk: Desk, actor: Actor, packed: Packed, body: Body) -> View:
        scene = desk.scene(actor, number(packed))
        only(actor, *whose(scene.decision))
        return build(scene, packed)

    return view


def _memo(desk: Desk, actor: Actor, packed: Packed, body: Body) -> View:
    """The memo form: what was written, or what the answers already say."""
    scene = desk.scene(actor, number(packed))
    only(actor, *_requester(scene.decision))
    if scene.decision.status is Status.TRIAGE:
        desk.do(actor, identity_of(body), lambda s, now: _ignore(verdicts.start_memo(s, scene.decision.id, actor, now)))
        scene = desk.scene(actor, number(packed))
    return modals.memo(scene)


def _ignore(_: object) -> None:
    return None


def _start(desk: Desk, actor: Actor, packed: Packed, body: Body) -> View:
    may_start(desk, actor)
    return modals.start()


def _hours(desk: Desk, actor: Actor, packed: Packed, body: Body) -> View:
    with desk.db.read() as session:
        admit(session, actor)
        person = roster.person(session, actor.workspace, actor.user) or Person(tz="UTC")
        return modals.working_time(
            WorkingTime.of(person.working_time), hours_of(person), today_for(person, desk.clock())
        )


def _settings(build: Callable[..., View], members: str) -> Callable[[Desk, Actor, Packed, Body], View]:
    def view(desk: Desk, actor: Actor, packed: Packed, body: Body) -> View:
        with desk.db.read() as session:
            members_only(session, actor, members)
            person = roster.person(session, actor.workspace, actor.user)
            tz = person.tz if person else "UTC"
            settings = scenes.channel_settings(session, actor.workspace, str(packed.get("c") or ""), tz)
            return build(settings)

    return view


def _rung(packed: Packed) -> Rung | None:
    return chosen(Rung, str(packed["rung"]), "rung") if packed.get("rung") else None


OPENS: dict[Act, Callable[[Desk, Actor, Packed, Body], View]] = {
    Act.START_OPEN: _start,
    Act.MEMO_OPEN: _memo,
    Act.MEMO_READ: _of(_everybody, lambda scene, _: modals.read(scene)),
    Act.OVERRIDE_OPEN: _of(_requester, lambda scene, _: modals.override(scene)),
    Act.ASK_BELOW_OPEN: _of(_requester, lambda scene, _: modals.ask_below(scene)),
    Act.BELOW_CAN_OPEN: _of(_asked, lambda scene, _: modals.below(scene, True)),
    Act.BELOW_CANNOT_OPEN: _of(_asked, lambda scene, _: modals.below(scene, False)),
    Act.SEND_OPEN: _of(_requester, lambda scene, _: modals.send(scene)),
    Act.SUGGESTIONS_OPEN: _of(_requester, lambda scene, _: modals.suggestions(scene)),
    Act.READER_OPEN: _of(_adders, lambda scene, _: modals.reader(scene)),
    Act.SIGN_OPEN: _of(_signers, lambda scene, p: modals.sign(scene, chosen(Answer, str(p.get("a")), "a"), p.get("v"))),
    Act.QUESTION_OPEN: _of(_all_signers, lambda scene, _: modals.question(scene)),
    Act.REPLY_OPEN: _of(_everybody, lambda scene, p: modals.reply(scene, number(p, "q"))),
    Act.HAND_OVER_OPEN: _of(_signers, lambda scene, _: modals.hand_over(scene)),
    Act.CONDITION_OPEN: _of(_requester, lambda scene, _: modals.condition(scene)),
    Act.CLIMB_OPEN: _of(_requester, lambda scene, p: modals.climb(scene, str(p.get("old") or ""), _rung(p))),
    Act.EXTEND_OPEN: _of(_requester, lambda scene, _: modals.extend(scene)),
    Act.WITHDRAW_OPEN: _of(_requester, lambda scene, _: modals.withdraw(scene)),
    Act.SHIPPED_OPEN: _of(_owner, lambda scene, _: modals.shipped(scene)),
    Act.DROP_OPEN: _of(_owner, lambda scene, _: modals.drop(scene)),
    Act.LOOK_OPEN: _of(_owner, lambda scene, p: modals.look(scene, chosen(Look, str(p.get("look")), "look"))),
    Act.REVISIT_OPEN: _of(_requester, lambda scene, _: modals.revisit(scene)),
    Act.LADDER_OPEN: _settings(modals.ladder, ladders.MEMBERS_SEAT),
    Act.HOURS_OPEN: _hours,
    Act.DIGEST_OPEN: _settings(modals.digest, digests.MEMBERS_PLAN),
}
