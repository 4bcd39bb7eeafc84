"""What a careful reader says about a memo, in sentences."""

from collections.abc import Sequence
from datetime import date

from app.domain.memo.checks import (
    PAGE_WORDS,
    Check,
    CustomerIsIn,
    DateHasPassed,
    DayIsUnclear,
    Holds,
    MetricAndTarget,
    Need,
    PageLength,
    PartWritten,
    Tone,
)
from app.domain.memo.tone import Kind
from app.domain.reading.days_in_forms import say_date
from app.words.memo.parts import EXTRA_PARTS, PARTS
from app.words.reading import days

_PART = {part.key: part for part in (*PARTS, *EXTRA_PARTS)}

_NEED = {
    Need.FIGURE: "a figure",
    Need.SOURCE: "a source",
    Need.NAME: "a name",
    Need.VERB: "a verb",
    Need.DATE: "a date",
}
_HOW = {
    ("data", Need.FIGURE): "give one number that a reader can check",
    ("data", Need.SOURCE): "name the report, or add a link",
    ("inaction", Need.FIGURE): "say how much waiting costs",
    ("inaction", Need.DATE): "say from which day it hurts",
    ("ask", Need.NAME): "say who is asked, by name or as a mention",
    ("ask", Need.VERB): "say what they do (approve, decide, choose, sign)",
    ("ask", Need.DATE): "say by which day",
}
"""How a part comes to hold what it needs."""

_HEAT: dict[Kind, tuple[str, str, str]] = {
    "emotive": ("carries heat", "carry heat", "the figure says more"),
    "blame": ("points at people", "point at people", "say what happened and when"),
    "intensifier": ("adds weight but no news", "add weight but no news", "put the figure in its place"),
    "hedge": ("leaves the reader guessing", "leave the reader guessing", "say how likely, or who will know by when"),
}


def say(check: Check, today: date) -> str:
    """The check in a sentence or two for the writer, passed or not. Words at fault are quoted as they were written."""
    match check.remark:
        case PartWritten(gap=gap):
            part = _PART[check.part or ""]
            if gap:
                return f"“{part.title}” still says “{gap}”. Put in what is missing, or take the sentence out."
            return f"“{part.title}” is written." if check.passed else f"“{part.title}” is still empty. {part.question}"
        case PageLength():
            return _length(check.remark)
        case Tone():
            return _tone(check.part or "", check.remark)
        case Holds():
            return _holds(check.part or "", check.remark)
        case DateHasPassed(on=on):
            day = say_date(on, today)
            if check.part == "ask":
                return f"The date in the ask, {day}, has passed. Say by which day it is needed now."
            return f"The prediction is for {day}, which has passed. Name a day that is still to come."
        case DayIsUnclear(why=why):
            return f"{days.say(why, today)} Say one day, with its month."
        case CustomerIsIn():
            if check.passed:
                return "The customer is in it."
            return (
                "No customer appears in the decision, the data or the risk of inaction. "
                "Say what changes for them, first."
            )
        case MetricAndTarget():
            if check.passed:
                return "The predicted result has a metric and a target."
            return "Name the metric and its target: the review will hold you to them."


def _length(found: PageLength) -> str:
    if found.words <= PAGE_WORDS:
        return f"It fits on one page: {found.words} of {PAGE_WORDS} words."
    return (
        f"The memo has {found.words} words, {found.words - PAGE_WORDS} more than fit on one page. "
        f"“{_PART[found.longest].title}” is the longest part ({found.longest_words} words): start there, and move "
        "detail behind a link."
    )


def _tone(part: str, found: Tone) -> str:
    return say_tone(found.words) or f"“{_PART[part].title}” is told in neutral words."


def say_tone(found: Sequence[tuple[Kind, tuple[str, ...]]]) -> str:
    """Words that carry heat, blame, weight or doubt, and what to write instead; empty where there are none."""
    said = []
    for kind, words in found:
        one, many, instead = _HEAT[kind]
        quoted = [f"“{word}”" for word in words]
        said.append(f"{listed(quoted)} {one if len(quoted) == 1 else many}; {instead}.")
    return " ".join(said)


def _holds(part: str, found: Holds) -> str:
    title = _PART[part].title
    there, missing = [_NEED[need] for need in found.there], [_NEED[need] for need in found.missing]
    if not missing:
        return f"{title} has {listed(there)}."
    has = f"has {listed(there)}, but not {listed(missing)} yet" if there else f"is missing {listed(missing)}"
    return f"{title} {has}: {'; '.join(_HOW[part, need] for need in found.missing)}."


def listed(items: Sequence[str]) -> str:
    """ "a", "a and b", "a, b and c"; a long list is cut after five."""
    if len(items) > 6:
        items = [*items[:5], f"{len(items) - 5} more"]
    return " and ".join(filter(None, [", ".join(items[:-1]), *items[-1:]]))
