"""Working-backwards documents: the one that is written beside a decision, and its published versions."""

from datetime import datetime

from sqlalchemy import JSON, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.db.models.base import Base, Key, new_salt
from app.db.types import JsonOf, UtcDateTime
from app.domain.writing.document import Document


class Writing(Base):
    """What is being written: its writer's alone until a version is published."""

    __tablename__ = "writing"
    __table_args__ = (UniqueConstraint("workspace_id", "decision_id"),)
    id: Mapped[int] = mapped_column(Key, primary_key=True)
    workspace_id: Mapped[str] = mapped_column(String(32))
    decision_id: Mapped[int] = mapped_column(ForeignKey("decision.id"))
    draft: Mapped[Document] = mapped_column(JsonOf(Document))
    begun_at: Mapped[datetime] = mapped_column(UtcDateTime)
    changed_at: Mapped[datetime] = mapped_column(UtcDateTime)
    names: Mapped[list[dict[str, str]] | None] = mapped_column(JSON(none_as_null=True))
    """Who was asked to lend their name to a quote: ``user``, ``quote`` (the fingerprint of its words), ``said``: yes,
    no or empty while they have not answered."""


class DocumentVersion(Base):
    """What was published; none is ever changed."""

    __tablename__ = "document_version"
    __table_args__ = (UniqueConstraint("decision_id", "number"),)
    id: Mapped[int] = mapped_column(Key, primary_key=True)
    workspace_id: Mapped[str] = mapped_column(String(32))
    decision_id: Mapped[int] = mapped_column(ForeignKey("decision.id"))
    number: Mapped[int]
    document: Mapped[Document] = mapped_column(JsonOf(Document))
    author_id: Mapped[str] = mapped_column(String(32))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    salt: Mapped[str] = mapped_column(String(32), default=new_salt)  # see app.db.ledger
