"""Notices about somebody who has left."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from app.db.models import Decision, Signer
from app.domain.lifecycle import TAKE_OVER, UNDER_REVIEW, Status
from app.domain.message_kinds import NoticeKind
from app.domain.permissions import waits_for_requester
from app.slack.ids import Act
from app.slack.views.blocks import actions, button
from app.slack.views.notices.kinds import (
    Args,
    Notice,
    Said,
    card_button,
    how_it_ended,
    last_id,
    people_said,
    read_button,
)
from app.slack.views.parts.decision import has_left_workspace
from app.slack.views.parts.taking_over import requester_left_said, taking_over_means
from app.slack.views.scene import Scene
from app.slack.views.text import mention


def _leaver_seat_id(decision: Decision, args: Mapping[str, Any]) -> int | None:
    return last_id(signer for signer in decision.signers if signer.user_id == args.get("who"))


def _settles_signer_left(scene: Scene, id: int, since: datetime) -> str | None:
    decision = scene.decision
    if decision.status not in UNDER_REVIEW:
        return how_it_ended(scene)
    row: Signer | None = next((signer for signer in decision.signers if signer.id == id), None)
    if row is not None and not row.handed_over:
        return None
    to = next((signer.user_id for signer in decision.signers if signer.id > id), None)
    return f"{mention(to)} was asked instead." if to else "Somebody else was asked instead."


def _settles_requester_left(scene: Scene, _: int, since: datetime) -> str | None:
    decision = scene.decision
    if has_left_workspace(scene, decision.requester_id):
        return None if waits_for_requester(decision) else how_it_ended(scene)
    taken = [event for event in scene.history if event.what == TAKE_OVER and event.at >= since]
    if taken:
        return f"{'You' if taken[-1].actor == scene.viewer else mention(taken[-1].actor)} took it over."
    return f"{mention(decision.requester_id)} is here again and goes on with it."


def _says_signer_left(scene: Scene, args: Args) -> Said:
    old = str(args.get("who") or "")
    left = next((signer for signer in scene.decision.signers if signer.user_id == old and not signer.handed_over), None)
    rung = (left.rung or "") if left else ""
    return [
        f"*{people_said(args)} has left this workspace* and can't sign. You are next: choose who is asked instead.",
        actions(button("Choose somebody…", Act.CLIMB_OPEN, d=scene.decision.id, old=old, rung=rung)),
    ]


def _says_requester_left(scene: Scene, args: Args) -> Said:
    decision = scene.decision
    return [
        f"*{requester_left_said(args)}.* Take it over, and you are its requester: {taking_over_means(scene)}",
        actions(
            button("Take it over", Act.TAKE_OVER, style="primary", d=decision.id),
            read_button(scene) if decision.memo else None,
        ),
    ]


def _says_requester_left_to_signer(scene: Scene, args: Args) -> Said:
    """Whoever signs it can't take it over, and can let somebody in who may."""
    asked = args.get("asked") or ()
    was = f" {people_said(args, 'asked')} may take it over." if asked else " Somebody has to take it over."
    return [
        f"*{requester_left_said(args)}.*{was} You sign it, so you can't; whoever you let read along may.",
        actions(button("Let somebody read along…", Act.READER_OPEN, d=scene.decision.id), read_button(scene)),
    ]


def _says_owner_left(scene: Scene, args: Args) -> Said:
    return [
        f"*{people_said(args)}, who owned this, has left.* You are its owner now; its card shows what comes next.",
        actions(card_button(scene)),
    ]


def _settles_owner_left(scene: Scene, _: int, since: datetime) -> str | None:
    open_still = scene.decision.status in (Status.DEFLECTED, Status.APPROVED, Status.IMPLEMENTED)
    return None if open_still else how_it_ended(scene)


def _says_asks_to_read(scene: Scene, args: Args) -> Said:
    decision, who = scene.decision, str(args.get("who") or "")
    return [
        f"*{people_said(args)} asks to read along.* They saw it in the channel's list, by its title.",
        actions(
            button("Let them read", Act.READER_ADD, style="primary", d=decision.id, to=who),
            button("Not this one", Act.READER_DECLINE, d=decision.id, to=who),
        ),
    ]


def _settles_asks_to_read(scene: Scene, asker: int, since: datetime) -> str | None:
    about = [event for event in scene.history if _number_of(event.detail.get("reader")) == asker]
    asks = [event.id for event in about if event.what == "ask_to_read"]
    later = [event for event in about if asks and event.id > asks[-1]]
    answer = next((event for event in later if event.what in ("add_reader", "decline_reader")), None)
    if answer is None:
        return None
    by, who = "You" if answer.actor == scene.viewer else mention(answer.actor), str(answer.detail.get("reader"))
    return f"{by} let {mention(who)} read along." if answer.what == "add_reader" else f"{by} said: not this one."


def _number_of(user: object) -> int | None:
    """Somebody's id as a number: several may ask side by side, and a notice is remembered by a number."""
    return int(user, 36) if isinstance(user, str) and user.isascii() and user.isalnum() else None


def _who_asks(decision: Decision, args: Mapping[str, Any]) -> int | None:
    return _number_of(args.get("who"))


NOTICES = (
    Notice(NoticeKind.ASKS_TO_READ, _says_asks_to_read, _settles_asks_to_read, about=_who_asks),
    Notice(NoticeKind.OWNER_LEFT, _says_owner_left, _settles_owner_left),
    Notice(NoticeKind.SIGNER_LEFT, _says_signer_left, _settles_signer_left, about=_leaver_seat_id),
    Notice(NoticeKind.REQUESTER_LEFT, _says_requester_left, _settles_requester_left),
    Notice(NoticeKind.REQUESTER_LEFT_SIGNER, _says_requester_left_to_signer, _settles_requester_left),
)
