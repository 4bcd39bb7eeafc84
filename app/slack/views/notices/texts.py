"""One sentence to one person: what happened, who acts next, and the one thing to click."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any

from app.domain.intervals import EXPIRES_AFTER
from app.domain.memo import EXTRA_PARTS, PARTS
from app.domain.reviews import Look
from app.slack.ids import Act
from app.slack.views.blocks import Block, actions, button, code, context, pick, section
from app.slack.views.parts.decision import deadline_day
from app.slack.views.parts.looking_back import target_ahead
from app.slack.views.parts.memo import prediction_line
from app.slack.views.parts.newer_release import in_newer_version
from app.slack.views.parts.signing import climb_button, next_chair, pending_signers
from app.slack.views.parts.taking_over import requester_left_said, taking_over_means
from app.slack.views.scene import Message, Scene
from app.slack.views.text import block_text, count, day, inline, listed, mention, mentions, sentence

Args = Mapping[str, Any]

OFF = "You can switch optional reminders off on my Home tab."
_TITLES = {part.key: part.title for part in (*PARTS, *EXTRA_PARTS)}


def render_notice(say: str, scene: Scene, args: Args) -> Message:
    """The notice named ``say``. ``args`` is what the workflow sent along; raises KeyError for an unknown name."""
    try:
        said, *rest = NOTICES[say](scene, args)
    except Exception:
        if scene.newer and say in NOTICES:  # it is about what this release does not know
            return in_newer_version(scene, title=True)
        raise
    decision = scene.decision
    about = f"*{decision.name}* {inline(decision.title, 200)}" if decision.title else f"*{decision.name}*"
    first = said.split("\n")[0]
    return Message(f"{decision.name}: {_without_bold(first)}", [section(f"{said}\n{about}"), *rest])


Said = Sequence[Any]
"""The sentence, and the blocks below it."""


def _without_bold(text: str) -> str:
    """Without bold, for a notification."""
    return text.replace("*", "")


def _who(args: Args, key: str = "who") -> str:
    value = args.get(key)
    users = [str(one) for one in value] if isinstance(value, list | tuple) else [str(value or "")]
    return mentions([user for user in users if user]) or "Somebody"


def _quote(args: Args, limit: int = 1200) -> str:
    text = str(args.get("said") or "").strip()
    return f"\n{block_text(text, limit, quote=True)}" if text else ""


def _read(scene: Scene) -> Block:
    return button("Read", Act.MEMO_READ, d=scene.decision.id)


def _card(scene: Scene, label: str = "Show the card") -> Block:
    return button(label, Act.SHOW, d=scene.decision.id)


def _hand_over(scene: Scene) -> Block | None:
    return None if scene.guest else button("Hand over…", Act.HAND_OVER_OPEN, d=scene.decision.id)


def _snooze(scene: Scene) -> Block:
    options = [
        ("tomorrow" if days == 1 else f"in {days} days", {"d": scene.decision.id, "days": days}) for days in (1, 3, 7)
    ]
    return pick(Act.SNOOZE, "Remind me…", options)


def _by(scene: Scene) -> str:
    return f" by {deadline_day(scene)}" if scene.decision.deadline_at else ""


# ── the rung below ──────────────────────────────────────────────────────────────────────────────────────


def _below_decides(scene: Scene, args: Args) -> Said:
    on = f" Learning check on {day(scene.decision.look_on, scene.today)}." if scene.decision.look_on else ""
    return [f"*{_who(args)} decides this.* It stops here, and you need nothing more.{on}{_quote(args)}"]


def _below_cannot(scene: Scene, args: Args) -> Said:
    return [
        f"*{_who(args)} can't decide this.* Your card shows the next step.{_quote(args)}",
        actions(_card(scene)),
    ]


def _asked_reminder(scene: Scene, args: Args) -> Said:
    asker = mention(scene.decision.requester_id)
    return [
        f"*{asker} still waits for you: can you decide this?* If you can't, saying so helps as much.",
        actions(
            None if scene.guest else button("I can decide this…", Act.BELOW_CAN_OPEN, d=scene.decision.id),
            button("I can't decide this…", Act.BELOW_CANNOT_OPEN, d=scene.decision.id),
            _snooze(scene),
        ),
    ]


# ── the memo and its sign-off ───────────────────────────────────────────────────────────────────────────


def _memo_changed(scene: Scene, args: Args) -> Said:
    changed = [str(part) for part in args.get("parts") or ()]
    parts = list(dict.fromkeys(_TITLES.get(part, "The prediction").lower() for part in changed))
    what = "the memo" if "all" in changed or not 0 < len(parts) <= 4 else listed(parts)
    version = args.get("version") or scene.decision.memo_version
    return [
        f"*You are asked again: {what} changed after you answered.* It is version {version} now{_due(scene)}.",
        actions(_read(scene), _card(scene)),
    ]


def _due(scene: Scene) -> str:
    return f"; please answer{_by(scene)}" if scene.decision.deadline_at else ""


def _not_yet(scene: Scene, args: Args) -> Said:
    return [
        f"*{_who(args)} says: not yet, if…* You are next: meet the condition, and they are asked again.{_quote(args)}",
        actions(button("The condition is met…", Act.CONDITION_OPEN, d=scene.decision.id), _read(scene)),
    ]


def _decline(scene: Scene, args: Args) -> Said:
    return [
        f"*{_who(args)} declined.* You can go along with it and set a day to look again, "
        f"or start again with what was learned.{_quote(args)}",
        actions(button("Set a day to look again…", Act.REVISIT_OPEN, d=scene.decision.id), _read(scene)),
    ]


def _two_way(scene: Scene, args: Args) -> Said:
    on = f" The learning check is on {day(scene.decision.look_on, scene.today)}." if scene.decision.look_on else ""
    return [f"*{_who(args)} calls it a two-way door, so you decide.*{on}{_quote(args)}"]


def _approved(scene: Scene, args: Args) -> Said:
    signed = [s.user_id for s in scene.decision.signers if not s.handed_over and s.answer]
    by = f", by {mentions(signed)}" if signed else ""
    return [
        f"*Approved{by}.* You are next: tell me when it shipped; the review is dated from that day.",
        actions(
            button("It shipped…", Act.SHIPPED_OPEN, d=scene.decision.id),
            button("Export", Act.EXPORT, d=scene.decision.id),
        ),
    ]


def _condition_met(scene: Scene, args: Args) -> Said:
    requester = mention(scene.decision.requester_id)
    return [
        f"*{requester} says your condition is met.* Please answer again{_by(scene)}.{_quote(args)}",
        actions(_read(scene), _card(scene)),
    ]


def _question(scene: Scene, args: Args) -> Said:
    asked = [
        question
        for question in scene.decision.questions
        if not question.condition and question.resolved_at is None and question.text == args.get("said")
    ]
    answer = button("Answer…", Act.REPLY_OPEN, d=scene.decision.id, q=asked[-1].id) if asked else _card(scene)
    return [
        f"*{_who(args)} asks you a question.* It blocks approval until they call it resolved.{_quote(args)}",
        actions(answer, _read(scene)),
    ]


def _answered(scene: Scene, args: Args) -> Said:
    done = [
        question
        for question in scene.decision.questions
        if question.answer == args.get("said") and question.resolved_at is None and not question.condition
    ]
    resolve = button("Resolved", Act.RESOLVE, d=scene.decision.id, q=done[-1].id) if done else _card(scene)
    return [
        f"*{_who(args)} answered your question.* You say whether that resolves it.{_quote(args)}",
        actions(resolve, _read(scene)),
    ]


def _handed_over(scene: Scene, args: Args) -> Said:
    return [f"*{_who(args)} handed over to {_who(args, 'to')}*, who answers{_by(scene)}. You need do nothing."]


def _replaced(scene: Scene, args: Args) -> Said:
    return [f"*{_who(args, 'to')} was asked in your place*, since the date had passed. You need do nothing."]


def _withdrawn(scene: Scene, args: Args) -> Said:
    return [f"*{mention(scene.decision.requester_id)} withdrew this.* Your answer is no longer needed.{_quote(args)}"]


def _signer_left(scene: Scene, args: Args) -> Said:
    old = str(args.get("who") or "")
    left = next((s for s in scene.decision.signers if s.user_id == old and not s.handed_over), None)
    rung = (left.rung or "") if left else ""
    return [
        f"*{_who(args)} has left this workspace* and can't sign. You are next: choose who is asked instead.",
        actions(button("Choose somebody…", Act.CLIMB_OPEN, d=scene.decision.id, old=old, rung=rung)),
    ]


def _requester_left(scene: Scene, args: Args) -> Said:
    decision = scene.decision
    return [
        f"*{requester_left_said(args)}.* Take it over, and you are its requester: {taking_over_means(scene)}",
        actions(
            button("Take it over", Act.TAKE_OVER, style="primary", d=decision.id),
            _read(scene) if decision.memo else None,
        ),
    ]


def _requester_left_signer(scene: Scene, args: Args) -> Said:
    """Whoever signs it can't take it over, and can let somebody in who may."""
    asked = args.get("asked") or ()
    was = f" {_who(args, 'asked')} may take it over." if asked else " Somebody has to take it over."
    return [
        f"*{requester_left_said(args)}.*{was} You sign it, so you can't; whoever you let read along may.",
        actions(button("Let somebody read along…", Act.READER_OPEN, d=scene.decision.id), _read(scene)),
    ]


# ── reminders ───────────────────────────────────────────────────────────────────────────────────────────


def _left_alone(scene: Scene, args: Args) -> Said:
    return [
        "*This waits for you where you left it.* Two or three taps may be all it takes.",
        actions(
            _card(scene, "Take it up again"),
            button("Withdraw…", Act.WITHDRAW_OPEN, d=scene.decision.id),
            _snooze(scene),
        ),
        context(OFF),
    ]


def _expiring(scene: Scene, args: Args) -> Said:
    return [
        "*This closes soon, since nobody touched it for a while.* Take it up again to keep it open.",
        actions(_card(scene, "Take it up again"), button("Withdraw…", Act.WITHDRAW_OPEN, d=scene.decision.id)),
    ]


def _expired(scene: Scene, args: Args) -> Said:
    said = f"*Closed, since nobody touched it for {EXPIRES_AFTER.days} days.*"
    if scene.guest:
        return [f"{said} A member can start it again if it still has to be decided."]
    return [
        f"{said} Start it again if it still has to be decided.",
        actions(button("Start it again…", Act.START_OPEN, d=scene.decision.id)),
    ]


def _remind(scene: Scene, args: Args) -> Said:
    label = str(args.get("label") or "")
    at = _moment_of(args.get("deadline")) or scene.decision.deadline_at
    day_ = deadline_day(scene, at) if at else ""
    by = f" by {day_}" if day_ else ""
    who = mention(scene.decision.requester_id)
    opening = {
        "halfway": f"*{who} asks for your answer{by}.* Half of the time is left.",
        "day_before": f"*{who} needs your answer{by}.* One working day is left.",
        "deadline": f"*{who} needs your answer now:* the date you were asked for is {day_ or 'today'}.",
    }
    said = opening.get(label, f"*{who} asks for your answer{by}.*")
    row = actions(
        _card(scene, "Show what to answer"),
        _read(scene),
        _hand_over(scene) if label == "deadline" else None,
        _snooze(scene),
    )
    return [said, row] if label == "deadline" else [said, row, context(OFF)]


def _moment_of(value: object) -> datetime | None:
    try:
        at = datetime.fromisoformat(str(value))
    except ValueError:
        return None
    return at if at.tzinfo else None


def _deadline_passed(scene: Scene, args: Args) -> Said:
    decision = scene.decision
    silent = pending_signers(decision)
    first = silent[0] if silent else None
    said = f"*{_who(args)} did not answer by the date you set.* Nothing climbs by itself: you choose what comes next."
    if first is None:
        return [said, actions(_card(scene))]
    rung, to = next_chair(scene, first.rung)
    seat = rung.said if rung else "bar raiser"
    if to:
        offer = f" Next would be {mention(to)} ({seat})."
    elif rung == first.rung:
        offer = " The ladder names nobody else who could answer: choose somebody, or give it a new date."
    else:
        offer = f" Next would be the {seat}; nobody is named there yet."
    return [
        said + offer,
        actions(
            climb_button(scene, first.user_id, first.rung),
            button("Give it a new date…", Act.EXTEND_OPEN, d=decision.id),
            button("Withdraw…", Act.WITHDRAW_OPEN, d=decision.id),
        ),
    ]


def _deadline_passed_signer(scene: Scene, args: Args) -> Said:
    decision = scene.decision
    was = f" on {deadline_day(scene)}" if decision.deadline_at else ""
    asker = mention(decision.requester_id)
    return [
        f"*The date for your answer passed{was}.* Your answer still counts; {asker} may ask somebody else now.",
        actions(_card(scene, "Show what to answer"), _hand_over(scene)),
    ]


# ── looking back ────────────────────────────────────────────────────────────────────────────────────────


def _ask_shipped(scene: Scene, args: Args) -> Said:
    id = scene.decision.id
    return [
        "*Has it shipped?* The review is dated from that day.",
        actions(
            button("It shipped…", Act.SHIPPED_OPEN, style="primary", d=id),
            button("Not yet", Act.NOT_SHIPPED, d=id),
            button("It was dropped…", Act.DROP_OPEN, d=id),
        ),
        context("“Not yet” asks again in two weeks."),
    ]


def _look(look: Look, said: str, label: str) -> Callable[[Scene, Args], Said]:
    def notice(scene: Scene, args: Args) -> Said:
        decision = scene.decision
        memo = decision.memo
        lead = "Judged by" if look is Look.LEARNING else "Predicted"
        expected = prediction_line(scene, memo.prediction if memo else None) or inline(decision.metric or "", 300)
        return [
            said + (f"\n{lead}: {expected}" if expected else "") + (target_ahead(scene) if look is Look.REVIEW else ""),
            actions(button(label, Act.LOOK_OPEN, style="primary", d=decision.id, look=look.value), _snooze(scene)),
        ]

    return notice


# ── the assistant, the channel ──────────────────────────────────────────────────────────────────────────


def _channel_gone(scene: Scene, args: Args) -> Said:
    channel = str(args.get("channel") or scene.decision.channel_id or "")
    named = f"<#{channel}>" if channel[:1] in ("C", "G") and channel.isalnum() else "the channel"
    invite = "" if args.get("why") == "archived" else f" If it is still there, type {code('/invite @Threshold')} in it."
    return [f"*I can't post in {named}.*{invite} Nothing else changes: you and your signers hear from me here."]


def _assistant_away(scene: Scene, args: Args) -> Said:
    why = sentence(str(args.get("sentence") or ""), 400)
    part: dict[str, Any] = {"part": str(args["part"])} if args.get("part") else {}
    again = button("Try again", Act.ASSIST, suffix=part.get("part"), d=scene.decision.id, **part)
    return [
        f"*The assistant could not draft this.* {why} Your own words are untouched.".replace("  ", " "),
        actions(*([again] if args.get("again") else []), button("Write the memo", Act.MEMO_OPEN, d=scene.decision.id)),
    ]


def _drafted(scene: Scene, args: Args) -> Said:
    number = args.get("count")
    many = number if isinstance(number, int) else len(scene.suggestions)
    return [
        f"*The assistant has {count(many, 'suggestion')} for your memo.* Nothing changes until you take one.",
        actions(button("See them", Act.SUGGESTIONS_OPEN, style="primary", d=scene.decision.id)),
    ]


def _nothing_drafted(scene: Scene, args: Args) -> Said:
    return [
        f"*The assistant has nothing to change in the memo of {scene.decision.name}.* What it would write stands there "
        "already, or no source says it. Your own words are untouched."
    ]


NOTICES: dict[str, Callable[[Scene, Args], Said]] = {
    "below_decides": _below_decides,
    "below_cannot": _below_cannot,
    "asked_reminder": _asked_reminder,
    "memo_changed": _memo_changed,
    "signed_not_yet": _not_yet,
    "signed_decline": _decline,
    "signed_two_way": _two_way,
    "approved": _approved,
    "condition_met": _condition_met,
    "question": _question,
    "answered": _answered,
    "handed_over": _handed_over,
    "replaced": _replaced,
    "withdrawn": _withdrawn,
    "signer_left": _signer_left,
    "requester_left": _requester_left,
    "requester_left_signer": _requester_left_signer,
    "left_alone": _left_alone,
    "expiring": _expiring,
    "expired": _expired,
    "remind": _remind,
    "deadline_passed": _deadline_passed,
    "deadline_passed_signer": _deadline_passed_signer,
    "ask_shipped": _ask_shipped,
    "review_due": _look(Look.REVIEW, "*Four weeks are over: how did it turn out?*", "Write the review…"),
    "learning_due": _look(Look.LEARNING, "*Learning check: was it right, and what did you learn?*", "Write it down…"),
    "revisit_due": _look(Look.REVISIT, "*You set this day to look again: how does the no look now?*", "Look again…"),
    "channel_gone": _channel_gone,
    "assistant_away": _assistant_away,
    "drafted": _drafted,
    "nothing_drafted": _nothing_drafted,
}
