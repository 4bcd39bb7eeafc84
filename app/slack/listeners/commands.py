"""`/escalate` in all its forms, and the message shortcut."""

import difflib
import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from slack_bolt import Ack
from slack_sdk import WebClient
from sqlalchemy.orm import Session

from app.db import keepers, queries, roster
from app.db.who_acts_next import standings
from app.domain.errors import Busy, ThresholdError
from app.domain.reading.days_in_forms import weekdays_of
from app.slack import message_text
from app.slack.blocks_accepted import Newer
from app.slack.ids import Act, Modal, kept, pack
from app.slack.listeners import influence, insights, library, tradeoffs
from app.slack.listeners.command_words import asks_the_tool
from app.slack.listeners.interactions import Interaction, Request
from app.slack.listeners.requests import Body, actor_of, identity_of, is_direct, messages_link, part_of
from app.slack.listeners.responses import open_modal, refuse, reply
from app.slack.listeners.services import Services
from app.slack.loading import load_channel_settings, load_openings, load_policy, load_scene, today_in
from app.slack.membership import may_post
from app.slack.packed import Shown
from app.slack.views.modals.tradeoffs import sides_modal
from app.slack.views.modals.triage import start_modal
from app.slack.views.modals.writing import start_writing_modal
from app.slack.views.parts.next_step import next_step
from app.slack.views.replies.commands import did_you_mean_reply, help_reply, list_reply
from app.slack.views.replies.digests import digest_reply
from app.slack.views.replies.people import deputy_reply, keepers_reply, ladder_reply
from app.slack.views.replies.policy import policy_reply
from app.slack.views.replies.sentences import refused_reply
from app.slack.views.replies.triage import shown_reply, started_reply
from app.slack.views.scene import Message
from app.slack.workspaces import workspace_of
from app.workflows import digests
from app.workflows.admission import Actor, admit, members_only
from app.workflows.opening import ensure_person, open_numbered
from app.workflows.people import keepers as keeping
from app.workflows.people import ladders
from app.workflows.triage import answering, intake

WORDS = (
    "write", "tradeoff", "tradeoffs", "list", "find", "digest", "insights", "ladder", "keepers", "policy", "deputy",
    "map", "help",
)  # fmt: skip
"""What a word that is close to one of them probably means."""

NUMBER = re.compile(r"^d\s?-?\s?(\d{1,40})$", re.IGNORECASE)
PLANNED = re.compile(
    r"(on|off|here|daily|weekdays|workdays|utc|\d{1,2}(:\d*)?|[a-z_]+/[a-z_/]+"
    r"|(mon|tue|wed|thu|fri|sat|sun)|(mon|tues|wednes|thurs|fri|satur|sun)days?)([,;]|$)",
    re.IGNORECASE,
)
"""How a plan for a digest begins. A sentence that begins with “digest” goes on otherwise."""

A_DAY_OR_TIME = re.compile(
    r"(\d{1,2}(:\d*)?(am|pm)?|daily|weekdays|workdays|(mon|tues|wednes|thurs|fri|satur|sun)days?)[,;]?",
    re.IGNORECASE,
)
LOOKS_PLANNED = 6
"""Words of a digest's plan that nobody would take for a sentence, where a day or a time is among them."""
SEATING = re.compile(
    r"(peer|manager|director|vp|slt|bar|raiser|show|set|seat|add|change|edit|<?@\S+)[,;:]?", re.IGNORECASE
)
"""What follows “ladder” where somebody means the ladder."""
NAMED = re.compile(r"^d-?(\d{1,9})\b[\s,;:.]", re.IGNORECASE)
NO_SENTENCE = re.compile(r"[A-Za-z0-9]{0,2}[!-/:-@\[-`{-~\s]*")
"""A letter or two, or punctuation alone."""

MOST_METADATA = 2900
"""Characters of a form's private_metadata; Slack takes 3,000."""


WRITE = re.compile(r"write(?:\s*[:–-]\s*(.+))?", re.IGNORECASE | re.DOTALL)
"""Alone, or with the headline behind a colon: a sentence may begin with “write”, too."""


def escalate(services: Services) -> Callable[..., None]:
    def listener(ack: Ack, body: Body, client: WebClient) -> None:
        text = kept(str(body.get("text") or "")).strip()
        try:
            actor = actor_of(body)
            services.know(actor)
            if writes := WRITE.fullmatch(text):
                may_start(services, actor)
                ack()
                view = start_writing_modal(None, writes[1] or "", _channel(body))
                open_modal(services.accepted, body, client, view)
                return
            if argues := tradeoffs.TYPED.fullmatch(text):
                may_start(services, actor)
                ack()
                closed = is_closed(str(body.get("channel_name") or ""))
                view = sides_modal(
                    None, actor.user, title=argues[1] or argues[2] or "", channel=_channel(body), closed=closed
                )
                open_modal(services.accepted, body, client, view)
                return
            mapped = influence.MAP.fullmatch(text)
            if mapped and (opened := influence.typed(services, actor, mapped)) is not None:
                ack()
                open_modal(services.accepted, body, client, opened)
                return
            with services.as_said_there(actor.workspace):
                if text.lower() == "list":
                    listed = _list(services, actor, _channel(body))
                    reply(services.accepted, services.directory.workspaces, body, ack, Newer.TABLE, listed)
                    return
                message = _answer(services, actor, body, text)
        except ThresholdError as error:
            message = refused_reply(error.sentence, f"/escalate {text}" if text else None)
        ack(text=message.text, blocks=message.blocks, response_type="ephemeral")

    return listener


def _answer(services: Services, actor: Actor, body: Body, text: str) -> Message:
    words = text.split()
    first = words[0].lower() if words else ""
    channel = _channel(body)
    numbered = NUMBER.match(text)
    if numbered:
        return _show(services, actor, body, int(numbered.group(1)))
    if (show := SHOWS.get(text.lower())) is not None:
        return show(services, actor, channel)
    if first == "find":
        return library.found(services, actor, text[len("find") :].strip())
    if logged := tradeoffs.LOGGED.fullmatch(text):
        return tradeoffs.log(services, actor, logged[1] or "")
    if first == "deputy" and len(words) == 2 and (named_deputy := DEPUTY.fullmatch(words[1])):
        return _deputy(services, actor, body, named_deputy.group(1))
    if named := KEEPING.fullmatch(text):
        return _keeper(services, actor, body, named)
    if typed := insights.TYPED.fullmatch(text):
        return insights.answer(services, actor, identity_of(body), channel, typed, _link(body))
    if first == "digest" and _is_plan(words):
        return _digest(services, actor, body, words[1:])
    near = _nearest(words)
    if near:
        return did_you_mean_reply(text, near)
    if first == "ladder" and len(words) <= LOOKS_PLANNED and SEATING.fullmatch(words[1]):
        return did_you_mean_reply(text, "ladder")
    if named := NAMED.match(text):
        return refused_reply(f"“/escalate D-{named.group(1)}” brings it up. Its card has everything else.", text)
    if text and NO_SENTENCE.fullmatch(text):
        return refused_reply("Say in a sentence what has to be decided, and I'll start from there.", text)
    if asks_the_tool(words):
        return _help(services, actor, channel, unknown=text)
    return _start(services, actor, body, text)


def _is_plan(words: list[str]) -> bool:
    """Whether what follows the first word is a plan, or too short to be a sentence."""
    dated = len(words) <= LOOKS_PLANNED and any(A_DAY_OR_TIME.fullmatch(word) for word in words[1:])
    named = bool(words[1:]) and len(words[1]) > 4 and bool(weekdays_of(words[1].strip(",;")))
    return len(words) <= 2 or dated or named or bool(PLANNED.match(words[1]))


def _nearest(words: list[str]) -> str | None:
    """The command that was probably meant, for a word or two that are none."""
    near = difflib.get_close_matches(words[0].lower(), WORDS, n=1, cutoff=0.7) if words else []
    if not near or not (len(words) <= 2 or (near[0] == "digest" and _is_plan(words))):
        return None
    return " ".join([near[0], *words[1:]])[:80] if near[0] == "digest" else near[0]


def _channel(body: Body) -> str:
    """The channel it was typed in; empty in a direct message, where nobody else reads along."""
    channel = str(body.get("channel_id") or "")
    return "" if is_direct(channel, str(body.get("channel_name") or "")) else channel


def is_closed(name: str) -> bool:
    """Whether Slack says that only its members know of a channel: it does not tell its name."""
    return name == "privategroup"


def _link(body: Body) -> str:
    return messages_link(str(workspace_of(body)), str(body.get("api_app_id")))


def _start(services: Services, actor: Actor, body: Body, text: str) -> Message:
    started: list[str] = []
    names = services.directory.names(actor.workspace, text)

    def work(session: Session, now: datetime) -> None:
        sentence = message_text.text(text, names)
        place, closed = _channel(body) or None, is_closed(str(body.get("channel_name") or ""))
        started.append(intake.start(session, sentence, actor, now, channel=place, closed_channel=closed).name)

    with services.turns.of(actor.workspace):
        services.do(actor, identity_of(body), work)
    return started_reply(started[-1] if started else "Your triage", _link(body))


def _show(services: Services, actor: Actor, body: Body, number: int) -> Message:
    past = library.past_by_name(services, actor, number)
    if past is not None:
        return past
    step = [""]

    def work(session: Session, now: datetime) -> None:
        decision = open_numbered(session, actor, number)
        answering.resume(session, decision, actor, now)
        scene = load_scene(session, decision, actor.user, now)
        step[0] = "" if scene.newer else next_step(scene)

    services.do(actor, identity_of(body), work)
    return shown_reply(f"D-{number}", _link(body), step[0])


def _list(services: Services, actor: Actor, channel: str) -> Callable[[bool], Message]:
    """What is open, as a table or as before there were any."""
    with services.db.read() as session:
        person = admit(session, actor)
        found = queries.visible_open(session, actor.workspace, actor.user, channel or None)
        tz, guest = (person.tz, person.guest) if person else ("UTC", False)
        known = standings(session, actor.workspace, found, tz)
        total = queries.count_visible_open(session, actor.workspace, actor.user, channel or None)
        today = today_in(tz, services.clock())
        opens = {} if guest else load_openings(session, actor.workspace, actor.user, channel, found)

        def said(table: bool) -> Message:
            return list_reply(found, actor.user, today, known, tz, guest=guest, total=total, table=table, opens=opens)

        as_before, as_table = said(False), said(True)
        return lambda table: as_table if table else as_before


def _help(services: Services, actor: Actor, channel: str, *, unknown: str = "") -> Message:
    """``unknown``: what was typed instead of something there is."""
    try:
        with services.db.read() as session:
            person = roster.person(session, actor.workspace, actor.user)
            return help_reply(guest=bool(person and person.guest), channel=channel, unknown=unknown)
    except Busy:
        return help_reply(channel=channel, unknown=unknown)


def _ladder(services: Services, actor: Actor, channel: str) -> Message:
    with services.db.read() as session:
        person = admit(session, actor)
        settings = load_channel_settings(session, actor.workspace, channel, "UTC", actor.user)
        return ladder_reply(replace(settings, guest=bool(person and person.guest)))


DEPUTY = re.compile(r"<@([UW][A-Z0-9]+)(?:\|[^<>]*)?>|none|nobody", re.IGNORECASE)


def _deputy(services: Services, actor: Actor, body: Body, deputy: str | None) -> Message:
    services.do(actor, identity_of(body), lambda session, now: ladders.name_deputy(session, deputy, actor, now))
    return deputy_reply(deputy)


KEEPING = re.compile(r"keepers?\s+(add|remove)\s+<@([UW][A-Z0-9]+)(?:\|[^<>]*)?>", re.IGNORECASE)


def _keepers(services: Services, actor: Actor, channel: str) -> Message:
    with services.db.read() as session:
        admit(session, actor)
        named = [one.user_id for one in keepers.named(session, actor.workspace)]
        return keepers_reply(keepers.keepers(session, actor.workspace), named, actor.user)


def _keeper(services: Services, actor: Actor, body: Body, named: re.Match[str]) -> Message:
    change = keeping.name_keeper if named[1].lower() == "add" else keeping.release_keeper
    user = named[2].upper()
    services.know(actor, [user])
    services.do(actor, identity_of(body), lambda session, now: change(session, user, actor, now))
    return _keepers(services, actor, "")


def _policy(services: Services, actor: Actor, channel: str) -> Message:
    with services.db.read() as session:
        admit(session, actor)
        return policy_reply(load_policy(session, actor.workspace, actor.user))


def _digest(services: Services, actor: Actor, body: Body, words: list[str]) -> Message:
    channel = _channel(body)
    if not channel:
        return refused_reply(NO_CHANNEL)

    def work(session: Session, now: datetime) -> None:
        tz = ensure_person(session, actor.workspace, actor.user).tz
        plan = digests.read_plan(words, roster.digest_plan(session, actor.workspace, channel), tz)
        digests.plan_digest(session, channel, plan, actor, now)

    if words:
        services.do(actor, identity_of(body), work)
    return _digest_of(services, actor, channel)


def _digest_of(services: Services, actor: Actor, channel: str) -> Message:
    if not channel:
        return refused_reply(NO_CHANNEL)
    with services.db.read() as session:
        person = admit(session, actor)
        tz, guest = (person.tz, person.guest) if person else ("UTC", False)
        settings = replace(load_channel_settings(session, actor.workspace, channel, tz), guest=guest)
    return digest_reply(settings, member=may_post(services.directory.workspaces, actor.workspace, channel))


NO_CHANNEL = "A digest belongs to a channel. Type “/escalate digest” in the channel that should get it."

SHOWS: dict[str, Callable[[Services, Actor, str], Message]] = {
    "help": _help,
    "?": _help,
    "ladder": _ladder,
    "keepers": _keepers,
    "policy": _policy,
}
"""What a word alone shows, to whoever typed it: the services, who, and the channel (empty in a direct message)."""

BUTTONS: dict[str, Callable[[Services, Actor, str], Message]] = {
    **SHOWS,
    "list": lambda services, actor, channel: _list(services, actor, channel)(False),
    "digest": _digest_of,
}
"""The same behind the buttons of the help, and what else it offers."""


def _show_from_help(request: Request[Shown]) -> Message:
    show = BUTTONS.get(request.payload.word, _help)
    return show(request.services, request.actor, request.channel or request.payload.channel)


CLICKS: Mapping[Act, Interaction[Any]] = {Act.HELP_SHOW: Interaction(Shown.of, answers=_show_from_help)}

FORMS: Mapping[Modal, Interaction[Any]] = {}


def _thread(channel: str, ts: str, text: str, *, closed: bool) -> str:
    """What the form carries along: the place, and the message's own words for where its thread can't be read."""
    while len(packed := pack(c=channel, ts=ts, text=text, closed=closed)) > MOST_METADATA:
        text = text[: len(text) * 3 // 4]
    return packed


def may_start(services: Services, actor: Actor) -> None:
    """Refuse before a form is filled in, not after. Whoever is not known yet is looked up when it comes back."""
    with services.db.read() as session:
        members_only(session, actor, intake.MEMBERS_START)


def escalate_thread(services: Services) -> Callable[..., None]:
    """ "Escalate this thread": the sentence is proposed, the thread comes along as the source."""

    def listener(ack: Ack, body: Body, client: WebClient) -> None:
        try:
            may_start(services, actor_of(body))
        except ThresholdError as error:
            ack()
            refuse(body, client, error)
            return
        ack()
        message, channel = part_of(body, "message"), part_of(body, "channel")
        raw, at = kept(message_text.encoded(message)), str(channel.get("id") or "")
        called = str(channel.get("name") or "")
        names = services.directory.names(str(workspace_of(body)), raw)
        place = "" if is_direct(at, called) else at
        view = start_modal(title=message_text.title(raw, names), channel=place or None)
        ts = message.get("thread_ts") or message.get("ts") or ""
        view["private_metadata"] = _thread(at, str(ts), message_text.text(raw, names), closed=is_closed(called))
        view["callback_id"] = Modal.START.value
        open_modal(services.accepted, body, client, view)

    return listener


def argue_thread(services: Services) -> Callable[..., None]:
    """ "Two teams disagree": the message is what it is about, the sides are filled in."""

    def listener(ack: Ack, body: Body, client: WebClient) -> None:
        try:
            actor = actor_of(body)
            may_start(services, actor)
        except ThresholdError as error:
            ack()
            refuse(body, client, error)
            return
        ack()
        message, channel = part_of(body, "message"), part_of(body, "channel")
        raw, at = kept(message_text.encoded(message)), str(channel.get("id") or "")
        called = str(channel.get("name") or "")
        names = services.directory.names(str(workspace_of(body)), raw)
        view = sides_modal(
            None, actor.user, title=message_text.title(raw, names), channel="" if is_direct(at, called) else at,
            text=message_text.text(raw, names), closed=is_closed(called),
        )  # fmt: skip
        open_modal(services.accepted, body, client, view)

    return listener
