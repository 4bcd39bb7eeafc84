"""Writing the memo: its five parts on one form."""

import re
from collections.abc import Mapping, Sequence
from datetime import date

from app.domain.ladder import Rung
from app.domain.lifecycle import UNDER_REVIEW, Status
from app.domain.memo.checks import Check, check_memo
from app.domain.memo.parts import Memo, Prediction, from_json
from app.domain.signing.signoff import Answer, needs_bar_raiser
from app.domain.signing.standing import signing_now
from app.domain.syncs.life import Of
from app.domain.writing.document import predictions
from app.slack.ids import Modal
from app.slack.views.blocks import Block, alert, code, context, datepicker, divider, input_, modal, section, text_input
from app.slack.views.parts.decision_line import titled
from app.slack.views.parts.memo_prefill import prefilled_memo, prefilled_prediction
from app.slack.views.parts.syncs import keep_clock_input
from app.slack.views.scene import Scene
from app.slack.views.text import listed, mention, mentions, sentence
from app.words.ladder import rung_said
from app.words.memo.checks import say
from app.words.memo.parts import EXTRA_PARTS, PARTS, Part
from app.words.memo.predictions import between_said, sure_said

_LONGEST_ADVICE = 600
"""Characters of one check's sentence: it names words at fault, and there may be many."""


def memo_modal(scene: Scene, values: Mapping[str, str] | None = None, note: str | None = None) -> Block:
    """The form of the memo. ``values`` (field → raw text) stand in it; without them, the saved memo or the first text.

    ``note`` is a sentence on top, such as why the last save was not taken.
    """
    decision = scene.decision
    if values is not None:
        typed = dict(values)
    else:
        typed = memo_values(decision.memo) if decision.memo else prefilled_memo(scene) | prefilled_prediction(scene)
        if decision.document and (decision.memo is None or decision.memo.prediction is None):
            typed |= _promised(predictions(decision.document))
    today = scene.setting.today
    advice = _advice_by_part(check_memo(memo_from_values(typed), today=today), typed, today)
    blocks = [section(titled(decision.name, decision.title, 300)), context(_who_signs(scene))]
    if note:
        blocks.append(alert(sentence(note), "warning"))
    if taken := _approvals_it_takes(scene):
        blocks.append(alert(taken, "warning"))
    for number, part in enumerate(PARTS, 1):
        blocks += [
            _part_input(part, f"{number}. {part.title}, needed before it is sent", typed),
            *_mention_codes(typed.get(part.key)),
            *advice.get(part.key, []),
        ]
    blocks += [*advice.get("", []), divider(), section("*Behind the page*")]
    for part in EXTRA_PARTS:
        blocks += [_part_input(part, part.title, typed), *advice.get(part.key, [])]
    blocks += [
        section("*The predicted result*\nThe review will hold you to this."),
        *advice.get("prediction", []),
        _line_input("metric", "Metric", typed, "Trials that become customers"),
        _line_input("baseline", "Where it stands today", typed, "13% in October"),
        _line_input("target", "Where it will stand", typed, "at least 12%"),
        input_("target_on", "On which day", datepicker(typed.get("target_on"), "Choose a day"), optional=True),
        input_(
            "sure",
            "How sure are you that it gets there?",
            text_input(typed.get("sure"), placeholder="70%", max_length=40),
            hint="Of ten such predictions seven should come true. In time you see whether yours do.",
            optional=True,
        ),
        input_(
            "between",
            "Between which figures are you 80% sure it will lie?",
            text_input(typed.get("between"), placeholder="11 to 14", max_length=60),
            hint="Four times in five the figure should lie in there.",
            optional=True,
        ),
    ]
    blocks += keep_clock_input(scene, Of.MEMO)
    return modal(Modal.MEMO, f"Memo of {decision.name}", blocks, submit="Save", d=decision.id, v=decision.memo_version)


def _promised(outcomes: Sequence[Prediction]) -> dict[str, str]:
    """The first outcome of its document, where the memo names none itself."""
    return {
        field: value
        for one in outcomes[:1]
        for field, value in (
            ("metric", one.metric), ("baseline", one.baseline), ("target", one.target),
            ("target_on", one.on.isoformat() if one.on else ""),
        )
    }  # fmt: skip


def _approvals_it_takes(scene: Scene) -> str:
    """Whose answers a change would take back, by the rule of ``workflows.memo.ask_again``."""
    decision = scene.decision
    if decision.status not in UNDER_REVIEW:
        return ""
    answered = [
        signer.user_id
        for signer in signing_now(decision.signers)
        if signer.answer is not None and not (decision.status is Status.NOT_YET and signer.answer is Answer.NOT_YET)
    ]
    if not answered:
        return "Your signers have it: a change shows on their cards at once, and nobody has answered yet."
    one = len(answered) == 1
    return (
        f"If you change a word, {mentions(answered, 'and')} {'is' if one else 'are'} asked again: "
        f"{'their answer was' if one else 'their answers were'} to the page as it is."
    )


def memo_values(written: Memo) -> dict[str, str]:
    """A saved memo as the form's fields."""
    values = {part.key: getattr(written, part.key) for part in (*PARTS, *EXTRA_PARTS)}
    if prediction := written.prediction:
        values |= {"metric": prediction.metric, "baseline": prediction.baseline, "target": prediction.target}
        values["target_on"] = prediction.on.isoformat() if prediction.on else ""
        values |= {"sure": sure_said(prediction), "between": between_said(prediction)}
    return values


def memo_from_values(values: Mapping[str, str]) -> Memo:
    """The form's fields as a memo. A prediction stands as soon as one of its fields does."""
    prediction = {key: values.get(field) or "" for key, field in _PREDICTION.items()}
    return from_json({**values, "prediction": prediction if any(prediction.values()) else None})


_PREDICTION = {"metric": "metric", "baseline": "baseline", "target": "target", "on": "target_on"}


def _part_input(part: Part, label: str, typed: Mapping[str, str]) -> Block:
    """Optional in Slack's sense, all of them: a required input would keep a half-written page from being saved."""
    element = text_input(typed.get(part.key), multiline=True, placeholder=part.example)
    return input_(part.key, label, element, hint=part.question, optional=True)


def _mention_codes(text: str | None) -> list[Block]:
    """An input shows a mention as its code; say whom it stands for."""
    users = list(dict.fromkeys(re.findall(r"<@([UW][A-Z0-9]+)>", text or "")))
    if not users:
        return []
    codes = listed([code(f"<@{user}>") for user in users[:5]])
    return [context(f"{codes} {'reads' if len(users) == 1 else 'read'} as {mentions(users[:5])}.")]


def _line_input(field: str, label: str, typed: Mapping[str, str], example: str) -> Block:
    return input_(field, label, text_input(typed.get(field), placeholder=example), optional=True)


def _advice_by_part(checks: Sequence[Check], typed: Mapping[str, str], today: date) -> dict[str, list[Block]]:
    """Part key → what a careful reader would say about it; "" for the page. An empty part needs no comment."""
    said: dict[str, list[Block]] = {}
    anything = any((typed.get(part.key) or "").strip() for part in PARTS)
    about = {part.key for part in (*PARTS, *EXTRA_PARTS)}
    for check in checks:
        key = check.part or ""
        if not check.passed and ((typed.get(key) or "").strip() if key in about else anything):
            said.setdefault(key, []).append(alert(sentence(say(check, today), _LONGEST_ADVICE), "info"))
    return said


def _who_signs(scene: Scene) -> str:
    rung = scene.decision.rung or Rung.MANAGER
    ladder = scene.decision.ladder or scene.ladder
    signer = ladder.sitting(rung, but=[scene.decision.requester_id])
    who = f"Rung: *{rung_said(rung)}*, " + (f"signed by {mention(signer)}" if signer else "nobody sits there yet")
    if needs_bar_raiser(rung, scene.decision.answers, scene.policy):
        raiser = ladder.bar_raiser(but=[scene.decision.requester_id, signer or ""])
        who += f" and, as bar raiser, {mention(raiser)}" if raiser else " and a bar raiser"
    return (
        f"{who}. Save what you have at any time: every save is a version, and nothing is sent by saving. "
        "The five numbered parts are needed before it is sent."
    )
