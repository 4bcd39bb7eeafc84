"""The tables. Every row carries its workspace; every date is aware UTC."""

import secrets
from datetime import date, datetime
from typing import Any

from sqlalchemy import (
    JSON,
    BigInteger,
    DateTime,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
    text,
)
from sqlalchemy.engine.default import DefaultExecutionContext
from sqlalchemy.orm import DeclarativeBase, Mapped, Relationship, declared_attr, mapped_column, relationship

from app.db.types import EnumOf, JsonOf, UtcDateTime, VerdictJson
from app.domain.answers import Answers, Setting
from app.domain.ladder import Ladder, Rung
from app.domain.lifecycle import Status
from app.domain.looking_back import LookBack
from app.domain.memo.parts import Memo
from app.domain.policy.policy import Policy
from app.domain.signing.signoff import Answer
from app.domain.triage.questions import Question
from app.domain.triage.replay import NotReplayable
from app.domain.triage.verdict import Door, Verdict
from app.words.ladder import rung_said

Key = BigInteger().with_variant(Integer, "sqlite")
"""SQLite only counts up a primary key that is declared INTEGER."""


def new_salt() -> str:
    """128 random bits, so that nobody guesses from a digest what was digested."""
    return secrets.token_hex(16)


class Base(DeclarativeBase):
    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(column_0_label)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
            "pk": "pk_%(table_name)s",
        }
    )

    @declared_attr.directive
    def __mapper_args__(cls) -> dict[str, Any]:
        """A row is changed and deleted by its id and its workspace: one that moved elsewhere is not found.

        SQLAlchemy's column for versions is the one way to add to the WHERE of what a session flushes.
        """
        column = cls.__dict__.get("workspace_id")
        if column is None or column.column.primary_key:
            return {}
        return {"version_id_col": column, "version_id_generator": False}


def table_of(model: type[Base]) -> Table:
    """The table behind a model, for statements that load no objects."""
    found = model.__table__
    assert isinstance(found, Table)
    return found


def _of_decision(child: str, order: str) -> Relationship[Any]:
    """The rows of a decision, read and written under its own workspace."""
    return relationship(
        child,
        primaryjoin=f"and_(foreign({child}.decision_id) == Decision.id, "
        f"foreign({child}.workspace_id) == Decision.workspace_id)",
        order_by=f"{child}.{order}",
        lazy="select",
    )


class Workspace(Base):
    """One Slack workspace; ``next_number`` hands out D-1, D-2, …

    ``id`` is always a team's, ``T…``, in an Enterprise Grid too: an org (``enterprise_id``, ``E…``) owns no decisions,
    it only may hold the token that speaks for its workspaces.
    """

    __tablename__ = "workspace"
    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    next_number: Mapped[int] = mapped_column(default=1)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    enterprise_id: Mapped[str | None] = mapped_column(String(32))  # the org it belongs to, where it is in one
    uninstalled_at: Mapped[datetime | None] = mapped_column(UtcDateTime)  # its work rests, and is erased in time


class Person(Base):
    """What we know of somebody: Slack's profile, and what they asked of us."""

    __tablename__ = "person"
    workspace_id: Mapped[str] = mapped_column(ForeignKey("workspace.id"), primary_key=True)
    user_id: Mapped[str] = mapped_column(String(32), primary_key=True)
    name: Mapped[str] = mapped_column(Text, default="")
    tz: Mapped[str] = mapped_column(String(64), default="UTC")
    country: Mapped[str | None] = mapped_column(String(8))  # as it was set before 0004; no longer read
    default_place: Mapped[str | None] = mapped_column(String(40))  # whose holidays count where nothing nearer says so
    locale: Mapped[str | None] = mapped_column(String(16))  # in Slack, like en-US: whose dollar, which day comes first
    working_time: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))  # as chosen on Home
    active: Mapped[bool] = mapped_column(default=True)
    guest: Mapped[bool] = mapped_column(default=False)
    outside: Mapped[bool] = mapped_column(default=False)  # of another workspace, met in a shared channel
    bot: Mapped[bool] = mapped_column(default=False)
    muted: Mapped[bool] = mapped_column(default=False)  # no optional reminders
    home_opened: Mapped[bool] = mapped_column(default=False)  # from then on Home is kept fresh
    looked_up_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


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
    look_on: Mapped[date | None]  # the day of the learning check, or of the review

    memo_version: Mapped[int] = mapped_column(default=0)
    ladder: Mapped[Ladder | None] = mapped_column(JsonOf(Ladder))  # frozen when it starts to climb
    deadline_at: Mapped[datetime | None] = mapped_column(UtcDateTime)  # by when the signers are asked to answer
    deadline_on: Mapped[date | None]  # the day that was picked, the same for everybody
    deadline_set_at: Mapped[datetime | None] = mapped_column(UtcDateTime)  # when that date was set, or moved
    climb_offered: Mapped[Rung | None] = mapped_column(EnumOf(Rung))  # the next rung, offered after the deadline

    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    touched_at: Mapped[datetime] = mapped_column(UtcDateTime)
    sent_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    decided_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    shipped_on: Mapped[date | None]
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

    @property
    def name(self) -> str:
        return f"D-{self.number}"

    @property
    def memo(self) -> Memo | None:
        return self.memos[-1].memo if self.memos else None


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
    rung: Mapped[Rung | None] = mapped_column(EnumOf(Rung))  # None: bar raiser
    delegate_of: Mapped[str | None] = mapped_column(String(32))
    handed_over: Mapped[bool] = mapped_column(default=False)  # no longer asked: handed over, or replaced
    asked_at: Mapped[datetime] = mapped_column(UtcDateTime)
    answer: Mapped[Answer | None] = mapped_column(EnumOf(Answer))  # the standing answer to the current version
    said: Mapped[str] = mapped_column(Text, default="")  # the condition, the reason, a note
    answered_version: Mapped[int | None]
    answered_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    salt: Mapped[str] = mapped_column(String(32), default=new_salt)  # see app.db.ledger

    @property
    def role(self) -> str:
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


class Seat(Base):
    """Who sits on a rung (or is bar raiser), for a channel or, with an empty channel, for the workspace."""

    __tablename__ = "seat"
    __table_args__ = (UniqueConstraint("workspace_id", "channel_id", "rung", "user_id"),)
    id: Mapped[int] = mapped_column(Key, primary_key=True)
    workspace_id: Mapped[str] = mapped_column(ForeignKey("workspace.id"))
    channel_id: Mapped[str] = mapped_column(String(32), default="")
    rung: Mapped[str] = mapped_column(String(16))  # a Rung, or "bar_raiser"
    user_id: Mapped[str] = mapped_column(String(32))
    deputy_id: Mapped[str | None] = mapped_column(String(32))  # who may sign in their place


class PolicyVersion(Base):
    """What a workspace decided about deciding. A change is a new version; none is ever changed."""

    __tablename__ = "policy_version"
    workspace_id: Mapped[str] = mapped_column(ForeignKey("workspace.id"), primary_key=True)
    version: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    by: Mapped[str] = mapped_column(String(32))  # a user id, or "threshold"
    policy: Mapped[Policy] = mapped_column(JsonOf(Policy))


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


class DigestPlan(Base):
    """When a channel hears of its open decisions."""

    __tablename__ = "digest_plan"
    workspace_id: Mapped[str] = mapped_column(ForeignKey("workspace.id"), primary_key=True)
    channel_id: Mapped[str] = mapped_column(String(32), primary_key=True)
    on: Mapped[bool] = mapped_column(default=True)
    days: Mapped[list[int]] = mapped_column(JSON)  # 0 Monday … 6 Sunday
    at: Mapped[str] = mapped_column(String(5))  # HH:MM
    tz: Mapped[str] = mapped_column(String(64))
    set_by: Mapped[str] = mapped_column(String(32))
    last_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class AuditEvent(Base):
    """What happened, who did it, when. Written in the transaction of the move, chained by hash (``app.db.ledger``).

    The database itself refuses to change or delete one, but for an erasure.
    """

    __tablename__ = "audit_event"
    __table_args__ = (UniqueConstraint("workspace_id", "seq"), Index("ix_audit_event_decision", "decision_id", "id"))
    id: Mapped[int] = mapped_column(Key, primary_key=True)
    workspace_id: Mapped[str] = mapped_column(String(32))
    seq: Mapped[int] = mapped_column(BigInteger)  # 1, 2, 3, … in its workspace
    decision_id: Mapped[int | None] = mapped_column(ForeignKey("decision.id"))  # None: a ladder, a person
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    actor: Mapped[str] = mapped_column(String(32))  # a user id, or "threshold"
    what: Mapped[str] = mapped_column(String(32))
    before: Mapped[str | None] = mapped_column(String(16))
    after: Mapped[str | None] = mapped_column(String(16))
    detail: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    seal: Mapped[dict[str, Any]] = mapped_column(JSON)  # salts, and the digests of the rows it changed
    hash: Mapped[str] = mapped_column(String(64))


class AuditHead(Base):
    """The last entry of a workspace's record: who cuts off its end is seen. Locked while the chain grows."""

    __tablename__ = "audit_head"
    workspace_id: Mapped[str] = mapped_column(String(32), primary_key=True)
    seq: Mapped[int] = mapped_column(BigInteger)
    hash: Mapped[str] = mapped_column(String(64))


class AuditUnlock(Base):
    """Stands here only inside the transaction of an erasure: while it does, the record may be changed."""

    __tablename__ = "audit_unlock"
    workspace_id: Mapped[str] = mapped_column(String(32), primary_key=True)


class FollowUp(Base):
    """One piece of dated work. Claimed with a lease, done once, deferred but never consumed by quiet hours."""

    __tablename__ = "follow_up"
    __table_args__ = (
        UniqueConstraint("workspace_id", "decision_id", "kind", "recipient", "due_at"),
        Index(
            "ix_follow_up_due",
            "due_at",
            sqlite_where=text("done_at IS NULL"),
            postgresql_where=text("done_at IS NULL"),
        ),
        Index("ix_follow_up_decision", "decision_id"),
        Index(  # of what is done alone: SQLite would look for what waits in here, and read all of it
            "ix_follow_up_done",
            "done_at",
            sqlite_where=text("done_at IS NOT NULL"),
            postgresql_where=text("done_at IS NOT NULL"),
        ),
        Index(  # a digest has no decision, and NULLs are never equal to the key above
            "uq_follow_up_digest",
            "workspace_id",
            "kind",
            "recipient",
            "due_at",
            unique=True,
            sqlite_where=text("decision_id IS NULL"),
            postgresql_where=text("decision_id IS NULL"),
        ),
    )
    id: Mapped[int] = mapped_column(Key, primary_key=True)
    workspace_id: Mapped[str] = mapped_column(String(32))
    decision_id: Mapped[int | None] = mapped_column(ForeignKey("decision.id"))
    kind: Mapped[str] = mapped_column(String(24))
    recipient: Mapped[str] = mapped_column(String(32))  # a user id, or a channel id for a digest
    due_at: Mapped[datetime] = mapped_column(UtcDateTime)
    args: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    claimed_until: Mapped[datetime | None] = mapped_column(UtcDateTime)
    claimed_by: Mapped[str | None] = mapped_column(String(32))  # the process that holds it
    attempts: Mapped[int] = mapped_column(default=0)
    done_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    result: Mapped[str | None] = mapped_column(Text)  # sent · moot · why it was given up


class Outbox(Base):
    """A message to be sent, written in the transaction that made it true."""

    __tablename__ = "outbox"
    __table_args__ = (
        Index(
            "ix_outbox_due",
            "due_at",
            sqlite_where=text("done_at IS NULL"),
            postgresql_where=text("done_at IS NULL"),
        ),
        Index(
            "ix_outbox_waiting",
            "workspace_id",
            "recipient",
            sqlite_where=text("done_at IS NULL"),
            postgresql_where=text("done_at IS NULL"),
        ),
        Index("ix_outbox_unsent", "id", sqlite_where=text("done_at IS NULL"), postgresql_where=text("done_at IS NULL")),
        Index("ix_outbox_decision", "decision_id"),
        Index(  # of what is done alone: SQLite would look for what waits in here, and read all of it
            "ix_outbox_done",
            "done_at",
            sqlite_where=text("done_at IS NOT NULL"),
            postgresql_where=text("done_at IS NOT NULL"),
        ),
    )
    id: Mapped[int] = mapped_column(Key, primary_key=True)
    workspace_id: Mapped[str] = mapped_column(String(32))
    decision_id: Mapped[int | None] = mapped_column(ForeignKey("decision.id"))
    kind: Mapped[str] = mapped_column(String(24))
    recipient: Mapped[str] = mapped_column(String(32))  # a user id or a channel id
    args: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    key: Mapped[str] = mapped_column(String(36), unique=True)  # travels with the message
    due_at: Mapped[datetime] = mapped_column(UtcDateTime)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    claimed_until: Mapped[datetime | None] = mapped_column(UtcDateTime)
    claimed_by: Mapped[str | None] = mapped_column(String(32))  # the process that holds it
    attempts: Mapped[int] = mapped_column(default=0)
    done_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    result: Mapped[str | None] = mapped_column(Text)


class Card(Base):
    """A message that is edited in place: one per decision, kind and recipient."""

    __tablename__ = "card"
    __table_args__ = (
        UniqueConstraint("decision_id", "kind", "recipient"),
        Index("ix_card_message", "workspace_id", "channel_id", "ts"),
    )
    id: Mapped[int] = mapped_column(Key, primary_key=True)
    workspace_id: Mapped[str] = mapped_column(String(32))
    decision_id: Mapped[int] = mapped_column(ForeignKey("decision.id"))
    kind: Mapped[str] = mapped_column(String(40))
    recipient: Mapped[str] = mapped_column(String(32))
    channel_id: Mapped[str] = mapped_column(String(32))
    ts: Mapped[str] = mapped_column(String(32))
    shown: Mapped[str] = mapped_column(String(64))  # a digest of what was shown: an unchanged card is not sent again


class Inbound(Base):
    """What Slack delivered and we acted on: a repeat is recognised, never guessed from a retry header."""

    __tablename__ = "inbound"
    workspace_id: Mapped[str] = mapped_column(String(32), primary_key=True)
    identity: Mapped[str] = mapped_column(String(128), primary_key=True)
    at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)


class Parked(Base):
    """A direct message that could belong to several triages, kept until its writer says which."""

    __tablename__ = "parked"
    id: Mapped[int] = mapped_column(Key, primary_key=True)
    workspace_id: Mapped[str] = mapped_column(String(32))
    user_id: Mapped[str] = mapped_column(String(32))
    text: Mapped[str] = mapped_column(Text)
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    used: Mapped[bool] = mapped_column(default=False)


# ── who installed the app ───────────────────────────────────────────────────────────────────────────────
# The columns are those that slack_sdk's stores read and write, its dates (UTC, without a zone) too. Beside them stands
# ``workspace_id``: the team, or the org for an install on all of its workspaces. Tokens are sealed: app/db/sealed.py.


def _whose(context: DefaultExecutionContext) -> str:
    given: dict[str, Any] = context.get_current_parameters()  # type: ignore[no-untyped-call]
    return str(given.get("team_id") or given.get("enterprise_id"))


class Bot(Base):
    """A bot token. ``team_id`` is NULL where one token serves a whole org."""

    __tablename__ = "bot"
    __table_args__ = (Index("ix_bot_workspace", "workspace_id"),)
    id: Mapped[int] = mapped_column(Key, primary_key=True)
    workspace_id: Mapped[str] = mapped_column(String(32), default=_whose)
    client_id: Mapped[str] = mapped_column(String(64))
    app_id: Mapped[str] = mapped_column(String(32))
    enterprise_id: Mapped[str | None] = mapped_column(String(32))
    enterprise_name: Mapped[str | None] = mapped_column(Text)
    team_id: Mapped[str | None] = mapped_column(String(32))
    team_name: Mapped[str | None] = mapped_column(Text)
    bot_token: Mapped[str | None] = mapped_column(Text)
    bot_id: Mapped[str | None] = mapped_column(String(32))
    bot_user_id: Mapped[str | None] = mapped_column(String(32))
    bot_scopes: Mapped[str | None] = mapped_column(Text)
    bot_refresh_token: Mapped[str | None] = mapped_column(Text)
    bot_token_expires_at: Mapped[datetime | None] = mapped_column(DateTime)
    is_enterprise_install: Mapped[bool] = mapped_column(default=False)
    installed_at: Mapped[datetime] = mapped_column(DateTime)
    refreshing_until: Mapped[datetime | None] = mapped_column(UtcDateTime)  # somebody fetches the next token


class Installation(Base):
    """Who installed it, and what else Slack gave them."""

    __tablename__ = "installation"
    __table_args__ = (Index("ix_installation_workspace", "workspace_id"),)
    id: Mapped[int] = mapped_column(Key, primary_key=True)
    workspace_id: Mapped[str] = mapped_column(String(32), default=_whose)
    client_id: Mapped[str] = mapped_column(String(64))
    app_id: Mapped[str] = mapped_column(String(32))
    enterprise_id: Mapped[str | None] = mapped_column(String(32))
    enterprise_name: Mapped[str | None] = mapped_column(Text)
    enterprise_url: Mapped[str | None] = mapped_column(Text)
    team_id: Mapped[str | None] = mapped_column(String(32))
    team_name: Mapped[str | None] = mapped_column(Text)
    bot_token: Mapped[str | None] = mapped_column(Text)
    bot_id: Mapped[str | None] = mapped_column(String(32))
    bot_user_id: Mapped[str | None] = mapped_column(String(32))
    bot_scopes: Mapped[str | None] = mapped_column(Text)
    bot_refresh_token: Mapped[str | None] = mapped_column(Text)
    bot_token_expires_at: Mapped[datetime | None] = mapped_column(DateTime)
    user_id: Mapped[str] = mapped_column(String(32))
    user_token: Mapped[str | None] = mapped_column(Text)
    user_scopes: Mapped[str | None] = mapped_column(Text)
    user_refresh_token: Mapped[str | None] = mapped_column(Text)
    user_token_expires_at: Mapped[datetime | None] = mapped_column(DateTime)
    incoming_webhook_url: Mapped[str | None] = mapped_column(Text)
    incoming_webhook_channel: Mapped[str | None] = mapped_column(Text)
    incoming_webhook_channel_id: Mapped[str | None] = mapped_column(String(32))
    incoming_webhook_configuration_url: Mapped[str | None] = mapped_column(Text)
    is_enterprise_install: Mapped[bool] = mapped_column(default=False)
    token_type: Mapped[str | None] = mapped_column(String(32))
    installed_at: Mapped[datetime] = mapped_column(DateTime)


class OauthState(Base):
    """A way to Slack and back that somebody has begun. Good once, and for ten minutes."""

    __tablename__ = "oauth_state"
    state: Mapped[str] = mapped_column(String(64), primary_key=True)
    expire_at: Mapped[datetime] = mapped_column(UtcDateTime)
