"""What money and scales beside a figure's digits mean. Pure."""

from __future__ import annotations

import re

from app.assistant.quantity_patterns import EAST
from app.domain.reading.money_words import FAMILIES, LONG_SCALE, NAMES, OF_A_PLACE, SCALES, SIGNS, USUAL


def goes_on(m: re.Match[str], letter: str, scaled: bool, text: str) -> bool:
    if scaled and not m["east"]:
        return False
    if m["attached"] and letter in ("cr", "md", "t", "b") and m["attached"].islower() and letter not in ("t", "b"):
        return letter != "md"
    if m["spelt"]:
        # "mil" is a scale of Spanish and Portuguese, "mill" and "grand" are words.
        return letter not in ("mill", "cup", "grand", "lac")
    return True


def size_of(letter: str, m: re.Match[str], language: str | None) -> int:
    if letter in ("billion", "trillion") and language in LONG_SCALE and m["spelt"] and m["spelt"][0].isupper():
        return 10**12 if letter == "billion" else 10**18
    if letter == "t" and m["glued"]:
        return 1000
    if letter == "t":
        return 10**12 if not m["apart"] and m["attached"] == "t" else (1000 if m["apart"] else 10**12)
    return int(SCALES[letter])


def is_money(text: str, m: re.Match[str], at: int) -> bool:
    """A name of money is one behind a figure, and no word that only begins like it."""
    sign, name = m["sign"], (m["name"] or "").lower()
    following = text[m.end() : m.end() + 1]
    if sign and sign[-1].isalpha() and not re.match(rf"[{EAST}]", sign[-1]) and following.isalpha():
        return False
    if sign and following.isdigit() and text[at : at + 1] == " ":
        return False  # the sign of the next figure
    return not name or text[at : at + 1] in (" ", "-") or name.startswith(("eur", "kr", "dol", "евро", "руб", "долл"))


def named(sign: str | None, code: str | None, name: str | None, place: str | None) -> str:
    """A currency by its code, or the name that several share."""
    if code:
        return code.upper()
    if sign:
        shared = SIGNS.get(sign) or SIGNS[sign.upper()]
    else:
        shared = NAMES[str(name).lower()]
        if place and shared in FAMILIES:
            return OF_A_PLACE[place.lower()]
    if shared in FAMILIES and shared != "¥":
        return USUAL.get(shared, shared)
    return shared
