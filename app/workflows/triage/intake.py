"""A triage begins: the first sentence, its name and source, who may see it, and where it is parked."""

import unicodedata
from collections.abc import Sequence
from datetime import datetime

from sqlalchemy.orm import Session

from app.db import locks, parked_messages, policies, posted_cards, roster
from app.db.models import Decision, Parked, Participant
from app.domain.errors import NotNow, Unreadable, gathered
from app.domain.lifecycle import OPEN, Status
from app.domain.message_kinds import NoticeKind
from app.domain.signing.standing import signing_now
from app.telemetry import about
from app.words.states import STATUS_SAID
from app.workflows import agenda
from app.workflows.admission import Actor, admit, members_only, only
from app.workflows.cards import card, home, show
from app.workflows.follow_ups import idle, kind
from app.workflows.moving import record
from app.workflows.notifying import send, tell
from app.workflows.opening import ensure_workspace, open_decision, rely_on

LONGEST_TITLE = 300
"""Characters of a decision's sentence. What is longer is kept whole as its source."""


MEMBERS_START = "only members start decisions"


def start(
    session: Session,
    sentence: str,
    actor: Actor,
    now: datetime,
    *,
    channel: str | None = None,
    private: bool = False,
    source_link: str | None = None,
    source_text: str | None = None,
    closed_channel: bool = False,
) -> Decision:
    """Start a triage. Without a sentence the first question asks for one.

    Raises:
        NotAllowed: a guest, or somebody who is not of this workspace.
    """
    title, rest = shorten(sentence)
    # From here to the commit nobody else of this workspace starts one: as late as can be, as little as can be.
    number, version = _next_number(session, actor.workspace, now)
    person = rely_on(session, actor.workspace, actor.user)
    members_only(session, actor, MEMBERS_START)  # only now: they may have left while we waited for them
    decision = Decision(
        workspace_id=actor.workspace, number=number, title=title, status=Status.TRIAGE,
        requester_id=actor.user, owner_id=actor.user, private=private, channel_id=channel, source_link=source_link,
        closed_channel=closed_channel,
        source_text="\n\n".join(filter(None, [rest, source_text])) or None, created_at=now, touched_at=now,
        memo_version=0, policy_version=version,
    )  # fmt: skip
    decision.participants.append(Participant(workspace_id=decision.workspace_id, user_id=actor.user))
    session.add(decision)
    session.flush()
    about.opened(decision.name)
    record(session, decision, "start", actor.user, now)
    kind.date_all(session, decision, idle.idle(decision))
    send(session, decision.workspace_id, "requester", actor.user, now, decision)
    if person.home_opened:
        home(session, decision.workspace_id, actor.user, now)
    return decision


def _next_number(session: Session, workspace: str, now: datetime) -> tuple[int, int]:
    """The number of a new decision, and of the policy that it goes by."""
    found = roster.next_number(session, workspace)
    if found is None:
        ensure_workspace(session, workspace, now)
        found = roster.next_number(session, workspace)
    assert found
    number, version = found
    return number, version or policies.current(session, workspace, now)[0]


LONGEST_SOURCE = 20_000
"""Characters of a thread that are kept as a source."""


def add_source(
    session: Session,
    decision: Decision,
    link: str | None,
    text: str,
    now: datetime,
    messages: list[dict[str, str]] | None = None,
) -> None:
    """The thread it came from. It is a source for the memo, data to the assistant, and never an instruction.

    ``messages``: the same one by one, each with its writer's id and name, its words, and the link that opens it.
    """
    decision.source_link = link or decision.source_link
    decision.source_text = "\n\n".join(filter(None, [decision.source_text, text]))[:LONGEST_SOURCE] or None
    decision.source_messages = messages or decision.source_messages
    show(session, decision, now)


def shorten(sentence: str) -> tuple[str, str | None]:
    """The title, and the whole text where it is longer than a title."""
    title = " ".join(sentence.split())
    if not any(unicodedata.category(sign)[0] not in "CZ" for sign in title):
        return "", None  # nothing that anybody could see
    if len(title) <= LONGEST_TITLE:
        return title, None
    return title[: LONGEST_TITLE - 1].rsplit(" ", 1)[0].rstrip()[: LONGEST_TITLE - 1] + "…", sentence


def name(session: Session, id: int, sentence: str, actor: Actor, now: datetime) -> Decision:
    """Give or change the sentence of a decision that is still in triage."""
    decision = in_triage(session, id, actor)
    title, rest = shorten(sentence)
    if not title:
        raise Unreadable("Say in one sentence what has to be decided, for example: Tighten the return policy.", "title")
    decision.title, decision.typed = title, None
    decision.source_text = "\n\n".join(filter(None, [rest, decision.source_text])) or None
    record(session, decision, "name", actor.user, now)
    show(session, decision, now)
    return decision


def rename(session: Session, id: int, sentence: str, note: str, actor: Actor, now: datetime) -> Decision:
    """Give an open decision another title. Once signers were asked they hear what it was called, and why it changed.

    Raises:
        NotNow: it has closed. Unreadable: no title, the same one, or no note where signers were asked.
    """
    decision = open_decision(session, actor, id)
    only(actor, [decision.requester_id], "the requester")
    if decision.status not in OPEN:
        raise NotNow(f"This decision has closed: it is {STATUS_SAID[decision.status]}. Its title stays.")
    (title, rest), was = shorten(sentence), decision.title
    with gathered() as wrong:
        if not title:
            wrong.add("Say in one sentence what has to be decided.", "title")
        elif title == was:
            wrong.add("That is its title already. Change it, or leave it as it is.", "title")
        if decision.sent_at is not None and not note.strip():
            wrong.add("Write why, in a sentence: your signers have read the old title.", "note")
    decision.title = title
    decision.source_text = "\n\n".join(filter(None, [rest, decision.source_text])) or None
    record(session, decision, "rename", actor.user, now, was=was, note=note.strip())
    if decision.sent_at is not None:
        for user in dict.fromkeys(signer.user_id for signer in signing_now(decision.signers)):
            tell(session, decision, user, NoticeKind.RENAMED, now, was=was, said=note.strip())
    show(session, decision, now)
    return decision


def set_private(session: Session, id: int, on: bool, actor: Actor, now: datetime) -> Decision:
    """A private decision is seen by its participants alone. The status message in its channel says no more, and it is
    taken out of digests that were posted, and out of cards of those who take no part."""
    decision = open_decision(session, actor, id)
    only(actor, [decision.requester_id], "the requester")
    changed, decision.private = decision.private is not on, on
    record(session, decision, "private" if on else "public", actor.user, now)
    if changed:
        agenda.calendars_anew(session, decision, now)
    show(session, decision, now)
    standing = posted_cards.cards(session, decision)
    for shown in standing:
        if shown.kind == "status":
            card(session, decision, "status", shown.recipient, now)
    if on:
        here = {part.user_id for part in decision.participants}
        outside = {shown.recipient for shown in standing if shown.kind != "status"} - here
        digests = {entry.channel_id for entry in posted_cards.named_in(session, decision)}
        for place in sorted(outside | digests):
            send(session, decision.workspace_id, "redact", place, now, decision)
    return decision


def park(session: Session, text: str, actor: Actor, now: datetime, decisions: Sequence[int] | None = None) -> Parked:
    """Keep a message that could belong to several triages (``decisions``, by id) until its writer says which."""
    admit(session, actor)
    ensure_workspace(session, actor.workspace, now)
    row = Parked(
        workspace_id=actor.workspace,
        user_id=actor.user,
        text=text,
        at=now,
        used=False,
        decisions=decisions and list(decisions),
    )
    session.add(row)
    session.flush()
    return row


def unpark(session: Session, id: int, actor: Actor) -> str:
    """Take up a parked message, once."""
    admit(session, actor)
    row = locks.parked(session, actor.workspace, id, actor.user)
    if row is None or row.used:
        raise NotNow("That message was taken up already.")
    row.used = True
    return row.text


def taken_up(session: Session, id: int, decision: Decision, now: datetime) -> None:
    """What was parked went to this decision: the question which it is for says so, and asks no more."""
    row = parked_messages.parked(session, decision.workspace_id, id)
    if row is not None:
        row.taken_as = decision.number
        send(session, decision.workspace_id, "parked", row.user_id, now, p=id)


def close_prompts(session: Session, decision: Decision, now: datetime) -> None:
    """A triage is over: questions which decision a message is for, and of whose choices none is left, ask no more."""
    session.flush()
    for row in parked_messages.open_prompts(session, decision.workspace_id, decision.requester_id):
        if not parked_messages.still_asks(session, row):
            send(session, decision.workspace_id, "parked", row.user_id, now, p=row.id)


def in_triage(session: Session, id: int, actor: Actor) -> Decision:
    decision = open_decision(session, actor, id)
    only(actor, [decision.requester_id], "the requester")
    if decision.status is not Status.TRIAGE:
        raise NotNow("This triage is over. “Change an answer” on the card takes it up again, while nobody was asked.")
    return decision
