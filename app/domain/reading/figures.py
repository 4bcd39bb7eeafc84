"""Plain figures as people type them: 12%, 1.5M, 3,400, and how sure somebody is: 70%, 7 in 10, 10 to 14."""

from __future__ import annotations

import re

_SCALES = {"": 1.0, "%": 1.0, "k": 1e3, "m": 1e6, "mn": 1e6, "bn": 1e9, "b": 1e9}
_ONE = re.compile(
    r"(?<![\w.,])(?P<sign>[-−]?)[$€£¥]?\s?(?P<digits>\d[\d.,'\u00a0\u202f]*)\s?(?P<scale>%|(?:k|mn?|bn?)\b)?", re.I
)
_BETWEEN = re.compile(
    r"\s*(?:\bto\b|\band\b|\bbis\b|\bund\b|\bà\b|\bet\b|\ba\b|\by\b|から|〜|~|…|\.\.+|(?<=[\d%\w])\s*[–—-])\s*", re.I
)
_ODDS = re.compile(r"(\d+)\s*(?:in|of|out of|von|sur|de|/)\s*(\d+)", re.I)


def figure_in(text: str) -> float | None:
    """One figure, with its scale; what stands behind it (a unit) is passed over. Of several the first counts."""
    found = _ONE.search(text.strip())
    return None if found is None else _value(found)


def probability_in(text: str) -> float | None:
    """From 0 to 1; None where it is no number, or none that a probability can be. A plain number is a percentage,
    unless it is written as a share: 0.7, 7 in 10."""
    if odds := _ODDS.fullmatch(text.strip()):
        hits, of = int(odds[1]), int(odds[2])
        if of > 0 and hits <= of:
            return hits / of
    found = _ONE.fullmatch(text.strip())
    if found is not None and (found["scale"] or "%") == "%":
        value = _value(found)
        share = value if 0 < value < 1 and not found["scale"] else value / 100
        if 0 <= share <= 1:
            return round(share, 6)
    return None


def interval_in(text: str) -> tuple[float, float] | None:
    """Two figures, the lower one first: 10 to 14, 10–14%, 1.2M bis 1.5M; None where it is no two, or they are one. A
    scale behind the last counts for both."""
    parts = [part for part in _BETWEEN.split(text.strip()) if part.strip()]
    found = [_ONE.search(part) for part in parts]
    if len(found) == 2 and found[0] and found[1]:
        low, high = _value(found[0], default=found[1]["scale"]), _value(found[1])
        if low < high:
            return low, high
    return None


def figure_said(value: float) -> str:
    """12, 12.5, 1,200."""
    return f"{value:,.6f}".rstrip("0").rstrip(".")


def _value(found: re.Match[str], default: str | None = None) -> float:
    digits = re.sub(r"['\u00a0\u202f]", "", found["digits"]).rstrip(".,")
    scale = (found["scale"] or default or "").lower()
    value = float(_with_point(digits)) * _SCALES[scale]
    return -value if found["sign"] else value


def _with_point(digits: str) -> str:
    """The last mark is the decimal one, unless it groups: 1,200 and 1.200.000 are grouped, 1.200 and 1,5 are not."""
    marks = [sign for sign in digits if sign in ".,"]
    if not marks:
        return digits
    last = marks[-1]
    whole, _, tail = digits.rpartition(last)
    grouped = len(tail) == 3 and (marks.count(last) > 1 or last == ",") and len(set(marks)) == 1
    bare = re.sub(r"[.,]", "", whole)
    return bare + tail if grouped else f"{bare}.{tail}"
