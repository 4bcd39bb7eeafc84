"""Everything that can go wrong between Slack and the bot, at random: the decision still ends where it should, every
move is made once, and every message is seen once."""

import random
from collections import Counter
from collections.abc import Callable
from datetime import timedelta
from typing import get_args

import pytest

from app.domain.lifecycle import Status
from demo.stories import StoryBroke
from sandbox import FaultKind, Person
from tests.e2e import scenes
from tests.e2e.house import Tale

METHODS = (
    "chat.postMessage", "chat.update", "conversations.open", "conversations.history", "users.info", "views.open", "",
)  # fmt: skip
TO_SLACK = [
    kind for kind in get_args(FaultKind) if kind not in ("duplicate", "reorder", "delay", "lose_ack", "close_sockets")
]
FROM_SLACK: tuple[FaultKind, ...] = ("duplicate", "lose_ack", "delay")
MOST_TRIES = 10
"""Presses until a patient person gives up."""


class Storm:
    """Draws faults from a seed, and keeps what it drew for a failing test to print."""

    def __init__(self, told: Tale, seed: int) -> None:
        self.told, self.random, self.drawn = told, random.Random(seed), [f"seed {seed}"]

    def blow(self) -> None:
        faults = self.told.stage.slack.faults
        faults.clear()
        for _ in range(self.random.randint(1, 3)):
            kind, method, times = self.random.choice(TO_SLACK), self.random.choice(METHODS), self.random.randint(1, 2)
            faults.add(kind, method=method, times=times, seconds=0.02, retry_after=self.random.randint(1, 40))
            self.drawn.append(f"{kind} {method or 'anything'} ×{times}")
        if self.random.random() < 0.5:
            kind = self.random.choice(FROM_SLACK)
            faults.add(kind, event="interactive", seconds=0.02)
            self.drawn.append(f"{kind} of a click")

    def until(self, done: Callable[[], bool], attempt: Callable[[], object]) -> None:
        """As people do: what did not work is pressed again, until it stands on the card."""
        for _ in range(MOST_TRIES):
            self.blow()
            try:
                attempt()
            except StoryBroke as why:  # the card is not there yet, or not any more
                self.drawn.append(str(why))
            self.told.stage.travel(timedelta(minutes=3))
            if done():
                return
        raise AssertionError("\n".join(self.drawn))

    def form(self, person: Person, what: str, values: dict[str, object]) -> None:
        """Press, fill in, submit; a form that stayed open from before is submitted again."""
        if person.modal is None:
            person.click(self.told.card(person, what), what)
            self.told.stage.calm()
        if person.modal is not None:
            done = person.submit(values)
            if done.acked and done.errors:
                person.close_modal()


def read_first(storm: Storm, id: int) -> None:
    """Out as a pre-read to Vera, who asks and calls it resolved: the sync is called off, once for each."""
    told, cast = storm.told, storm.told.cast

    def sends() -> None:
        storm.form(cast.sam, "preread_open", {"readers": [cast.vera]})
        if cast.sam.modal is not None and cast.sam.modal.body.get("submit"):
            cast.sam.submit({})
        if cast.sam.modal is not None:
            cast.sam.close_modal(everything=True)

    def asked() -> list[int]:
        return [one.id for one in scenes.decision(told, id).remarks if one.resolved_at is None]

    def resolves() -> None:
        cast.vera.click(told.card(cast.vera, "remark_resolve"), f"remark_resolve:{asked()[0]}")

    words: dict[str, object] = {"part": "all", "text": "Who pays for January?"}
    storm.until(lambda: scenes.happened(told, id, "preread") >= 1, sends)
    storm.until(lambda: bool(asked()), lambda: storm.form(cast.vera, "remark_open:question", words))
    storm.until(lambda: not asked(), resolves)
    drawn = "\n".join(storm.drawn)
    assert scenes.happened(told, id, "preread") == scenes.happened(told, id, "sync_off") == 1, drawn
    assert scenes.said(told, id, "sync_off") == 2, drawn


def live_through(told: Tale, seed: int) -> None:
    cast, storm = told.cast, Storm(told, seed)
    told.stage.meant |= {f"views.open: {late}_trigger_id" for late in ("exchanged", "expired")}  # a form opens once
    id = scenes.drafting(told)

    def status() -> Status:
        return scenes.decision(told, id).status

    def signed(times: int) -> Callable[[], bool]:
        return lambda: scenes.happened(told, id, "sign") >= times

    read_first(storm, id)
    sending: dict[str, object] = {"signer": cast.vera, "bar_raiser": cast.kenji, "decide_by": "2026-11-06"}
    storm.until(lambda: status() is Status.IN_REVIEW, lambda: storm.form(cast.sam, "send_open", sending))
    storm.until(signed(1), lambda: storm.form(cast.vera, "sign_open:not_yet", {"said": "Yes, if Legal agrees."}))
    storm.until(
        lambda: status() is Status.IN_REVIEW, lambda: storm.form(cast.sam, "condition_open", {"how": "Legal agreed."})
    )
    storm.until(signed(2), lambda: storm.form(cast.vera, "sign_open:approve", {"said": "Go."}))
    storm.until(signed(3), lambda: storm.form(cast.kenji, "sign_open:approve", {"said": "Go."}))
    told.stage.slack.faults.clear()
    told.stage.travel(timedelta(minutes=5))

    drawn = "\n".join(storm.drawn)
    assert status() is Status.APPROVED, drawn
    moves = {what: scenes.happened(told, id, what) for what in ("send", "ask_condition", "meet_condition", "approve")}
    assert set(moves.values()) == {1}, f"{moves}\n{drawn}"
    assert scenes.happened(told, id, "sign") == 3, drawn
    keys = Counter(str(m.metadata) for room in told.stage.ws.rooms for m in room.messages if m.metadata)
    assert set(keys.values()) == {1}, drawn
    for person in (cast.vera, cast.kenji):
        assert scenes.count(person, "You approved") == 1, drawn
    assert scenes.count(cast.dana, "*approved*", cast.retail) == 1, drawn
    assert scenes.said(told, id, "approved") == 1, drawn
    assert told.stage.bot.auditor.run(mend=False) == [], drawn


@pytest.mark.parametrize("seed", [1, 2])
def test_in_any_weather_a_decision_ends_where_it_should(told: Tale, seed: int) -> None:
    live_through(told, seed)


@pytest.mark.soak
@pytest.mark.timeout(600)
@pytest.mark.parametrize("seed", range(100, 150))
def test_the_same_in_fifty_other_storms(told: Tale, seed: int) -> None:
    live_through(told, seed)
