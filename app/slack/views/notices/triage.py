"""Notices of a triage and of the rung below: an answer came, nobody touched it, it closed."""

from datetime import datetime

from app.domain.answers import Result
from app.domain.lifecycle import OPEN, THRESHOLD, UNDER_REVIEW, Status
from app.domain.message_kinds import NoticeKind
from app.domain.policy.intervals import EXPIRES_AFTER
from app.domain.triage.questions import Question
from app.slack.ids import Act
from app.slack.views.blocks import Block, actions, button, context
from app.slack.views.notices.kinds import (
    CAN_BE_SWITCHED_OFF,
    NO_LONGER_NEEDED,
    Args,
    Notice,
    Said,
    by_deadline,
    card_button,
    how_it_ended,
    on_that_day,
    people_said,
    quoted,
    read_button,
    snooze_select,
)
from app.slack.views.parts.asked_below import below_buttons, decides_below
from app.slack.views.parts.below import answered_below, written_for
from app.slack.views.scene import Scene
from app.slack.views.text import inline, mention
from app.words.ladder import rung_said
from app.words.triage.answers import RESULT_GIVEN


def _settles_question_below(scene: Scene, _: int, since: datetime) -> str | None:
    attempt = next((one for one in scene.decision.answers.tried or () if one.who == scene.viewer), None)
    if scene.decision.status is Status.HELD and attempt and attempt.result is Result.NO_ANSWER:
        return None
    if attempt and attempt.result is Result.NO_ANSWER:
        return (
            f"Your answer is no longer needed. {how_it_ended(scene)}"
            if scene.decision.status not in OPEN
            else NO_LONGER_NEEDED
        )
    return "Done: you answered. Thank you." if attempt else NO_LONGER_NEEDED


def _settles_below_cannot(scene: Scene, _: int, since: datetime) -> str | None:
    if scene.decision.status in (Status.TRIAGE, Status.HELD):
        return None
    return "You went on with it." if scene.decision.status in OPEN else how_it_ended(scene)


def _settles_below_decides(scene: Scene, _: int, since: datetime) -> str | None:
    return None if scene.decision.status in (*UNDER_REVIEW, Status.APPROVED) else how_it_ended(scene)


def _settles_below_two_way(scene: Scene, _: int, since: datetime) -> str | None:
    decision = scene.decision
    if decision.status is Status.TRIAGE and decision.asking is Question.TRIAL:
        return None
    return "You looked at the trial again." if decision.status in OPEN else how_it_ended(scene)


def _settles_idle(scene: Scene, _: int, since: datetime) -> str | None:
    decision = scene.decision
    if decision.status not in OPEN:
        return how_it_ended(scene)
    moved = [e for e in scene.history if e.at > since and e.actor != THRESHOLD and e.what != "snooze"]
    return f"It was taken up again{on_that_day(scene, moved[0].at)}." if moved else None


# ── the rung below ──────────────────────────────────────────────────────────────────────────────────────


def _says_below_decides(scene: Scene, args: Args) -> Said:
    if raiser := str(args.get("bar_raiser") or ""):
        then = f"{mention(raiser)} reads it as bar raiser{by_deadline(scene)}; you need do nothing."
        return [f"*{people_said(args)} decides this.* It climbs no further. {then}{quoted(args)}"]
    said = f"*{people_said(args)} has decided this.* It climbs no further. You are next: tell me when it shipped."
    return [
        f"{said}{quoted(args)}",
        actions(button("It shipped…", Act.SHIPPED_OPEN, d=scene.decision.id), read_button(scene)),
    ]


def _says_below_cannot(scene: Scene, args: Args) -> Said:
    return [
        f"*{people_said(args)} can't decide this.* Your card shows the next step.{quoted(args)}",
        actions(card_button(scene)),
    ]


def _says_below_disagrees(scene: Scene, args: Args) -> Said:
    return [
        f"*{people_said(args)} disagrees.* Whoever decides reads why. Your card shows the next step.{quoted(args)}",
        actions(card_button(scene)),
    ]


def _says_below_two_way(scene: Scene, args: Args) -> Said:
    again = button("Look at the trial…", Act.BACK, style="primary", d=scene.decision.id, q=Question.TRIAL.value)
    return [
        f"*{people_said(args)} shows how to make it two-way.* You are next: if it can be tried so, nobody has to sign."
        f"{quoted(args)}",
        actions(again),
    ]


def _reminds_of_question_below(scene: Scene, args: Args) -> Said:
    asker = mention(scene.decision.requester_id)
    attempt = next((one for one in scene.decision.answers.tried or () if one.who == scene.viewer), None)
    buttons = below_buttons(scene, attempt) if attempt else []
    asks = "can you decide this?" if attempt and decides_below(scene, attempt) else "what would you do?"
    return [
        f"*{asker} still waits for you: {asks}* Whatever you answer helps.",
        actions(*buttons, snooze_select(scene)),
    ]


def _says_spoken_for(scene: Scene, args: Args) -> Said:
    """To somebody whose answer the requester wrote down: what whoever decides reads of them."""
    asker = mention(scene.decision.requester_id)
    mine = next((one for one in answered_below(scene) if one.who == scene.viewer), None)
    wrote = f"you, as {rung_said(mine.rung)}: {RESULT_GIVEN[mine.result]}" if mine else "that you were asked"
    note = f" ({inline(mine.note, 200)})" if mine and mine.note.strip() else ""
    return [
        f"*{asker} wrote down what you said about this*, and those who decide read it: {wrote}{note}. Not quite so? "
        "Say it in your own words, and they read those.",
        actions(button("In my own words…", Act.OWN_WORDS_OPEN, d=scene.decision.id), read_button(scene)),
    ]


def _settles_spoken_for(scene: Scene, _: int, since: datetime) -> str | None:
    """Only by their own words: what they were told stays true, and once it is decided an edit would say little."""
    mine = next((one for one in answered_below(scene) if one.who == scene.viewer), None)
    return None if mine is not None and written_for(scene, mine) else "Done: it stands there in your own words."


def _says_own_words(scene: Scene, args: Args) -> Said:
    return [
        f"*{people_said(args)} put into their own words what you had written down for them.* Whoever decides reads "
        f"this now.{quoted(args)}",
        actions(card_button(scene)),
    ]


# ── reminders ───────────────────────────────────────────────────────────────────────────────────────────


def _take_up(scene: Scene) -> Block:
    return button("Take it up again", Act.TAKE_UP, d=scene.decision.id)


def _says_left_alone(scene: Scene, args: Args) -> Said:
    return [
        "*This waits for you where you left it.* Two or three taps may be all it takes.",
        actions(
            _take_up(scene),
            button("Withdraw…", Act.WITHDRAW_OPEN, d=scene.decision.id),
            snooze_select(scene),
        ),
        context(CAN_BE_SWITCHED_OFF),
    ]


def _says_expiring(scene: Scene, args: Args) -> Said:
    return [
        "*This closes soon, since nobody touched it for a while.* Take it up again to keep it open.",
        actions(_take_up(scene), button("Withdraw…", Act.WITHDRAW_OPEN, d=scene.decision.id)),
    ]


def _says_expired(scene: Scene, args: Args) -> Said:
    said = f"*Closed, since nobody touched it for {EXPIRES_AFTER.days} days.*"
    if scene.viewer != scene.decision.requester_id:
        return [f"{said} Nothing is asked of you any more."]
    if scene.guest:
        return [f"{said} A member can start it again if it still has to be decided."]
    return [
        f"{said} Start it again if it still has to be decided.",
        actions(button("Start it again…", Act.START_OPEN, d=scene.decision.id)),
    ]


NOTICES = (
    Notice(NoticeKind.BELOW_DECIDES, _says_below_decides, _settles_below_decides),
    Notice(NoticeKind.BELOW_CANNOT, _says_below_cannot, _settles_below_cannot),
    Notice(NoticeKind.BELOW_DISAGREES, _says_below_disagrees, _settles_below_cannot),
    Notice(NoticeKind.BELOW_TWO_WAY, _says_below_two_way, _settles_below_two_way),
    Notice(NoticeKind.SPOKEN_FOR, _says_spoken_for, _settles_spoken_for),
    Notice(NoticeKind.OWN_WORDS_BELOW, _says_own_words, settles=None),
    Notice(NoticeKind.ASKED_REMINDER, _reminds_of_question_below, _settles_question_below),
    Notice(NoticeKind.LEFT_ALONE, _says_left_alone, _settles_idle),
    Notice(NoticeKind.EXPIRING, _says_expiring, _settles_idle),
    Notice(NoticeKind.EXPIRED, _says_expired, settles=None),
)
