"""What a workspace calls its rungs is in what people are answered and shown, and costs no ack and no card anything."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from types import FrameType
from typing import Any

import pytest
from sqlalchemy import event

from app.db import policies
from app.domain.ladder import Rung
from app.domain.policy.policy import SHIPPED_POLICY
from app.workflows.policy import set_policy
from tests.e2e import scenes
from tests.e2e.house import Tale


@contextmanager
def asked_for_names(told: Tale) -> Iterator[list[str]]:
    """The statements that were sent for the names of rungs, of all that were sent."""
    found: list[str] = []
    sent: list[str] = []

    def hear(_c: Any, _cursor: Any, statement: str, _p: Any, _context: Any, _many: Any) -> None:
        sent.append(statement)
        frame: FrameType | None = sys._getframe(1)
        while frame is not None:
            if frame.f_code is policies.rung_names.__code__:
                found.append(statement)
                return
            frame = frame.f_back

    engine = told.stage.bot.db.engine
    event.listen(engine, "before_cursor_execute", hear)
    try:
        yield found
    finally:
        event.remove(engine, "before_cursor_execute", hear)
    assert len(sent) > len(found), "somebody spoke to the database"


def clicks_and_commands(told: Tale) -> None:
    """A command, a form that opens and comes back, and the messages they bring."""
    told.taps(told.cast.vera, "sign_open:approve")
    told.must(told.cast.vera.submit({"said": "Go, from my side."}))
    told.cast.sam.command("/escalate", "list", told.cast.retail)
    told.stage.pump()


def test_no_click_no_command_and_no_message_asks_what_rungs_are_called_within_a_minute(told: Tale) -> None:
    scenes.in_review(told)
    told.stage.pump()
    with asked_for_names(told) as found:
        clicks_and_commands(told)
    assert found == []


def test_once_they_are_no_longer_kept_they_are_asked_for(shown: Tale, monkeypatch: pytest.MonkeyPatch) -> None:
    scenes.in_review(shown)
    shown.stage.pump()
    monkeypatch.setattr(policies, "KEPT_FOR", 0.0)
    with asked_for_names(shown) as found:
        clicks_and_commands(shown)
    assert len(found) >= 3


def test_a_card_says_a_rung_as_the_policy_does_from_its_change_on(told: Tale) -> None:
    names = replace(SHIPPED_POLICY, rung_names={Rung.VP: "Bereichsleitung"})
    scenes.asks(told, 5)
    told.stage.pump()
    with told.stage.bot.db.begin() as session:
        set_policy(session, told.stage.ws.id, names, "operator", told.stage.clock.now())
    scenes.in_review(told)
    told.stage.pump()
    assert "as Bereichsleitung" in scenes.everything(told.cast.vera)
    assert "as VP" not in scenes.everything(told.cast.vera)
