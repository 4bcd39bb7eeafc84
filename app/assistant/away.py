"""The assistant when no model is configured."""

from collections.abc import Sequence
from typing import NoReturn

from app.assistant.drafts import Source
from app.assistant.errors import NoModel


class NoAssistant:
    """Stands where an assistant would: every call says that none is configured."""

    def draft_memo(self, title: str, sources: Sequence[Source]) -> NoReturn:
        """Raises NoModel."""
        raise _no_model()

    def neutral(self, part: str, text: str, sources: Sequence[Source]) -> NoReturn:
        """Raises NoModel."""
        raise _no_model()

    def ping(self) -> NoReturn:
        """Raises NoModel."""
        raise _no_model()


def _no_model() -> NoModel:
    return NoModel("No model is configured, so there is no draft. You can write the memo yourself.")
