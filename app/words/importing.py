"""Why a row of a file was left out, in words: where it stands, and what to mend."""

from collections.abc import Mapping

from app.domain.library.faults import (
    Broken,
    Fault,
    Missing,
    NoSuchDay,
    NotADay,
    NotText,
    Odd,
    OtherCells,
    SameId,
    TooLong,
    TwoWays,
    Unopened,
)
from app.domain.library.past import Dirty

ODD: Mapping[Odd, str] = {
    Odd.NO_JSON: "it is no JSON",
    Odd.NO_OBJECT: "it is no object",
    Odd.NO_UTF8: "it is no text in UTF-8",
    Odd.NO_YAML: "its front matter can't be read as YAML",
    Odd.NO_TITLE: "it has no title: neither a first heading nor one in its front matter",
    Odd.TEMPLATE: "it is a template, and no decision",
    Odd.NO_DECISION: "no decision stands in it: its name has no number, and it has no status",
    Odd.NO_IDS: "what it replaces is no list of ids",
}
_LIKE = "like 2026-12-04"


def left_out(one: Dirty) -> str:
    """ "line 12: its title is missing"."""
    return f"{one.where}: {why(one.why)}"


def why(fault: Fault) -> str:
    match fault:
        case Odd():
            return ODD[fault]
        case Missing(name=name):
            return f"its {name} is missing"
        case NotText(name="id"):
            return "its id is no text and no number"
        case NotText(name=name):
            return f"its {name} is no text"
        case TooLong(name=name, most=most):
            return f"its {name} is longer than {most:,} characters"
        case NotADay(name=name, typed=typed):
            return f"“{typed[:40]}” is no day that can be read as {name}; write it {_LIKE}"
        case NoSuchDay(name=name, typed=typed):
            return f"“{typed[:40]}” is no day; write {name} {_LIKE}"
        case TwoWays(name=name, typed=typed):
            return f"“{typed[:40]}” can be read in two ways as {name}; write it {_LIKE}"
        case SameId(id=id, first=first):
            return f"its id {id} stands in {first} already"
        case OtherCells(cells=cells, named=named):
            return f"it has {cells} cells, and the first line names {named}"
        case Broken(error=error):
            return f"from here on it can't be read ({error})"
        case Unopened(error=error):
            return f"it can't be read: {error}"
