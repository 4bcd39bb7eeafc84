"""Maps, the fewest approvals and the fast lane in sentences; people as mentions, what people typed raw."""

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from math import ceil
from typing import Protocol

from app.domain.answers import Answers
from app.domain.influence.asking import Asked, For, Need, Proposal
from app.domain.influence.fast_lane import Lane, SlowTeam
from app.domain.influence.journeys import Team, critical_path, holds_lever, metric_label, weighed
from app.domain.influence.measured import Measured
from app.domain.ladder import Rung
from app.domain.reading.amounts import format_amount, format_rough
from app.domain.reading.days_in_forms import say_date
from app.domain.reading.figures import figure_said
from app.domain.writing.document import Touched
from app.words.fragments import A_DEADLINE, quoted
from app.words.ladder import rung_said
from app.words.people import named

_NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")

NO_LEVER = "A name so far: which lever do they hold?"
LOST_LEVER = (
    "A team it touches is off its map, or holds no lever any more. Say again which teams it touches: "
    "those that are still there stay ticked."
)
HIDDEN_TEAM = "A team on a private map"
NOBODY_DECIDES = "nobody is named who decides there"


def days_said(days: float) -> str:
    """ "1 day", "2.5 days": working days, rounded to a tenth."""
    figure = f"{round(days, 1):g}"
    return f"{figure} day" if figure == "1" else f"{figure} days"


def many(count: int, one: str, several: str | None = None) -> str:
    """ "two approvals": small numbers in words."""
    number = _NUMBERS[count] if count < len(_NUMBERS) else str(count)
    return f"{number} {one if count == 1 else several or one + 's'}"


def effect_said(team: Team) -> str:
    """ "0.4 points of conversion"; empty where none is named."""
    if team.effect is None or not team.metric.strip():
        return ""
    unit = f" {team.unit.strip()} of" if team.unit.strip() else " on"
    return f"{figure_said(team.effect)}{unit} {' '.join(team.metric.split())}"


def metric_said(team: Team) -> str:
    return metric_label(team.metric, team.unit)


def weight_said(weight: float) -> str:
    """Days × effect, to three figures that matter."""
    rounded = float(f"{weight:.3g}")
    return figure_said(rounded)


# ── whose yes ───────────────────────────────────────────────────────────────────────────────────────────


def need_said(need: Need, rung: Rung | None) -> str:
    """What a yes is for, after a name: “as VP”, “for Payments, who hold the checkout cutoff”."""
    if need.what is For.RUNG:
        return f"decides as {rung_said(rung)}" if rung else "decides on the rung"
    if need.what is For.BAR_RAISER:
        return "reads it as bar raiser, beside the rung"
    lever = f": {quoted(need.lever)}" if need.lever else ""
    return f"decides for {need.name}{lever}"


def whys_said(asked: Asked, rung: Rung | None) -> list[str]:
    """Why somebody is asked, a line each, without its full stop; “in place of …” where they are a deputy for it."""
    return [
        need_said(need, rung) + (f", in place of <@{need.in_place[asked.user]}>" if asked.user in need.in_place else "")
        for need in asked.needs
    ]


def fewest_said(found: Proposal) -> str:
    """How few unblock it, and by when the last is expected to have answered."""
    count = len(found.asked)
    if not count:
        return "Nobody else's yes is needed for what it touches."
    verb = "unblocks" if count == 1 else "unblock"
    said = f"{many(count, 'approval').capitalize()} {verb} it"
    return f"{said}, expected within {days_said(found.days)}." if found.days else f"{said}."


def nobody_said(need: Need, today: date) -> str:
    """Why a yes can't be given by anybody now, and what would help."""
    whose = {For.RUNG: "the rung's yes", For.BAR_RAISER: "a bar raiser's yes"}.get(need.what, f"the yes of {need.name}")
    if need.what is For.BAR_RAISER and need.givers:
        return f"Nobody can give {whose}: whoever decides can't read it beside themselves. Name another bar raiser."
    if need.away:
        back = "; ".join(f"<@{user}> is back on {say_date(day, today)}" for user, day in list(need.away.items())[:3])
        return f"Nobody can give {whose} now: {back}, and nobody stands in. Name a deputy, or ask for a later day."
    if need.what is For.LEVER and not need.decide:
        return f"Nobody can give {whose}: {NOBODY_DECIDES}. Name somebody on its map."
    if need.what is For.LEVER:
        return f"Nobody can give {whose}: whoever decided there has left, or is no member. Name somebody on its map."
    return f"Nobody can give {whose}: the seat is empty for this decision. “/escalate ladder” seats people."


def told_said(users: Sequence[str]) -> str:
    return f"Told, not asked: {named(users, 'and')}." if users else ""


# ── measured ────────────────────────────────────────────────────────────────────────────────────────────


def measured_said(team: Team, found: Measured) -> str:
    """ "you said 2 days, measured 5.5 (3 to 9), of 9"."""
    if not found.tells:
        if found.answers >= 5:
            return f"of {found.asked} times more than half still wait: no day can be measured yet"
        stands = "the estimate stands" if team.days is not None else "too few to measure by"
        return f"answered {many(found.answers, 'time')} of {found.asked} so far: {stands}"
    low = f"{round(found.low, 1):g}" if found.low is not None else "?"
    between = f"{low} to {round(found.high, 1):g}" if found.high is not None else f"{low} or more"
    measured = f"measured {round(found.median or 0, 1):g} ({between}), of {found.asked}"
    if team.measured or team.days is None:
        return measured
    return f"you said {days_said(team.days)}, {measured}"


# ── the fast lane ───────────────────────────────────────────────────────────────────────────────────────


def note(name: str, title: str, team: SlowTeam, found: Lane, answers: Answers, today: date) -> str:
    """The note to a slow team, for its requester to change and to send. Plain text."""
    takes = f"You take {days_said(found.days)} to decide"
    takes += ", as measured." if found.measured else ", as the map has it."
    waits = f"{name}, {quoted(title)}, waits for {team.name}. {takes}"
    ask = "Could you put it on a fast lane? Tell me what you need for that, and you have it today."
    return "\n\n".join([waits, *filter(None, [_cost_said(found, answers, today)]), ask])


def _cost_said(found: Lane, answers: Answers, today: date) -> str:
    """ "Three days cost $200k of “the holiday sales”."."""
    deadline = answers.deadline
    what = quoted(deadline.what, A_DEADLINE) if deadline and found.on else ""
    days = round(found.days, 1)
    span = many(int(days), "working day").capitalize() if days == int(days) else days_said(days)
    lines = []
    if found.cost is not None:
        of = f" of {what}" if what else ""
        lines.append(
            f"Waiting costs {format_amount(found.cost)}{of}."
            if found.whole
            else f"{span} {'costs' if days == 1 else 'cost'} {format_rough(found.cost)}{of}."
        )
    elif answers.costs and answers.costs.delay_step:
        lines.append(f"Waiting weighs {answers.costs.delay_step} on a scale of 1 (little) to 5 (severe).")
    if found.lost and found.on:
        lines.append(f"{format_amount(found.lost)} more is lost on {say_date(found.on, today)}.")
    elif found.on and found.blocks:
        lines.append(f"It blocks {what} on {say_date(found.on, today)}.")
    elif found.on:
        lines.append(f"The day that counts is {say_date(found.on, today)}.")
    return " ".join(lines)


# ── the last page of a narrative ────────────────────────────────────────────────────────────────────────


def last_page(teams: Sequence[Team], worth: Mapping[str, Decimal]) -> tuple[Touched, ...]:
    """The teams that a decision touches as the page that is skimmed in two minutes: the weightiest first, those on the
    critical path marked."""
    path = {team.id for team in critical_path(teams)}
    rows = []
    for team in weighed(teams, worth).in_order:
        if holds_lever(team):
            moves = effect_said(team)
            parts = [moves] if moves else []
            parts.append(" ".join(team.lever.split()))
            parts += ["on the critical path"] if team.id in path else []
            rows.append(_page_line(team.name, team.days, parts))
    return tuple(rows)


def _page_line(name: str, days: float | None, parts: Sequence[str]) -> Touched:
    return Touched(re.sub(r"[;|·\s]+", " ", name).strip(), ceil(days or 0), "; ".join(parts))


class FixedLever(Protocol):
    @property
    def name(self) -> str: ...
    @property
    def lever(self) -> str: ...
    @property
    def days(self) -> float | None: ...


def last_page_fixed(levers: Iterable[FixedLever]) -> tuple[Touched, ...]:
    """The same of a decision that was sent: as it was fixed, whatever became of the maps since, the slowest first."""
    rows = sorted(levers, key=lambda one: -(one.days or 0))
    return tuple(_page_line(row.name, row.days, [" ".join(row.lever.split())]) for row in rows if row.lever.strip())
