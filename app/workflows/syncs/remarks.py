"""What readers say about a pre-read, and what comes of it: read, commented, asked, answered, resolved, approved."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy.orm import Session

from app.db.models import Decision, OpenQuestion, Remark
from app.domain.errors import NotAllowed, NotNow, Overtaken, Unreadable
from app.domain.lifecycle import Status
from app.domain.message_kinds import NoticeKind
from app.domain.syncs.life import MEETS_IN, Of, RemarkKind, SyncState, may_settle, said_since
from app.words.states import STATUS_SAID
from app.words.syncs import PART_SAID, answered_meanwhile_said
from app.workflows import agenda
from app.workflows.admission import Actor, members_only, only
from app.workflows.cards import show
from app.workflows.moving import record
from app.workflows.notifying import tell
from app.workflows.opening import open_decision
from app.workflows.signing import open_questions
from app.workflows.syncs.planning import subject_of


def mark_read(session: Session, id: int, shown: int | None, actor: Actor, now: datetime) -> Decision:
    """A reader has read the version that was ``shown`` to them; None: the one from which reading counts.

    Raises:
        NotAllowed: it did not go to them.
        NotNow: another version, to be read anew, came out since the one that was shown.
    """
    decision = _open(session, id, actor, now)
    sync, mine = decision.sync, next((one for one in decision.read_by if one.user_id == actor.user), None)
    if sync is None or mine is None:
        raise NotAllowed("This pre-read did not go to you. You can read it and comment on it all the same.")
    version = _seen(shown, sync.counts_from, agenda.version_of(decision, sync.subject))
    if mine.read_version is not None and mine.read_version >= version:
        return decision
    mine.read_version, mine.read_at = version, now
    record(session, decision, "preread_read", actor.user, now, version=version)
    show(session, decision, now)
    return decision


def _seen(shown: int | None, counts_from: int, current: int) -> int:
    """The version that somebody had before them as they clicked, which may be an earlier one that still counts."""
    version = min(counts_from if shown is None else shown, current)
    if version < counts_from:
        raise NotNow(f"Version {current} came out since you opened this: read it first, and click again then.")
    return version


def remark(
    session: Session, id: int, said: RemarkKind, part: str, text: str, actor: Actor, now: datetime,
    *, shown: int | None = None,
) -> Decision:  # fmt: skip
    """Say something about what is read: a comment, or a question that has to be settled. ``shown``: the version that
    they had before them; None: the newest.

    Raises:
        NotNow: nothing is written yet, or it is decided.
        Unreadable: no words.
    """
    decision = _open(session, id, actor, now)
    subject, current = _read_now(decision)
    version = min(shown or current, current)
    if not text.strip():
        question = said is RemarkKind.QUESTION
        raise Unreadable("Write the question." if question else "Write the comment.", "text")
    if part not in PART_SAID:
        part = ""
    _add(session, decision, said, subject, version, part, text.strip(), actor, now)
    record(session, decision, "remark", actor.user, now, kind=said.value, part=part, said=text.strip())
    if actor.user != decision.requester_id:
        tell(
            session, decision, decision.requester_id, NoticeKind.REMARK, now, who=actor.user, said=text.strip(),
            said_as=said.value, part=part, remark=decision.remarks[-1].id,
        )  # fmt: skip
    show(session, decision, now)
    return decision


def approve(session: Session, id: int, shown: int | None, actor: Actor, now: datetime) -> Decision:
    """A reader approves what they read, in writing. It is their answer to the pre-read, and signs nothing. ``shown``:
    the version they had before them; None: the one from which answers count.

    Raises:
        NotAllowed: a guest, or whoever wrote it.
        NotNow: another version came out since the one that was shown.
    """
    decision = _open(session, id, actor, now)
    members_only(session, actor, "only members approve in writing")
    if actor.user == decision.requester_id:
        raise NotAllowed("You wrote it: others say whether it is ready. Nothing was changed.")
    subject, current = _read_now(decision)
    sync = decision.sync if decision.sync is not None and decision.sync.subject is subject else None
    counts_from = sync.counts_from if sync is not None else current
    version = _seen(shown, counts_from, current)
    said = decision.remarks if sync is None else said_since(decision.remarks, sync)
    mine = [one for one in said if one.user_id == actor.user and one.kind is RemarkKind.APPROVAL]
    if any(one.subject is subject and one.version >= counts_from for one in mine):
        return decision
    reader = next((one for one in decision.read_by if one.user_id == actor.user), None)
    if sync is not None and reader is not None and (reader.read_version or 0) < version:
        reader.read_version, reader.read_at = version, now
    _add(session, decision, RemarkKind.APPROVAL, subject, version, "", "", actor, now)
    record(session, decision, "preread_approved", actor.user, now, version=version)
    show(session, decision, now)
    return decision


def _add(
    session: Session, decision: Decision, said: RemarkKind, subject: Of, version: int, part: str, text: str,
    actor: Actor, now: datetime,
) -> None:  # fmt: skip
    decision.remark_count += 1
    decision.remarks.append(
        Remark(
            workspace_id=decision.workspace_id, decision_id=decision.id, user_id=actor.user, kind=said, subject=subject,
            version=version, part=part, text=text, at=now,
        )
    )  # fmt: skip
    session.flush()


def _open(session: Session, id: int, actor: Actor, now: datetime) -> Decision:
    """The decision, with its sync as it is by now: what is said after its start does not undo that."""
    decision = open_decision(session, actor, id)
    agenda.follow(session, decision, now)
    return decision


def _read_now(decision: Decision) -> tuple[Of, int]:
    if decision.status not in MEETS_IN:
        raise NotNow(f"It is not talked over any more: {decision.name} is {STATUS_SAID[decision.status]}.")
    sync = decision.sync
    live = sync is not None and sync.state in (SyncState.PLANNED, SyncState.STARTED, SyncState.CANCELLED)
    subject, version = (
        (sync.subject, agenda.version_of(decision, sync.subject)) if sync is not None and live else subject_of(decision)
    )
    if not version:
        raise NotNow("There is nothing to comment on yet: the memo is not written.")
    return subject, version


# ── what was said ───────────────────────────────────────────────────────────────────────────────────────


def answer(session: Session, id: int, remark: int, text: str, actor: Actor, now: datetime) -> Decision:
    """Anybody who takes part answers. Whether that settles a question, whoever asked says."""
    decision = _open(session, id, actor, now)
    found = _remark(decision, remark)
    if not text.strip():
        raise Unreadable("Write the answer.", "text")
    _answer(session, decision, found, text.strip(), actor, now)
    show(session, decision, now)
    return decision


def _answer(session: Session, decision: Decision, found: Remark, text: str, actor: Actor, now: datetime) -> None:
    found.answer, found.answered_by, found.answered_at = text, actor.user, now
    record(session, decision, "remark_answered", actor.user, now, remark=found.id, said=text)
    if actor.user != found.user_id:
        tell(
            session, decision, found.user_id, NoticeKind.REMARK_ANSWERED, now, who=actor.user, said=text,
            remark=found.id, asked=found.text,
        )  # fmt: skip


def resolve(session: Session, id: int, remark: int, actor: Actor, now: datetime) -> Decision:
    """Whoever asked calls it resolved. With the last one, the sync may be off."""
    decision = _open(session, id, actor, now)
    found = _remark(decision, remark)
    _settle(session, decision, found, actor, now)
    show(session, decision, now)
    return decision


def _settle(session: Session, decision: Decision, found: Remark, actor: Actor, now: datetime) -> None:
    if found.kind is not RemarkKind.QUESTION or found.resolved_at is not None:
        raise NotNow("That question is resolved already.")
    allowed = may_settle(found.user_id, decision.requester_id, agenda.here_still(session, decision))
    only(actor, allowed, f"<@{found.user_id}>, who asked")
    found.resolved_at, found.resolved_by = now, actor.user
    record(session, decision, "remark_resolved", actor.user, now, remark=found.id)


def raise_question(session: Session, id: int, remark: int, actor: Actor, now: datetime) -> Decision:
    """Its writer says that a comment of theirs has to be settled, or opens a question of theirs again."""
    decision = _open(session, id, actor, now)
    found = _remark(decision, remark)
    only(actor, [found.user_id], f"<@{found.user_id}>, who wrote it")
    if decision.status not in MEETS_IN:
        raise NotNow(f"It is not talked over any more: {decision.name} is {STATUS_SAID[decision.status]}.")
    if found.kind is RemarkKind.QUESTION and found.resolved_at is None:
        return decision
    found.kind, found.resolved_at, found.resolved_by = RemarkKind.QUESTION, None, None
    record(session, decision, "remark_raised", actor.user, now, remark=found.id)
    off = decision.sync is not None and decision.sync.state is SyncState.CANCELLED
    if actor.user != decision.requester_id and not off:  # else they hear that it takes place after all, and why
        tell(
            session, decision, decision.requester_id, NoticeKind.REMARK, now, who=actor.user, said=found.text,
            said_as=RemarkKind.QUESTION.value, part=found.part, remark=found.id,
        )  # fmt: skip
    show(session, decision, now)
    return decision


def _remark(decision: Decision, id: int) -> Remark:
    found = next((one for one in decision.remarks if one.id == id and one.kind is not RemarkKind.APPROVAL), None)
    if found is None:
        raise NotNow("That comment is not there any more.")
    if decision.status not in MEETS_IN:
        raise NotNow(f"It is not talked over any more: {decision.name} is {STATUS_SAID[decision.status]}.")
    return found


# ── in the sync ─────────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True)
class Minutes:
    """What was written in a sync: answers by the id of the remark, or of the signer's question, and which of their own
    questions somebody calls resolved. ``seen``: when those that stood there already had been given."""

    answers: Mapping[int, str]
    resolved: Sequence[int] = ()
    to_signers: Mapping[int, str] = field(default_factory=dict)
    seen: Mapping[int, datetime] = field(default_factory=dict)
    seen_to_signers: Mapping[int, datetime] = field(default_factory=dict)


def keep_minutes(session: Session, id: int, written: Minutes, actor: Actor, now: datetime) -> Decision:
    """What the sync says to its questions, each at its own. What is left empty stays as it was.

    Raises:
        Overtaken: somebody else answered one of them since the form was shown.
    """
    decision = _open(session, id, actor, now)
    _check_answers(decision, written, actor)
    for remark_id, text in written.answers.items():
        if text.strip():
            _answer(session, decision, _remark(decision, remark_id), text.strip(), actor, now)
    for question, text in written.to_signers.items():
        if text.strip() and decision.status in (Status.IN_REVIEW, Status.NOT_YET):
            open_questions.put_answer(session, decision, question, text, actor, now)
    for remark_id in written.resolved:
        found = _remark(decision, remark_id)
        if found.resolved_at is None:
            _settle(session, decision, found, actor, now)
    show(session, decision, now)
    return decision


def _check_answers(decision: Decision, written: Minutes, actor: Actor) -> None:
    """Two who write at once: whoever is later sees what the other said before theirs takes its place."""
    groups: tuple[tuple[Sequence[Remark | OpenQuestion], Mapping[int, str], Mapping[int, datetime]], ...] = (
        (decision.remarks, written.answers, written.seen),
        (decision.questions, written.to_signers, written.seen_to_signers),
    )
    for questions, typed, seen in groups:
        for one in questions:
            if not typed.get(one.id, "").strip() or not one.answer or one.answered_by == actor.user:
                continue
            if one.answered_at != seen.get(one.id):
                raise Overtaken(answered_meanwhile_said(one.answered_by or "", one.text), 0)
