"""A ladder in lines, from top to bottom."""

from app.domain.ladder import RUNGS, Ladder
from app.slack.views.text import listed, mention
from app.words.ladder import rung_said

MOST_SEATED = 8


def ladder_lines(ladder_: Ladder, inherited: Ladder) -> list[str]:
    """The ladder from top to bottom, one line a rung, ready to show."""
    lines = []
    rows = [(rung_said(rung), ladder_.seats.get(rung, ()), inherited.seats.get(rung, ())) for rung in reversed(RUNGS)]
    for said, own, base in [*rows, ("bar raisers", ladder_.bar_raisers, inherited.bar_raisers)]:
        users = own or base
        deputies = {**inherited.deputies, **ladder_.deputies}
        shown = [_with_deputy(user, deputies.get(user)) for user in users[:MOST_SEATED]]
        who = listed(shown) if users else "_nobody yet_"
        more = f" and {len(users) - MOST_SEATED} more" if len(users) > MOST_SEATED else ""
        from_workspace = "  (workspace)" if base and not own else ""
        lines.append(f"*{said[0].upper()}{said[1:]}*  {who}{more}{from_workspace}")
    return lines


def _with_deputy(user: str, deputy: str | None) -> str:
    return f"{mention(user)} (deputy {mention(deputy)})" if deputy else mention(user)
