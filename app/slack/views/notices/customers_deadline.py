"""Notices of the customer-impacting deadline that waiting blocks: it comes, it is gone."""

from datetime import date, datetime

from app.domain.lifecycle import OPEN
from app.domain.message_kinds import NoticeKind
from app.slack.views.blocks import Block, actions
from app.slack.views.notices.kinds import Args, Notice, Said, answers, card_button, how_it_ended, snooze_select
from app.slack.views.parts.next_step import next_act, next_step
from app.slack.views.parts.signing import asks_to_sign
from app.slack.views.scene import Scene
from app.slack.views.text import day, inline
from app.words.fragments import A_DEADLINE, quoted


def _blocked(scene: Scene) -> tuple[str, date | None]:
    found = scene.decision.answers.deadline
    return (inline(quoted(found.what, A_DEADLINE), 200), found.on) if found else (A_DEADLINE, None)


def _rows(scene: Scene) -> list[Block]:
    return (
        answers(scene, snooze_select(scene))
        if asks_to_sign(scene)
        else [actions(card_button(scene), snooze_select(scene))]
    )


def _says_soon(scene: Scene, args: Args) -> Said:
    what, on = _blocked(scene)
    when = f" on {day(on, scene.today)}" if on else ""
    return [f"*Waiting blocks {what}{when}.* {next_step(scene)}", *_rows(scene)]


def _says_gone(scene: Scene, args: Args) -> Said:
    what, on = _blocked(scene)
    when = f" since {day(on, scene.today)}" if on else ""
    return [f"*Waiting has held up {what}{when}, and it is still open.* {next_step(scene)}", *_rows(scene)]


def _settles(scene: Scene, _: int, since: datetime) -> str | None:
    if scene.decision.status not in OPEN:
        return how_it_ended(scene)
    return None if scene.viewer in next_act(scene).who else f"It went on. {next_step(scene)}"


NOTICES = (
    Notice(NoticeKind.BLOCKED_SOON, _says_soon, _settles),
    Notice(NoticeKind.BLOCKED_GONE, _says_gone, _settles),
)
