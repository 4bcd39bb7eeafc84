"""Every modal, one function each. The short ones are here; the others stand by chapter and are named here too.

A modal carries in its private_metadata what it is about (see ``ids.Modal``), and its inputs are found by their field.
"""

from datetime import date

from app.db.models import Decision
from app.domain.ladder import Rung
from app.domain.looking_back import RIGHT_SAID, Look, Right
from app.domain.memo.parts import Prediction
from app.domain.signing.signoff import Answer
from app.slack.ids import Modal
from app.slack.views.kit import (
    Block,
    channels_select,
    checkboxes,
    context,
    fields,
    input_,
    modal,
    mrkdwn,
    radio,
    section,
    text_input,
    users_select,
)
from app.slack.views.memo_modal import memo, send, suggestions
from app.slack.views.notices import target_ahead
from app.slack.views.read_modal import read
from app.slack.views.rows import titled
from app.slack.views.scene import Scene
from app.slack.views.settings_modals import digest, ladder, working_time
from app.slack.views.signoff_modals import (
    climb,
    condition,
    extend,
    hand_over,
    question,
    reply,
    revisit,
    shipped,
    sign,
)
from app.slack.views.words import block_text, day, inline, mention, mentions, sentence

__all__ = [
    "ask_below",
    "below",
    "climb",
    "condition",
    "digest",
    "drop",
    "extend",
    "hand_over",
    "ladder",
    "look",
    "memo",
    "override",
    "question",
    "read",
    "reader",
    "reply",
    "revisit",
    "send",
    "shipped",
    "sign",
    "start",
    "suggestions",
    "told",
    "withdraw",
    "working_time",
]


# ── triage and verdict ──────────────────────────────────────────────────────────────────────────────────


def start(title: str = "", channel: str | None = None) -> Block:
    """A new decision; ``title`` is what was typed already."""
    blocks = [
        input_(
            "sentence",
            "What has to be decided?",
            text_input(title, multiline=True, placeholder="Shorten the return window from 60 to 30 days"),
            hint="One sentence. A few questions follow, most of them one tap.",
        ),
        input_(
            "channel",
            "Which channel hears of it?",
            channels_select(channel, "Choose a channel"),
            hint="Its status and its line in the digest go there. Leave it empty to keep it in our conversation.",
            optional=True,
        ),
        input_(
            "private",
            "Who may know?",
            checkboxes([("Keep it private: only people who take part", "yes")]),
            optional=True,
        ),
    ]
    return modal(Modal.START, "Start a decision", blocks, submit="Start")


def override(scene: Scene) -> Block:
    """Go on although a gate failed, with a reason that the signers read."""
    decision = scene.decision
    failed = (
        [f"• {sentence(scene.say(gate.finding), 600)}" for gate in decision.verdict.failed] if decision.verdict else []
    )
    blocks = [
        section("\n".join([titled(decision.name, decision.title, 300), *failed])),
        input_(
            "reason",
            "Why go on all the same?",
            text_input(multiline=True, placeholder="Our manager is on leave until the deadline, and nobody stands in."),
            hint="Your signers read this above the memo, and it is counted.",
        ),
    ]
    return modal(Modal.OVERRIDE, "Go on anyway", blocks, submit="Go on", d=decision.id)


def ask_below(scene: Scene) -> Block:
    """The question to the rung below, ready to be sent."""
    decision = scene.decision
    rung = (decision.verdict.below if decision.verdict else None) or Rung.PEER
    known = (scene.decision.ladder or scene.ladder).sitting(rung, but=[decision.requester_id])
    blocks = [
        section(f"{titled(decision.name, decision.title, 300)}\nIf they can decide it, it stops here."),
        input_("person", f"Who is the {rung.said} to ask?", users_select(known, "Choose a person")),
        input_(
            "text",
            "The question",
            text_input(scene.below, multiline=True),
            hint="Change it as you like. They answer in two clicks, and you hear of it here.",
        ),
    ]
    return modal(Modal.ASK_BELOW, "Ask the rung below", blocks, submit="Send", d=decision.id)


def below(scene: Scene, can: bool) -> Block:
    """The answer of the rung below: I decide this, or I can't."""
    decision = scene.decision
    intro = section(f"{titled(decision.name, decision.title, 300)}\nAsked by {mention(decision.requester_id)}.")
    if can:
        blocks = [
            intro,
            input_(
                "said",
                "What will show whether it was right?",
                text_input(placeholder="Returns per 100 orders"),
                hint="You decide, it climbs no further, and you look back on it in two weeks.",
                optional=True,
            ),
        ]
        return modal(Modal.BELOW, "I decide this", blocks, submit="I decide this", d=decision.id, can=True)
    blocks = [
        intro,
        input_(
            "said",
            "What keeps you from deciding it?",
            text_input(multiline=True, placeholder="It changes the contract with our carrier."),
            hint="Whoever decides it next reads this.",
            optional=True,
        ),
    ]
    return modal(Modal.BELOW, "I can't decide this", blocks, submit="Pass it on", d=decision.id, can=False)


# ── anywhere ────────────────────────────────────────────────────────────────────────────────────────────


def reader(scene: Scene) -> Block:
    decision = scene.decision
    blocks = [
        section(titled(decision.name, decision.title, 300)),
        input_(
            "to",
            "Who may read along?",
            users_select(placeholder="Choose a person"),
            hint="They can open the memo and answer questions. They don't sign.",
        ),
    ]
    return modal(Modal.READER, "Add a reader", blocks, submit="Add", d=decision.id)


def withdraw(scene: Scene) -> Block:
    decision = scene.decision
    asked = [s.user_id for s in decision.signers if not s.handed_over and s.answer is None]
    told_ = f"{mentions(asked)} will be told once, and asked no more." if asked else "Nobody was asked yet."
    blocks = [
        section(f"{titled(decision.name, decision.title, 300)}\nIt closes, and its record stays. {told_}"),
        input_(
            "why",
            "Why?",
            text_input(multiline=True, placeholder="The supplier kept the old price, so there is nothing to decide."),
            optional=True,
        ),
    ]
    return modal(Modal.WITHDRAW, "Withdraw", blocks, submit="Withdraw", close="Keep it", d=decision.id)


def told(title: str, sentence_: str) -> Block:
    """One sentence; nothing to submit."""
    return modal(Modal.TOLD, title, [section(sentence(sentence_))])


# ── looking back ────────────────────────────────────────────────────────────────────────────────────────


def drop(scene: Scene) -> Block:
    decision = scene.decision
    blocks = [
        section(
            f"{titled(decision.name, decision.title, 300)}\nIt was approved and will not be done. The record says why."
        ),
        input_("why", "Why was it dropped?", text_input(multiline=True, placeholder="The market moved before we did.")),
    ]
    return modal(Modal.DROP, "It was dropped", blocks, submit="Close it", close="Keep it", d=decision.id)


def look(scene: Scene, look: Look) -> Block:
    """Look back: what was expected on top, what happened below."""
    decision = scene.decision
    title, asks, right = _LOOKS[look]
    blocks = [
        section(titled(decision.name, decision.title, 300)),
        *_expected(decision, look, scene.today),
        *([context(ahead)] if look is Look.REVIEW and (ahead := target_ahead(scene).strip()) else []),
        input_(
            "happened",
            asks,
            text_input(multiline=True, placeholder="The figure as it turned out, and what else happened"),
        ),
        input_("right", right, radio([(_first_up(RIGHT_SAID[one]), one.value) for one in Right])),
        input_(
            "learned",
            "What did you learn?",
            text_input(multiline=True, placeholder="What you would tell a team that stands before the same door"),
            optional=True,
        ),
        context("Nobody is marked. The difference is the lesson."),
    ]
    return modal(Modal.LOOK, title, blocks, submit="Close the loop", d=decision.id, look=look.value)


_LOOKS = {
    Look.LEARNING: ("Learning check", "What happened?", "Was it the right call, knowing what you know now?"),
    Look.REVIEW: ("Review", "What came of it?", "Was it the right call, knowing what you know now?"),
    Look.REVISIT: ("Revisit", "What happened since the no?", "Was the no right, knowing what you know now?"),
}


def _expected(decision: Decision, look: Look, today: date) -> list[Block]:
    prediction = decision.memo.prediction if decision.memo else None
    if look is Look.LEARNING:
        return [section(f"*To be judged by*\n{inline(decision.metric or '', 600) or 'what the owner watches'}")]
    if look is Look.REVIEW:
        shipped_ = [context(f"Shipped on {day(decision.shipped_on, today)}.")] if decision.shipped_on else []
        if prediction is None:
            return [section("The memo held no prediction, so there is nothing to hold it against."), *shipped_]
        cells = fields(*_predicted(prediction, today)) | {"text": mrkdwn("*What you predicted*")}
        return [cells, *shipped_]
    said = [s for s in decision.signers if s.answer is Answer.DECLINE and s.said.strip()]
    return [section(f"{mention(s.user_id)} said\n{block_text(s.said, 1500, quote=True)}") for s in said[-3:]]


def _predicted(p: Prediction, today: date) -> list[str]:
    cells = [("Metric", p.metric), ("Then", p.baseline), ("Target", p.target)]
    shown = [f"*{label}*\n{inline(text, 500) or 'not named'}" for label, text in cells]
    return [*shown, f"*On*\n{day(p.on, today) if p.on else 'no day named'}"]


def _first_up(text: str) -> str:
    return text[0].upper() + text[1:]
