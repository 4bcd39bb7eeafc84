"""Decisions that hold a word of a newer release: nobody changes them here, and nothing is concluded from them."""

from typing import Any

from sqlalchemy import inspect
from sqlalchemy.orm import Session

from app.db.models import (
    Approval,
    Base,
    Commitment,
    Decision,
    Dissent,
    DocumentVersion,
    Look,
    MemoVersion,
    OverDissent,
    Remark,
    Signer,
    Sync,
    Tradeoff,
    TradeoffPlan,
    TradeoffResult,
    TradeoffSide,
    Writing,
)
from app.db.types import EnumOf, JsonOf
from app.domain import stored_words
from app.domain.errors import NotNow

_OPENED = "opened by a person"


def holds_newer(decision: Decision) -> bool:
    """Whether a value of a decision, or of its memos, signers and looks back, is one that this release does not know.

    Those rows are loaded where that may be so, and only there.
    """
    if not stored_words.ever_read():
        return False
    rows: list[Base] = [decision, *decision.memos, *decision.signers, *decision.looks]
    if decision.document_kind is not None:
        rows += [*decision.writings, *decision.documents]
    if decision.may_hold_dissent:
        rows += [*decision.dissents, *decision.overs, *decision.commitments]
    if decision.tradeoff_version:
        rows += [*decision.tradeoffs, *decision.sides, *decision.plans, *decision.results]
    if decision.sync_state is not None or decision.remark_count:
        rows += [*decision.syncs, *decision.remarks]
    if decision.touches is not None:
        rows += decision.approvals
    return any(stored_words.within(row.__dict__.get(name)) for row in rows for name in _WORDED[type(row)])


def _worded(model: type[Base]) -> list[str]:
    """The attributes, by name: a column may be called otherwise."""
    found: Any = inspect(model).column_attrs
    return [one.key for one in found if isinstance(one.columns[0].type, EnumOf | JsonOf)]


_MODELS = (
    Decision, MemoVersion, Signer, Look, Writing, DocumentVersion, Dissent, OverDissent, Commitment, Sync, Remark,
    Tradeoff, TradeoffSide, TradeoffPlan, TradeoffResult, Approval,
)  # fmt: skip
_WORDED: dict[type[Base], list[str]] = {model: _worded(model) for model in _MODELS}


def refuse_newer(decision: Decision) -> None:
    """Raises NotNow, with what happened and who acts next, where ``holds_newer``."""
    if holds_newer(decision):
        raise NotNow(
            f"{decision.name} was {stored_words.ANSWERED} of Threshold than the one that answers you. "
            "Nothing was changed. Whoever runs me is finishing an update: please try again in a few minutes."
        )


def opened(session: Session, decision: Decision) -> None:
    """A person is about to act on this decision. What of it is read later is looked at before the commit.

    Raises:
        NotNow: it holds what this release does not know.
    """
    refuse_newer(decision)
    session.info.setdefault(_OPENED, []).append(decision)


def check_opened(session: Session) -> None:
    """Before a commit. Raises NotNow, as ``opened`` does."""
    if stored_words.ever_read():
        for decision in session.info.get(_OPENED, ()):
            refuse_newer(decision)
