"""A pre-read and its sync, as cards, notices and forms show them alike."""

from datetime import datetime, timedelta

from app.db.models import OpenQuestion, Remark, Sync
from app.domain.lifecycle import UNDER_REVIEW
from app.domain.message_kinds import CardKind
from app.domain.people.erased import has_left
from app.domain.signing.standing import signing_now
from app.domain.syncs.life import (
    GIVEN_BACK,
    MEETS_IN,
    Of,
    RemarkKind,
    SyncState,
    agenda,
    has_read,
    is_out,
    may_settle,
    said_since,
    signed_since,
    to_answer,
)
from app.slack.ids import Act
from app.slack.views.blocks import Block, actions, button, confirm, context, input_, section, text_input
from app.slack.views.scene import Message, Scene
from app.slack.views.text import block_text, count, inline, mention, mentions, moment
from app.words.syncs import PART_SAID, SUBJECT_SAID, off_said, read_said

_ON_CARDS = (CardKind.REQUESTER, CardKind.SIGNER, CardKind.READER, CardKind.OWNER)
_MOST_ON_A_CARD = 5
_ROOM = 400


def with_sync(scene: Scene, kind: str, card: Message) -> Message:
    """A card with what is still open, when they would meet, and what the viewer can do about it."""
    if kind not in _ON_CARDS or not scene.decision.title:
        return card
    rows = [*state_blocks(scene), *agenda_blocks(scene, _MOST_ON_A_CARD), *_buttons(scene)]
    return Message(card.text, [*card.blocks, *rows]) if rows else card


# ── what there is ───────────────────────────────────────────────────────────────────────────────────────


def agenda_now(scene: Scene) -> list[Remark | OpenQuestion]:
    """The open questions: the agenda of a sync, and nothing else."""
    decision = scene.decision
    if decision.status not in MEETS_IN:
        return []
    return agenda(decision.remarks, decision.questions if decision.status in UNDER_REVIEW else [])


def version_read(scene: Scene) -> int:
    """The version that readers have before them; 0: nothing is written."""
    decision = scene.decision
    return decision.document_version if subject_read(scene) is Of.DOCUMENT else decision.memo_version


def subject_read(scene: Scene) -> Of:
    decision = scene.decision
    if decision.sync is not None and decision.sync.state is not SyncState.OVER:
        return decision.sync.subject
    return Of.DOCUMENT if decision.document_version else Of.MEMO


def is_live(scene: Scene) -> bool:
    """Whether readers still have something to say to it."""
    sync = scene.decision.sync
    if sync is None or scene.decision.status not in MEETS_IN:
        return False
    return sync.state in (SyncState.PLANNED, SyncState.STARTED) or (
        sync.state is SyncState.CANCELLED and scene.now < sync.starts_at
    )


def reading_now(scene: Scene) -> list[str]:
    """Whom it went to and who are still there. Whoever took the decision over reads their own no more."""
    here = here_still(scene) - {scene.decision.requester_id}
    return [one.user_id for one in scene.decision.read_by if one.user_id in here]


def here_still(scene: Scene) -> frozenset[str]:
    """Who takes part and has not left."""
    people, parts = scene.people, [part.user_id for part in scene.decision.participants]
    return frozenset(one for one in parts if not has_left(one) and (one not in people or people[one].active))


def still_to_answer(scene: Scene, sync: Sync) -> list[str]:
    here = reading_now(scene)
    guests = [one for one in here if one in scene.people and scene.people[one].guest]
    signed = signed_since(signing_now(scene.decision.signers), sync)
    readers = [one for one in scene.decision.read_by if one.user_id in here and one.user_id not in signed]
    return to_answer(readers, said_since(scene.decision.remarks, sync), sync.counts_from, guests)


def coming_to(scene: Scene) -> int:
    return len({scene.decision.requester_id, *reading_now(scene)})


def read_line(scene: Scene, sync: Sync) -> str:
    """``4 of 5 have read version 3``; with those who read the one before, where that still counts."""
    version, here = version_read(scene), reading_now(scene)
    readers = [one for one in scene.decision.read_by if one.user_id in here]
    now = sum(has_read(one, version) for one in readers)
    counting = sum(has_read(one, sync.counts_from) for one in readers)
    also = f", {counting - now} more an earlier one that still counts" if counting > now else ""
    return read_said(now, len(readers), version) + also


def sync_line(scene: Scene, sync: Sync) -> str:
    """What the sync is now, in a line."""
    open_ = agenda_now(scene)
    match sync.state:
        case SyncState.PLANNED:
            rest = (
                f"Its agenda: {count(len(open_), 'open question')}."
                if open_
                else "No question is open: once everybody has answered, it is cancelled."
            )
            return f"*Sync {moment(sync.starts_at)}*, {sync.minutes} minutes. {rest}"
        case SyncState.CANCELLED:
            people = sync.minutes_back // sync.minutes if sync.minutes_back else coming_to(scene)
            return f"*The sync is {off_said(sync.off, sync.minutes_back, people)}.*"
        case SyncState.STARTED:
            silent = " It begins with silent reading." if sync.silent_first else ""
            return f"*The sync is on*, until {moment(_end(sync))}: {count(len(open_), 'open question')}.{silent}"
        case _:
            left = (
                f"{count(len(open_), 'question')} stayed open: whoever signs has {'them' if len(open_) > 1 else 'it'} "
                "below as it stands."
                if open_
                else "Nothing stayed open."
            )
            return f"*The sync is over.* {left}"


def _end(sync: Sync) -> datetime:
    return sync.starts_at + timedelta(minutes=sync.minutes)


# ── blocks ──────────────────────────────────────────────────────────────────────────────────────────────


def state_blocks(scene: Scene) -> list[Block]:
    sync = scene.decision.sync
    if sync is None or scene.newer:
        return []
    gone = sync.state is SyncState.CANCELLED and sync.off not in GIVEN_BACK and scene.decision.status not in MEETS_IN
    if gone:
        return []
    blocks = [section(sync_line(scene, sync))]
    if is_live(scene):
        waits = still_to_answer(scene, sync) if sync.state is SyncState.PLANNED else []
        said = [read_line(scene, sync)]
        said += [f"not answered yet: {mentions(waits[:8])}"] if waits else []
        said += [f"not to be read anew: {inline(sync.kept_because, 200)}"] if sync.kept_because else []
        blocks.append(context("  ·  ".join(said)))
    return blocks


def agenda_lines(scene: Scene, most: int, room: int = 110) -> str:
    """The open questions in short, a line each, where there is no place for more."""
    open_ = agenda_now(scene)
    asks = [(one.user_id if isinstance(one, Remark) else one.asked_by, one.text) for one in open_]
    lines = [f"\n*{number}.* {mention(who)}: {inline(text, room)}" for number, (who, text) in enumerate(asks[:most], 1)]
    more = f"\nand {count(len(open_) - most, 'more question')}" if len(open_) > most else ""
    return "".join(lines) + more


def agenda_blocks(scene: Scene, most: int, room: int = _ROOM) -> list[Block]:
    """The open questions of readers, each with what the viewer can do about it. A signer's has its place already."""
    open_ = [one for one in agenda_now(scene) if isinstance(one, Remark)]
    blocks: list[Block] = []
    for number, one in enumerate(open_[:most], 1):
        blocks.append(section(f"*{number}.* {remark_said(scene, one, room)}"))
        blocks += remark_row(scene, one)
    if len(open_) > most:
        blocks.append(context(f"and {count(len(open_) - most, 'more question')}, below “Comments”"))
    return blocks


def remark_said(scene: Scene, one: Remark, room: int) -> str:
    part = f" about “{PART_SAID[one.part]}”" if one.part in PART_SAID else ""
    what = {
        RemarkKind.QUESTION: "asks" if one.resolved_at is None else "asked",
        RemarkKind.APPROVAL: "approved",
    }.get(one.kind, "says")
    version = f", version {one.version}"
    if one.kind is RemarkKind.APPROVAL:
        return f"{mention(one.user_id)} approved version {one.version} in writing."
    said = f"{mention(one.user_id)} {what}{part}{version}:\n{block_text(one.text, room, quote=True)}"
    if one.answer:
        said += f"\n{mention(one.answered_by or '')} answered:\n{block_text(one.answer, room, quote=True)}"
    if one.resolved_at is not None:
        said += "\nResolved."
    return said


def remark_row(scene: Scene, one: Remark) -> list[Block]:
    decision, viewer = scene.decision, scene.viewer
    if decision.status not in MEETS_IN or one.kind is RemarkKind.APPROVAL:
        return []
    row: list[Block] = []
    open_ = one.kind is RemarkKind.QUESTION and one.resolved_at is None
    if open_ and viewer in may_settle(one.user_id, decision.requester_id, here_still(scene)):
        row.append(button("That settles it", Act.REMARK_RESOLVE, suffix=str(one.id), d=decision.id, r=one.id))
    if one.resolved_at is None:
        label = "Answer…" if not one.answer else "Answer again…"
        row.append(button(label, Act.REMARK_ANSWER_OPEN, suffix=str(one.id), d=decision.id, r=one.id))
    if not open_ and viewer == one.user_id:
        label = "Ask it again" if one.kind is RemarkKind.QUESTION else "Make it an open question"
        row.append(button(label, Act.REMARK_RAISE, suffix=str(one.id), d=decision.id, r=one.id))
    return [actions(*row)] if row else []


def reader_row(scene: Scene, style: str | None = None) -> list[Block]:
    """What a reader can do with the version before them, each in a click. ``style``: of the approval."""
    decision, id = scene.decision, scene.decision.id
    mine = next((one for one in decision.read_by if one.user_id == scene.viewer), None)
    sync = decision.sync
    if sync is None or mine is None or scene.viewer == decision.requester_id or not is_live(scene):
        return []
    version = version_read(scene)
    row = [] if has_read(mine, version) else [button("I have read it", Act.PREREAD_READ, d=id, v=version)]
    row += comment_buttons(scene)
    approved = any(
        one.kind is RemarkKind.APPROVAL and one.user_id == scene.viewer and one.version >= sync.counts_from
        for one in said_since(decision.remarks, sync)
    )
    if not approved and not scene.guest:
        row.append(button("Approve in writing", Act.APPROVE_WRITTEN, style, d=id, v=version))
    return [actions(*row, block_id="preread")]


def comment_buttons(scene: Scene) -> list[Block]:
    id, version = scene.decision.id, version_read(scene)
    return [
        button("Comment…", Act.REMARK_OPEN, suffix="comment", d=id, k=RemarkKind.COMMENT.value, v=version),
        button("Open question…", Act.REMARK_OPEN, suffix="question", d=id, k=RemarkKind.QUESTION.value, v=version),
    ]


def read_it_button(scene: Scene) -> Block:
    subject = subject_read(scene)
    act = Act.DOCUMENT_READ if subject is Of.DOCUMENT else Act.MEMO_READ
    return button(f"Open the {SUBJECT_SAID[subject]}", act, d=scene.decision.id)


def may_send_preread(scene: Scene) -> bool:
    decision = scene.decision
    out = decision.sync is not None and decision.sync.state in (SyncState.PLANNED, SyncState.STARTED)
    written = bool(decision.document_version or decision.memo_version)
    return decision.status in MEETS_IN and written and not out and not scene.guest


def keep_clock_input(scene: Scene, subject: Of) -> list[Block]:
    """Where a pre-read of this is out: why nobody need read the next version anew. Left empty, the clock restarts."""
    sync = scene.decision.sync
    if sync is None or sync.subject is not subject:
        return []
    if scene.decision.status not in MEETS_IN or not is_out(sync.state, sync.off, started=scene.now >= sync.starts_at):
        return []
    moves = "and the sync moves where that takes longer" if sync.state is SyncState.PLANNED else "and the sync is back"
    return [
        input_(
            "keep_clock",
            "Your readers need not read it anew, because…",
            text_input(max_length=300, placeholder="Only a typing error in the FAQ"),
            hint=f"A pre-read is out. Left empty, they read it anew, {moves}.",
            optional=True,
        )
    ]


def _buttons(scene: Scene) -> list[Block]:
    decision, viewer, id = scene.decision, scene.viewer, scene.decision.id
    sync, row = decision.sync, list[Block]()
    if sync is not None and sync.state is SyncState.STARTED and agenda_now(scene):
        row.append(button("The open questions…", Act.SYNC_OPEN, d=id))
    if viewer == decision.requester_id:
        if may_send_preread(scene):
            row.append(button("Send as a pre-read…", Act.PREREAD_OPEN, d=id))
        if sync is not None and sync.state is SyncState.PLANNED:
            row.append(button("Move the sync…", Act.SYNC_MOVE_OPEN, d=id))
            sure = confirm(
                "Call the sync off?", "Everybody hears it. What is open stays open in writing.", "Call it off"
            )
            row.append(button("Call it off", Act.SYNC_OFF, confirm=sure, d=id))
    elif sync is not None and is_live(scene) and not reader_row(scene):
        row += comment_buttons(scene)
    if decision.remarks:
        row.append(button(f"Comments ({len(decision.remarks)})", Act.REMARKS_SHOW, d=id))
    return [*reader_row(scene), *([actions(*row, block_id="sync")] if row else [])]
