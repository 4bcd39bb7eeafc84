"""The memo: one page in five parts, as it is written, kept and compared."""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from datetime import date
from typing import Any, Self

from app.domain.memo.evidence import count_words
from app.domain.stored_words import ADDED_LATER

WORDS_A_MINUTE = 250


PART_KEYS = ("decision", "one_way", "data", "inaction", "ask")
"""The page, in its order: fields of Memo."""


EXTRA_PART_KEYS = ("premortem", "alternatives")
"""Behind the page."""


@dataclass(frozen=True)
class Prediction:
    """The result that the review will hold the decision to. `on`: the day to look. How sure its writer is: a
    probability from 0 to 1 that the target is reached, and the figures between which they are 80% sure it will lie."""

    metric: str
    baseline: str
    target: str
    on: date | None = None
    probability: float | None = field(default=None, metadata=ADDED_LATER)
    low: float | None = field(default=None, metadata=ADDED_LATER)
    high: float | None = field(default=None, metadata=ADDED_LATER)

    @property
    def is_typed(self) -> bool:
        """Whether the review can be held against it by figures."""
        return self.probability is not None or (self.low is not None and self.high is not None)

    def without_words(self) -> Self | None:
        """The figures alone, for when the words were kept long enough; None where there are none."""
        return type(self)("", "", "", None, self.probability, self.low, self.high) if self.is_typed else None


@dataclass(frozen=True)
class Memo:
    """The parts as they were written: Slack text, any of them may be empty."""

    decision: str = ""
    one_way: str = ""
    data: str = ""
    inaction: str = ""
    ask: str = ""
    premortem: str = ""
    alternatives: str = ""
    prediction: Prediction | None = None


def word_count(memo: Memo) -> int:
    """Words over the five parts; a link or a mention is one word."""
    return sum(count_words(getattr(memo, part)) for part in PART_KEYS)


def reading_minutes(memo: Memo) -> float:
    """How long the five parts take to read, in minutes."""
    return word_count(memo) / WORDS_A_MINUTE


def changed_parts(old: Memo, new: Memo) -> tuple[str, ...]:
    """The keys that differ, in the order of the page; blanks around a part do not count."""

    def bare(value: object) -> object:
        return value.strip() if isinstance(value, str) else value

    return tuple(f.name for f in fields(Memo) if bare(getattr(old, f.name)) != bare(getattr(new, f.name)))


def to_json(memo: Memo) -> dict[str, Any]:
    """A plain dict for storage: {"v": 1, <part>: str, "prediction": {…, "on": "2027-03-01"} | None}."""
    out: dict[str, Any] = {"v": 1}
    out |= {part: getattr(memo, part) for part in (*PART_KEYS, *EXTRA_PART_KEYS)}
    p = memo.prediction
    on = p.on.isoformat() if p and p.on else None
    out["prediction"] = p and {
        "metric": p.metric, "baseline": p.baseline, "target": p.target, "on": on,
        "probability": p.probability, "low": p.low, "high": p.high,
    }  # fmt: skip
    return out


def from_json(data: Mapping[str, Any]) -> Memo:
    """The memo of such a dict. Unknown keys are passed over, missing ones are empty."""
    parts: dict[str, Any] = {part: _text(data.get(part)) for part in (*PART_KEYS, *EXTRA_PART_KEYS)}
    p = data.get("prediction")
    if not isinstance(p, Mapping):
        return Memo(**parts)
    try:
        on = date.fromisoformat(_text(p.get("on")))
    except ValueError:
        on = None
    figures = (_figure(p.get(name)) for name in ("probability", "low", "high"))
    prediction = Prediction(_text(p.get("metric")), _text(p.get("baseline")), _text(p.get("target")), on, *figures)
    return Memo(**parts, prediction=prediction)


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""


def _figure(value: object) -> float | None:
    return float(value) if isinstance(value, int | float) and not isinstance(value, bool) else None
