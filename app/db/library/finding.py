"""Finds decisions by words, and by what they mean where a model has read them: the same answers on both databases."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from datetime import UTC

from sqlalchemy import select
from sqlalchemy.orm import Session
from sqlalchemy.orm.attributes import set_committed_value

from app.db.library.searching import candidates, newest, stock, usual_length
from app.db.library.vectors import nearest, of_decision
from app.db.library.words import is_open
from app.db.models import Decision, Look, Participant, PastDecision, Replacement, Signer
from app.domain.library.asking import ANYTHING, Wanted
from app.domain.library.fusing import fused
from app.domain.library.hits import Hit, Newer
from app.domain.library.likeness import Near
from app.domain.library.marks import Sight
from app.domain.library.past import PastStatus
from app.domain.library.ranking import looks_like, ranked, weights
from app.domain.library.tokens import tokens
from app.domain.lifecycle import OPEN, Status
from app.domain.signing.signoff import Answer


def find(
    session: Session, sight: Sight, words: str, wanted: Wanted = ANYTHING, most: int = 10, near: Near | None = None
) -> list[Hit]:
    """At most so many decisions, best first. ``near``: the words as a model reads them.

    Without words that could be looked for: the newest of those that are wanted; none where nothing else is asked.
    """
    return hits(session, sight, numbers_found(session, sight, words, wanted, near)[:most])


def numbers_found(
    session: Session, sight: Sight, words: str, wanted: Wanted = ANYTHING, near: Near | None = None
) -> list[int]:
    """The numbers of all that is worth showing, best first."""
    asked = tokens(words, asked=True)
    if not asked:
        found = [] if wanted.anything else newest(session, sight, wanted)
        return list(dict.fromkeys(one.number for one in found))
    known = stock(session, sight, list(dict.fromkeys(asked)))
    weighed = weights(asked, known.rarity)
    best = ranked(candidates(session, sight, known, weighed, wanted), weighed, usual_length(session, sight))
    by_words = list(dict.fromkeys(one.number for score, one in best if score > 0))
    if near is None:
        return by_words
    there = set(by_words)
    meant = nearest(session, sight, near, wanted)
    return fused(by_words, [number for like, number in meant if like >= near.least or number in there])


def alike(session: Session, sight: Sight, title: str, but: int, most: int = 3) -> list[Hit]:
    """At most so many decisions that look like this sentence, those that look most like it first. ``but``: the number
    of the decision that it is of; where a model has read that one, also what means much the same."""
    asked = list(dict.fromkeys(tokens(title, asked=True)))
    if not asked:
        return []
    known = stock(session, sight, asked)
    weighed = weights(asked, known.rarity)
    best = ranked(candidates(session, sight, known, weighed, ANYTHING), weighed, usual_length(session, sight))
    near = [one.number for _, one in best if looks_like(asked, one, known.entries, known.with_it)]
    numbers = fused(list(dict.fromkeys(near)), _means_alike(session, sight, but))
    found = hits(session, sight, [number for number in numbers if number != but][: 4 * most])
    return [hit for hit in found if hit.status not in NOT_DECIDED][:most]


MUCH_ALIKE = 0.5
"""The likeness from which a decision is proposed as an earlier one of the same. It is never more than proposed."""


def _means_alike(session: Session, sight: Sight, number: int) -> list[int]:
    read = of_decision(session, sight.workspace, number)
    if read is None:
        return []
    found = nearest(session, sight, Near(*read, least=MUCH_ALIKE), ANYTHING)
    return [one for like, one in found if like >= MUCH_ALIKE][:10]


NOT_DECIDED = frozenset({Status.TRIAGE, Status.WITHDRAWN, Status.EXPIRED})
"""There is nothing in these by which another could be settled."""


# ── what became of them ─────────────────────────────────────────────────────────────────────────────────


def _load_parts(session: Session, here: str, decisions: Sequence[Decision]) -> None:
    """Who signed and what was looked back on, in one question each, however many decisions there are."""
    ids = [one.id for one in decisions]
    signers = session.scalars(select(Signer).where(Signer.workspace_id == here, Signer.decision_id.in_(ids)))
    looks = session.scalars(select(Look).where(Look.workspace_id == here, Look.decision_id.in_(ids)))
    signed, looked = defaultdict[int, list[Signer]](list), defaultdict[int, list[Look]](list)
    for signer in signers.all():
        signed[signer.decision_id].append(signer)
    for look in looks.all():
        looked[look.decision_id].append(look)
    for one in decisions:
        set_committed_value(one, "signers", sorted(signed[one.id], key=lambda row: row.id))
        set_committed_value(one, "looks", sorted(looked[one.id], key=lambda row: row.id))


def hits(session: Session, sight: Sight, numbers: list[int]) -> list[Hit]:
    """These decisions, in this order, as far as they may be seen."""
    if not numbers:
        return []
    here = sight.workspace
    decisions = {
        one.number: one
        for one in session.scalars(
            select(Decision).where(
                Decision.workspace_id == here, Decision.number.in_(numbers), Decision.forgotten_at.is_(None)
            )
        )
    }
    _load_parts(session, here, list(decisions.values()))
    past = {
        one.number: one
        for one in session.scalars(
            select(PastDecision).where(PastDecision.workspace_id == here, PastDecision.number.in_(numbers))
        )
    }
    own = _taking_part(session, sight, [one.id for one in decisions.values()])
    newer = _newer(session, sight, numbers)
    found = []
    for number in numbers:
        if number in past and (sight.user is None or sight.open):
            found.append(_of_past(past[number], newer.get(number)))
        elif (decision := decisions.get(number)) is not None and _seen(sight, decision, own):
            found.append(_of_ours(decision, newer.get(number), opens=decision.id in own))
    return found


def _taking_part(session: Session, sight: Sight, ids: list[int]) -> set[int]:
    if sight.user is None or not ids:
        return set()
    mine = (Participant.workspace_id == sight.workspace, Participant.user_id == sight.user)
    return set(session.scalars(select(Participant.decision_id).where(*mine, Participant.decision_id.in_(ids))))


def _newer(session: Session, sight: Sight, numbers: list[int]) -> dict[int, Newer]:
    """What came in the place of each of these, where that may be seen: the newest of several. As many questions where
    there is none: how long it takes is no sign of one that may not be seen."""
    pairs = select(Replacement.older, Replacement.newer).where(
        Replacement.workspace_id == sight.workspace, Replacement.older.in_(numbers)
    )
    rows = session.execute(pairs.order_by(Replacement.newer)).all()
    named = [row.newer for row in rows]
    past: dict[int, str] = {}
    if sight.user is None or sight.open:
        mine = (PastDecision.workspace_id == sight.workspace, PastDecision.number.in_(named))
        query = select(PastDecision.number, PastDecision.imported_id).where(*mine)
        past = {row.number: row.imported_id for row in session.execute(query)}
    here = (Decision.workspace_id == sight.workspace, Decision.number.in_(named), Decision.forgotten_at.is_(None))
    decisions = {one.number: one for one in session.scalars(select(Decision).where(*here))}
    own = _taking_part(session, sight, [0, *(one.id for one in decisions.values())])
    seen = {number for number, one in decisions.items() if _seen(sight, one, own)} | past.keys()
    found: dict[int, Newer] = {}
    for older, number in rows:
        ended = number in decisions and decisions[number].status in (Status.DECLINED, Status.WITHDRAWN, Status.EXPIRED)
        if number in seen and not ended:
            found[older] = Newer(number, past.get(number), number in past or decisions[number].status not in OPEN)
    return found


def _seen(sight: Sight, decision: Decision, own: Collection[int]) -> bool:
    """Whether it may be seen; ``own``: ids of those that whoever asks takes part in."""
    return sight.user is None or decision.id in own or (sight.open and is_open(decision))


def _of_past(row: PastDecision, newer: Newer | None) -> Hit:
    status = PastStatus.SUPERSEDED if newer is not None and newer.decided else row.status
    return Hit(
        number=row.number, title=row.title, status=status, imported_id=row.imported_id, begun_on=row.proposed_on,
        decided_on=row.decided_on, newer=newer,
    )  # fmt: skip


def _of_ours(decision: Decision, newer: Newer | None, *, opens: bool) -> Hit:
    signed = [one.user_id for one in decision.signers if one.answer in (Answer.APPROVE, Answer.DECLINE)]
    by = signed or ([decision.owner_id] if decision.decided_at else [])
    learned = next((one.look.learned for one in reversed(decision.looks) if one.look.learned.strip()), "")
    chose = next((one.look.chose for one in reversed(decision.looks) if one.look.chose.strip()), "")
    return Hit(
        number=decision.number, title=decision.title, status=decision.status, door=decision.door,
        begun_on=decision.created_at.astimezone(UTC).date(),
        decided_on=decision.decided_at.astimezone(UTC).date() if decision.decided_at else None,
        decided_by=tuple(dict.fromkeys(by)), learned=learned, chose=chose, newer=newer,
        opens=decision.id if opens else None, private=decision.private,
    )  # fmt: skip
