"""What was typed into the forms of a trade-off: its sides, the lines of its experiment, the rows of its results."""

import csv
import io
import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta

from app.domain.errors import Unreadable
from app.domain.tradeoffs.experiment import Measure, NotPlanned, Plan, ends_on, measure_of, needed
from app.domain.tradeoffs.objective_figures import Unit
from app.domain.tradeoffs.objective_types import Metric
from app.domain.tradeoffs.objective_words import lower_is_better
from app.domain.tradeoffs.results import Observed
from app.slack.forms import Fields
from app.words.reading.figures import read_figure
from app.workflows.tradeoffs import SideWritten

LONGEST_NAME = 60
MOST_ARMS, MOST_MEASURES, MOST_ROWS = 8, 6, 60
COLUMNS = ("metric", "arm", "seen", "hits", "mean", "spread", "effect", "low", "high", "source")
SIDES = (1, 2, 3, 4)
"""Of the form: two have to be filled in."""


def sides_of(fields: Fields, me: str) -> list[SideWritten]:
    """Raises Unreadable for an objective without anybody who speaks for it, or the other way round."""
    found = []
    for number in SIDES:
        user, objective = fields.user(f"speaker_{number}"), fields.text(f"objective_{number}")
        if number == 1:
            user = user or me
        if objective and not user:
            raise Unreadable("Choose who speaks for this side.", f"speaker_{number}")
        if user and not objective and number > 1:
            raise Unreadable("Write what this side is after, in one sentence with a figure.", f"objective_{number}")
        if objective:
            found.append(SideWritten(user, objective, f"objective_{number}"))
    return found


# ── the experiment ──────────────────────────────────────────────────────────────────────────────────────

_PIECE = re.compile(
    r"(?P<what>today|matters(?: from)?|may lose|worth|less is better|more is better)\s*:?\s*(?P<rest>.*)", re.IGNORECASE
)
_TODAY = re.compile(r"(?P<mean>[^±]+?)(?:\s*(?:±|\+/-|\+-|sd)\s*(?P<spread>.+))?", re.IGNORECASE)


def arms_of(text: str) -> tuple[str, ...]:
    """One a line, or with commas: “0, 1, 2, 3 slots” are four of slots."""
    parts = [one.strip(" •-\t") for one in re.split(r"[\n;,]", text)]
    arms = [" ".join(one.split()) for one in parts if one]
    unit = re.fullmatch(r"\d+(?:\.\d+)?\s+(\D+)", arms[-1]) if arms else None
    if unit and all(re.fullmatch(r"\d+(?:\.\d+)?", one) for one in arms[:-1]):
        arms = [f"{one} {unit[1]}" for one in arms[:-1]] + arms[-1:]
    if len(dict.fromkeys(arms)) != len(arms):
        raise Unreadable("Two arms have the same name. Give each its own.", "arms")
    if long := next((one for one in arms if len(one) > LONGEST_NAME), None):
        raise Unreadable(
            f"“{long[:40]}…” is long for an arm. Give it a name of up to {LONGEST_NAME} characters.", "arms"
        )
    if not 2 <= len(arms) <= MOST_ARMS:
        raise Unreadable(f"Name two to {MOST_ARMS} arms, the one as it is today first: “0, 1, 2 slots”.", "arms")
    return tuple(arms)


def measures_of(text: str, objectives: Sequence[Metric]) -> tuple[Measure, ...]:
    """A line each. What a line leaves out is as the objective of that name has it.

    Raises:
        Unreadable: a line that can't be read, or nothing that would matter.
    """
    known = {one.name.lower(): measure_of(one) for one in objectives}
    found: list[Measure] = []
    for line in filter(None, (one.strip(" •\t") for one in text.splitlines())):
        name, *pieces = [" ".join(one.split()) for one in line.split(";")]
        if len(name) > 2 * LONGEST_NAME:
            raise Unreadable(f"“{name[:40]}…” is long for a metric: behind its name comes a semicolon.", "measures")
        if not name:
            raise Unreadable(f"This line has no metric: “{line[:60]}”.", "measures")
        begun = known.get(name.lower(), Measure(name, not lower_is_better(name), Unit.COUNT))
        found.append(_measure(replace(begun, name=name), pieces, line))
    if not found or len(found) > MOST_MEASURES:
        raise Unreadable(f"Write one to {MOST_MEASURES} metrics, a line each.", "measures")
    if len({one.name for one in found}) != len(found):
        raise Unreadable("A metric stands there twice.", "measures")
    if not any(one.matters for one in found):
        raise Unreadable("Write for one metric at least what would matter: “matters from 0.3 points”.", "measures")
    if idle := next((one for one in found if one.matters is one.may_lose is one.worth is None), None):
        raise Unreadable(
            f"{idle.name}: say what matters of it (“matters from 0.3 points”), or what it may lose (“may lose 0.1 "
            "points”).", "measures",
        )  # fmt: skip
    exchanged = [one for one in found if one.worth is not None]
    if exchanged and not any(one.matters for one in exchanged):
        raise Unreadable("Of what is exchanged, one metric needs what would matter of it.", "measures")
    return tuple(found)


def _measure(one: Measure, pieces: Sequence[str], line: str) -> Measure:
    units: list[Unit] = []
    for piece in filter(None, pieces):
        read = _PIECE.fullmatch(piece)
        if read is None:
            raise Unreadable(
                f"I can't read “{piece[:60]}” in “{name_in(line)}”. Write it like “conversion; today 4.2%; matters "
                "from 0.3 points; may lose 0.1 points”.", "measures",
            )  # fmt: skip
        what, rest = read["what"].lower(), read["rest"].strip(" ?")
        if what.endswith("better"):
            one = replace(one, up_is_good=what.startswith("more"))
        elif not rest.strip("–-"):
            continue  # a line of the form that was left as it stood
        elif what == "today":
            one = _today(one, rest)
        elif what == "worth":
            one = replace(one, worth=_worth(rest, one.name))
        elif what == "may lose":
            one = replace(one, may_lose=_more_than_nothing(rest, one.name))
            units.append(_unit(rest, one))
        else:
            one = replace(one, matters=_more_than_nothing(rest, one.name))
            units.append(_unit(rest, one))
    if len(set(units)) > 1:
        raise Unreadable(f"Write what matters and what may be lost of {one.name} in the same unit.", "measures")
    if one.is_share and one.today is None:
        raise Unreadable(
            f"Write where {one.name} stands today: “today 4.2%” for a share, “today 2.40 ± 6.1” for a mean and its "
            "standard deviation.", "measures",
        )  # fmt: skip
    if units:
        one = replace(one, unit=units[0])
    if one.is_share and one.unit not in (Unit.PERCENT, Unit.PERCENTAGE_POINTS):
        one = replace(one, unit=Unit.PERCENTAGE_POINTS)
    return one


def name_in(line: str) -> str:
    return line.partition(";")[0].strip()[:60]


def _today(one: Measure, text: str) -> Measure:
    found = _TODAY.fullmatch(text)
    if found is None:
        raise Unreadable(f"I can't read “{text[:60]}” as today's figure of {one.name}.", "measures")
    mean = _figure(found["mean"])
    spread = _figure(found["spread"]) if found["spread"] else None
    if spread is None:
        if "%" not in text or not 0 < mean < 100:
            raise Unreadable(
                f"{one.name}: a share is written in per cent (today 4.2%), a mean with its standard deviation "
                "(today 2.40 ± 6.1).", "measures",
            )  # fmt: skip
        return replace(one, today=mean / 100, spread=None)
    if spread <= 0:
        raise Unreadable(f"The standard deviation of {one.name} is more than nothing.", "measures")
    return replace(one, today=mean, spread=spread)


def _more_than_nothing(text: str, name: str) -> float:
    found = abs(_figure(text))
    if not found:
        raise Unreadable(
            f"{name}: no experiment tells nothing from next to nothing. Write a figure above 0.", "measures"
        )
    return found


def _worth(text: str, name: str) -> float:
    found = _figure(text)
    if found <= 0:
        raise Unreadable(
            f"{name}: write what one unit is worth as a figure above 0. Where less of it is good, add “less is "
            "better”.", "measures",
        )  # fmt: skip
    return found


def _figure(text: str) -> float:
    return read_figure(text.replace("\u2212", "-"), "measures")


def _unit(text: str, one: Measure) -> Unit:
    if re.search(r"points?|pp\b|pts?\b", text, re.IGNORECASE):
        return Unit.PERCENTAGE_POINTS if one.is_share else Unit.COUNT
    if "%" in text or re.search(r"per ?cent", text, re.IGNORECASE):
        return Unit.PERCENT
    return Unit.PERCENTAGE_POINTS if one.is_share else Unit.COUNT


def plan_of(fields: Fields, objectives: Sequence[Metric], today: date) -> Plan:
    """The experiment as its form has it, with how many are needed, and its end after whole weeks.

    Raises:
        Unreadable: what can't be read, or never ends.
    """
    arms = arms_of(fields.text("arms"))
    measures = measures_of(fields.text("measures"), objectives)
    starts = fields.day("starts") or today + timedelta(days=1)
    a_day = read_figure(fields.text("a_day"), "a_day")
    if a_day <= 0:
        raise Unreadable("Write how many customers come in a day, over all arms.", "a_day")
    try:
        size = needed(len(arms), measures)
    except NotPlanned as missing:
        raise Unreadable(f"Write today's figure of {missing.name or 'what would matter'}.", "measures") from None
    ends = ends_on(starts, len(arms), size, a_day)
    if size * len(arms) > a_day * (ends - starts).days:
        days = -(-size * len(arms) // int(max(1, a_day)))
        raise Unreadable(
            f"It would need {size:,} customers in each arm, {days:,} days at {a_day:,.0f} a day. Try fewer arms, or a "
            "larger effect that would matter.", "a_day",
        )  # fmt: skip
    later = fields.day("ends")
    if later is not None and later < ends:
        raise Unreadable(
            f"It needs until {ends.isoformat()} to see what would matter. Choose that day or later.", "ends"
        )
    return Plan(arms, measures, fields.text("who_sees"), starts, later or ends, a_day, size)


# ── results ─────────────────────────────────────────────────────────────────────────────────────────────


def rows_of(text: str) -> tuple[Observed, ...]:
    """Lines of a table with a header, by commas, semicolons or tabs. What is empty was not put in.

    Raises:
        Unreadable: no header, a column nobody knows, a figure that is none, a count of more than were seen.
    """
    lines = [line for line in text.strip().removeprefix("\ufeff").splitlines() if line.strip()]
    if len(lines) < 2:
        raise Unreadable(f"Put in a header and a line for each arm and metric: {', '.join(COLUMNS)}.", "rows")
    mark = max(",;\t", key=lines[0].count)
    table = list(csv.reader(io.StringIO("\n".join(lines)), delimiter=mark, skipinitialspace=True))
    header = [one.strip().lower() for one in table[0]]
    if unknown := [one for one in header if one and one not in (*COLUMNS, "level")]:
        raise Unreadable(f"I know no column “{unknown[0][:40]}”. The columns: {', '.join(COLUMNS)}.", "rows")
    if not {"metric", "arm", "source"} <= set(header):
        raise Unreadable("The columns metric, arm and source have to be there.", "rows")
    if len(table) > MOST_ROWS + 1:
        raise Unreadable(f"Put in up to {MOST_ROWS} lines.", "rows")
    found = []
    for at, cells in enumerate(table[1:], 1):
        row = {name: cell.strip() for name, cell in zip(header, cells, strict=False) if name}
        if any(row.get(name) for name in COLUMNS[2:9]):
            found.append(_observed(row, at))
    seen = [(one.measure, one.arm) for one in found]
    if twice := next((one for one in seen if seen.count(one) > 1), None):
        raise Unreadable(f"{twice[0][:60]} of {twice[1][:60]} stands there twice.", "rows")
    return tuple(found)


def _observed(row: Mapping[str, str], at: int) -> Observed:
    def figure(name: str) -> float | None:
        text = row.get(name, "").replace("−", "-")
        if not text:
            return None
        try:
            return read_figure(text)
        except Unreadable:
            raise Unreadable(f"Line {at}: “{text[:40]}” is no figure for {name}.", "rows") from None

    def people(name: str) -> float | None:
        found = figure(name)
        if found is not None and ("%" in row[name] or found != int(found)):
            raise Unreadable(f"Line {at}: “{row[name][:40]}” is no count. Write how many customers, as {name}.", "rows")
        return found

    seen, hits, spread = people("seen"), people("hits"), figure("spread")
    low, effect, high = figure("low"), figure("effect"), figure("high")
    if hits is not None and (seen is None or not 0 <= hits <= seen):
        raise Unreadable(f"Line {at}: hits are a number of those seen.", "rows")
    if (seen is not None and seen < 1) or (spread is not None and spread < 0):
        raise Unreadable(f"Line {at}: less than nobody, or a spread below nothing, can't be.", "rows")
    if None not in (low, effect, high) and not (low or 0) <= (effect or 0) <= (high or 0):
        raise Unreadable(f"Line {at}: the effect lies between low and high.", "rows")
    if low is not None and low == high:
        raise Unreadable(
            f"Line {at}: from {row['low'][:40]} to {row['high'][:40]} is no interval. Write where it begins and ends, "
            "or leave low and high empty.", "rows",
        )  # fmt: skip
    level = figure("level")
    if level is not None and not 50 <= level < 100:
        raise Unreadable(f"Line {at}: a level is in per cent, such as 95.", "rows")
    return Observed(
        row.get("metric", ""), row.get("arm", ""), row.get("source", ""),
        int(seen) if seen is not None else None, int(hits) if hits is not None else None,
        figure("mean"), spread, effect, low, high, level or 95.0,
    )  # fmt: skip


def empty_rows(plan: Plan) -> str:
    """What the form begins with: a line for each metric and arm, for what it counts."""
    lines = [",".join(COLUMNS)]
    for measure in plan.measures:
        lines += [f"{_quoted(measure.name)},{_quoted(arm)},,,,,,,," for arm in plan.arms]
    return "\n".join(lines) if sum(map(len, lines)) < 2800 else lines[0] + "\n"


def _quoted(text: str) -> str:
    return '"' + text.replace('"', '""') + '"' if re.search(r'[",]', text) else text
