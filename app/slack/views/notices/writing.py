"""Notices of the document: somebody is asked to lend their name to a quote, and what they said."""

from datetime import datetime

from app.db.models import Decision
from app.domain.message_kinds import NoticeKind
from app.domain.writing.document import Quote, Speaker
from app.domain.writing.names import ASKED, YES, Lent
from app.slack.ids import Act
from app.slack.views.blocks import actions, button, context
from app.slack.views.notices.kinds import Args, Notice, Said, people_said, quoted
from app.slack.views.scene import Scene


def _quotes(decision: Decision) -> list[Quote]:
    documents = [decision.writing.draft] if decision.writing else []
    documents += [one.document for one in decision.documents[-1:]]
    return [document.quote(speaker) for document in documents for speaker in Speaker]


def _asks_for_name(scene: Scene, args: Args) -> Said:
    id, words = scene.decision.id, str(args.get("quote") or "")
    return [
        f"*{people_said(args)} imagines this quote of a leader, and asks whether it may stand under your name.*"
        f"{quoted(args)}",
        actions(
            button("Yes, in my name", Act.LEND_NAME, "primary", "yes", d=id, w=words, on=True),
            button("Rather not", Act.LEND_NAME, suffix="no", d=id, w=words, on=False),
        ),
        context("It is said to be imagined in any case. Without your yes it stands without your name."),
    ]


def _settles_name(scene: Scene, _: int, since: datetime) -> str | None:
    writing = scene.decision.writing
    lent = Lent.of(writing.names if writing else None)
    mine = [quote for quote in _quotes(scene.decision) if quote.user == scene.viewer]
    said = [lent.said(quote) for quote in mine]
    if not mine:
        return "Your name is not wanted for the quote any more."
    if ASKED in said:
        return None
    return "You lent it your name." if YES in said else "It stands without your name."


def _says_lent(scene: Scene, args: Args) -> Said:
    return [f"*{people_said(args)} lends their name to the quote.*{quoted(args, 600)}"]


def _says_kept(scene: Scene, args: Args) -> Said:
    return [f"*{people_said(args)} would rather not lend their name.* The quote stands as imagined, without it."]


NOTICES = (
    Notice(NoticeKind.NAME_ASKED, _asks_for_name, _settles_name),
    Notice(NoticeKind.NAME_LENT, _says_lent, None),
    Notice(NoticeKind.NAME_KEPT, _says_kept, None),
)
