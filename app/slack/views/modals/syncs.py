"""Pre-read and sync: the forms."""

from collections.abc import Mapping, Sequence

from app.db.models import OpenQuestion, Person, Remark
from app.domain.memo.parts import EXTRA_PART_KEYS, PART_KEYS
from app.domain.people.working_time import hours_of
from app.domain.permissions import bar_raisers
from app.domain.syncs.life import MOST_READERS, Of, RemarkKind, may_settle
from app.domain.syncs.slots import Slot, clock_of
from app.domain.writing.document import Section
from app.slack.ids import Modal
from app.slack.views.blocks import (
    Block,
    checkboxes,
    context,
    datepicker,
    divider,
    input_,
    modal,
    multi_users_select,
    radio,
    section,
    select,
    text_input,
    timepicker,
)
from app.slack.views.parts.decision_line import titled
from app.slack.views.parts.syncs import agenda_now, here_still, remark_row, remark_said, subject_read, version_read
from app.slack.views.scene import Scene
from app.slack.views.text import block_text, count, mention
from app.words.syncs import PART_SAID, SUBJECT_SAID, outside_said, when_said

_ALL = "all"
_MOST = 20
_NAMED = 6
"""People whose clock is told beside a slot."""


def preread_modal(scene: Scene) -> Block:
    """To whom. When is asked next, since it depends on them."""
    decision = scene.decision
    policy = scene.policy
    blocks = [
        section(titled(decision.name, decision.title, 300)),
        context(f"Version {version_read(scene)} of the {SUBJECT_SAID[subject_read(scene)]} goes out."),
        input_(
            "readers",
            "Who reads it before?",
            multi_users_select(_proposed(scene), "Choose people", most=MOST_READERS),
            hint="They read it in their own time, and meet only about what stays open.",
        ),
        input_(
            "silent",
            "If you meet",
            checkboxes([("Begin with silent reading", "yes")]),
            optional=True,
        ),
        context(f"It is out at least {policy.preread_hours} hours before. The next step has the times that suit all."),
    ]
    return modal(Modal.PREREAD, "Send as a pre-read", blocks, submit="Next: when", d=decision.id)


def _proposed(scene: Scene) -> list[str]:
    """Who takes part already; where that is nobody, who would sign."""
    decision = scene.decision
    here = [part.user_id for part in decision.participants if part.user_id != decision.requester_id]
    if not here:
        seats = scene.ladder.seats.get(decision.rung, ()) if decision.rung else ()
        here = [*seats[:1], *bar_raisers(scene.ladder)[:1]]
    known = [one for one in here if one != decision.requester_id]
    return [one for one in known if one not in scene.people or scene.people[one].active][:MOST_READERS]


def preread_at_modal(
    scene: Scene, readers: Sequence[str], silent: bool, slots: Sequence[Slot], people: Mapping[str, Person]
) -> Block:
    blocks = [section(titled(scene.decision.name, scene.decision.title, 300)), *_times(scene, readers, slots, people)]
    return modal(
        Modal.PREREAD_AT, "When would you meet?", blocks, submit="Send it", d=scene.decision.id, who=list(readers),
        sil=silent,
    )  # fmt: skip


def move_modal(scene: Scene, readers: Sequence[str], slots: Sequence[Slot], people: Mapping[str, Person]) -> Block:
    return modal(
        Modal.SYNC_MOVE, "Move the sync", _times(scene, readers, slots, people), submit="Move it", d=scene.decision.id
    )


def _times(scene: Scene, readers: Sequence[str], slots: Sequence[Slot], people: Mapping[str, Person]) -> list[Block]:
    """The slots, each with everybody's own clock; and any other time by hand."""
    me = people.get(scene.viewer) or Person(user_id=scene.viewer, tz=scene.tz)
    blocks: list[Block] = []
    if slots:
        offered = [(when_said(one.start, hours_of(me), scene.today), one.start.isoformat()) for one in slots]
        blocks.append(input_("slot", "Thirty minutes", radio(offered, offered[0][1]), optional=True))
        tails: dict[str, list[str]] = {}
        for (label, _), one in zip(offered, slots, strict=True):
            tails.setdefault(_clocks(scene, one, readers, people), []).append(label)
        lines = [f"*{'; '.join(labels)}*{tail}" for tail, labels in tails.items()]
        blocks.append(context("\n".join(lines)[:2900]))
    else:
        blocks.append(section("No time within two months lies on a working day of everybody's. Choose one by hand."))
    return [
        *blocks,
        divider(),
        input_("on", "Another day", datepicker(None, "Choose a day"), optional=True),
        input_("at", "…at, on your clock", timepicker(None, "Choose a time"), optional=True),
    ]


def _clocks(scene: Scene, slot: Slot, readers: Sequence[str], people: Mapping[str, Person]) -> str:
    """What everybody's own clock says then, where that is another one or outside of their hours."""
    outside, everybody = dict(slot.outside), [*readers, scene.viewer]
    mine = clock_of(slot.start, hours_of(people.get(scene.viewer) or Person(user_id=scene.viewer, tz=scene.tz)))
    said: list[str] = []
    for number, user in enumerate(everybody):
        local = clock_of(slot.start, hours_of(people.get(user) or Person(user_id=user, tz="UTC")))
        by = outside.get(number)
        if by is None and (local.utcoffset() == mine.utcoffset() or len(said) >= _NAMED):
            continue
        days = (local.date() - mine.date()).days
        day = {1: " the next day", -1: " the day before"}.get(days, "")
        late = f" ({outside_said(by)})" if by else ""
        said.append(f"{mention(user)} {local:%H:%M}{day}{late}")
    return f": {'; '.join(said)}" if said else ""


# ── comments ────────────────────────────────────────────────────────────────────────────────────────────


def remark_modal(scene: Scene, kind: RemarkKind, version: int | None = None) -> Block:
    """``version``: the one that stood beside the button; None: the newest."""
    question = kind is RemarkKind.QUESTION
    subject = subject_read(scene)
    keys = [one.value for one in _sections(scene)] if subject is Of.DOCUMENT else [*PART_KEYS, *EXTRA_PART_KEYS]
    parts = [("All of it", _ALL), *((PART_SAID[key], key) for key in keys if key in PART_SAID)]
    blocks = [
        section(titled(scene.decision.name, scene.decision.title, 300)),
        input_("part", "About which part?", select(parts, _ALL)),
        input_(
            "text",
            "What has to be settled?" if question else "Your comment",
            text_input(multiline=True),
            hint="It stays open until you call it resolved, and is what a sync is about." if question else None,
        ),
    ]
    title = "Open question" if question else "Comment"
    return modal(
        Modal.REMARK, title, blocks, submit="Ask" if question else "Send", d=scene.decision.id, k=kind.value,
        v=version or version_read(scene),
    )  # fmt: skip


def _sections(scene: Scene) -> Sequence[Section]:
    document = scene.decision.document
    return document.sections if document is not None else ()


def remark_answer_modal(scene: Scene, remark: int) -> Block:
    decision = scene.decision
    found = next((one for one in decision.remarks if one.id == remark), None)
    blocks = [section(remark_said(scene, found, 1300))] if found is not None else []
    question = found is not None and found.kind is RemarkKind.QUESTION
    hint = f"{mention_plain(scene, found.user_id)} says whether that settles it." if found and question else None
    blocks.append(input_("text", "Your answer", text_input(multiline=True), hint=hint))
    return modal(Modal.REMARK_ANSWER, "Answer", blocks, submit="Answer", d=decision.id, r=remark)


def mention_plain(scene: Scene, user: str) -> str:
    person = scene.people.get(user)
    return person.name if person is not None and person.name else "Whoever asked"


def remarks_modal(scene: Scene) -> Block:
    """All that was said, the newest first."""
    decision = scene.decision
    blocks: list[Block] = [section(titled(decision.name, decision.title, 300))]
    for one in list(reversed(decision.remarks))[:_MOST]:
        blocks += [divider(), section(remark_said(scene, one, 1200)), *remark_row(scene, one)]
    more = len(decision.remarks) - _MOST
    if more > 0:
        blocks.append(context(f"and {count(more, 'earlier one')}, in the export"))
    if not decision.remarks:
        blocks.append(section("Nobody has said anything about it yet."))
    return modal(Modal.REMARKS, f"Comments on {decision.name}"[:24], blocks, d=decision.id)


# ── in the sync ─────────────────────────────────────────────────────────────────────────────────────────


def sync_modal(scene: Scene, typed: Mapping[str, str] | None = None) -> Block:
    """The open questions, each with its answer field; silent reading first, where that was chosen. ``typed``: what was
    written into fields before."""
    decision = scene.decision
    blocks: list[Block] = []
    open_ = agenda_now(scene)
    if decision.sync is not None and decision.sync.silent_first:
        blocks.append(section("*First: silent reading.* Ten minutes, everybody for themselves; then the questions."))
    parts = here_still(scene)
    for number, one in enumerate(open_[:_MOST], 1):
        said = remark_said(scene, one, 1300) if isinstance(one, Remark) else _signers(one)
        blocks.append(section(f"*{number}.* {said}"))
        before = typed.get(_field(one)) if typed is not None else None
        blocks.append(input_(_field(one), "What the sync says", text_input(before, multiline=True), optional=True))
        if isinstance(one, Remark) and scene.viewer in may_settle(one.user_id, decision.requester_id, parts):
            tick = checkboxes([("That settles it", "yes")])
            blocks.append(input_(f"settled_{one.id}", "You asked this", tick, optional=True))
    if not blocks:
        blocks.append(section("No question is open any more."))
    if len(open_) > _MOST:
        more = count(len(open_) - _MOST, "more question")
        blocks.append(context(f"and {more}: open this again once some are settled"))
    blocks.append(context("What is not settled goes to whoever signs, as it stands."))
    seen = [[_field(one), one.answered_at.isoformat()] for one in open_[:_MOST] if one.answer and one.answered_at]
    return modal(Modal.SYNC, "The open questions", blocks, submit="Keep the answers", d=decision.id, seen=seen)


def sync_again_modal(scene: Scene, typed: Mapping[str, str], said: str) -> Block:
    """The form once more, where somebody answered meanwhile: what they said, and below it what was typed here. What was
    typed to a question that is settled since stands above."""
    shown, fields = sync_modal(scene, typed), {_field(one) for one in agenda_now(scene)[:_MOST]}
    gone = [text for field, text in typed.items() if text.strip() and field not in fields]
    settled = "To a question that is settled by now you wrote:"
    lost = [section(f"{settled}\n{block_text(text, 900, quote=True)}") for text in gone]
    return {**shown, "blocks": [section(said), *lost[:5], *shown["blocks"]]}


def _field(one: Remark | OpenQuestion) -> str:
    return f"answer_{one.id}" if isinstance(one, Remark) else f"signer_{one.id}"


def _signers(one: OpenQuestion) -> str:
    answered = (
        f"\n{mention(one.answered_by or '')} answered:\n{block_text(one.answer, 800, quote=True)}" if one.answer else ""
    )
    return f"{mention(one.asked_by)} asks before signing:\n{block_text(one.text, 1500, quote=True)}{answered}"
