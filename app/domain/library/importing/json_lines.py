"""A line of JSON each."""

import json
from collections.abc import Iterable

from app.domain.library.faults import Odd
from app.domain.library.importing.rows import Found, checked
from app.domain.library.past import Dirty


def read(lines: Iterable[str]) -> Found:
    """Every line that is not blank: an object with ``id``, ``title``, ``text``, ``status``, ``proposed``, ``decided``,
    ``replaces``; only the first two are needed, and others are passed over."""
    found = Found()
    for number, line in enumerate(lines, 1):
        said = line.strip().lstrip("\ufeff")
        if not said:
            continue
        where = f"line {number}"
        try:
            row = json.loads(said)
        except (ValueError, RecursionError):
            found.add(Dirty(where, Odd.NO_JSON))
            continue
        found.add(checked(where, row) if isinstance(row, dict) else Dirty(where, Odd.NO_OBJECT))
    return found
