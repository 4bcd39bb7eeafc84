"""What the library's entries mean, as vectors of one model: which are to be made, kept, and nearest to another.

They stand beside the entries and are looked at as those are: by kind, and by who takes part. What one may not see is
not compared. What is looked for is compared with all in one's sight: that is exact, and grows with the library.
"""

import struct
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import and_, func, select
from sqlalchemy.orm import Session

from app.db.library.searching import conditions_met
from app.db.library.shelving import entry
from app.db.library.words import inner_words, open_words
from app.db.models import Decision, LibraryEntry, LibraryVector, Participant, PastDecision, table_of
from app.db.statements import insert_into
from app.domain.library.asking import Wanted
from app.domain.library.likeness import Near
from app.domain.library.marks import INNER, OPEN, PAST, Sight
from app.domain.lifecycle import Status

AT_A_TIME = 8192
"""Vectors in memory at once."""

UNLIKE = 0.1
"""Below this nothing is said of two texts."""

NEAREST = 500
"""Entries that are worth a look, at most."""

_ENTRY, _VECTOR = table_of(LibraryEntry), table_of(LibraryVector)


@dataclass(frozen=True)
class Unread:
    """An entry without a vector, and what a model is to read: ``said``, the title, and ``text``. ``title`` and ``body``
    are its tokens."""

    id: int
    workspace: str
    number: int
    kind: str
    title: str
    body: str
    said: str
    text: str
    decision_id: int | None = None
    begins: bool = False
    """It is a triage, which may have begun a moment ago."""


# ── making them ─────────────────────────────────────────────────────────────────────────────────────────


def newest_entry(session: Session) -> int:
    return session.scalar(select(func.max(_ENTRY.c.id))) or 0


def unread(
    session: Session, model: str, after: int, limit: int, workspace: str | None = None
) -> tuple[list[Unread], int]:
    """Entries with an id above ``after`` that this model has not read as they are, or any that were emptied, at most so
    many; and the id to go on after, 0 where there is none left. ``session``: a steady one."""
    read = and_(_VECTOR.c.entry_id == _ENTRY.c.id, _VECTOR.c.model == model, _VECTOR.c.vector.is_not(None))
    whose = (_ENTRY.c.workspace_id == workspace,) if workspace is not None else ()
    emptied = select(_VECTOR.c.entry_id).where(_VECTOR.c.vector.is_(None)).limit(limit)
    some = select(_ENTRY.c.id).where(_ENTRY.c.id.in_(emptied), *whose)
    ids = list(session.scalars(some))
    ahead = select(_ENTRY.c.id).where(_ENTRY.c.id > after, *whose, ~select(1).where(read).exists())
    following = list(session.scalars(ahead.order_by(_ENTRY.c.id).limit(limit)))
    rows = session.execute(select(_ENTRY).where(_ENTRY.c.id.in_({*ids, *following}))).all()
    found = []
    for row in rows:
        words = _words(session, row)
        if words is not None:
            said, text = words
            begins = row.kind == INNER and session.get_one(Decision, row.decision_id).status is Status.TRIAGE
            tokens = {"title": row.title, "body": row.body}
            of = {"said": said, "text": text, "decision_id": row.decision_id, "begins": begins}
            found.append(Unread(row.id, row.workspace_id, row.number, row.kind, **tokens, **of))
    return found, following[-1] if len(following) == limit else 0


def _words(session: Session, row: Any) -> tuple[str, str] | None:
    """The title and the text behind an entry; None where they are others by now: then it is about to be made anew."""
    if row.kind == PAST:
        past = session.get(PastDecision, row.past_id)
        if past is None:
            return None
        whose: Decision | PastDecision = past
        words = [past.text]
    else:
        decision = session.get(Decision, row.decision_id)
        if decision is None:
            return None
        whose, said = decision, open_words(decision) if row.kind == OPEN else inner_words(session, decision)
        words = [one for one in said if one]
    _, title, body, _ = entry(row.kind, whose, whose.title, words)
    if (title, body) != (row.title, row.body):
        return None
    return whose.title, "\n\n".join(words)


def keep(session: Session, model: str, made: Sequence[tuple[Unread, bytes]]) -> int:
    """Keep these vectors, of entries whose words are still those that were read. Returns how many.

    The entries are held meanwhile: whoever changes one waits, and empties what we wrote. One that is held by somebody
    is passed over; its words are about to become others.
    """
    ids = [one.id for one, _ in made]
    query = select(_ENTRY.c.id, _ENTRY.c.title, _ENTRY.c.body).where(_ENTRY.c.id.in_(ids)).order_by(_ENTRY.c.id)
    if session.get_bind().dialect.name != "sqlite":
        query = query.with_for_update(skip_locked=True, key_share=True)
    line = session.connection()
    standing = {row.id: (row.title, row.body) for row in line.execute(query)}
    rows = [
        {
            "entry_id": one.id, "workspace_id": one.workspace, "number": one.number, "kind": one.kind, "model": model,
            "vector": vector,
        }
        for one, vector in made
        if standing.get(one.id) == (one.title, one.body)
    ]  # fmt: skip
    if rows:
        put = insert_into(session.get_bind().dialect.name, LibraryVector)
        new = {"model": put.excluded.model, "vector": put.excluded.vector}
        line.execute(put.on_conflict_do_update(index_elements=["entry_id"], set_=new), rows)
    return len(rows)


# ── looking ─────────────────────────────────────────────────────────────────────────────────────────────


def are_there(session: Session, workspace: str, model: str) -> bool:
    mine = (_VECTOR.c.workspace_id == workspace, _VECTOR.c.model == model, _VECTOR.c.vector.is_not(None))
    return session.connection().execute(select(_VECTOR.c.entry_id).where(*mine).limit(1)).first() is not None


def of_decision(session: Session, workspace: str, number: int) -> tuple[str, bytes] | None:
    """The model and the vector of all that was written about a decision, where there is one."""
    mine = (_VECTOR.c.workspace_id == workspace, _VECTOR.c.number == number, _VECTOR.c.kind == INNER)
    query = select(_VECTOR.c.model, _VECTOR.c.vector).where(*mine, _VECTOR.c.vector.is_not(None))
    row = session.connection().execute(query).first()
    return (row.model, bytes(row.vector)) if row is not None else None


def nearest(session: Session, sight: Sight, near: Near, wanted: Wanted) -> list[tuple[float, int]]:
    """Likeness and number of the decisions that are likest, the likest first, each once, however little alike."""
    import numpy  # only where vectors are looked at

    asked = numpy.frombuffer(near.vector, numpy.int8, offset=4).astype(numpy.float32)
    asked *= struct.unpack("<f", near.vector[:4])[0]
    best: dict[int, tuple[float, int]] = {}
    for query in _in_sight(sight, near.model):
        last, more = 0, True
        while more:
            some = query.where(_VECTOR.c.entry_id > last).order_by(_VECTOR.c.entry_id).limit(AT_A_TIME)
            rows = session.connection().execute(some).all()
            more, last = len(rows) == AT_A_TIME, rows[-1].entry_id if rows else 0
            rows = [row for row in rows if len(row.vector) == len(near.vector)]  # else of a server that changed it
            if not rows:
                continue
            bytes_ = numpy.frombuffer(b"".join([row.vector for row in rows]), numpy.int8)
            table = bytes_.reshape(len(rows), len(near.vector))
            lengths = table[:, :4].copy().view("<f4")[:, 0]
            likeness = (table[:, 4:].astype(numpy.float32) @ asked) * lengths
            for at in numpy.flatnonzero(likeness >= UNLIKE):
                row = rows[at]
                if (like := round(float(likeness[at]), 4)) > best.get(row.number, (-1.0, 0))[0]:
                    best[row.number] = (like, row.entry_id)
    ordered = sorted(best.items(), key=lambda one: (-one[1][0], -one[0]))[:NEAREST]
    if not wanted.anything:
        met = conditions_met(session, sight.workspace, [id for _, (_, id) in ordered], wanted)
        ordered = [one for one in ordered if one[1][1] in met]
    return [(like, number) for number, (like, _) in ordered]


def _in_sight(sight: Sight, model: str) -> list[Any]:
    """What may be compared: what is open to all and, for whoever takes part, what was written inside."""
    mine = (_VECTOR.c.workspace_id == sight.workspace, _VECTOR.c.model == model, _VECTOR.c.vector.is_not(None))
    chosen = select(_VECTOR.c.entry_id, _VECTOR.c.number, _VECTOR.c.vector)
    if sight.user is None:
        return [chosen.where(*mine, _VECTOR.c.kind.in_((INNER, PAST)))]
    part = table_of(Participant)
    here = and_(part.c.workspace_id == sight.workspace, part.c.user_id == sight.user)
    own = (
        chosen.select_from(part)
        .join(_ENTRY, and_(_ENTRY.c.decision_id == part.c.decision_id, _ENTRY.c.kind == INNER))
        .join(_VECTOR, _VECTOR.c.entry_id == _ENTRY.c.id)
        .where(here, *mine)
    )
    return [chosen.where(*mine, _VECTOR.c.kind.in_((OPEN, PAST))), own] if sight.open else [own]
