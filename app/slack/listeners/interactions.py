"""What people do with a button, a select or a form: one request, one kind of entry, two listeners that run them.

Each chapter's file has its entries (``CLICKS`` and ``FORMS``); ``table`` puts them together.
"""

from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Generic, TypeVar

from slack_bolt import Ack
from slack_sdk import WebClient
from sqlalchemy.orm import Session

from app.db.models import Decision
from app.domain.errors import Overtaken, SeveralUnreadable, ThresholdError, Unreadable
from app.domain.permissions import Allowed
from app.slack.forms import Fields
from app.slack.ids import unpack
from app.slack.listeners.requests import Body, actor_of, identity_of, is_direct, part_of
from app.slack.listeners.responses import ack_errors, in_an_ack, open_modal, refuse, tell, update_modal
from app.slack.listeners.services import Services
from app.slack.packed import AboutDecision, Packed, id_in
from app.slack.views.modals.decision import decision_modal
from app.slack.views.modals.sentence import sentence_modal
from app.slack.views.replies.sentences import saved_reply
from app.slack.views.scene import Message, Scene
from app.workflows.admission import Actor, only
from app.workflows.cards import card
from app.workflows.triage import answering

View = dict[str, Any]
P = TypeVar("P")


@dataclass(frozen=True)
class Request(Generic[P]):
    """Something that a person did: who, what about, what was filled in."""

    services: Services
    actor: Actor
    payload: P
    fields: Fields
    identity: str  # by which a second delivery is known
    channel: str = ""  # Slack's word on where it was clicked; empty on Home, in a form, in a direct message
    app: str = ""  # our id in Slack, which a link into our conversation needs


@dataclass(frozen=True)
class Interaction(Generic[P]):
    """What one act means. It opens a form (``opens``), or changes something (``does``).

    reads: what the button or the form carries; raises a ThresholdError for what can't be read.
    opens: the form. Nothing is changed, but for the memo, which begins with its first opening. Of a form that was sent:
      what comes on top of it, before anything is changed.
    answers: what the person is shown, and nobody else. Nothing is changed.
    does: calls a workflow, which checks again who may. What it returns is said to the person who clicked.
    looks_up: of a form that only asks: what is shown in its place. Nothing is changed.
    keeps_typed: where on the card what was typed is kept, with the sentence that says why it can't be read.
    closes_with: what stands in the form's place once it was taken, of what ``does`` returned.
    then: the form that takes its place once it was taken.
    looks_first: what Slack is asked before a form that was sent changes anything: the database waits for nobody.
    redraws: the form in which it was clicked, as it is afterwards.
    in_place: a form that is opened from a form takes its place, and does not lie on top of it.
    shown_again: the form in place of one that somebody else's save has overtaken, with the sentence that says so.
    """

    reads: Callable[[Packed], P]
    opens: Callable[[Request[P]], View] | None = None
    answers: Callable[[Request[P]], Message] | None = None
    does: Callable[[Session, Request[P], datetime], str | None] | None = None
    looks_up: Callable[[Request[P]], View] | None = None
    keeps_typed: Callable[[P], str] | None = None
    closes_with: Callable[[Request[P], str], View] | None = None
    shown_again: Callable[[Request[P], str], View] | None = None
    redraws: Callable[[Request[P]], View | None] | None = None
    looks_first: Callable[[Request[P]], object] | None = None
    then: Callable[[Request[P]], View | None] | None = None
    in_place: bool = False


D = TypeVar("D")


def form_of_decision(
    who: Callable[[Decision], Allowed], build: Callable[[Scene, D], View]
) -> Callable[[Request[D]], View]:
    """A form about a decision, for those who may send it. Sending it is checked again, in the workflow."""

    def view(request: Request[D]) -> View:
        scene = request.services.scene(request.actor, _decision_of(request.payload))
        only(request.actor, *who(scene.decision))
        return build(scene, request.payload)

    return view


def _decision_of(payload: Any) -> int:
    return int(payload.decision)


# ── clicks ──────────────────────────────────────────────────────────────────────────────────────────────


def acknowledge(ack: Ack, body: Body, client: WebClient) -> None:
    """A link was followed: Slack wants to hear that we saw it."""
    ack()


def on_click(services: Services, interaction: Interaction[Any]) -> Callable[..., None]:
    """The listener of a button or select."""

    def listener(ack: Ack, body: Body, client: WebClient) -> None:
        view: View | None = None
        said: str | None = None
        answer: Message | None = None
        try:
            packed, actor = packed_in(body), actor_of(body)
            reads, fields = interaction.reads(packed), fields_in(body, packed)
            request = Request(services, actor, reads, fields, identity_of(body), channel_of(body), app_of(body))
            with services.as_said_there(actor.workspace):
                if interaction.opens is not None:
                    view = interaction.opens(request)
                elif interaction.answers is not None:
                    services.know(actor)
                    answer = interaction.answers(request)
                else:
                    services.know(actor, request.fields.chosen_people() | _relied_on(packed))
                    said = _do_once(interaction, request)
        except ThresholdError as error:
            ack()
            _refuse_click(services, interaction, body, client, error)
            return
        ack()
        if view is not None:
            open_modal(services.accepted, body, client, view, in_place=interaction.in_place)
            return
        if answer is not None:
            tell(body, client, answer)
        elif said:
            tell(body, client, saved_reply(said))
        if interaction.redraws is not None and (body.get("view") or {}).get("type") == "modal":
            _draw_form_anew(services, interaction.redraws, request, body, client)
        if _opened_from_a_list(body):
            _draw_anew(services, actor, packed, body, client)

    return listener


def channel_of(body: Body) -> str:
    """The channel somebody clicked in, by Slack's own word; empty where that is none, such as a direct message."""
    found = part_of(body, "channel")
    channel, name = str(found.get("id") or ""), str(found.get("name") or "")
    return "" if is_direct(channel, name) else channel


def app_of(body: Body) -> str:
    return str(body.get("api_app_id") or part_of(body, "view").get("app_id") or "")


def _opened_from_a_list(body: Body) -> bool:
    """Whether the click was in a form that shows a decision: it does not follow by itself, as a card does."""
    return bool(unpack(str((body.get("view") or {}).get("private_metadata") or "")).get("o"))


def _draw_anew(services: Services, actor: Actor, packed: Packed, body: Body, client: WebClient) -> None:
    with suppress(ThresholdError), services.as_said_there(actor.workspace):
        view = decision_modal(services.scene(actor, id_in(packed)))
        update_modal(client, str(body["view"]["id"]), view)


def _draw_form_anew(
    services: Services, redraws: Callable[[Any], View | None], request: Request[Any], body: Body, client: WebClient
) -> None:
    with suppress(ThresholdError), services.as_said_there(request.actor.workspace):
        view = redraws(request)
        if view is not None:
            update_modal(client, str(body["view"]["id"]), in_an_ack(services.accepted, body, view))


def packed_in(body: Body) -> Packed:
    """What the clicked button, or the chosen option of a select or overflow, packs."""
    action = (body.get("actions") or [{}])[0]
    option = action.get("selected_option") or {}
    return unpack(str(action.get("value") or option.get("value") or ""))


def fields_in(body: Body, packed: Packed) -> Fields:
    """The inputs of the card; a button that offers what could be meant fills its field in."""
    fields = Fields.of(body.get("state"))
    field, value = packed.get("f"), packed.get("v")
    if isinstance(field, str) and isinstance(value, str):
        return fields.put(field, value)
    action = (body.get("actions") or [{}])[0]
    if action.get("type") == "plain_text_input":  # a field that tells at once what was typed
        return fields.put(str(action.get("block_id") or ""), str(action.get("value") or ""))
    return fields


def _relied_on(packed: Packed) -> set[str]:
    """Who is about to be relied on by this click."""
    to = packed.get("to")
    return {to} if isinstance(to, str) and to else set()


def _refuse_click(
    services: Services, interaction: Interaction[Any], body: Body, client: WebClient, error: ThresholdError
) -> None:
    if interaction.keeps_typed is not None and isinstance(error, Unreadable):
        try:
            _keep_typed(services, interaction, interaction.keeps_typed, body, error)
            return
        except ThresholdError as other:
            error = other
    refuse(body, client, error)


def _keep_typed(
    services: Services, interaction: Interaction[Any], where: Callable[[Any], str], body: Body, error: Unreadable
) -> None:
    """Keep what was typed on the card, with the sentence that says why it could not be read."""
    actor, packed = actor_of(body), packed_in(body)
    payload, fields = interaction.reads(packed), fields_in(body, packed)

    def keep(session: Session, now: datetime) -> None:
        decision = answering.mistyped(
            session,
            payload.decision,
            where(payload),
            fields.raw(),
            "\n".join(one.sentence for one in each_of(error)),
            actor,
            error.field,
            error.candidates,
        )
        card(session, decision, "requester", decision.requester_id, now)

    services.do(actor, "", keep)


# ── forms that come back ────────────────────────────────────────────────────────────────────────────────


def on_submit(services: Services, interaction: Interaction[Any]) -> Callable[..., None]:
    """The listener of a form. What can't be read keeps it open with everything typed, and points at the field."""

    def listener(ack: Ack, body: Body, client: WebClient) -> None:
        view: View = body["view"]
        actor: Actor | None = None
        try:
            actor = actor_of(body)
            with services.as_said_there(actor.workspace):
                action, shown = _submit(services, interaction, actor, view, body)
        except ThresholdError as error:
            told = [(one.field if isinstance(one, Unreadable) else None, one.sentence) for one in each_of(error)]
            ack_errors(ack, view, [(field, services.plain(actor, said) if actor else said) for field, said in told])
            return
        if shown is not None:
            ack(response_action=action, view=in_an_ack(services.accepted, body, shown))
        elif view.get("previous_view_id"):
            ack(response_action="clear")  # what lies below shows what was there before
        else:
            ack()

    return listener


def _submit(
    services: Services, interaction: Interaction[Any], actor: Actor, view: View, body: Body
) -> tuple[str, View | None]:
    """What Slack does with the form, in its words, and what is shown for it: the form again, what comes on top of it,
    or what has to be said now that it was taken. An empty word: it just closes."""
    packed, fields = unpack(str(view.get("private_metadata") or "")), Fields.of(view.get("state"))
    request = Request(services, actor, interaction.reads(packed), fields, identity_of(body), app=app_of(body))
    if interaction.looks_up is not None:
        services.know(actor)
        return "update", interaction.looks_up(request)
    services.know(actor, fields.chosen_people())
    try:
        if interaction.opens is not None:
            shown = interaction.opens(request)
            return ("push" if "submit" in shown else "update"), shown
        if interaction.looks_first is not None:
            interaction.looks_first(request)
        said = _do_once(interaction, request)
    except Overtaken as error:
        if interaction.shown_again is None:
            raise
        return "update", interaction.shown_again(request, services.plain(actor, error.sentence))
    if said and interaction.closes_with is not None:
        return "update", interaction.closes_with(request, said)
    if said:
        return "update", sentence_modal("Threshold", said)
    after = interaction.then(request) if interaction.then is not None else None
    return ("update", after) if after is not None else ("", None)


def _do_once(interaction: Interaction[Any], request: Request[Any]) -> str:
    """Once for this delivery. ``does`` is begun anew where it met somebody else: what it said last counts."""
    does = interaction.does
    assert does is not None
    said: list[str] = []
    request.services.do(
        request.actor, request.identity, lambda session, now: said.append(does(session, request, now) or "")
    )
    return said[-1] if said else ""


def each_of(error: ThresholdError) -> Sequence[ThresholdError]:
    return error.found if isinstance(error, SeveralUnreadable) else (error,)


def needed_person(request: Request[Any], field: str = "to", sentence: str = "Choose somebody.") -> str:
    """Who was chosen in ``field``. Raises Unreadable where nobody was."""
    found = request.fields.user(field)
    if not found:
        raise Unreadable(sentence, field)
    return found


def about(build: Callable[[Scene], View]) -> Callable[[Scene, AboutDecision], View]:
    """For a form that needs nothing but its decision."""
    return lambda scene, _: build(scene)
