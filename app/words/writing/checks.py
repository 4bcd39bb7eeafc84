"""What a careful reader says about a document, in sentences."""

from collections.abc import Sequence
from datetime import date

from app.domain.memo.checks import Tone
from app.domain.reading.days_in_forms import say_date
from app.domain.writing.checks import (
    Check,
    CustomerFirst,
    FiguresSourced,
    HeadlineHolds,
    Length,
    OutcomeCount,
    OutcomeHolds,
    OutcomeIsPast,
    OutcomeNeed,
    PrincipleServed,
    SectionWritten,
)
from app.domain.writing.document import OUTCOMES, Section
from app.domain.writing.evidence import Need
from app.words.memo.checks import listed, say_tone
from app.words.writing.sections import WORDS

_NEED = {
    Need.SUBJECT: ("who launches it", "begin with your company's or team's name"),
    Need.LAUNCH: ("what is launched", "say what it is in two or three words"),
    Need.PAIN: ("whose pain it takes away", "go on “to reduce …”"),
    Need.FIGURE: ("a figure", "end with by how much, or from where to where"),
}
_OUTCOME_NEED = {
    OutcomeNeed.METRIC: "a metric",
    OutcomeNeed.BASELINE: "where it stands today",
    OutcomeNeed.TARGET: "a target",
    OutcomeNeed.DATE: "a day",
    OutcomeNeed.SOURCE: "where it is read off",
    OutcomeNeed.FIGURE: "a figure in its target",
}


def say(check: Check, today: date) -> str:
    """The check in a sentence or two for the writer, passed or not. Words at fault are quoted as they were written."""
    title = WORDS[check.section].title if check.section else ""
    match check.remark:
        case SectionWritten():
            return f"“{title}” is written." if check.passed else f"“{title}” is still empty."
        case HeadlineHolds(missing=missing):
            return _headline(missing)
        case OutcomeCount(count=count):
            return _count(count)
        case OutcomeHolds(number=number, missing=missing_):
            if not missing_:
                return f"Outcome {number} can be measured."
            return f"Outcome {number} still needs {listed([_OUTCOME_NEED[one] for one in missing_])}."
        case OutcomeIsPast(number=number, on=on):
            return f"Outcome {number} is for {say_date(on, today)}, which is not ahead any more. Name a later day."
        case CustomerFirst():
            return _customer(check.remark, passed=check.passed)
        case FiguresSourced(sentences=sentences):
            if not sentences:
                return f"Every figure in “{title}” has its source."
            more = f" And {len(sentences) - 1} more." if len(sentences) > 1 else ""
            return f"{title}: “{_short(sentences[0])}” has a figure and no source. Name the report, or link it.{more}"
        case Length():
            return _length(check.section, check.remark)
        case PrincipleServed(named=named):
            if check.passed:
                return f"It serves “{named}”."
            return (
                f"“{named}” is none of your principles any more: choose one that it serves."
                if named
                else "Choose the principle it serves."
            )
        case Tone():
            said = say_tone(check.remark.words)
            return f"{title}: {said}" if said else f"“{title}” is told in neutral words."


def _headline(missing: tuple[Need, ...]) -> str:
    if not missing:
        return "The headline says who launches what, which pain it takes away, and by how much."
    what, how = listed([_NEED[one][0] for one in missing]), "; ".join(_NEED[one][1] for one in missing)
    return f"The headline does not say yet {what}: {how}."


def _count(count: int) -> str:
    if count == OUTCOMES:
        return "It promises three outcomes."
    return f"It promises {count or 'no'} outcome{'' if count == 1 else 's'}; a press release promises exactly three."


def _customer(found: CustomerFirst, *, passed: bool) -> str:
    weighed = found.weighed
    if passed:
        return "The customer comes first, and before the process."
    if not weighed.customer:
        return "No customer appears in it. Say first what changes for them."
    if weighed.process > weighed.customer:
        return (
            f"{weighed.process} words are about how you work and {weighed.customer} about the customer. "
            "Turn that round: what changes for them first, and the process behind a link."
        )
    return "It begins with how you work. Begin with what changes for the customer."


def _length(section: Section | None, found: Length) -> str:
    where = "The page to skim" if section is Section.TOUCHED else "It"
    room = "two minutes" if section is Section.TOUCHED else "one page" if found.most <= 500 else "six pages"
    if found.words <= found.most:
        return f"{where} fits on {room}: {found.words} of {found.most} words."
    more = found.words - found.most
    return f"{where} has {found.words} words, {more} more than fit into {room}. Cut what no customer needs."


def _short(sentence: str, words: int = 12) -> str:
    parts = sentence.split()
    return " ".join(parts[:words]) + ("…" if len(parts) > words else "")


def summary(checks: Sequence[Check]) -> tuple[int, int]:
    """How many pass, and of how many."""
    return sum(check.passed for check in checks), len(checks)
