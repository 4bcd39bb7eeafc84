"""A folder of decision records: ADRs as Nygard writes them, MADR of any version, or front matter alone.

A state and a date may stand in the front matter, in a line (``* Status: accepted``) or under a heading of their own.
The number comes from the file's name, never through YAML, to which 0012 is ten.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import PurePosixPath
from typing import Any

from app.domain.library.faults import Odd
from app.domain.library.importing.rows import Found, Wrong, checked
from app.domain.library.importing.rows import day as day_of
from app.domain.library.past import Dirty, Past

_FRONT = re.compile(r"\A\ufeff?---[ \t]*\r?\n(.*?)\r?\n(?:---|\.\.\.)[ \t]*(?:\r?\n|\Z)", re.DOTALL)
_HEADING = re.compile(r"^ {0,3}(#{1,6})[ \t]+(.+?)[ \t]*#*$")
_UNDERLINE = re.compile(r"^ {0,3}(=+|-+)[ \t]*$")
_FENCE = re.compile(r"^ {0,3}(```|~~~)")
_LINE = re.compile(
    r"^\s*(?:[*+-]\s+)?\**(status|state|date|decided|proposed|supersedes|replaces|superseded[ -]by|replaced[ -]by)"
    r"\s*\**\s*:\s*\**\s*(.+?)\s*$",
    re.IGNORECASE,
)
_NUMBER = re.compile(r"(?:^|[^0-9a-z])0*(\d{1,6})(?=[^0-9]|$)", re.IGNORECASE)
_NUMBERED = re.compile(r"^(?:(?:adr|pep|rfc|decision)[ #-]*)?0*\d{1,6}\s*[.:)–—-]\s*", re.IGNORECASE)
_LINK = re.compile(r"\[[^\]]*\]\(([^)\s#]+)[^)]*\)")
_NAMED = re.compile(r"(?:adr|rfc|pep|decision|#|no\.?|nr\.?|^)[ #-]*0*(\d{1,6})\b", re.IGNORECASE)
_REPLACED = re.compile(r"(superseded|replaced|obsoleted)\s+by\b(.*)", re.IGNORECASE | re.DOTALL)
_REPLACES = re.compile(r"\b(supersedes|replaces|obsoletes)\b(.*)", re.IGNORECASE)
_TEMPLATE = re.compile(r"^[{\[<].*[}\]>]$|\btemplate\b", re.IGNORECASE)


@dataclass(frozen=True)
class File:
    """``name``: within the folder, with ``/`` between its parts."""

    name: str
    text: str

    @property
    def id(self) -> str:
        return str(PurePosixPath(self.name).with_suffix(""))

    @property
    def number(self) -> int | None:
        found = _NUMBER.search(PurePosixPath(self.name).stem)
        return int(found[1]) if found else None


@dataclass
class _Told:
    """What one file says, as it says it."""

    title: str = ""
    status: str = ""
    date: str = ""
    proposed: str = ""
    decided: str = ""
    replaces: str = ""
    replaced_by: str = ""
    id: str = ""


def read(files: Iterable[File]) -> Found:
    """Every file that is a decision: it has a number in its name, or says how it stands. Others are named, and left."""
    found, told = Found(), list[tuple[File, Past, _Told]]()
    for file in sorted(files, key=lambda one: one.name):
        one, said = _read(file)
        if isinstance(one, Past):
            told.append((file, one, said))
        else:
            found.add(one)
    references = _References(told)
    older: dict[str, list[str]] = {}
    for file, one, said in told:
        for id in references.of(said.replaced_by, file):
            older.setdefault(id, []).append(one.id)
    for file, one, said in told:
        replaces = [*one.replaces, *references.of(said.replaces, file), *older.get(one.id, ())]
        found.add(replace(one, replaces=tuple(dict.fromkeys(id for id in replaces if id != one.id))))
    return found


def _read(file: File) -> tuple[Past | Dirty, _Told]:
    said = _Told()
    try:
        front, body = _front(file.text)
        text = _body(body, said)
        _from_front(front, said)
    except Wrong as wrong:
        return Dirty(file.name, wrong.why), said
    if not said.title:
        return Dirty(file.name, Odd.NO_TITLE), said
    if _TEMPLATE.search(said.title.strip()) and (not file.number or _TEMPLATE.match(said.title.strip())):
        return Dirty(file.name, Odd.TEMPLATE), said
    if file.number is None and not said.status and not said.id:
        return Dirty(file.name, Odd.NO_DECISION), said
    closed = re.search(r"accept|reject|declin|approv|supersed|deprecat|replaced", said.status, re.IGNORECASE)
    dates = {"proposed": said.proposed, "decided": said.decided}
    if said.date:
        dates["decided" if closed or not said.status else "proposed"] = (
            dates["decided" if closed or not said.status else "proposed"] or said.date
        )
    try:
        days = {name: day_of(_first_day(value), name) for name, value in dates.items()}
    except Wrong as wrong:
        return Dirty(file.name, wrong.why), said
    row = {"id": said.id or file.id, "title": said.title, "text": text, "status": said.status[:400]}
    return checked(file.name, row, days), said


def _first_day(said: str) -> str:
    found = re.search(r"\d{4}-\d{1,2}-\d{1,2}", said)
    return found[0] if found else said.replace("/", "-") if re.fullmatch(r"\d{4}/\d{1,2}/\d{1,2}", said) else said


# ── front matter ────────────────────────────────────────────────────────────────────────────────────────


def _front(text: str) -> tuple[Mapping[str, Any], str]:
    """The front matter, where what stands between the rules is a mapping; a file may begin with a rule all the same."""
    found = _FRONT.match(text)
    if not found:
        return {}, text.lstrip("\ufeff")
    from ruamel.yaml import YAML  # only where a folder is read
    from ruamel.yaml.error import YAMLError

    reader = YAML(typ="safe", pure=True)
    try:
        read = reader.load(found[1])
    except (YAMLError, ValueError, RecursionError):
        raise Wrong(Odd.NO_YAML) from None
    return (read, text[found.end() :]) if isinstance(read, dict) else ({}, text)


def _from_front(front: Mapping[str, Any], said: _Told) -> None:
    given = {str(key).strip().lower().replace("-", "_").replace(" ", "_"): value for key, value in front.items()}

    def text(*names: str) -> str:
        for name in names:
            value = given.get(name)
            if isinstance(value, list):
                value = ", ".join(str(one) for one in value)
            if value is not None and not isinstance(value, dict) and str(value).strip():
                return str(value).strip()
        return ""

    said.title = text("title", "name") or said.title
    said.status = text("status", "state") or said.status
    said.date = text("date", "updated") or said.date
    said.proposed = text("proposed", "created", "date_proposed") or said.proposed
    said.decided = text("decided", "accepted", "date_decided") or said.decided
    said.replaces = ", ".join(filter(None, (text("replaces", "supersedes"), said.replaces)))
    said.replaced_by = ", ".join(filter(None, (text("replaced_by", "superseded_by"), said.replaced_by)))
    value = given.get("id")
    said.id = value.strip() if isinstance(value, str) else ""


# ── the page ────────────────────────────────────────────────────────────────────────────────────────────


def _body(page: str, said: _Told) -> str:
    """Take out of a page what it says of itself. Returns the page without its title."""
    kept, section, fenced = list[str](), "", False
    lines = page.splitlines()
    at = 0
    while at < len(lines):
        line, below = lines[at], lines[at + 1] if at + 1 < len(lines) else ""
        at += 1
        if _FENCE.match(line):
            fenced = not fenced
        heading = None if fenced else _heading(line, below)
        if heading is None:
            if not fenced:
                _note(line, section, said)
            kept.append(line)
            continue
        at += not line.lstrip().startswith("#")  # its underline
        section = re.sub(r"\W+", " ", heading).strip().lower()
        if said.title:
            kept.append(heading)
        else:
            said.title, section = _NUMBERED.sub("", heading).strip() or heading, ""
    return "\n".join(kept).strip()


def _heading(line: str, below: str) -> str | None:
    found = _HEADING.match(line)
    if found:
        return found[2].strip()
    if line.strip() and _UNDERLINE.match(below) and not line.lstrip().startswith(("-", "*", "|", ">")):
        return line.strip()
    return None


def _note(line: str, section: str, said: _Told) -> None:
    if not line.strip():
        return
    if found := _LINE.match(line):
        name, value = found[1].lower().replace("-", " "), found[2].strip("* ")
        if name in ("status", "state"):
            said.status = "; ".join(filter(None, (said.status, value)))
        elif name in ("supersedes", "replaces"):
            said.replaces += f", {value}"
        elif name in ("superseded by", "replaced by"):
            said.replaced_by += f", {value}"
            said.status = "; ".join(filter(None, (said.status, "superseded")))
        else:
            setattr(said, name, getattr(said, name) or value)
    elif section in ("status", "state"):
        said.status = "; ".join(filter(None, (said.status, line.strip("*- \t"))))
    elif section in ("date", "decided", "proposed"):
        setattr(said, section, getattr(said, section) or line.strip())
    if (section in ("status", "state") or _LINE.match(line)) and (by := _REPLACED.search(line)):
        said.replaced_by += f", {by[2]}"
    if section in ("status", "state") and (of := _REPLACES.search(line)):
        said.replaces += f", {of[2]}"


# ── who replaces whom ───────────────────────────────────────────────────────────────────────────────────


class _References:
    """What a file means by ``ADR-0003``, ``3`` or ``[…](0003-use-http.md)``."""

    def __init__(self, told: Iterable[tuple[File, Past, _Told]]) -> None:
        self._by_name: dict[str, str] = {}
        self._by_number: dict[tuple[str, int], str] = {}
        self._by_id: dict[str, str] = {}
        for file, one, _ in told:
            self._by_name[file.name] = one.id
            self._by_id[one.id.lower()] = one.id
            if file.number is not None:
                self._by_number.setdefault((_folder(file.name), file.number), one.id)

    def of(self, said: str, file: File) -> Iterator[str]:
        for target in _LINK.findall(said):
            name = str(PurePosixPath(_folder(file.name)) / target.removeprefix("./"))
            if name in self._by_name:
                yield self._by_name[name]
        for part in re.split(r"[,;]", _LINK.sub("", said)):
            bare = part.strip()
            if bare.lower() in self._by_id:
                yield self._by_id[bare.lower()]
                continue
            for number in _NAMED.findall(bare):
                id = self._by_number.get((_folder(file.name), int(number)))
                if id is not None:
                    yield id


def _folder(name: str) -> str:
    return str(PurePosixPath(name).parent)
