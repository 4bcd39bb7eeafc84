"""What is late, over all workspaces, in sentences for whoever looks after the bot."""

from datetime import datetime, timedelta

from app.db import claims, given_up
from app.db.models import FollowUp, Outbox
from app.db.session import Database
from app.slack.outbox_rows import KINDS
from app.telemetry import clocks
from app.workflows.follow_ups.registry import NAMES


def late(db: Database, now: datetime) -> list[str]:
    """Sentences about what waits to be sent or done, what was given up, and what is left to a newer version."""
    with db.read() as session:
        found, lost = claims.backlog(session, now), given_up.given_up(session, now - LOOKED_BACK)
        strange = [
            *given_up.of_unknown_kinds(session, Outbox, KINDS),
            *given_up.of_unknown_kinds(session, FollowUp, NAMES),
        ]
    said = list[str]()
    if found.unsent_since:
        many = f"{found.unsent} messages wait" if found.unsent > 1 else "One message waits"
        said.append(f"{many} to be sent, the oldest for {clocks.span((now - found.unsent_since).total_seconds())}.")
    if found.due_since:
        many = f"{found.due} follow-ups are" if found.due > 1 else "One follow-up is"
        said.append(f"{many} due, the oldest for {clocks.span((now - found.due_since).total_seconds())}.")
    if lost:
        total = sum(one.many for one in lost)
        were = f"{total} were" if total > 1 else "One was"
        each = "; ".join(_named(one) for one in lost)
        said.append(
            f"{were} given up in the last {LOOKED_BACK.days} days: {each}. The log says why, under “given up”. "
            "The audit tries again once a day what nothing else would say."
        )
    for kind, waiting, since in strange:
        waits = f"{waiting} wait" if waiting > 1 else "One waits"
        said.append(
            f"{waits} of the kind “{kind}”, since {since:%d %b %H:%M} UTC, which this version does not know: "
            "left to the newer one that wrote it."
        )
    old = max([now - since for since in (found.unsent_since, found.due_since) if since], default=timedelta())
    if old > A_MINUTE_OR_TWO:
        said.append("Does a bot run? Its /readyz says what holds it up.")
    return said


def _named(lost: given_up.Lost) -> str:
    """2 notice messages since 28 Nov 09:12 UTC (outbox 12, 15)."""
    what = {"outbox": "message", "follow_up": "follow-up"}[lost.of]
    ids = ", ".join(map(str, lost.ids)) + (", …" if lost.many > len(lost.ids) else "")
    many = "" if lost.many == 1 else "s"
    return f"{lost.many} {lost.kind} {what}{many} since {lost.since:%d %b %H:%M} UTC ({lost.of} {ids})"


LOOKED_BACK = timedelta(days=7)
A_MINUTE_OR_TWO = timedelta(minutes=2)
