"""A decision, and what hangs on it."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, String, Text, UniqueConstraint, false, text
from sqlalchemy.orm import Mapped, Relationship, mapped_column, relationship

from app.db.models.base import Base, Key, new_salt
from app.db.models.commitments import Commitment, Dissent, OverDissent
from app.db.models.influence import Approval
from app.db.models.syncs import Remark, Sync, SyncReader
from app.db.models.tradeoffs import Tradeoff, TradeoffPlan, TradeoffResult, TradeoffSide
from app.db.models.writing import DocumentVersion, Writing
from app.db.types import EnumOf, JsonOf, UtcDateTime, VerdictJson
from app.domain.answers import Answers, Setting
from app.domain.ladder import Ladder, Rung
from app.domain.lifecycle import Status
from app.domain.looking_back import LookBack
from app.domain.memo.parts import Memo
from app.domain.signing.signoff import Answer
from app.domain.syncs.life import SyncState
from app.domain.triage.doors import Door
from app.domain.triage.questions import Question
from app.domain.triage.replay import NotReplayable
from app.domain.triage.verdict import Verdict
from app.domain.writing.document import Document, Kind
from app.words.ladder import rung_said


def _of_decision(child: str, order: str) -> Relationship[Any]:
    """The rows of a decision, read and written under its own workspace."""
    return relationship(
        child,
        primaryjoin=f"and_(foreign({child}.decision_id) == Decision.id, "
        f"foreign({child}.workspace_id) == Decision.workspace_id)",
        order_by=f"{child}.{order}",
        lazy="select",
    )


class Decision(Base):
    """The one thing being decided."""

    __tablename__ = "decision"
    __table_args__ = (
        UniqueConstraint("workspace_id", "number"),
        Index("ix_decision_workspace_status", "workspace_id", "status"),
        Index("ix_decision_channel", "workspace_id", "channel_id"),
        Index("ix_decision_requester", "workspace_id", "requester_id"),
        Index(
            "ix_decision_kept",
            "decided_at",
            sqlite_where=text("decided_at IS NOT NULL AND forgotten_at IS NULL"),
            postgresql_where=text("decided_at IS NOT NULL AND forgotten_at IS NULL"),
        ),
        Index("ix_decision_owner", "workspace_id", "owner_id"),
    )
    id: Mapped[int] = mapped_column(Key, primary_key=True)
    workspace_id: Mapped[str] = mapped_column(ForeignKey("workspace.id"))
    number: Mapped[int]
    title: Mapped[str] = mapped_column(Text, default="")  # empty until the first sentence is given
    status: Mapped[Status] = mapped_column(EnumOf(Status))
    door: Mapped[Door | None] = mapped_column(EnumOf(Door))
    rung: Mapped[Rung | None] = mapped_column(EnumOf(Rung))
    requester_id: Mapped[str] = mapped_column(String(32))
    owner_id: Mapped[str] = mapped_column(String(32))
    private: Mapped[bool] = mapped_column(default=False)

    channel_id: Mapped[str | None] = mapped_column(String(32))  # where it came from; None: a direct message
    closed_channel: Mapped[bool] = mapped_column(default=False, server_default=false())  # Slack's lock was on it
    source_link: Mapped[str | None] = mapped_column(Text)
    source_text: Mapped[str | None] = mapped_column(Text)
    source_messages: Mapped[list[dict[str, str]] | None] = mapped_column(JSON)  # user, who, text, link of each message

    answers: Mapped[Answers] = mapped_column(JsonOf(Answers), default=Answers)
    asking: Mapped[Question | None] = mapped_column(EnumOf(Question))  # the question that was gone back to
    typed: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))  # refused input, kept to be mended
    verdict: Mapped[Verdict | None] = mapped_column(VerdictJson())
    judged_in: Mapped[Setting | None] = mapped_column(JsonOf(Setting))  # what the verdict needed beside the answers
    not_replayable: Mapped[NotReplayable | None] = mapped_column(
        EnumOf(NotReplayable)
    )  # why it can't be worked out again
    policy_version: Mapped[int | None]  # of the last answer; None: from before there were versions
    override_reason: Mapped[str | None] = mapped_column(Text)

    metric: Mapped[str | None] = mapped_column(Text)  # what a two-way door is judged by
    settled_by: Mapped[int | None]  # the number of an earlier decision that settled it in its triage
    look_on: Mapped[date | None]  # the day of the learning check, or of the review

    memo_version: Mapped[int] = mapped_column(default=0)
    ladder: Mapped[Ladder | None] = mapped_column(JsonOf(Ladder))  # frozen when it starts to climb
    deadline_at: Mapped[datetime | None] = mapped_column(UtcDateTime)  # by when the signers are asked to answer
    deadline_on: Mapped[date | None]  # the day that was picked, the same for everybody
    deadline_set_at: Mapped[datetime | None] = mapped_column(UtcDateTime)  # when that date was set, or moved
    seat_to_fill: Mapped[Rung | None] = mapped_column("climb_offered", EnumOf(Rung))
    """Whose signer was silent, or abstained with nobody beside them: the requester chooses who is asked instead. None:
    nothing is to be chosen. The column keeps the name that it was made with."""

    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    touched_at: Mapped[datetime] = mapped_column(UtcDateTime)
    sent_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    decided_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    shipped_on: Mapped[date | None]
    document_kind: Mapped[Kind | None] = mapped_column(EnumOf(Kind))  # of the document that is written beside it
    document_version: Mapped[int] = mapped_column(default=0, server_default="0")  # the last one that was published
    sync_state: Mapped[SyncState | None] = mapped_column(EnumOf(SyncState))  # of its newest sync; None: never any
    remark_count: Mapped[int] = mapped_column(default=0, server_default="0")
    dissent_count: Mapped[int] = mapped_column(default=0, server_default="0")
    revisit_on: Mapped[date | None]  # when what was decided over dissent is looked at again; None once it was
    tradeoff_version: Mapped[int] = mapped_column(default=0, server_default="0")  # of the trade-off about it; 0: none
    tradeoff_until: Mapped[date | None]  # it rests till then: an experiment runs
    touches: Mapped[list[int] | None] = mapped_column(JSON(none_as_null=True))  # ids of teams on maps whose lever it is
    forgotten_at: Mapped[datetime | None] = mapped_column(
        UtcDateTime
    )  # its words were kept long enough: nobody opens it
    salt: Mapped[str] = mapped_column(String(32), default=new_salt)  # see app.db.ledger
    version: Mapped[int] = mapped_column(default=0, server_default="0")
    """How often it was changed, or what hangs on it: one more with each transaction."""

    memos: Mapped[list["MemoVersion"]] = _of_decision("MemoVersion", "number")
    signers: Mapped[list["Signer"]] = _of_decision("Signer", "id")
    questions: Mapped[list["OpenQuestion"]] = _of_decision("OpenQuestion", "id")
    looks: Mapped[list["Look"]] = _of_decision("Look", "id")
    participants: Mapped[list["Participant"]] = _of_decision("Participant", "id")
    writings: Mapped[list["Writing"]] = _of_decision("Writing", "id")
    documents: Mapped[list["DocumentVersion"]] = _of_decision("DocumentVersion", "number")
    dissents: Mapped[list["Dissent"]] = _of_decision("Dissent", "id")
    overs: Mapped[list["OverDissent"]] = _of_decision("OverDissent", "id")
    commitments: Mapped[list["Commitment"]] = _of_decision("Commitment", "id")
    syncs: Mapped[list["Sync"]] = _of_decision("Sync", "id")
    sync_readers: Mapped[list["SyncReader"]] = _of_decision("SyncReader", "id")
    remarks: Mapped[list["Remark"]] = _of_decision("Remark", "id")

    tradeoffs: Mapped[list["Tradeoff"]] = _of_decision("Tradeoff", "id")
    sides: Mapped[list["TradeoffSide"]] = _of_decision("TradeoffSide", "id")
    plans: Mapped[list["TradeoffPlan"]] = _of_decision("TradeoffPlan", "number")
    results: Mapped[list["TradeoffResult"]] = _of_decision("TradeoffResult", "number")
    approvals: Mapped[list["Approval"]] = _of_decision("Approval", "id")

    @property
    def name(self) -> str:
        return f"D-{self.number}"

    @property
    def requester_chooses(self) -> bool:
        """Whether it waits for its requester to choose who is asked instead of a silent signer."""
        return self.seat_to_fill is not None

    @property
    def memo(self) -> Memo | None:
        return self.memos[-1].memo if self.memos else None

    @property
    def writing(self) -> "Writing | None":
        """What is being written beside it, its writer's alone."""
        return self.writings[-1] if self.document_kind is not None and self.writings else None

    @property
    def may_hold_dissent(self) -> bool:
        """Whether anything of dissent may hang on it: a trade-off that told nothing is decided over it, too."""
        return bool(self.dissent_count or self.tradeoff_version)

    @property
    def tradeoff(self) -> "Tradeoff | None":
        """The entry of the log that is about it."""
        return self.tradeoffs[-1] if self.tradeoff_version and self.tradeoffs else None

    @property
    def sync(self) -> "Sync | None":
        """The newest sync, whatever became of it."""
        return self.syncs[-1] if self.sync_state is not None and self.syncs else None

    @property
    def read_by(self) -> "list[SyncReader]":
        """Whom the newest pre-read went to."""
        sync = self.sync
        return [one for one in self.sync_readers if one.sync_id == sync.id] if sync is not None else []

    @property
    def document(self) -> Document | None:
        """The version that was published last."""
        return self.documents[-1].document if self.document_version and self.documents else None


class Participant(Base):
    """Who may open a decision: requester, owner, signers, delegates, people asked or added."""

    __tablename__ = "participant"
    __table_args__ = (
        UniqueConstraint("decision_id", "user_id"),
        Index("ix_participant_user", "workspace_id", "user_id"),
    )
    id: Mapped[int] = mapped_column(Key, primary_key=True)
    workspace_id: Mapped[str] = mapped_column(String(32))
    decision_id: Mapped[int] = mapped_column(ForeignKey("decision.id"))
    user_id: Mapped[str] = mapped_column(String(32))
    snoozed_until: Mapped[datetime | None] = mapped_column(UtcDateTime)


class MemoVersion(Base):
    """Every save is a new version; none is ever changed."""

    __tablename__ = "memo_version"
    __table_args__ = (UniqueConstraint("decision_id", "number"),)
    id: Mapped[int] = mapped_column(Key, primary_key=True)
    workspace_id: Mapped[str] = mapped_column(String(32))
    decision_id: Mapped[int] = mapped_column(ForeignKey("decision.id"))
    number: Mapped[int]
    memo: Mapped[Memo] = mapped_column(JsonOf(Memo))
    author_id: Mapped[str] = mapped_column(String(32))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    salt: Mapped[str] = mapped_column(String(32), default=new_salt)  # see app.db.ledger


class Signer(Base):
    """One named signer. A delegate is a new row; the original stays, handed over."""

    __tablename__ = "signer"
    __table_args__ = (Index("ix_signer_user", "workspace_id", "user_id"), Index("ix_signer_decision", "decision_id"))
    id: Mapped[int] = mapped_column(Key, primary_key=True)
    workspace_id: Mapped[str] = mapped_column(String(32))
    decision_id: Mapped[int] = mapped_column(ForeignKey("decision.id"))
    user_id: Mapped[str] = mapped_column(String(32))
    rung: Mapped[Rung | None] = mapped_column(EnumOf(Rung))  # None: bar raiser, or who decides for a team
    delegate_of: Mapped[str | None] = mapped_column(String(32))
    handed_over: Mapped[bool] = mapped_column(default=False)  # no longer asked: handed over, or replaced
    asked_at: Mapped[datetime] = mapped_column(UtcDateTime)
    answer: Mapped[Answer | None] = mapped_column(EnumOf(Answer))  # the standing answer to the current version
    said: Mapped[str] = mapped_column(Text, default="")  # the condition, the reason, a note
    answered_version: Mapped[int | None]
    answered_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    lever: Mapped[str | None] = mapped_column(Text)  # the teams for which they decide; None: on the rung, or bar raiser
    salt: Mapped[str] = mapped_column(String(32), default=new_salt)  # see app.db.ledger

    @property
    def role(self) -> str:
        if self.lever:
            return f"decider for {self.lever}"
        return rung_said(self.rung) if self.rung else "bar raiser"


class OpenQuestion(Base):
    """A question a signer raised. It blocks until the one who raised it calls it resolved."""

    __tablename__ = "open_question"
    __table_args__ = (Index("ix_open_question_decision", "decision_id"),)
    id: Mapped[int] = mapped_column(Key, primary_key=True)
    workspace_id: Mapped[str] = mapped_column(String(32))
    decision_id: Mapped[int] = mapped_column(ForeignKey("decision.id"))
    asked_by: Mapped[str] = mapped_column(String(32))
    condition: Mapped[bool] = mapped_column(default=False)  # a "not yet, if…" instead of a question
    text: Mapped[str] = mapped_column(Text)
    asked_at: Mapped[datetime] = mapped_column(UtcDateTime)
    answer: Mapped[str | None] = mapped_column(Text)
    answered_by: Mapped[str | None] = mapped_column(String(32))
    answered_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    resolved_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    closed_by: Mapped[str | None] = mapped_column(String(32))  # the requester, once its time was up
    closed_because: Mapped[str | None] = mapped_column(Text)
    meets: Mapped[str | None] = mapped_column(String(32))  # who meets a condition; None: the requester
    met_by: Mapped[date | None]  # by which day it is to be met
    salt: Mapped[str] = mapped_column(String(32), default=new_salt)  # see app.db.ledger


class Look(Base):
    """A look back, as it was written: learning check, review, revisit."""

    __tablename__ = "look"
    __table_args__ = (Index("ix_look_decision", "decision_id"),)
    id: Mapped[int] = mapped_column(Key, primary_key=True)
    workspace_id: Mapped[str] = mapped_column(String(32))
    decision_id: Mapped[int] = mapped_column(ForeignKey("decision.id"))
    by: Mapped[str] = mapped_column(String(32))
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    look: Mapped[LookBack] = mapped_column(JsonOf(LookBack))
    salt: Mapped[str] = mapped_column(String(32), default=new_salt)  # see app.db.ledger


class Suggestion(Base):
    """The assistant's words beside the original. Nothing changes until a person accepts."""

    __tablename__ = "suggestion"
    __table_args__ = (Index("ix_suggestion_decision", "decision_id"),)
    id: Mapped[int] = mapped_column(Key, primary_key=True)
    workspace_id: Mapped[str] = mapped_column(String(32))
    decision_id: Mapped[int] = mapped_column(ForeignKey("decision.id"))
    part: Mapped[str] = mapped_column(String(16))
    original: Mapped[str] = mapped_column(Text)
    text: Mapped[str] = mapped_column(Text)
    struck: Mapped[list[str]] = mapped_column(JSON, default=list)  # figures left out: they stand in no source
    model: Mapped[str | None] = mapped_column(String(200))
    prompt: Mapped[str | None] = mapped_column(String(64))  # which instructions, by their digest
    cited: Mapped[list[dict[str, Any]] | None] = mapped_column(JSON)  # each sentence with the sources it rests on
    dropped: Mapped[list[dict[str, Any]] | None] = mapped_column(JSON)  # sentences left out, and why
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    settled: Mapped[str | None] = mapped_column(String(16))  # accepted · dismissed
