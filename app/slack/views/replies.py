"""Answers to the slash command. Only the person who typed it sees them."""

import re
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from app.db.models import Decision
from app.domain.ladder import BAR_RAISER, Rung
from app.domain.policy.policy import Policy
from app.domain.triage.questions import Question
from app.slack.ids import COMMAND, Act
from app.slack.views.answers_said import SHORT
from app.slack.views.home import GUESTS
from app.slack.views.kit import Block, actions, button, code, context, header, section
from app.slack.views.rows import row, titled, who_next
from app.slack.views.scene import ChannelSettings, Message, Scene
from app.slack.views.settings_modals import DAYS, seated
from app.slack.views.words import block_text, count, escape, inline, listed, mention, mentions, moment, sentence
from app.words.policy import said as policy_said

MOST = 20
"""Decisions in one list; the rest is counted."""
_TRIAGES = 6

COMMANDS: tuple[tuple[str, str], ...] = (
    ("", "start a decision"),
    ("Shorten the return window to 30 days", "start it with its sentence"),
    ("list", "what is open, and who acts next"),
    ("D-42", "bring up one decision"),
    ("ladder", "who decides on which rung"),
    ("deputy @name", "who may sign in your place, where you sit on a ladder"),
    ("policy", "what wants which rung, and every other figure that the rules go by"),
    ("digest", "when this channel hears of its open decisions"),
    ("help", "this page"),
)
"""What can be typed behind the command, and what it does."""


def help_(*, guest: bool = False) -> Message:
    """The habit in three sentences, the commands in a list; fits one screen."""
    habit = (
        "Most decisions open both ways: try them, and step back if they fail. "
        "A one-way door climbs only when waiting costs more than a mistake would, to the lowest rung that can decide. "
        "It takes one page, a dated ask and a written sign-off, and you look back on it once it has shipped."
    )
    lines = [f"{code(f'{COMMAND} {typed}'.rstrip())}  {does}" for typed, does in COMMANDS]
    if guest:
        lines = [line for line, (_, does) in zip(lines, COMMANDS, strict=True) if not does.startswith("start")]
        return Message(
            GUESTS, [section(f"*Is it a one-way door?*\n{habit}"), section("\n".join(lines)), context(GUESTS)]
        )
    blocks = [
        section(f"*Is it a one-way door?*\n{habit}"),
        section("\n".join(lines)),
        context("In our conversation, just write what has to be decided. On a message, choose “Escalate this thread”."),
        actions(button("Start a decision", Act.START_OPEN, style="primary")),
    ]
    return Message(f"Is it a one-way door? {COMMAND} and a sentence starts a decision.", blocks)


def started(what: Scene | Decision | str, link: str | None = None) -> Message:
    """A triage began; its first question waits in the direct messages. ``link`` leads there."""
    name = what if isinstance(what, str) else what.decision.name if isinstance(what, Scene) else what.name
    return _in_messages(name, "is started. Your first question waits in our conversation.", "Answer it", link)


def shown(name: str, link: str | None = None) -> Message:
    """A card was brought to the bottom of the direct messages. ``link`` leads there."""
    return _in_messages(name, "is at the bottom of our conversation now.", "Open it", link)


def _in_messages(name: str, said: str, label: str, link: str | None) -> Message:
    """``link`` opens the conversation (slack://…), which a button can't do."""
    go = f" <{escape(link)}|{label}>" if link and re.fullmatch(r"(https|slack)://[^\s<>|]+", link) else ""
    return Message(f"{inline(name, 40)} {said}", [section(f"*{inline(name, 40)}* {said}{go}")])


def listing(
    decisions: Sequence[Decision],
    viewer: str,
    today: date,
    acting: Mapping[int, Sequence[str]],
    tz: str = "UTC",
    *,
    guest: bool = False,
) -> Message:
    """What is open and may be seen, in the order given. ``acting``: decision id → who acts next."""
    if not decisions:
        nothing = "Nothing is open that you take part in, and nothing in this channel."
        start = context(GUESTS) if guest else actions(button("Start a decision", Act.START_OPEN))
        return Message(nothing, [section(nothing), start])
    shown, more = decisions[:MOST], len(decisions) - MOST
    blocks: list[Block] = [header(count(len(decisions), "open decision"))]
    for decision in shown:
        next_ = who_next(row(decision, acting.get(decision.id, ()), tz), viewer, today)
        blocks.append(
            section(f"{titled(decision.name, decision.title)}\n{next_}", button("Open", Act.SHOW, d=decision.id))
        )
    if more > 0:
        blocks.append(context(f"and {more} more. {code(f'{COMMAND} D-42')} opens one by its name."))
    return Message(f"{count(len(decisions), 'open decision')}, the oldest deadline first.", blocks)


def did_you_mean(typed: str, nearest: str | None) -> Message:
    """A word that is no command, with the one it is close to."""
    said = f"I don't know “{inline(typed, 80)}”."
    then = (
        f"Did you mean {code(f'{COMMAND} {nearest}')}?" if nearest else f"{code(f'{COMMAND} help')} lists what I know."
    )
    start = f"To start a decision, say it in a sentence: {code(f'{COMMAND} Shorten the return window to 30 days')}."
    text = f"{said} {escape(f'Did you mean {COMMAND} {nearest}?' if nearest else f'{COMMAND} help lists what I know.')}"
    return Message(text, [section(f"{said} {then}"), context(start)])


def ladder(settings: ChannelSettings) -> Message:
    """Who sits where, from top to bottom."""
    where = "The ladder of this channel" if settings.channel else "The ladder of the workspace"
    empty = not any([*settings.ladder.seats.values(), *settings.inherited.seats.values()])
    blocks = [section("\n".join([f"*{where}*", *seated(settings.ladder, settings.inherited)]))]
    if empty:
        blocks.append(context("Seat people once, and memos find their signers by themselves."))
    if settings.overrides:
        gone_on = count(settings.overrides, "decision")
        blocks.append(context(f"{gone_on} went on although a gate failed, with a written reason."))
    label = "Seat people" if empty else "Change the ladder"
    style = "primary" if empty else None
    blocks.append(
        context("Members of this workspace change it.")
        if settings.guest
        else actions(button(label, Act.LADDER_OPEN, style=style, c=settings.channel))
    )
    return Message(f"{where}: who decides on which rung.", blocks)


def seated_by(by: str, channel: str, won: Sequence[str], lost: Sequence[str]) -> Message:
    """To somebody who won or lost a seat: who did it, where, and what it means for them."""
    where = f"the ladder of <#{channel}>" if _CHANNEL.match(channel) else "the workspace's ladder"
    said = []
    if won:
        said.append(
            f"*{mention(by)} seated you as {_chairs(won)}* on {where}. You are asked when a decision needs you."
        )
    if lost:
        begins = f"You no longer sit as {_chairs(lost)} there." if won else ""
        taken = begins or f"*{mention(by)} changed {where}: you no longer sit there as {_chairs(lost)}.*"
        said.append(f"{taken} What you were asked to sign already stays with you.")
    text = " ".join(said)
    how = f"Not right? {code(f'{COMMAND} ladder')} shows it, and changes it."
    return Message(text.replace("*", ""), [section(text), context(how)])


def deputy(user: str | None) -> Message:
    """To whoever named somebody to sign in their place."""
    said = f"{mention(user)} may sign in your place from now on." if user else "Nobody signs in your place any more."
    return Message(said, [section(f":white_check_mark: {said}")])


def policy(found: Policy, version: int) -> Message:
    """The workspace's policy in plain words, for everybody."""
    blocks = [section(f"*The policy of this workspace*, version {version}")]
    for heading, lines in policy_said(found):
        blocks.append(section("\n".join([f"*{heading}*", *(f"•  {sentence(line, 600)}" for line in lines)])))
    blocks.append(context("A decision keeps the version it was judged by. Who runs Threshold here can change it."))
    return Message(f"The policy of this workspace, version {version}.", blocks)


def ladder_saved(channel: str, seats: Mapping[str, Sequence[str]]) -> Message:
    """To whoever saved a ladder: each rung that changed, with who sits there now."""
    where = f"in <#{channel}>" if _CHANNEL.match(channel) else "in the workspace"
    lines = [
        f"the {_chairs([rung])} {where} is {mentions(list(users[:8]), 'or')} now"
        if users
        else f"nobody is named as {_chairs([rung])} {where} now"
        for rung, users in seats.items()
    ]
    said = f"Saved: {'; '.join(lines) or f'the ladder {where} is as it was'}."
    return Message(said, [section(f":white_check_mark: {said}")])


def _chairs(chairs: Sequence[str]) -> str:
    return listed(["bar raiser" if one == BAR_RAISER else Rung(one).said for one in chairs])


_CHANNEL = re.compile(r"[CG][A-Z0-9]+\Z")


def digest(settings: ChannelSettings) -> Message:
    """When the channel hears of its open decisions."""
    plan = settings.plan
    if plan is None or not plan.on:
        said = "This channel has no digest." if plan is None else "The digest of this channel is off."
        then = "It would say what is open here, most urgent first, and who acts next."
        label = "Set it up" if plan is None else "Switch it on"
        return Message(said, [section(f"{said} {then}"), _plans(settings, label, "primary")])
    said = f"The digest comes {_days(plan.days)} at {inline(plan.at, 5)} ({inline(plan.tz, 64)})."
    next_ = f"\nNext: {moment(settings.next_at)}" if settings.next_at else ""
    return Message(said, [section(f"{said}{next_}"), _plans(settings, "Change the digest")])


def _plans(settings: ChannelSettings, label: str, style: str | None = None) -> Block:
    if settings.guest:
        return context("Members of this workspace change it.")
    return actions(button(label, Act.DIGEST_OPEN, style, c=settings.channel))


def _days(days: Sequence[int]) -> str:
    if sorted(days) == [0, 1, 2, 3, 4]:
        return "Monday to Friday"
    if sorted(days) == list(range(7)):
        return "every day"
    return f"on {listed([DAYS[day] for day in sorted(days) if 0 <= day < 7])}" if days else "on no day"


def saved(said: str) -> Message:
    """One sentence that says what was kept; a ``words.moment`` in it stays one."""
    shown = "".join(part if at % 2 else sentence(part) for at, part in enumerate(_MOMENT.split(said)))
    return Message(shown, [section(f":white_check_mark: {shown}")])


_MOMENT = re.compile(r"(<!date\^\d+\^[^<>|]*\|[^<>|]*>)")


def refused(said: str, typed: str | None = None, taps: Sequence[tuple[str, dict[str, Any]]] = ()) -> Message:
    """What could not be done and what to do instead. What was typed stands below, to be copied.

    ``taps``: the answers that could have been meant, each as its label and what its button packs.
    """
    blocks = [section(f":warning: {sentence(said)}")]
    if taps:
        meant = (
            button(_capital(label)[:75], Act.ANSWER, suffix=str(at), **packed)
            for at, (label, packed) in enumerate(taps)
        )
        blocks.append(actions(*meant))
    if typed and typed.strip():
        blocks += [context("You typed:"), section(block_text(typed, 2900, quote=True))]
    return Message(sentence(said), blocks)


def understood(name: str, id: int, question: Question, said: str) -> Message:
    """How a typed answer was read, and the tap that takes it back: the question is asked again."""
    text = f"{name}: I took that as *{inline(said, 300)}* ({SHORT[question]})."
    undo = button("That's not what I meant", Act.BACK, d=id, q=question.value)
    return Message(f"{name}: I took that as “{inline(said, 100)}”.", [section(text, undo)])


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def which_triage(parked_id: int, text: str, triages: Sequence[Decision], *, guest: bool = False) -> Message:
    """A message that could answer several triages: one click says which."""
    blocks = [section(f"Which decision is this for?\n{block_text(text, 900, quote=True)}")]
    blocks += [
        section(titled(decision.name, decision.title), button("This one", Act.PARKED_TO, p=parked_id, d=decision.id))
        for decision in triages[:_TRIAGES]
    ]
    if not guest:
        blocks.append(actions(button("It is a new decision", Act.PARKED_NEW, p=parked_id)))
    return Message("Which decision is this for?", blocks)
