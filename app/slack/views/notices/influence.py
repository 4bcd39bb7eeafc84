"""Notices of the fewest approvals: whoever is told, and the note to a slow team."""

from app.domain.influence.asking import For
from app.domain.message_kinds import NoticeKind
from app.slack.views.blocks import actions
from app.slack.views.notices.kinds import Args, Notice, Said, card_button, people_said, quoted, read_button
from app.slack.views.scene import Scene
from app.slack.views.text import inline, listed, mention, mentions


def _says_told(scene: Scene, args: Args) -> Said:
    decision = scene.decision
    names = list(dict.fromkeys(inline(row.name, 80) for row in decision.approvals if row.kind is For.LEVER))
    asked = list(dict.fromkeys(row.user_id for row in decision.approvals))
    what = f", which touches {listed(names[:5])}" if names else ""
    who = f" {mentions(asked[:6])} {'gives' if len(asked) == 1 else 'give'} the yes that it needs." if asked else ""
    return [
        f"*{mention(decision.requester_id)} asks for a decision{what}.* You are told, not asked.{who}",
        actions(read_button(scene)),
    ]


def _says_fast_lane(scene: Scene, args: Args) -> Said:
    return [
        f"*{people_said(args)} asks for the fast lane.*{quoted(args, 2000)}",
        actions(card_button(scene), read_button(scene)),
    ]


NOTICES = (
    Notice(NoticeKind.TOLD_NOT_ASKED, _says_told, None),
    Notice(NoticeKind.FAST_LANE, _says_fast_lane, None),
)
