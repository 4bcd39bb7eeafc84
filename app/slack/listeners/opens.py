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
from app.slack.forms import chosen
from app.slack.ids import Act
from app.slack.listeners.acts import Packed, packed_of
from app.slack.listeners.commands import may_start
from app.slack.listeners.requests import Body, actor_of, identity_of, packed_id
from app.slack.listeners.responses import open_modal, refuse
from app.slack.listeners.services import Services
from app.slack.loading import load_channel_settings
from app.slack.views.modals.digests import digest_modal
from app.slack.views.modals.looking_back import drop_modal, look_modal, revisit_modal, shipped_modal
from app.slack.views.modals.memo import memo_modal, suggestions_modal
from app.slack.views.modals.memo_page import memo_page_modal
from app.slack.views.modals.people import ladder_modal, reader_modal, working_time_modal
from app.slack.views.modals.sending import send_modal
from app.slack.views.modals.signing import (
    climb_modal,
    condition_modal,
    extend_modal,
    hand_over_modal,
    question_modal,
    reply_modal,
    sign_modal,
)
from app.slack.views.modals.triage import (
    answer_below_modal,
    ask_below_modal,
    override_modal,
    start_modal,
    withdraw_modal,
)
from app.slack.views.scene import Scene
from app.workflows import digests
from app.workflows.admission import Actor, admit, members_only, only
from app.workflows.people import ladders
from app.workflows.scheduling import hours_of, today_for
from app.workflows.signing import readers
from app.workflows.triage import verdicts

View = dict[str, Any]


def listener(services: Services, act: Act) -> Callable[..., None]:
    def on_click(ack: Ack, body: Body, client: WebClient) -> None:
        try:
            actor, packed = actor_of(body), packed_of(body)
            view = OPENS[act](services, actor, packed, body)
        except ThresholdError as error:
            ack()
            refuse(body, client, error)
            return
        ack()
        open_modal(services.accepted, body, client, view)

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


def _of(whose: Whose, build: Callable[[Scene, Packed], View]) -> Callable[[Services, Actor, Packed, Body], View]:
    def view(services: Services, actor: Actor, packed: Packed, body: Body) -> View:
        scene = services.scene(actor, packed_id(packed))
        only(actor, *whose(scene.decision))
        return build(scene, packed)

    return view


def _memo(services: Services, actor: Actor, packed: Packed, body: Body) -> View:
    """The memo form: what was written, or what the answers already say."""
    scene = services.scene(actor, packed_id(packed))
    only(actor, *_requester(scene.decision))
    if scene.decision.status is Status.TRIAGE:
        services.do(
            actor, identity_of(body), lambda s, now: _ignore(verdicts.start_memo(s, scene.decision.id, actor, now))
        )
        scene = services.scene(actor, packed_id(packed))
    return memo_modal(scene)


def _ignore(_: object) -> None:
    return None


def _start(services: Services, actor: Actor, packed: Packed, body: Body) -> View:
    may_start(services, actor)
    return start_modal()


def _hours(services: Services, actor: Actor, packed: Packed, body: Body) -> View:
    with services.db.read() as session:
        admit(session, actor)
        person = roster.person(session, actor.workspace, actor.user) or Person(tz="UTC")
        return working_time_modal(
            WorkingTime.of(person.working_time), hours_of(person), today_for(person, services.clock())
        )


def _settings(build: Callable[..., View], members: str) -> Callable[[Services, Actor, Packed, Body], View]:
    def view(services: Services, actor: Actor, packed: Packed, body: Body) -> View:
        with services.db.read() as session:
            members_only(session, actor, members)
            person = roster.person(session, actor.workspace, actor.user)
            tz = person.tz if person else "UTC"
            settings = load_channel_settings(session, actor.workspace, str(packed.get("c") or ""), tz)
            return build(settings)

    return view


def _rung(packed: Packed) -> Rung | None:
    return chosen(Rung, str(packed["rung"]), "rung") if packed.get("rung") else None


OPENS: dict[Act, Callable[[Services, Actor, Packed, Body], View]] = {
    Act.START_OPEN: _start,
    Act.MEMO_OPEN: _memo,
    Act.MEMO_READ: _of(_everybody, lambda scene, _: memo_page_modal(scene)),
    Act.OVERRIDE_OPEN: _of(_requester, lambda scene, _: override_modal(scene)),
    Act.ASK_BELOW_OPEN: _of(_requester, lambda scene, _: ask_below_modal(scene)),
    Act.BELOW_CAN_OPEN: _of(_asked, lambda scene, _: answer_below_modal(scene, True)),
    Act.BELOW_CANNOT_OPEN: _of(_asked, lambda scene, _: answer_below_modal(scene, False)),
    Act.SEND_OPEN: _of(_requester, lambda scene, _: send_modal(scene)),
    Act.SUGGESTIONS_OPEN: _of(_requester, lambda scene, _: suggestions_modal(scene)),
    Act.READER_OPEN: _of(_adders, lambda scene, _: reader_modal(scene)),
    Act.SIGN_OPEN: _of(_signers, lambda scene, p: sign_modal(scene, chosen(Answer, str(p.get("a")), "a"), p.get("v"))),
    Act.QUESTION_OPEN: _of(_all_signers, lambda scene, _: question_modal(scene)),
    Act.REPLY_OPEN: _of(_everybody, lambda scene, p: reply_modal(scene, packed_id(p, "q"))),
    Act.HAND_OVER_OPEN: _of(_signers, lambda scene, _: hand_over_modal(scene)),
    Act.CONDITION_OPEN: _of(_requester, lambda scene, _: condition_modal(scene)),
    Act.CLIMB_OPEN: _of(_requester, lambda scene, p: climb_modal(scene, str(p.get("old") or ""), _rung(p))),
    Act.EXTEND_OPEN: _of(_requester, lambda scene, _: extend_modal(scene)),
    Act.WITHDRAW_OPEN: _of(_requester, lambda scene, _: withdraw_modal(scene)),
    Act.SHIPPED_OPEN: _of(_owner, lambda scene, _: shipped_modal(scene)),
    Act.DROP_OPEN: _of(_owner, lambda scene, _: drop_modal(scene)),
    Act.LOOK_OPEN: _of(_owner, lambda scene, p: look_modal(scene, chosen(Look, str(p.get("look")), "look"))),
    Act.REVISIT_OPEN: _of(_requester, lambda scene, _: revisit_modal(scene)),
    Act.LADDER_OPEN: _settings(ladder_modal, ladders.MEMBERS_SEAT),
    Act.HOURS_OPEN: _hours,
    Act.DIGEST_OPEN: _settings(digest_modal, digests.MEMBERS_PLAN),
}
