"""The notice that a channel can't be reached."""

from app.domain.message_kinds import NoticeKind
from app.slack.views.blocks import code
from app.slack.views.notices.kinds import Args, Notice, Said
from app.slack.views.scene import Scene

# ── the assistant, the channel ──────────────────────────────────────────────────────────────────────────


def _says_channel_gone(scene: Scene, args: Args) -> Said:
    channel = str(args.get("channel") or scene.decision.channel_id or "")
    named = f"<#{channel}>" if channel[:1] in ("C", "G") and channel.isalnum() else "the channel"
    invite = "" if args.get("why") == "archived" else f" If it is still there, type {code('/invite @Threshold')} in it."
    return [f"*I can't post in {named}.*{invite} Nothing else changes: you and your signers hear from me here."]


def _says_still_shown(scene: Scene, args: Args) -> Said:
    channel = str(args.get("channel") or "")
    named = f"<#{channel}>" if channel[:1] in ("C", "G") and channel.isalnum() else "somebody's messages"
    return [
        f"*I couldn't take this out of what stands in {named} already.* Delete my message there, or type "
        f"{code('/invite @Threshold')} in it, make this public and then private again.",
    ]


NOTICES = (
    Notice(NoticeKind.CHANNEL_GONE, _says_channel_gone, settles=None),
    Notice(NoticeKind.STILL_SHOWN, _says_still_shown, settles=None),
)
