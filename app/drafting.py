"""What a draft may draw on, and asking the assistant for one. Outside any transaction: an answer can take minutes."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from app.assistant import PARTS, Assistant, PartDraft, Source
from app.db import policies, roster
from app.db.models import Decision
from app.domain.memo.parts import Memo
from app.words.answers_for_drafts import told_answers, told_seats
from app.words.memo.parts import EXTRA_PARTS
from app.words.memo.parts import PARTS as PAGE
from app.words.triage.verdict import Background, say
from app.workflows.suggestions import Suggested
from app.workflows.triage.setting import setting_of, was_asked

Begun = Callable[[Session, Decision, datetime], Memo]
"""The memo as the answers begin it, where nobody has saved one yet."""

TITLES = {part.key: part.title for part in (*PAGE, *EXTRA_PARTS)}


@dataclass(frozen=True)
class Wanted:
    """What is asked of the assistant: the whole memo, or one part in neutral words; the memo is the one that stands."""

    title: str
    part: str | None
    memo: Memo
    sources: tuple[Source, ...]


def wanted(session: Session, decision: Decision, part: str | None, now: datetime, begun: Begun) -> Wanted:
    """All that the assistant needs of a decision, so that the session can be closed before it is asked."""
    memo = decision.memo or begun(session, decision, now)
    return Wanted(decision.title, part, memo, tuple(sources_of(session, decision, memo, now)))


def ask(assistant: Assistant, wanted: Wanted) -> dict[str, Suggested] | None:
    """Part → what is suggested for it, beside what stands there; None where there is nothing to draft any more.

    Raises AssistantDown.
    """
    if wanted.part is not None:
        original = str(getattr(wanted.memo, wanted.part))
        if not original.strip():  # emptied since it was asked for
            return None
        draft = assistant.neutral(wanted.part, original, wanted.sources)
        return {wanted.part: _suggested(original, draft, draft.model, draft.prompt_version)}
    found = assistant.draft_memo(wanted.title, wanted.sources)
    return {
        key: _suggested(str(getattr(wanted.memo, key)), found.parts[key], found.model, found.prompt_version)
        for key in PARTS
        if key in found.parts
    }


def _suggested(original: str, draft: PartDraft, model: str, prompt: str) -> Suggested:
    cited = tuple(
        {
            "text": one.text,
            "sources": [{"label": source.label, "link": source.link, "kind": source.kind} for source in one.sources],
        }
        for one in draft.sentences
    )
    dropped = tuple({"text": one.text, "why": one.why} for one in draft.dropped)
    return Suggested(original, draft.text, draft.struck, model, prompt, cited, dropped)


def sources_of(session: Session, decision: Decision, memo: Memo, now: datetime) -> list[Source]:
    """Every answer in words, each message of the thread it came from, and the memo as it stands."""
    setting, a = setting_of(session, decision, now), decision.answers
    people = roster.people(session, decision.workspace_id, was_asked(decision) | {decision.requester_id})
    names = {user: one.name for user, one in people.items() if one.name}
    policy = policies.of(session, decision)
    told: list[tuple[str, str]] = [("The decision", decision.title)]
    if decision.requester_id in names:
        told.append(("Requester", names[decision.requester_id]))
    told += told_answers(a, policy, setting.today, names)
    if decision.verdict:
        background = Background(a, setting.today, names)
        told.append(("Why it is a one-way door", " ".join(say(why, background) for why in decision.verdict.why)))
        told += [(f"Gate: {gate.name.value}", say(gate.finding, background)) for gate in decision.verdict.gates]
    ladder = decision.ladder or roster.ladder_of(session, decision.workspace_id, decision.channel_id)
    seated = roster.people(session, decision.workspace_id, ladder.everybody)
    told += told_seats(ladder, decision.rung, {user: one.name for user, one in seated.items() if one.name})
    sources = [Source("answer", label, text) for label, text in told if text]
    sources += _thread(decision)
    return sources + [
        Source("memo", TITLES[key], str(getattr(memo, key))) for key in TITLES if str(getattr(memo, key)).strip()
    ]


def _sentence_in_full(text: str, first: Mapping[str, str]) -> str:
    """What the requester typed, where it was longer than a title: it stands before the thread's first message."""
    before, found, _ = text.partition(f"{first.get('who')}: {first.get('text')}")
    return before.strip() if found else ""


def _thread(decision: Decision) -> list[Source]:
    """One source a message, with its writer and the link that opens it."""
    if decision.source_messages:
        whole = _sentence_in_full(decision.source_text or "", decision.source_messages[0])
        return [Source("answer", "The decision in full", whole)] * bool(whole) + [
            Source("thread", one.get("who") or "somebody", one.get("text", ""), one.get("link", ""))
            for one in decision.source_messages
            if one.get("text", "").strip()
        ]
    if decision.source_text:
        return [Source("thread", "the thread it came from", decision.source_text, decision.source_link or "")]
    return []
