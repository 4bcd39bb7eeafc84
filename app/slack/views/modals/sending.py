"""Asking for sign-off: who signs, by when, and who reads along."""

from collections.abc import Sequence
from datetime import date

from app.domain.ladder import Ladder, Rung
from app.domain.memo.checks import PartWritten, blocking, check_memo
from app.domain.memo.parts import Memo, word_count
from app.domain.permissions import bar_raisers, empty_seat, is_member, signers
from app.domain.reading.days_in_forms import day_of_ask
from app.domain.signing.signoff import needs_bar_raiser
from app.domain.understood import Refused
from app.slack.ids import Act, Modal
from app.slack.views.blocks import (
    Block,
    actions,
    alert,
    button,
    checkboxes,
    context,
    datepicker,
    input_,
    modal,
    multi_users_select,
    section,
)
from app.slack.views.parts.decision_line import titled
from app.slack.views.parts.memo import minutes_to_read
from app.slack.views.parts.memo_prefill import day_asked_for, proposed_answer_day
from app.slack.views.parts.people import signer_select
from app.slack.views.scene import Scene
from app.slack.views.text import count, day, inline, listed, mentions, sentence
from app.words.fragments import A_DEADLINE, quoted
from app.words.ladder import rung_said
from app.words.memo.checks import say
from app.words.memo.parts import PARTS
from app.words.reading import days
from app.words.signing.refusals import may_not_sign


def send_modal(scene: Scene, keepers: Sequence[str] = ()) -> Block:
    """Who signs, by when, and who reads along; while a part is empty, or the seat that signs, that instead.

    ``keepers``: who can fill a seat.
    """
    if (missing := _not_complete(scene) or _nobody_signs(scene, keepers)) is not None:
        return missing
    decision, ladder = scene.decision, scene.ladder
    rung = decision.rung or Rung.MANAGER
    signer = _proposed(scene, signers(rung, ladder))
    blocks = [
        *_memo_state(scene),
        input_("signer", f"Who signs as {rung_said(rung)}?", signer_select(scene, rung, signer)),
        context(_seated_said(ladder, rung)),
    ]
    if needs_bar_raiser(rung, decision.answers, scene.policy):
        raiser = _proposed(scene, bar_raisers(ladder), signer)
        blocks.append(
            input_(
                "bar_raiser",
                "Who signs as bar raiser?",
                signer_select(scene, None, raiser, [signer] if signer else []),
                hint="Somebody independent of your team, who reads it beside the rung.",
            )
        )
    blocks += [
        input_(
            "decide_by",
            "By which day do you need the answer?",
            datepicker(_decide_by(scene)),
            hint="They are reminded halfway, a working day before and that morning, in their own working hours.",
        ),
        *late_inputs(scene),
        *_two_days_said(scene),
        input_(
            "readers",
            "Who may read along?",
            multi_users_select(placeholder="Choose people"),
            hint="They can open the memo and answer questions. They don't sign.",
            optional=True,
        ),
    ]
    return modal(Modal.SEND, "Ask for sign-off", blocks, submit="Send", d=decision.id)


def late_inputs(scene: Scene, stands: date | None = None) -> list[Block]:
    """Where a customer-impacting deadline is still to come: what it is, and whether the answer may be later. Ticked
    where the day that stands is later: that was said already."""
    found = scene.decision.answers.deadline
    if found is None or not found.blocks or found.on is None or found.on < scene.setting.today:
        return []
    what = inline(quoted(found.what, A_DEADLINE), 100)
    said = ["yes"] if stands and stands > found.on else []
    may = checkboxes([("The answer may come later than that", "yes")], said)
    return [
        context(f"Waiting blocks {what} on {day(found.on, scene.setting.today)}."),
        input_("late", "After that day?", may, optional=True),
    ]


def _memo_state(scene: Scene) -> list[Block]:
    """Which version goes out, and how it reads."""
    written, version = scene.decision.memo or Memo(), scene.decision.memo_version
    open_ = [check for check in check_memo(written, today=scene.setting.today) if not check.passed]
    advice = f"{count(len(open_), 'point')} a reader may raise" if open_ else "every check passed"
    said = f"Version {version}: {count(word_count(written), 'word')}, {minutes_to_read(written)}; {advice}."
    return [section(titled(scene.decision.name, scene.decision.title, 300)), context(said)]


def _not_complete(scene: Scene) -> Block | None:
    """What is said instead of the form while a part is empty; None once the memo can go out."""
    decision = scene.decision
    empty = blocking(check_memo(decision.memo or Memo(), today=scene.setting.today))
    titles = [f"“{part.title}”" for part in PARTS if part.key in {check.part for check in empty}]
    if not titles:
        return None
    are, they = ("is", "it is") if len(titles) == 1 else ("are", "they are")
    why = f"{listed(titles)} {are} still empty."
    if any(isinstance(one.remark, PartWritten) and one.remark.gap for one in empty):
        why = " ".join(sentence(say(one, scene.setting.today), 300) for one in empty)
    blocks = [
        section(f"{titled(decision.name, decision.title, 300)}\n{why}"),
        context(f"Once {they} written, you choose here who signs and by when."),
        actions(button("Write the memo", Act.MEMO_OPEN, style="primary", d=decision.id)),
    ]
    return modal(Modal.SEND, "Ask for sign-off", blocks, d=decision.id)


def _nobody_signs(scene: Scene, keepers: Sequence[str]) -> Block | None:
    """Which seat is empty for this requester, why, and who can fill it; None where somebody may sign."""
    decision = scene.decision
    rung = decision.rung or Rung.MANAGER
    found = empty_seat(rung, scene.ladder, requester=decision.requester_id, gone=_gone(scene))
    if found is None:
        return None
    said = f"{titled(decision.name, decision.title, 300)}\n{sentence(may_not_sign(found, keepers), 900)}"
    blocks = [section(said), context("Once somebody sits there, you choose here who signs and by when.")]
    return modal(Modal.SEND, "Ask for sign-off", blocks, d=decision.id)


def _gone(scene: Scene) -> set[str]:
    """Who stands on the ladder and can't be relied on any more."""
    return {user for user in scene.ladder.everybody if user in scene.people and not is_member(scene.people[user])}


def _proposed(scene: Scene, able: Sequence[str], beside: str | None = None) -> str | None:
    """The nearest who may sign in a seat, by the one check of who does."""
    not_these = {scene.decision.requester_id, beside, *_gone(scene)}
    return next((user for user in able if user not in not_these), None)


def _seated_said(ladder: Ladder, rung: Rung) -> str:
    users = ladder.seats.get(rung, ())
    if not users:
        said = f"Nobody sits on the {rung_said(rung)} rung yet, so whoever you choose signs."
        return f"{said} `/escalate ladder` seats people."
    return f"On the {rung_said(rung)} rung: {mentions(users[:8])}."


def _decide_by(scene: Scene) -> date:
    """The first day to come that the ask names; else the one that the memo's first text proposes."""
    named = day_asked_for(scene.decision.memo.ask, scene.setting.today) if scene.decision.memo else None
    return named if named and named >= scene.setting.today else proposed_answer_day(scene)


def _two_days_said(scene: Scene) -> list[Block]:
    """What the ask itself says, beside the day that is chosen: the signers read both."""
    today = scene.setting.today
    by = day_of_ask(scene.decision.memo.ask, today=today) if scene.decision.memo else None
    if by is None:
        return []
    if isinstance(by.found, Refused):
        why = sentence(days.say(by.found.why, today), 300)
        return [alert(f"{why} Your signers read the ask as it stands, and this day.")]
    named = by.found.value
    passed = ", which has passed" if named < today else ""
    said = f"The ask in your memo says {day(named, today)}{passed}."
    return [alert(f"{said} If you choose another day, your signers read both.")]
