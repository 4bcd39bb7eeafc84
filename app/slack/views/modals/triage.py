"""Forms of the triage and its verdict: to start, to ask the rung below and answer it, to go on anyway, to withdraw.

A modal carries in its private_metadata what it is about (see ``ids.Modal``), and its inputs are found by their field.
"""

from app.domain.ladder import Rung
from app.slack.ids import Modal
from app.slack.views.blocks import Block, channels_select, checkboxes, input_, modal, section, text_input, users_select
from app.slack.views.parts.decision_line import titled
from app.slack.views.scene import Scene
from app.slack.views.text import mention, mentions, sentence
from app.words.ladder import rung_said


def start_modal(title: str = "", channel: str | None = None) -> Block:
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


def override_modal(scene: Scene) -> Block:
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


def ask_below_modal(scene: Scene) -> Block:
    """The question to the rung below, ready to be sent."""
    decision = scene.decision
    rung = (decision.verdict.below if decision.verdict else None) or Rung.PEER
    known = (scene.decision.ladder or scene.ladder).sitting(rung, but=[decision.requester_id])
    blocks = [
        section(f"{titled(decision.name, decision.title, 300)}\nIf they can decide it, it stops here."),
        input_("person", f"Who is the {rung_said(rung)} to ask?", users_select(known, "Choose a person")),
        input_(
            "text",
            "The question",
            text_input(scene.below, multiline=True),
            hint="Change it as you like. They answer in two clicks, and you hear of it here.",
        ),
    ]
    return modal(Modal.ASK_BELOW, "Ask the rung below", blocks, submit="Send", d=decision.id)


def answer_below_modal(scene: Scene, can: bool) -> Block:
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


def withdraw_modal(scene: Scene) -> Block:
    decision = scene.decision
    asked = [signer.user_id for signer in decision.signers if not signer.handed_over and signer.answer is None]
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
