"""The table of who may do what, once more through the real app: hidden buttons clicked and hidden forms sent."""

import json
from datetime import datetime, timedelta
from typing import Any

import pytest
from slack_bolt import BoltRequest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.db.models import AuditEvent, Decision, DigestPlan, FollowUp, Journey, MapTeam, Participant, Seat, Signer
from app.db.models import Person as PersonRow
from app.slack.ids import Act, Modal
from app.slack.listeners.table import FORMS
from app.workflows.opening import ensure_workspace
from app.workflows.triage import intake
from sandbox import Person
from tests.access.cells import expected
from tests.access.kinds import Kind
from tests.access.table import ROWS, Row
from tests.e2e import scenes
from tests.e2e.house import Tale
from tests.e2e.scenes import does
from tests.workflows.colleagues import ADA, RITA

OTHER = "T0ELSEWHERE"
KNOWN = timedelta(days=365)
"""How far ahead somebody counts as looked up: what the test says of them stays."""

WRITTEN = (AuditEvent, Decision, DigestPlan, FollowUp, Participant, Seat, Signer)
SENT = {*Act, *(f"form:{modal.value}" for modal in Modal if modal in FORMS)}
"""What a click or a form sends; what is only read has no button that sends it."""

UNWELCOME = (Kind.COLLEAGUE, Kind.GUEST, Kind.STRANGER, Kind.ELSEWHERE, Kind.SWITCHED_OFF)

HIDDEN_FROM = (Kind.COLLEAGUE, Kind.GUEST)
"""Who hears something else where the decision is private."""

FILLED: dict[str, Any] = {
    "text": {"value": "Who pays?"}, "reason": {"value": "Nobody stands in for her"}, "why": {"value": "x y z"},
    "how": {"value": "x"}, "on": {"selected_date": "2026-11-20"}, "happened": {"value": "x"},
    "decide_by": {"selected_date": "2026-11-20"}, "right": {"selected_option": {"value": "yes"}},
    "sentence": {"value": "Move the warehouse"}, "metric": {"value": "returns"}, "title": {"value": "Move it"},
    "days": {"selected_options": [{"value": "0"}]}, "on_": {"selected_option": {"value": "on"}},
    "kind": {"selected_option": {"value": "narrative"}}, "degree": {"selected_option": {"value": "disagree"}},
    "result": {"selected_option": {"value": "keep"}}, "until": {"selected_date": "2026-11-20"},
    "answer": {"selected_option": {"value": "approve"}}, "decided": {"value": "x"}, "reasons": {"value": "x"},
    "at": {"selected_time": "09:30"}, "revisit": {"selected_date": "2026-11-20"}, "name": {"value": "Payments"},
    "arm": {"selected_option": {"value": "none"}},
    "rows": {"value": "metric,arm,seen,hits,source\nclicks,one slot,10,1,dashboard"},
}  # fmt: skip


OF_A_MAP = (Act.MAP_DOWN, Act.TEAM_OPEN, f"form:{Modal.TEAM.value}")
"""They name a map, where their row of the table names a team on it."""


class Forger:
    """Sends what no window offers, straight to the app."""

    def __init__(self, t: Tale, id: int) -> None:
        self.t, self.id = t, id

    def packed(self, by: str) -> str:
        vera, omar = self.t.cast.vera.id, self.t.cast.omar.id
        value = {"d": self.id, "q": "undo", "a": "months", "v": 1, "p": 1, "old": vera, "to": omar, "rung": "vp"}
        if by in (Act.RESOLVE, Act.REPLY_OPEN, Act.CLOSE_QUESTION_OPEN, "form:reply", "form:close_question"):
            value["q"] = 1
        if by in (Act.SIGN_OPEN, "form:sign"):
            value["a"] = "approve"
        if by == "form:below":
            value["a"] = "cannot_decide"
        return json.dumps(
            {
                **value,
                "look": "review",
                "s": "two_way" if "policy" in by else "opening",
                "n": 1,
                "r": 1,
                "j": 1,
                "t": 1,
                "days": 1,
                "on": True,
                "c": self.t.cast.retail.id,
            }
        )

    def answer(self, by: str, kind: Kind, person: Person) -> str:
        """What somebody hears who sends this; empty where nothing is said."""
        t, world = self.t, self.t.stage.slack.world
        team = OTHER if kind is Kind.ELSEWHERE else t.stage.ws.id
        home = OTHER if kind in (Kind.ELSEWHERE, Kind.STRANGER) else team
        user = "U0ELSEWHERE" if kind is Kind.ELSEWHERE else person.id
        body: dict[str, Any] = {"team": {"id": team}, "user": {"id": user, "team_id": home}, "api_app_id": "A1"}
        filled = {**FILLED, "to": {"selected_user": t.cast.nia.id}, "person": {"selected_user": t.cast.nia.id}}
        filled |= {"signer": {"selected_user": t.cast.vera.id}, "bar_raiser": {"selected_user": t.cast.kenji.id}}
        values = {field: {"value": value} for field, value in filled.items()}
        body["trigger_id"] = f"{kind.name}.{by}.{self.id}"
        if by.startswith("form:"):
            block = {"type": "input", "block_id": "said"}
            view = {"type": "modal", "callback_id": by[5:], "private_metadata": self.packed(by), "blocks": [block]}
            body |= {"type": "view_submission", "view": {**view, "state": {"values": values}}}
        else:
            retail = t.cast.retail
            with world.locked():
                url = world.new_response_url(t.stage.ws.state, retail.state, person.id, "1.1")
            action = {"type": "button", "action_id": by, "block_id": "b", "value": self.packed(by)}
            body |= {"type": "block_actions", "actions": [action], "state": {"values": values}, "response_url": url}
        said = t.stage.bot.app.dispatch(BoltRequest(mode="socket_mode", body=body))
        assert said.status == 200, (by, kind)
        t.stage.listened()  # a refusal follows the ack
        if by.startswith("form:"):
            answer = json.loads(said.body or "{}")
            return str(next(iter((answer.get("errors") or {"": ""}).values())))
        shown = person.latest(t.cast.retail)
        return shown.text if shown else ""


def person_of(t: Tale, kind: Kind, guest: Person) -> Person:
    """Strangers and switched-off accounts are the requester, but for that."""
    return {Kind.COLLEAGUE: t.cast.omar, Kind.GUEST: guest}.get(kind, t.cast.sam)


def heard(t: Tale, row: Row, kind: Kind, by: str, *, private: bool) -> str:
    """What the table says, with the people of this company; a form shows names instead of mentions."""
    said = expected(row, kind, "D-1", private=private) or ""
    if by in OF_A_MAP:
        said = said.replace("That team is on no map any more.", "I can't find that map here.")
    for who, here in ((RITA, t.cast.sam), (ADA, t.cast.dana)):
        said = said.replace(f"<@{who}>", here.name if by.startswith("form:") else f"<@{here.id}>")
    return said


@pytest.mark.parametrize("private", [False, True], ids=["public", "private"])
def test_no_hidden_button_and_no_hidden_form_serves_whom_it_is_not_for(shown: Tale, private: bool) -> None:
    t, sam = shown, shown.cast.sam
    id = scenes.in_review(t)
    guest = t.stage.ws.add_user("Gus", guest=True)
    t.stage.slack.world.teams[t.stage.ws.id].channels[t.cast.retail.id].members.append(guest.id)
    later = t.stage.clock.now() + KNOWN

    def introduce(session: Session) -> None:
        ensure_workspace(session, OTHER, t.stage.clock.now())
        who = ((OTHER, "U0ELSEWHERE", False), (t.stage.ws.id, guest.id, True), (t.stage.ws.id, t.cast.omar.id, False))
        for team, user, is_guest in who:
            session.merge(
                PersonRow(
                    workspace_id=team, user_id=user, name=user, tz="UTC", active=True, guest=is_guest, outside=False,
                    bot=False, muted=False, home_opened=False, looked_up_at=later,
                )
            )  # fmt: skip
        mapped = {"workspace_id": t.stage.ws.id, "name": "Checkout"}
        journey = Journey(**mapped, private=False, by=sam.id, at=t.stage.clock.now())
        session.add(journey)
        session.flush()
        session.add(
            MapTeam(
                **mapped, journey_id=journey.id, lever="Controls the cutoff", days=2.0, deciders=[t.cast.priya.id],
                deputies={},
            )
        )  # fmt: skip
        intake.set_private(session, id, private, scenes.actor(t, sam), t.stage.clock.now())

    does(t, introduce)
    history, wrong, forger = _everything(t), [], Forger(t, id)
    for kind in HIDDEN_FROM if private else UNWELCOME:
        if kind is Kind.SWITCHED_OFF:
            does(t, lambda s: _switch_off(s, t.stage.ws.id, sam.id, later))
        for row in ROWS:
            meant = expected(row, kind, "D-1", private=private)
            for by in row.by:
                if meant is None or by not in SENT:
                    continue
                said = forger.answer(by, kind, person_of(t, kind, guest))
                if said != heard(t, row, kind, by, private=private):
                    wrong.append((kind.value, by, said, meant))
    assert wrong == []
    assert _everything(t) == history, "somebody changed something after all"
    t.stage.seen = max(r.number for r in t.stage.slack.requests())


def _switch_off(session: Session, team: str, user: str, later: datetime) -> None:
    row = session.get_one(PersonRow, (team, user))
    row.active, row.looked_up_at = False, later


def _everything(t: Tale) -> list[int]:
    with t.stage.bot.db.read() as session:
        return [session.scalar(select(func.count()).select_from(table)) or 0 for table in WRITTEN]
