"""Notices that ask what came of it."""

from collections.abc import Callable
from datetime import datetime

from app.domain.lifecycle import Status
from app.domain.looking_back import Look
from app.domain.message_kinds import NoticeKind
from app.slack.ids import Act
from app.slack.views.blocks import actions, button, context
from app.slack.views.notices.kinds import (
    Args,
    Notice,
    Said,
    Settled,
    how_it_ended,
    on_that_day,
    snooze_select,
    you_or_mention,
)
from app.slack.views.notices.signing import settles_approved
from app.slack.views.parts.looking_back import later_button, predicted_and_happened, target_ahead
from app.slack.views.parts.memo import prediction_line
from app.slack.views.scene import Scene
from app.slack.views.text import day, inline, mention


def _settles_whether_shipped(scene: Scene, _: int, since: datetime) -> str | None:
    later = any(event.what == "not_shipped" and event.at > since for event in scene.history)
    return (
        "Not yet: I ask again."
        if later and scene.decision.status is Status.APPROVED
        else settles_approved(scene, 0, since)
    )


def _settles_look(status: Status, said: str) -> Settled:
    def came(scene: Scene, _: int, since: datetime) -> str | None:
        decision = scene.decision
        if decision.status is status:
            later = decision.look_on if any(e.what == "look_later" and e.at >= since for e in scene.history) else None
            return f"You look back on {day(later, scene.today)}." if later and later > scene.today else None
        row = decision.looks[-1] if decision.looks else None
        return (
            f"Done: {you_or_mention(scene, row.by)} {said}{on_that_day(scene, row.at)}." if row else how_it_ended(scene)
        )

    return came


def _settles_revisit(scene: Scene, _: int, since: datetime) -> str | None:
    decision = scene.decision
    if decision.looks:
        last = decision.looks[-1]
        return f"Done: {you_or_mention(scene, last.by)} looked again{on_that_day(scene, last.at)}."
    if decision.look_on and decision.look_on > scene.today:
        return f"You chose another day: {day(decision.look_on, scene.today)}."
    return None if decision.status is Status.DECLINED and decision.look_on else how_it_ended(scene)


# ── looking back ────────────────────────────────────────────────────────────────────────────────────────


def _asks_whether_shipped(scene: Scene, args: Args) -> Said:
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


def _asks_to_look_back(look: Look, said: str, label: str) -> Callable[[Scene, Args], Said]:
    def notice(scene: Scene, args: Args) -> Said:
        decision = scene.decision
        memo = decision.memo
        lead = "Judged by" if look is Look.LEARNING else "Predicted"
        opening = said
        if look is Look.REVIEW and any(event.what == "look_later" for event in scene.history):
            opening = "*The day that you predicted for has come: how did it turn out?*"
        expected = prediction_line(scene, memo.prediction if memo else None) or inline(decision.metric or "", 300)
        return [
            opening
            + (f"\n{lead}: {expected}" if expected else "")
            + (target_ahead(scene) if look is Look.REVIEW else ""),
            actions(
                button(label, Act.LOOK_OPEN, style="primary", d=decision.id, look=look.value),
                later_button(scene) if look is Look.REVIEW else None,
                snooze_select(scene),
            ),
        ]

    return notice


_LOOKED = {
    Look.LEARNING: "looked back on this two-way door",
    Look.REVIEW: "reviewed what was approved",
    Look.REVISIT: "looked at the no again",
}


def _says_what_came(scene: Scene, args: Args) -> Said:
    """To whoever signed, and to the requester: what was predicted, what happened, and the lesson."""
    row = scene.decision.looks[-1]
    return [f"*{mention(row.by)} {_LOOKED[row.look.look]}.* You need do nothing.", *predicted_and_happened(scene)]


NOTICES = (
    Notice(NoticeKind.LOOKED_BACK, _says_what_came, settles=None),
    Notice(NoticeKind.ASK_SHIPPED, _asks_whether_shipped, _settles_whether_shipped),
    Notice(
        NoticeKind.LEARNING_DUE,
        _asks_to_look_back(Look.LEARNING, "*Learning check: was it right, and what did you learn?*", "Write it down…"),
        _settles_look(Status.DEFLECTED, "wrote it down"),
    ),
    Notice(
        NoticeKind.REVIEW_DUE,
        _asks_to_look_back(Look.REVIEW, "*Four weeks are over: how did it turn out?*", "Write the review…"),
        _settles_look(Status.IMPLEMENTED, "wrote the review"),
    ),
    Notice(
        NoticeKind.REVISIT_DUE,
        _asks_to_look_back(Look.REVISIT, "*You set this day to look again: how does the no look now?*", "Look again…"),
        _settles_revisit,
    ),
)
