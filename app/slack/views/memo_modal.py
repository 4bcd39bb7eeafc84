"""Writing the memo: its five parts on one form, sending it, and choosing between your words and the assistant's."""

import re
from collections.abc import Mapping, Sequence
from datetime import date

from app.db.models import Suggestion
from app.domain.ladder import Ladder, Rung
from app.domain.memo.checks import Check, blocking, check_memo
from app.domain.memo.parts import EXTRA_PARTS, PARTS, Memo, Part, from_json, reading_minutes, word_count
from app.domain.reading.dates import day_of_ask
from app.domain.signing.signoff import needs_bar_raiser
from app.domain.understood import Refused
from app.slack.ids import Act, Modal
from app.slack.views.kit import (
    Block,
    actions,
    button,
    code,
    context,
    datepicker,
    divider,
    input_,
    modal,
    multi_users_select,
    radio,
    section,
    text_input,
    users_select,
)
from app.slack.views.prefill import answer_by, ask_says, prefill
from app.slack.views.rows import titled
from app.slack.views.scene import Scene
from app.slack.views.words import block_text, count, day, inline, listed, mention, mentions, sentence
from app.words.memo import say

_ADVICE = 600
"""Characters of one check's sentence: it names words at fault, and there may be many."""


def memo(scene: Scene, values: Mapping[str, str] | None = None, note: str | None = None) -> Block:
    """The form of the memo. ``values`` (field → raw text) stand in it; without them, the saved memo or the first text.

    ``note`` is a sentence on top, such as why the last save was not taken.
    """
    decision = scene.decision
    typed = dict(values) if values is not None else values_of(decision.memo) if decision.memo else prefill(scene)
    today = scene.setting.today
    advice = _advice(check_memo(memo_of(typed), today=today), typed, today)
    blocks = [section(titled(decision.name, decision.title, 300)), context(_who_signs(scene))]
    if note:
        blocks.append(section(f":warning: {sentence(note)}"))
    for number, part in enumerate(PARTS, 1):
        blocks += [
            _part(part, f"{number}. {part.title}", typed),
            *_codes(typed.get(part.key)),
            *advice.get(part.key, []),
        ]
    blocks += [*advice.get("", []), divider(), section("*Behind the page*")]
    for part in EXTRA_PARTS:
        blocks += [_part(part, part.title, typed), *advice.get(part.key, [])]
    blocks += [
        section("*The predicted result*\nThe review will hold you to this."),
        *advice.get("prediction", []),
        _line("metric", "Metric", typed, "Trials that become customers"),
        _line("baseline", "Where it stands today", typed, "13% in October"),
        _line("target", "Where it will stand", typed, "at least 12%"),
        input_("target_on", "On which day", datepicker(typed.get("target_on"), "Choose a day"), optional=True),
    ]
    return modal(Modal.MEMO, f"Memo of {decision.name}", blocks, submit="Save", d=decision.id, v=decision.memo_version)


def values_of(written: Memo) -> dict[str, str]:
    """A saved memo as the form's fields."""
    values = {part.key: getattr(written, part.key) for part in (*PARTS, *EXTRA_PARTS)}
    if p := written.prediction:
        values |= {"metric": p.metric, "baseline": p.baseline, "target": p.target}
        values["target_on"] = p.on.isoformat() if p.on else ""
    return values


def memo_of(values: Mapping[str, str]) -> Memo:
    """The form's fields as a memo. A prediction stands as soon as one of its fields does."""
    prediction = {key: values.get(field) or "" for key, field in _PREDICTION.items()}
    return from_json({**values, "prediction": prediction if any(prediction.values()) else None})


_PREDICTION = {"metric": "metric", "baseline": "baseline", "target": "target", "on": "target_on"}


def _part(part: Part, label: str, typed: Mapping[str, str]) -> Block:
    element = text_input(typed.get(part.key), multiline=True, placeholder=part.example)
    return input_(part.key, label, element, hint=part.question, optional=True)


def _codes(text: str | None) -> list[Block]:
    """An input shows a mention as its code; say whom it stands for."""
    users = list(dict.fromkeys(re.findall(r"<@([UW][A-Z0-9]+)>", text or "")))
    if not users:
        return []
    codes = listed([code(f"<@{user}>") for user in users[:5]])
    return [context(f"{codes} {'reads' if len(users) == 1 else 'read'} as {mentions(users[:5])}.")]


def _line(field: str, label: str, typed: Mapping[str, str], example: str) -> Block:
    return input_(field, label, text_input(typed.get(field), placeholder=example), optional=True)


def _advice(checks: Sequence[Check], typed: Mapping[str, str], today: date) -> dict[str, list[Block]]:
    """Part key → what a careful reader would say about it; "" for the page. An empty part needs no comment."""
    said: dict[str, list[Block]] = {}
    anything = any((typed.get(part.key) or "").strip() for part in PARTS)
    about = {part.key for part in (*PARTS, *EXTRA_PARTS)}
    for check in checks:
        key = check.part or ""
        if not check.passed and ((typed.get(key) or "").strip() if key in about else anything):
            said.setdefault(key, []).append(context(f"↑ {sentence(say(check, today), _ADVICE)}"))
    return said


def _who_signs(scene: Scene) -> str:
    rung = scene.decision.rung or Rung.MANAGER
    ladder = scene.decision.ladder or scene.ladder
    signer = ladder.sitting(rung, but=[scene.decision.requester_id])
    who = f"Rung: *{rung.said}*, " + (f"signed by {mention(signer)}" if signer else "nobody sits there yet")
    if needs_bar_raiser(rung, scene.decision.answers, scene.policy):
        raiser = ladder.bar_raiser(but=[scene.decision.requester_id, signer or ""])
        who += f" and, as bar raiser, {mention(raiser)}" if raiser else " and a bar raiser"
    return f"{who}. You can save and finish later. To send it, the five numbered parts are needed."


# ── sending ─────────────────────────────────────────────────────────────────────────────────────────────


def send(scene: Scene) -> Block:
    """Who signs, by when, and who reads along; while a part is empty, what is missing instead."""
    if (missing := _not_complete(scene)) is not None:
        return missing
    decision, ladder = scene.decision, scene.ladder
    rung = decision.rung or Rung.MANAGER
    signer = ladder.sitting(rung, but=[decision.requester_id])
    blocks = [
        *_memo_state(scene),
        input_("signer", f"Who signs as {rung.said}?", users_select(signer, "Choose a person")),
        context(_seated(ladder, rung)),
    ]
    if needs_bar_raiser(rung, decision.answers, scene.policy):
        raiser = ladder.bar_raiser(but=[decision.requester_id, signer or ""])
        blocks.append(
            input_(
                "bar_raiser",
                "Who signs as bar raiser?",
                users_select(raiser, "Choose a person"),
                hint="Somebody independent of your team, who reads it beside the rung.",
            )
        )
    blocks += [
        input_(
            "decide_by",
            "By which day do you need the answer?",
            datepicker(_decide_by(scene)),
            hint="They are reminded halfway, a working day before and on the day, in their own working hours.",
        ),
        *_two_days(scene),
        input_(
            "readers",
            "Who may read along?",
            multi_users_select(placeholder="Choose people"),
            hint="They can open the memo and answer questions. They don't sign.",
            optional=True,
        ),
    ]
    return modal(Modal.SEND, "Ask for sign-off", blocks, submit="Send", d=decision.id)


def _memo_state(scene: Scene) -> list[Block]:
    """Which version goes out, and how it reads."""
    written, version = scene.decision.memo or Memo(), scene.decision.memo_version
    open_ = [check for check in check_memo(written, today=scene.setting.today) if not check.passed]
    advice = f"{count(len(open_), 'point')} a reader may raise" if open_ else "every check passed"
    said = f"Version {version}: {count(word_count(written), 'word')}, {minutes(written)}; {advice}."
    return [section(titled(scene.decision.name, scene.decision.title, 300)), context(said)]


def _not_complete(scene: Scene) -> Block | None:
    """What is said instead of the form while a part is empty; None once the memo can go out."""
    decision = scene.decision
    empty = blocking(check_memo(decision.memo or Memo(), today=scene.setting.today))
    titles = [f"“{part.title}”" for part in PARTS if part.key in {check.part for check in empty}]
    if not titles:
        return None
    are, they = ("is", "it is") if len(titles) == 1 else ("are", "they are")
    blocks = [
        section(f"{titled(decision.name, decision.title, 300)}\n{listed(titles)} {are} still empty."),
        context(f"Once {they} written, you choose here who signs and by when."),
        actions(button("Write the memo", Act.MEMO_OPEN, style="primary", d=decision.id)),
    ]
    return modal(Modal.SEND, "Ask for sign-off", blocks, d=decision.id)


def minutes(written: Memo) -> str:
    """How long it takes to read, to the half minute."""
    halves = max(1, round(reading_minutes(written) * 2))
    if halves == 1:
        return "half a minute to read"
    shown = f"{halves // 2}½" if halves % 2 else str(halves // 2)
    return f"{shown} {'minute' if halves == 2 else 'minutes'} to read"


def _seated(ladder: Ladder, rung: Rung) -> str:
    users = ladder.seats.get(rung, ())
    if not users:
        return f"Nobody sits on the {rung.said} rung yet, so whoever you choose signs. `/escalate ladder` seats people."
    return f"On the {rung.said} rung: {mentions(users[:8])}."


def _decide_by(scene: Scene) -> date:
    """The first day to come that the ask names; else the one that the memo's first text proposes."""
    named = ask_says(scene.decision.memo.ask, scene.setting.today) if scene.decision.memo else None
    return named if named and named >= scene.setting.today else answer_by(scene)


def _two_days(scene: Scene) -> list[Block]:
    """What the ask itself says, beside the day that is chosen: the signers read both."""
    today = scene.setting.today
    by = day_of_ask(scene.decision.memo.ask, today=today) if scene.decision.memo else None
    if by is None:
        return []
    if isinstance(by.found, Refused):
        return [context(f"{sentence(by.found.sentence, 300)} Your signers read the ask as it stands, and this day.")]
    named = by.found.value
    passed = ", which has passed" if named < today else ""
    said = f"The ask in your memo says {day(named, today)}{passed}."
    return [context(f"{said} If you choose another day, your signers read both.")]


# ── the assistant's suggestions ─────────────────────────────────────────────────────────────────────────


def suggestions(scene: Scene) -> Block:
    """Your words and the suggested ones, one above the other. Nothing changes before a choice is saved."""
    decision = scene.decision
    titles = {part.key: part.title for part in (*PARTS, *EXTRA_PARTS)}
    shown = [one for one in scene.suggestions if one.part in titles]
    if not shown:
        blocks = [section("There is no suggestion left to look at. The memo is as you wrote it.")]
        return modal(Modal.SUGGESTIONS, "Suggestions", blocks, d=decision.id)
    blocks = [
        section(titled(decision.name, decision.title, 300)),
        context("Drafted from your answers and your text. Nothing changes until you choose and save."),
    ]
    for one in shown:
        blocks += _suggestion(one, titles[one.part])
    return modal(Modal.SUGGESTIONS, "Suggestions", blocks, submit="Save my choice", d=decision.id)


def _suggestion(one: Suggestion, title: str) -> list[Block]:
    yours = block_text(one.original, 2900, quote=True) if one.original.strip() else "> _Nothing written yet_"
    blocks = [
        divider(),
        section(f"*{title}*"),
        section(f"Yours\n{yours}"),
        section(f"Suggested\n{block_text(one.text, 2900, quote=True)}"),
    ]
    if one.struck:
        left_out = ", ".join(inline(str(figure), 40) for figure in one.struck[:10])
        blocks.append(context(f"Left out, because no source has it: {left_out}"))
    choice = radio([("Keep mine", "keep"), ("Take the suggested words", "take")], "keep")
    blocks.append(input_(f"part_{one.part}", f"{title}: which one?", choice))
    return blocks
