"""The library: what was decided elsewhere, what replaces what, and the words by which all of it is found."""

from datetime import date, datetime

from sqlalchemy import JSON, ForeignKey, Index, LargeBinary, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from app.db.models.base import Base, Key
from app.db.types import EnumOf, UtcDateTime
from app.domain.library.past import PastStatus


class PastDecision(Base):
    """A decision that was made elsewhere, and brought here: known by a name of ours too, ``D-42``. Nothing moves it."""

    __tablename__ = "past_decision"
    __table_args__ = (
        UniqueConstraint("workspace_id", "number"),
        UniqueConstraint("workspace_id", "imported_id"),
    )
    id: Mapped[int] = mapped_column(Key, primary_key=True)
    workspace_id: Mapped[str] = mapped_column(ForeignKey("workspace.id"))
    number: Mapped[int]
    imported_id: Mapped[str] = mapped_column(String(200))  # as it was called where it comes from
    title: Mapped[str] = mapped_column(Text)
    text: Mapped[str] = mapped_column(Text)
    status: Mapped[PastStatus] = mapped_column(EnumOf(PastStatus))
    said_status: Mapped[str] = mapped_column(Text)  # as it was written there
    proposed_on: Mapped[date | None]
    decided_on: Mapped[date | None]
    replaces: Mapped[list[str]] = mapped_column(JSON, default=list)  # imported ids, as they were written
    imported_at: Mapped[datetime] = mapped_column(UtcDateTime)


class Replacement(Base):
    """One decision that came in the place of another, by their numbers: decided here or elsewhere."""

    __tablename__ = "replacement"
    __table_args__ = (Index("ix_replacement_older", "workspace_id", "older"),)
    workspace_id: Mapped[str] = mapped_column(ForeignKey("workspace.id"), primary_key=True)
    newer: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    older: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    at: Mapped[datetime] = mapped_column(UtcDateTime)


class LibraryEntry(Base):
    """What of a decision can be found: by everybody (``o``), by whoever takes part (``i``), or of the past (``m``).

    ``title`` and ``body`` are tokens in their order (``app.domain.library.tokens``), to be weighed; ``marks`` is each
    of them once, under its workspace and kind (``app.domain.library.marks``), to be looked up. The database's own
    full-text index stands on ``marks`` and changes with the row, in the same statement.
    """

    __tablename__ = "library_entry"
    __table_args__ = (
        Index("ix_library_entry_decision", "decision_id"),
        Index("ix_library_entry_past", "past_id"),
        UniqueConstraint("workspace_id", "number", "kind"),
    )
    id: Mapped[int] = mapped_column(Key, primary_key=True)
    workspace_id: Mapped[str] = mapped_column(ForeignKey("workspace.id"))
    number: Mapped[int]
    kind: Mapped[str] = mapped_column(String(1))
    decision_id: Mapped[int | None] = mapped_column(ForeignKey("decision.id", ondelete="CASCADE"))
    past_id: Mapped[int | None] = mapped_column(ForeignKey("past_decision.id", ondelete="CASCADE"))
    length: Mapped[int]  # tokens of the body, and of the title as often as they count
    title: Mapped[str] = mapped_column(Text)
    body: Mapped[str] = mapped_column(Text)
    marks: Mapped[str] = mapped_column(Text)


class LibraryVector(Base):
    """What an entry means, as a model reads its words: it goes in the statement that changes or deletes the entry.

    A trigger empties ``vector`` when the entry's words become others, so whoever changes them, also by a statement of
    their own or in the release before, leaves nothing of the old ones; and the clock sees what is to be made anew.
    """

    __tablename__ = "library_vector"
    __table_args__ = (
        Index("ix_library_vector_kind", "workspace_id", "kind"),
        Index(
            "ix_library_vector_empty",
            "entry_id",
            sqlite_where=text("vector IS NULL"),
            postgresql_where=text("vector IS NULL"),
        ),
    )
    entry_id: Mapped[int] = mapped_column(
        Key, ForeignKey("library_entry.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    workspace_id: Mapped[str] = mapped_column(ForeignKey("workspace.id"))
    number: Mapped[int]  # as the entry's, and its kind: neither ever becomes another
    kind: Mapped[str] = mapped_column(String(1))
    model: Mapped[str] = mapped_column(String(200))  # vectors of two models say nothing of each other
    vector: Mapped[bytes | None] = mapped_column(LargeBinary)  # one signed byte for each direction
