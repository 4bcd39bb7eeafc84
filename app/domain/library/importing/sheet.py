"""A spreadsheet, saved as CSV: whatever parts its cells, however its columns are called, and one order of its dates."""

import csv
import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from io import StringIO

from app.domain.library.faults import Broken, NoSuchDay, OtherCells, TwoWays
from app.domain.library.importing.rows import Found, Wrong, checked, day
from app.domain.library.past import Dirty
from app.domain.library.tokens import plain

COLUMNS: Mapping[str, str] = {
    "id": "id number no nr key ref reference adr decision_id nummer numero cle",
    "title": "title name decision subject titel titre titulo summary 題名 タイトル 件名",
    "text": "text body description context content details rationale beschreibung texte texto 本文 内容",
    "status": "status state estado statut etat outcome 状態 ステータス",
    "proposed": "proposed created opened raised started proposed_on proposed_at created_at propose 提案日",
    "decided": "decided date closed resolved decided_on decided_at datum entschieden fecha decide 決定日 日付",
    "replaces": "replaces supersedes ersetzt remplace reemplaza",
}
"""What a column may be called, in small letters without accents, with _ for blanks."""

SEPARATORS = ",;\t|"


class NoTable(ValueError):
    """It has no line that names its columns."""


def read(text: str) -> Found:
    """Raises NoTable where the first line names neither an id nor a title."""
    separator, start = _separator(text)
    csv.field_size_limit(2**30)
    lines = csv.reader(StringIO(text[start:], newline=""), delimiter=separator)
    names = [_column(cell) for cell in next(lines, [])]
    if "id" not in names or "title" not in names:
        raise NoTable()
    rows: list[tuple[str, dict[str, str]]] = []
    found = Found()
    before = text[:start].count("\n") + 1
    try:
        for cells in lines:
            where, before = f"line {before + 1}", text[:start].count("\n") + lines.line_num
            if not any(cell.strip() for cell in cells):
                continue
            if len(cells) > len(names) and any(cell.strip() for cell in cells[len(names) :]):
                found.add(Dirty(where, OtherCells(len(cells), len(names))))
                continue
            rows.append((where, {name: cell for name, cell in zip(names, cells, strict=False) if name}))
    except csv.Error as error:
        found.add(Dirty(f"line {before + 1}", Broken(str(error))))
    orders = {name: _order(row.get(name, "") for _, row in rows) for name in ("proposed", "decided")}
    for where, row in rows:
        try:
            days = {name: _day(row.get(name, ""), name, orders[name]) for name in orders}
        except Wrong as wrong:
            found.add(Dirty(where, wrong.why))
            continue
        found.add(checked(where, row, days))
    return found


def _separator(text: str) -> tuple[str, int]:
    """What parts the cells, and where the line begins that names them."""
    first, _, _ = text.partition("\n")
    if said := re.fullmatch(r"\s*\"?sep=(.)\"?\s*", first):
        return said[1], len(first) + 1
    known = {one: sum(_column(cell) != "" for cell in first.split(one)) for one in SEPARATORS}
    return max(SEPARATORS, key=lambda one: known[one]), 0


def _column(cell: str) -> str:
    said = re.sub(r"\W+", "_", plain(cell.strip().strip('"').lstrip("\ufeff"))).strip("_")
    return next((name for name, called in COLUMNS.items() if said in called.split()), "")


_PARTED = re.compile(r"\s*(\d{1,2})([./-])(\d{1,2})\2(\d{4})\b")


def _order(said: Iterable[str]) -> str:
    """What stands first in all of a column: ``day``, ``month``, or empty where nothing tells."""
    found = [(int(one[1]), int(one[3]), one[2]) for text in said if (one := _PARTED.match(text))]
    day_first = any(first > 12 for first, _, _ in found)
    month_first = any(second > 12 for _, second, _ in found)
    if day_first != month_first:
        return "day" if day_first else "month"
    return "day" if found and all(sign == "." for _, _, sign in found) else ""


def _day(said: str, name: str, order: str) -> date | None:
    parted = _PARTED.match(said)
    if parted is None:
        return day(said.strip(), name)
    if not order:
        raise Wrong(TwoWays(name, said.strip()))
    numbers: Sequence[int] = (int(parted[1]), int(parted[3])) if order == "day" else (int(parted[3]), int(parted[1]))
    try:
        return date(int(parted[4]), numbers[1], numbers[0])
    except ValueError:
        raise Wrong(NoSuchDay(name, said.strip())) from None
