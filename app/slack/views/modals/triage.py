"""Forms of the triage and its verdict: to start, to ask the rung below and answer it, to go on anyway, to withdraw.

A modal carries in its private_metadata what it is about (see ``ids.Modal``), and its inputs are found by their field.
"""

from app.domain.answers import Result
from app.domain.ladder import Rung
from app.domain.signing.signoff import needs_bar_raiser
from app.domain.triage.below import Advice
from app.domain.triage.lowest_rung import may_decide
from app.slack.ids import Modal
from app.slack.views.blocks import Block, channels_select, checkboxes, input_, modal, section, text_input, users_select
from app.slack.views.parts.below import told_below
from app.slack.views.parts.decision_line import titled
from app.slack.views.parts.people import signer_select
from app.slack.views.parts.way_there import way_there
from app.slack.views.scene import Scene
from app.slack.views.text import inline, mention, mentions, sentence
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


def _to_ask(scene: Scene, rung: Rung) -> str | None:
    """Who has the question, or sits there and can answer; nobody is proposed who has answered already."""
    tried = scene.decision.answers.tried or ()
    waiting = next((one.who for one in tried if one.rung is rung and one.who and one.result is Result.NO_ANSWER), None)
    if waiting:
        return waiting
    answered = [one.who for one in tried if one.who]
    gone = [user for user, person in scene.people.items() if not person.active or person.guest or person.bot]
    return (scene.decision.ladder or scene.ladder).sitting(rung, but=[scene.decision.requester_id, *gone, *answered])


def ask_below_modal(scene: Scene) -> Block:
    """The question to the rung below, ready to be sent."""
    decision = scene.decision
    rung = (decision.verdict.below if decision.verdict else None) or Rung.PEER
    known = _to_ask(scene, rung)
    decides = may_decide(rung, decision.answers, scene.policy)
    helps = "If they can decide it, it stops here." if decides else "They advise, and may know how to try it small."
    blocks = [
        section(f"{titled(decision.name, decision.title, 300)}\n{helps}"),
        input_("person", f"Who is the {rung_said(rung)} to ask?", users_select(known, "Choose a person")),
        input_(
            "text",
            "The question",
            text_input(scene.below, multiline=True),
            hint="Change it as you like. They answer in two clicks, and you hear of it here.",
        ),
    ]
    return modal(Modal.ASK_BELOW, "Ask the rung below", blocks, submit="Send", d=decision.id)


_ADVICE_FORMS: dict[Advice, tuple[str, str, str, str, str]] = {
    # answer: title, submit, label, hint, example
    Advice.CANNOT_DECIDE: (
        "I can't decide this",
        "Pass it on",
        "What would you do, or what keeps you from deciding it?",
        "Whoever decides it next reads this.",
        "It changes the contract with our carrier; I would ask them first.",
    ),
    Advice.TWO_WAY: (
        "It can be made two-way",
        "Show it",
        "What could be tried small first, and what would tell?",
        "The requester looks at the trial again; if it holds, nobody has to sign.",
        "Try it with the ten newest customers for two weeks, and count the complaints.",
    ),
    Advice.DISAGREE: (
        "I disagree",
        "Say so",
        "Why do you disagree?",
        "A sentence that whoever decides reads above the memo.",
        "The figure is of one region only, and the others return twice as much.",
    ),
}


def advise_below_modal(scene: Scene, advice: Advice) -> Block:
    """Advice of whoever was asked on the rung below; only “I can't” may come without words."""
    decision = scene.decision
    title, submit, label, hint, example = _ADVICE_FORMS[advice]
    blocks = [
        section(f"{titled(decision.name, decision.title, 300)}\nAsked by {mention(decision.requester_id)}."),
        input_(
            "said",
            label,
            text_input(multiline=True, placeholder=example),
            hint=hint,
            optional=advice is Advice.CANNOT_DECIDE,
        ),
    ]
    return modal(Modal.BELOW, title, blocks, submit=submit, d=decision.id, a=advice.value)


def own_words_modal(scene: Scene) -> Block:
    """What the requester wrote down for somebody, to be said by themselves."""
    decision = scene.decision
    blocks = [
        section(titled(decision.name, decision.title, 300)),
        *told_below(scene, "*What those who decide read*"),
        input_(
            "said",
            "In your own words",
            text_input(multiline=True, placeholder="I would try it in one store first, and told Sam so on Tuesday."),
            hint="Whoever decides reads this in its place.",
        ),
    ]
    return modal(Modal.OWN_WORDS, "In your own words", blocks, submit="Say it", d=decision.id)


def rename_modal(scene: Scene) -> Block:
    """Another title; once signers were asked, with a note to them."""
    decision = scene.decision
    asked = decision.sent_at is not None
    blocks = [
        input_("title", "What has to be decided?", text_input(decision.title, multiline=True, max_length=300)),
        *(
            [
                input_(
                    "note",
                    "Why does it change?",
                    text_input(placeholder="It is about two stores now, and no longer about all."),
                    hint="Your signers have read the old title: they are told both.",
                )
            ]
            if asked
            else []
        ),
    ]
    return modal(Modal.RENAME, "Change the title", blocks, submit="Save", d=decision.id)


def decide_below_modal(scene: Scene) -> Block:
    """Deciding on the rung that was asked: what was decided, what could go wrong, and who reads it beside."""
    decision = scene.decision
    attempt = next((one for one in decision.answers.tried or () if one.who == scene.viewer), None)
    rung = attempt.rung if attempt else Rung.MANAGER
    blocks = [
        section(
            f"{titled(decision.name, decision.title, 300)}\nAsked by {mention(decision.requester_id)}. "
            f"You decide as {rung_said(rung)}, and it climbs no further."
        ),
        input_(
            "what",
            "What did you decide?",
            text_input(multiline=True, placeholder="We extend the window to 15 January, for members only."),
            hint="A sentence that the team acts on.",
        ),
        input_(
            "premortem",
            "It is a year from now and this went wrong. What happened?",
            text_input(placeholder="Resellers quoted the old terms, and 40 of them asked for the difference."),
        ),
    ]
    if needs_bar_raiser(rung, decision.answers, scene.policy):
        raiser = scene.ladder.bar_raiser(but=[decision.requester_id, scene.viewer])
        blocks.append(
            input_(
                "bar_raiser",
                "Who reads it as bar raiser?",
                signer_select(scene, None, raiser, [scene.viewer]),
                hint="Somebody independent of your team. It is decided once they have approved.",
            )
        )
    blocks.append(
        input_(
            "metric",
            "What will show whether it was right?",
            text_input(placeholder="Returns per 100 orders"),
            hint="The review will hold it against this.",
            optional=True,
        )
    )
    return modal(Modal.DECIDE_BELOW, "I decide this", blocks, submit="I decide this", d=decision.id)


def started_modal(name: str, link: str | None) -> Block:
    """In place of the form: it began, and its first question is one click away."""
    go = way_there("Answer the first question", link)
    said = f"*{inline(name, 40)}* is started. Its first question waits in our conversation."
    return modal(Modal.TOLD, "It is started", [section("\n".join(filter(None, [said, go])))])


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
