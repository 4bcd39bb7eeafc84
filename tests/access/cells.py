"""What each cell of the table says, and what really happens when somebody of that kind tries."""

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.db.models import AuditEvent, Decision, FollowUp, Outbox, Parked, Seat, Signer
from app.domain.errors import ThresholdError
from app.workflows.admission import AN_APP, OUTSIDE, SWITCHED_OFF
from tests.access.kinds import TAKE_PART, Kind, in_hand, stand_in
from tests.access.table import Row
from tests.databases import thrown_away
from tests.workflows.colleagues import RITA, Company

NOT_HERE = "I can't find {} here. “/escalate list” shows the ones you can open."
NOT_ADDED = "{} is open to its requester, its signers and the people they added. Ask <@" + RITA + "> to add you."

WROTE = (AuditEvent, Outbox, FollowUp, Decision, Parked, Seat, Signer)


def expected(row: Row, kind: Kind, name: str, *, private: bool) -> str | None:
    """The sentence with which somebody is refused; None for whoever may. ``name``: of the decision, ``D-1``."""
    if kind in row.allowed or (kind in row.public and not private):
        return None
    if kind is Kind.STRANGER:
        return OUTSIDE
    if kind is Kind.SWITCHED_OFF:
        return SWITCHED_OFF
    if kind is Kind.APP:
        return AN_APP
    if row.state is None:
        return row.otherwise.get(kind, row.refusal)
    missing = NOT_HERE.format(name if row.numbered else "that decision")
    if kind is Kind.ELSEWHERE:
        return missing
    if kind not in TAKE_PART:
        return missing if private else NOT_ADDED.format(name)
    return row.otherwise.get(kind, row.refusal)


def attempt(company: Company, row: Row, id: int, kind: Kind) -> tuple[str | None, bool]:
    """Somebody of this kind tries. Returns the refusal (None: done), and whether anything was written.

    Whatever happened is rolled back: the next one finds the decision as it was.
    """
    might = next((one for one in Kind if one in row.allowed), Kind.REQUESTER)
    with thrown_away(company.db) as session:
        actor = stand_in(session, company, kind, might)
        before = _rows(session)
        try:
            row.verb(session, id, actor, company.now)
        except ThresholdError as error:
            return error.sentence, _rows(session) != before
        finally:
            session.expunge_all()
        return None, _rows(session) != before


def _rows(session: Session) -> list[int]:
    session.flush()
    return [session.scalar(select(func.count()).select_from(table)) or 0 for table in WROTE]


def name_of(company: Company, id: int) -> str:
    with company.db.read() as session:
        return in_hand(session, id).name
