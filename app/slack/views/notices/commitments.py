"""Notices of disagree and commit."""

from datetime import date, datetime

from app.domain.commitments import Degree, Pledge, decider
from app.domain.message_kinds import NoticeKind
from app.slack.ids import Act
from app.slack.views.blocks import Block, actions, button
from app.slack.views.notices.kinds import (
    Args,
    Notice,
    Said,
    card_button,
    how_it_ended,
    people_said,
    quoted,
    snooze_select,
)
from app.slack.views.scene import Scene
from app.slack.views.text import block_text, count, day, mention
from app.words.commitments import DEGREES, RESULT_SAID


def _says_dissent(scene: Scene, args: Args) -> Said:
    degree = str(args.get("degree") or "")
    said = DEGREES[Degree(degree)].says if degree in set(Degree) else "sees it differently"
    return [f"*{people_said(args)} {said}.* It blocks nothing, and stands on the card from now on.{quoted(args)}"]


def _asks_to_state(scene: Scene, args: Args) -> Said:
    many = count(len(scene.decision.dissents), "person sees", "people see")
    return [
        f"*You decided this, and {many} it differently.* State the decision, your reasons and a day to look again; "
        "everybody affected is then asked whether they commit.",
        actions(button("State it…", Act.STATE_OPEN, "primary", d=scene.decision.id), card_button(scene)),
    ]


def _settles_stated(scene: Scene, _: int, since: datetime) -> str | None:
    decision = scene.decision
    if decision.overs:
        return f"Done: {mention(decision.overs[-1].by)} stated it."
    return None if decider(decision) == scene.viewer else how_it_ended(scene)


def _asks_to_commit(scene: Scene, args: Args) -> Said:
    over = scene.decision.overs[-1] if scene.decision.overs else None
    if over is None:
        return ["*You are asked whether you commit to what was decided.*"]
    return [
        f"*{mention(over.by)} decided over dissent, and asks whether you carry it out all the same.*\n"
        f"{block_text(over.decided, 900, quote=True)}\nBecause: {block_text(over.reasons, 900)}\n"
        f"It is looked at again on {day(over.revisit_on, scene.today)}.",
        *_pledge_row(scene),
    ]


def _asks_again(scene: Scene, args: Args) -> Said:
    return [
        "*You have not said yet whether you commit to what was decided.* No answer is shown as no answer.",
        *_pledge_row(scene),
    ]


def _pledge_row(scene: Scene) -> list[Block]:
    """Whoever became a guest since they were asked commits to nothing."""
    id = scene.decision.id
    row = actions(
        button("I commit", Act.COMMIT, style="primary", d=id), button("I can't, because…", Act.CANNOT_OPEN, d=id)
    )
    return [] if scene.guest else [row]


def _settles_pledge(scene: Scene, _: int, since: datetime) -> str | None:
    asked = next((one for one in scene.decision.commitments if one.user_id == scene.viewer), None)
    if asked is not None and asked.answer is not None:
        return (
            "You commit." if asked.answer is Pledge.COMMIT else "You said why you can't; whoever decided has read it."
        )
    return None if asked is not None and scene.decision.revisit_on is not None else "It was looked at again since."


def _says_cannot(scene: Scene, args: Args) -> Said:
    try:
        until = day(date.fromisoformat(str(args.get("until"))), scene.today)
    except ValueError:
        until = "soon"
    return [
        f"*{people_said(args)} can't commit.* It has to be settled by {until}: talk to them, and they can still commit."
        f"{quoted(args)}"
    ]


def _asks_for_revisit(scene: Scene, args: Args) -> Said:
    return [
        "*You set this day to look again at what you decided over dissent.* The dissent stands beside the prediction; "
        "write what happened.",
        actions(button("Look again…", Act.AGAIN_OPEN, "primary", d=scene.decision.id), snooze_select(scene)),
    ]


def _settles_revisit(scene: Scene, _: int, since: datetime) -> str | None:
    over = scene.decision.overs[-1] if scene.decision.overs else None
    if over is not None and over.result is not None:
        return f"Done: it is {RESULT_SAID.get(over.result, 'written')}."
    return None if scene.decision.revisit_on is not None else how_it_ended(scene)


def _says_revisited(scene: Scene, args: Args) -> Said:
    over = scene.decision.overs[-1] if scene.decision.overs else None
    if over is None or over.result is None:
        return ["*What was decided over dissent was looked at again.*"]
    next_ = f" D-{over.next_number} begins, and refers to it." if over.next_number else ""
    who = mention(over.revisited_by or over.by)
    return [
        f"*{who} looked again at what was decided over dissent: it is {RESULT_SAID[over.result]}.*{next_}\n"
        f"{block_text(over.happened or '', 900, quote=True)}",
    ]


NOTICES = (
    Notice(NoticeKind.DISSENT, _says_dissent, None),
    Notice(NoticeKind.STATE_ASKED, _asks_to_state, _settles_stated),
    Notice(NoticeKind.COMMIT_ASKED, _asks_to_commit, _settles_pledge),
    Notice(NoticeKind.COMMIT_REMINDED, _asks_again, _settles_pledge),
    Notice(NoticeKind.CANNOT_COMMIT, _says_cannot, None),
    Notice(NoticeKind.REVISIT_DISSENT, _asks_for_revisit, _settles_revisit),
    Notice(NoticeKind.REVISITED, _says_revisited, None),
)
