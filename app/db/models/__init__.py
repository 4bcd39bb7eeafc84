"""The tables. Every row carries its workspace; every date is aware UTC."""

from app.db.models.base import Base, Key, new_salt, table_of
from app.db.models.commitments import Commitment, Dissent, OverDissent
from app.db.models.decisions import Decision, Look, MemoVersion, OpenQuestion, Participant, Signer, Suggestion
from app.db.models.influence import Approval, Journey, MapTeam
from app.db.models.installs import Bot, Installation, OauthState
from app.db.models.library import LibraryEntry, LibraryVector, PastDecision, Replacement
from app.db.models.people import Keeper, Person, PolicyProposal, PolicyVersion, Proposal, Seat, Workspace
from app.db.models.record import AuditEvent, AuditHead, AuditUnlock
from app.db.models.syncs import Remark, Sync, SyncReader
from app.db.models.tradeoffs import Tradeoff, TradeoffPlan, TradeoffResult, TradeoffSide
from app.db.models.work import Card, DigestEntry, DigestPlan, FollowUp, Inbound, Outbox, Parked
from app.db.models.writing import DocumentVersion, Writing

__all__ = [
    "Approval",
    "AuditEvent",
    "AuditHead",
    "AuditUnlock",
    "Base",
    "Bot",
    "Card",
    "Commitment",
    "Decision",
    "DigestEntry",
    "DigestPlan",
    "Dissent",
    "DocumentVersion",
    "FollowUp",
    "Inbound",
    "Installation",
    "Journey",
    "Keeper",
    "Key",
    "LibraryEntry",
    "LibraryVector",
    "Look",
    "MapTeam",
    "MemoVersion",
    "OauthState",
    "OpenQuestion",
    "Outbox",
    "OverDissent",
    "Parked",
    "Participant",
    "PastDecision",
    "Person",
    "PolicyProposal",
    "PolicyVersion",
    "Proposal",
    "Remark",
    "Replacement",
    "Seat",
    "Signer",
    "Suggestion",
    "Sync",
    "SyncReader",
    "Tradeoff",
    "TradeoffPlan",
    "TradeoffResult",
    "TradeoffSide",
    "Workspace",
    "Writing",
    "new_salt",
    "table_of",
]
