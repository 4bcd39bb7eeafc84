"""What Slack delivers, signed: a command, a click in a triage, a sign-off. And the decisions that they are about."""

import json
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any
from urllib.parse import urlencode

from slack_sdk.signature import SignatureVerifier
from sqlalchemy import update

from app.db.models import Decision, MemoVersion, Outbox, Participant, Person, Signer, Workspace
from app.db.session import Database
from app.domain.answers import Answers
from app.domain.ladder import Rung
from app.domain.lifecycle import Status
from app.domain.memo.parts import Memo
from app.domain.signing.signoff import Answer
from app.domain.triage.doors import Door
from app.domain.triage.questions import Question
from app.slack.ids import Act, Modal, pack
from app.workflows.admission import Actor
from app.workflows.triage import intake
from benchmarks.silent_slack import SECRET, TEAM

PEOPLE = 40
"""Requesters of a workspace; each has triages of their own."""
VERIFIER = SignatureVerifier(SECRET)
_triggers = count(1)


@dataclass(frozen=True)
class Delivery:
    """A body to POST to ``/slack/events``."""

    body: str

    def headers(self) -> dict[str, str]:
        """Signed now: a signature of five minutes ago is refused."""
        at = str(int(time.time()))
        return {
            "Content-Type": "application/x-www-form-urlencoded",
            "X-Slack-Request-Timestamp": at,
            "X-Slack-Signature": VERIFIER.generate_signature(timestamp=at, body=self.body) or "",
        }


def command(user: str, team: str = TEAM) -> Delivery:
    return Delivery(
        urlencode(
            {
                "command": "/escalate", "text": f"Tighten the return policy {next(_triggers)}", "team_id": team,
                "user_id": user, "channel_id": "C1", "channel_name": "retail", "api_app_id": "A1",
                "trigger_id": f"{next(_triggers)}.bench", "response_url": "http://127.0.0.1:9/none",
            }
        )
    )  # fmt: skip


def _interactive(kind: str, user: str, team: str, **more: Any) -> Delivery:
    payload = {
        "type": kind, "team": {"id": team, "domain": "bench"}, "user": {"id": user, "team_id": team},
        "api_app_id": "A1", "trigger_id": f"{next(_triggers)}.bench", **more,
    }  # fmt: skip
    return Delivery(urlencode({"payload": json.dumps(payload)}))


def answer(user: str, decision: int, team: str = TEAM) -> Delivery:
    """The first question of a triage is answered with a tap."""
    tapped = {"type": "button", "action_id": Act.ANSWER.value, "block_id": "b", "action_ts": "1.1"}
    value = pack(d=decision, q=Question.UNDO.value, a="months")
    channel = {"id": f"D{user}", "name": "directmessage"}
    return _interactive("block_actions", user, team, channel=channel, actions=[{**tapped, "value": value}])


def sign_off(user: str, decision: int, team: str = TEAM) -> Delivery:
    """A signer submits their approval."""
    view = {
        "id": "V1", "type": "modal", "callback_id": Modal.SIGN.value, "blocks": [],
        "private_metadata": pack(d=decision, a=Answer.APPROVE.value, v=1),
        "state": {"values": {"said": {"value": {"type": "plain_text_input", "value": "Yes."}}}},
    }  # fmt: skip
    return _interactive("view_submission", user, team, view=view)


# ── what they are about ─────────────────────────────────────────────────────────────────────────────────


def settle_in(db: Database, teams: int = 1) -> None:
    """Workspaces T1, T2, … whose people are known."""
    now = datetime.now(UTC)
    with db.begin() as session:
        for team in team_names(teams):
            session.add(Workspace(id=team, next_number=1, created_at=now))
            session.flush()
            session.add_all(
                Person(workspace_id=team, user_id=f"U{n}", name=f"Person {n}", tz="UTC", looked_up_at=now)
                for n in range(PEOPLE + 2)
            )


def team_names(teams: int) -> list[str]:
    return [f"T{n}" for n in range(1, teams + 1)]


def triages(db: Database, many: int, team: str = TEAM) -> Iterator[Delivery]:
    """Taps on ``many`` new triages, their requesters in turn."""
    ids = []
    with db.begin() as session:
        for n in range(many):
            user = f"U{n % PEOPLE}"
            ids.append((user, intake.start(session, f"Decision {n}", Actor(team, user), datetime.now(UTC)).id))
    _nothing_to_say(db)
    return (answer(user, id, team) for user, id in ids)


def reviews(db: Database, many: int, team: str = TEAM) -> Iterator[Delivery]:
    """The approvals of the first of two signers of ``many`` decisions in review."""
    now, found = datetime.now(UTC), []
    memo = Memo("We tighten the policy.", "It is a promise.", "4% (source: dashboard).", "$9 a day.", "Approve it.")
    with db.begin() as session:
        for n in range(many):
            requester = f"U{n % PEOPLE}"
            d = Decision(
                workspace_id=team, number=1_000_000 + n, title=f"Review {n}", status=Status.IN_REVIEW,
                door=Door.ONE_WAY, rung=Rung.VP, requester_id=requester, owner_id=requester, private=False,
                channel_id="C1", answers=Answers(), memo_version=1, created_at=now, touched_at=now, sent_at=now,
                deadline_at=now + timedelta(days=3),
            )  # fmt: skip
            session.add(d)
            session.flush()
            signers = (f"U{PEOPLE}", f"U{PEOPLE + 1}")
            row = {"workspace_id": team, "decision_id": d.id}
            session.add(MemoVersion(**row, number=1, memo=memo, author_id=requester, created_at=now))
            session.add_all(Signer(**row, user_id=user, rung=Rung.VP, asked_at=now) for user in signers)
            session.add_all(Participant(**row, user_id=user) for user in (requester, *signers))
            found.append((signers[0], d.id))
    return (sign_off(user, id, team) for user, id in found)


def _nothing_to_say(db: Database) -> None:
    """What was said while the decisions were made is not what is measured."""
    with db.begin() as session:
        session.execute(update(Outbox).where(Outbox.done_at.is_(None)).values(done_at=datetime.now(UTC)))
