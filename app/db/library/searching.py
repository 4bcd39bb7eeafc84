"""Questions to the library's index: how often a token stands, which entries have the rarest, and those entries.

Each question names whose sight it is, and the database looks under its marks alone: of what one may not see not a row
is touched, weighed or counted.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from sqlalchemy import TextClause, bindparam, func, select, text
from sqlalchemy.orm import Session

from app.db.models import LibraryEntry, table_of
from app.db.statements import HERE
from app.domain.library.asking import Wanted, day_after
from app.domain.library.marks import ONE_IN, Sight
from app.domain.library.ranking import Shelved, rarity

CANDIDATES = 500
"""Entries that are weighed word by word, at most."""

AT_LEAST = 160
"""So many are weighed however long they are."""

WEIGHED = 300_000
"""Tokens that are weighed: of decisions as long as a book fewer are."""

POSTINGS = 12_000
"""Rows of the index that the rarest tokens of a query may bring. Those behind them weigh, and bring none."""

A_SAMPLE = 100
"""Entries that make a sample. Of a smaller library everything is counted."""

TOO_FEW = 20
"""Where a token stands less often in the sample, it is counted in all."""

WEIGHT = 1000
"""Weights are added as whole numbers: the same sum in any order, on any database."""


# ── the two dialects ────────────────────────────────────────────────────────────────────────────────────

_COUNT = {
    True: """
        SELECT t.key, count(*) FROM json_each(:asked) AS t CROSS JOIN library_index AS f
        WHERE f.library_index MATCH t.value GROUP BY t.key""",
    False: """
        SELECT t.n - 1, (
            SELECT count(*) FROM library_entry AS f
            WHERE array_to_tsvector(string_to_array(f.marks, ' ')) @@ CAST(t.q AS tsquery)
            AND (f.workspace_id || '') IN (:here)
        ) FROM json_array_elements_text(CAST(:asked AS json)) WITH ORDINALITY AS t(q, n)""",
}
_SUM = {
    True: """
        WITH t AS MATERIALIZED (
            SELECT json_extract(value, '$[0]') AS q, json_extract(value, '$[1]') AS w FROM json_each(:asked)
        )
        SELECT f.rowid AS id, sum(t.w) AS w FROM t CROSS JOIN library_index AS f
        WHERE f.library_index MATCH t.q GROUP BY f.rowid""",
    False: """
        SELECT f.id, sum(t.w) AS w FROM (
            SELECT CAST(value ->> 0 AS tsquery) AS q, CAST(value ->> 1 AS integer) AS w
            FROM json_array_elements(CAST(:asked AS json))
        ) AS t JOIN library_entry AS f ON array_to_tsvector(string_to_array(f.marks, ' ')) @@ t.q
        WHERE (f.workspace_id || '') IN (:here) GROUP BY f.id""",
}
"""By whether it is SQLite, whose index knows a workspace by the marks alone. Bare, PostgreSQL might read all that is of
a workspace to find a few."""


def _sqlite(session: Session) -> bool:
    return session.get_bind().dialect.name == "sqlite"


def _match(any_of: Iterable[Sequence[str]], sqlite: bool) -> str:
    """Marks as the database's own query: any of these, each all of those."""
    quote, and_, or_ = ('"', " AND ", " OR ") if sqlite else ("'", " & ", " | ")
    return or_.join(f"({and_.join(f'{quote}{mark}{quote}' for mark in all_of)})" for all_of in any_of)


def _given(nameless: bool, here: str, **more: Any) -> dict[str, Any]:
    """``nameless``: the statement does not name the workspace, but for its marks."""
    return more if nameless else {"here": here, **more}


@cache
def _said(statement: str) -> TextClause:
    """Put together once."""
    return text(statement)


# ── how rare ────────────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True)
class Stock:
    """How many entries there are in somebody's sight, and in how many of them each token stands."""

    entries: float
    with_it: Mapping[str, float]

    def rarity(self, token: str) -> float:
        return rarity(self.entries, self.with_it.get(token, 0.0))


def stock(session: Session, sight: Sight, tokens: Sequence[str]) -> Stock:
    """By the sample for what stands in many, by counting for what stands in few."""
    asked = ["", *tokens]
    told: dict[str, float] = {}
    if sight.sampled(""):
        counts = _counts(session, sight.workspace, [sight.sampled(token) for token in asked])
        if counts[0] >= A_SAMPLE:
            told = {token: ONE_IN * n for token, n in zip(asked, counts, strict=True) if n >= TOO_FEW}
    left = [token for token in asked if token not in told]
    counts = _counts(session, sight.workspace, [sight.under(token) for token in left])
    told |= {token: float(n) for token, n in zip(left, counts, strict=True)}
    return Stock(told.pop(""), told)


def _counts(session: Session, here: str, queries: Sequence[Iterable[Sequence[str]]]) -> list[int]:
    if not queries:
        return []
    sqlite = _sqlite(session)
    asked = json.dumps([_match(one, sqlite) for one in queries], ensure_ascii=False)
    rows = session.connection().execute(_said(_COUNT[sqlite]), _given(sqlite, here, asked=asked)).all()
    found = {int(row[0]): int(row[1]) for row in rows}
    return [found.get(n, 0) for n in range(len(queries))]


def usual_length(session: Session, sight: Sight) -> float:
    """How long entries are: the newest of those in which there is nothing to hide from whoever asks."""
    kinds = ["i", "m"] if sight.user is None else ["o", "m"]
    return float(session.connection().execute(_LENGTH, {"here": sight.workspace, "kinds": kinds}).scalar() or 0)


_TABLE = table_of(LibraryEntry)
_NEWEST = (
    select(_TABLE.c.length)
    .where(_TABLE.c.workspace_id == HERE, _TABLE.c.kind.in_(bindparam("kinds", expanding=True)))
    .order_by(_TABLE.c.number.desc())
    .limit(1000)
)
_LENGTH = select(func.avg(_NEWEST.subquery().c.length))


# ── which ───────────────────────────────────────────────────────────────────────────────────────────────


def candidates(
    session: Session, sight: Sight, known: Stock, weighed: Mapping[str, float], wanted: Wanted
) -> Sequence[Shelved]:
    """The entries that are worth weighing: those with the most of the rarest tokens, the newest first among equals."""
    chosen = _rarest(known, POSTINGS if wanted.anything else 4 * POSTINGS)
    if not chosen:
        return []
    sqlite = _sqlite(session)
    asked = [(_match(sight.under(token), sqlite), round(weighed[token] * WEIGHT) + 1) for token in chosen]
    where, given = _conditions(wanted, sqlite)
    given |= _given(sqlite and not where, sight.workspace) | {
        "asked": json.dumps(asked, ensure_ascii=False),
        "most": CANDIDATES,
    }
    said = f"{_SUM[sqlite]} ORDER BY w DESC, 1 DESC LIMIT :most"
    if where:
        said = (
            f"SELECT g.id FROM ({_SUM[sqlite]}) AS g {_FACTS} WHERE e.workspace_id = :here AND {where}"  # noqa: S608 — our own words
            " ORDER BY g.w DESC, g.id DESC LIMIT :most"
        ).replace("library_entry AS e", "library_entry AS e ON e.id = g.id")
    ids = [row[0] for row in session.connection().execute(_said(said), given)]
    return entries(session, sight.workspace, _not_too_much(session, sight.workspace, ids))


def _not_too_much(session: Session, workspace: str, ids: Sequence[int]) -> Sequence[int]:
    """The first of these, as many as can be weighed in time."""
    if len(ids) <= AT_LEAST:
        return ids
    rows = session.connection().execute(_LENGTHS, {"here": workspace, "ids": ids})
    lengths = {row[0]: row[1] for row in rows}
    left, kept = WEIGHED, AT_LEAST
    for place, id in enumerate(ids):
        left -= lengths.get(id, 0)
        if left < 0 and place >= AT_LEAST:
            break
        kept = place + 1
    return ids[: max(kept, AT_LEAST)]


def _rarest(known: Stock, most: float) -> list[str]:
    """The rarest tokens, as many as bring no more rows than these; one at least."""
    there = sorted((count, token) for token, count in known.with_it.items() if count)
    chosen, rows = list[str](), 0.0
    for count, token in there:
        if chosen and rows + count > most:
            break
        chosen.append(token)
        rows += count
    return chosen


_FACTS = """JOIN library_entry AS e
    LEFT JOIN decision AS d ON d.workspace_id = :here AND d.id = e.decision_id
    LEFT JOIN past_decision AS p ON p.workspace_id = :here AND p.id = e.past_id"""

_DAY = {
    True: "coalesce(date(coalesce(d.decided_at, d.created_at)), p.decided_on, p.proposed_on)",
    False: "coalesce(CAST(timezone('UTC', coalesce(d.decided_at, d.created_at)) AS date), p.decided_on, p.proposed_on)",
}
"""The day it was decided, or begun where it is open."""


def _conditions(wanted: Wanted, sqlite: bool) -> tuple[str, dict[str, Any]]:
    """What is asked for beside words, as conditions on the decision and on the past one."""
    found, given = list[str](), dict[str, Any]()
    if wanted.status:
        names = {f"status{n}": one for n, one in enumerate(sorted(wanted.status))}
        given |= names
        found.append(f"coalesce(d.status, p.status) IN ({', '.join(f':{name}' for name in names)})")
    if wanted.door:
        found.append("d.door = :door")
        given["door"] = wanted.door.value
    if wanted.channel:
        found.append("d.channel_id = :channel")
        given["channel"] = wanted.channel
    if wanted.person:
        found.append(
            "(d.requester_id = :person OR d.owner_id = :person OR EXISTS (SELECT 1 FROM signer AS s WHERE"
            " s.workspace_id = :here AND s.decision_id = d.id AND s.user_id = :person"
            " AND s.answer IN ('approve', 'decline')))"
        )
        given["person"] = wanted.person
    if wanted.since:
        found.append(f"{_DAY[sqlite]} >= {':since' if sqlite else 'CAST(:since AS date)'}")
        given["since"] = wanted.since.isoformat()
    if wanted.until:
        found.append(f"{_DAY[sqlite]} < {':until' if sqlite else 'CAST(:until AS date)'}")
        given["until"] = day_after(wanted.until).isoformat()
    return " AND ".join(found), given


def conditions_met(session: Session, workspace: str, ids: Sequence[int], wanted: Wanted) -> set[int]:
    """Those of these entries whose decision is as it is asked for."""
    where, given = _conditions(wanted, _sqlite(session))
    if not where or not ids:
        return set(ids)
    facts = _FACTS.removeprefix("JOIN ")
    said = f"SELECT e.id FROM {facts} WHERE e.workspace_id = :here AND e.id IN :ids AND {where}"  # noqa: S608 — our own words
    statement = _said(said).bindparams(bindparam("ids", expanding=True))
    rows = session.connection().execute(statement, given | {"here": workspace, "ids": list(ids)})
    return {row[0] for row in rows}


def newest(session: Session, sight: Sight, wanted: Wanted) -> list[Shelved]:
    """Where no words are asked for: the newest that may be found, the newest first."""
    where, given = _conditions(wanted, _sqlite(session))
    seen = "e.kind IN ('i', 'm')"
    if sight.user is not None:
        own = (
            "(e.kind = 'i' AND EXISTS (SELECT 1 FROM participant AS u WHERE u.workspace_id = :here"
            " AND u.decision_id = e.decision_id AND u.user_id = :user))"
        )
        seen = f"(e.kind IN ('o', 'm') OR {own})" if sight.open else own
        given["user"] = sight.user
    facts = _FACTS.removeprefix("JOIN ")
    said = f"SELECT e.id FROM {facts} WHERE e.workspace_id = :here AND {seen}{f' AND {where}' if where else ''}"  # noqa: S608 — our own words
    given |= {"here": sight.workspace, "most": CANDIDATES}
    rows = session.connection().execute(_said(f"{said} ORDER BY e.number DESC, e.kind LIMIT :most"), given)
    return sorted(entries(session, sight.workspace, [row[0] for row in rows]), key=lambda one: -one.number)


def entries(session: Session, workspace: str, ids: Sequence[int]) -> list[Shelved]:
    """These entries, in no order."""
    rows = session.connection().execute(_ENTRIES, {"here": workspace, "ids": ids}) if ids else ()
    return [Shelved(*row) for row in rows]


_ENTRIES = select(_TABLE.c.id, _TABLE.c.number, _TABLE.c.title, _TABLE.c.body).where(
    _TABLE.c.workspace_id == HERE, _TABLE.c.id.in_(bindparam("ids", expanding=True))
)
_LENGTHS = select(_TABLE.c.id, _TABLE.c.length).where(
    _TABLE.c.workspace_id == HERE, _TABLE.c.id.in_(bindparam("ids", expanding=True))
)
