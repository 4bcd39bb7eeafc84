"""`/escalate insights`: how this channel decides, or the workspace for its keepers; and every month, where wanted."""

import re
from collections.abc import Mapping

from sqlalchemy.orm import Session

from app.slack.listeners.services import Services
from app.slack.views.replies.insights import insights_reply, monthly_reply
from app.slack.views.scene import Message
from app.workflows.admission import Actor
from app.workflows.insights.reporting import check_may_see
from app.workflows.monthly_insights import plan_monthly, send_insights

TYPED = re.compile(r"insights?(?:\s+(here|channel|workspace|all|monthly|on|off))?", re.IGNORECASE)
"""What is typed for it. A sentence that begins with the word goes on otherwise."""

_WHOLE = frozenset({"workspace", "all"})
_MONTHLY: Mapping[str, bool] = {"monthly": True, "on": True, "off": False}


def answer(services: Services, actor: Actor, identity: str, channel: str, typed: re.Match[str], link: str) -> Message:
    """``channel``: where it was typed; empty in a direct message, which stands for the whole workspace."""
    said = (typed[1] or "").lower()
    if said in _MONTHLY:
        return _plan(services, actor, identity, channel, _MONTHLY[said])
    about = "" if said in _WHOLE else channel

    def work(session: Session, now: object) -> None:
        check_may_see(session, actor, about)
        send_insights(session, actor.workspace, actor.user, about, services.clock())

    services.do(actor, identity, work)
    return insights_reply(whole=not about, link=link)


def _plan(services: Services, actor: Actor, identity: str, channel: str, on: bool) -> Message:
    found = []
    services.do(actor, identity, lambda session, now: found.append(plan_monthly(session, channel, on, actor, now)))
    return monthly_reply(found[-1] if found else None, on=on)
