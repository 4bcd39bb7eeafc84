"""How a rung is called."""

from app.domain.ladder import Rung

_NAMES = {Rung.VP: "VP", Rung.SLT: "SLT"}


def rung_said(rung: Rung) -> str:
    return _NAMES.get(rung, rung.value)
