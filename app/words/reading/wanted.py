"""What is looked for in the library, read or refused in words."""

from collections.abc import Mapping

from app.domain.errors import Unreadable
from app.domain.library.asking import STATES, NoSuch, Wanted, narrowed, read_wanted


def asked_for(typed: str) -> tuple[str, Wanted]:
    """The words, and what they are narrowed by.

    Raises:
        Unreadable: a status, door, channel, person or day that is none; ``field`` is the input.
    """
    words, given = narrowed(typed)
    return words, wanted(given)


def wanted(given: Mapping[str, str]) -> Wanted:
    """By ``status``, ``door``, ``in``, ``by``, ``since``, ``until``, as typed. Raises Unreadable."""
    found = read_wanted(given)
    if isinstance(found, NoSuch):
        raise Unreadable(say(found), "words" if found.name in ("in", "by") else found.name)
    return found


def say(why: NoSuch) -> str:
    typed, name = f"“{why.typed[:40]}”", why.name
    match name:
        case "status":
            return f"{typed} is no status. There are {', '.join(sorted(STATES))}."
        case "door":
            return f"{typed} is no door. There are one-way and two-way."
        case "in" | "by":
            which = "channel, like in:#launches" if name == "in" else "person, like by:@vera"
            return f"I can't find “{why.typed[:40].strip('<>@#')}”. Choose a {which}."
        case "since" | "until":
            return f"{typed} is no day. Write {name}:2026-03-31, {name}:2026-03 or {name}:2026."
