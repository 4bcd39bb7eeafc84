"""Choosing a person: of those who may, where they are few and known; of everybody, where anybody may."""

from collections.abc import Collection

from app.domain.ladder import Ladder, Rung
from app.domain.permissions import bar_raisers, signers
from app.slack.views.blocks import Block, select, users_select
from app.slack.views.scene import Scene
from app.words.ladder import rung_said

MOST_OFFERED = 100
"""Options of one select."""


def may_sign_as(scene: Scene, rung: Rung | None, but: Collection[str] = ()) -> list[str]:
    """Who may sign in a seat, the nearest first, by the ladder that the decision climbs and by the one of today: the
    same rule as ``permissions.check_signs_as``. Empty where the ladder keeps nobody out. No rung: the bar raiser's."""
    decision = scene.decision
    ladders = [one for one in (decision.ladder, scene.ladder) if one is not None]
    able = [user for ladder in ladders for user in _able(rung, ladder)]
    gone = {user for user, person in scene.people.items() if not person.active or person.guest or person.bot}
    out = {decision.requester_id, *gone, *but}
    return [user for user in dict.fromkeys(able) if user not in out]


def _able(rung: Rung | None, ladder: Ladder) -> list[str]:
    return bar_raisers(ladder) if rung is None else signers(rung, ladder)


def signer_select(scene: Scene, rung: Rung | None, initial: str | None = None, but: Collection[str] = ()) -> Block:
    """Only those whom the form takes, by name; a picker of everybody where the ladder keeps nobody out, or where Slack
    has not told us what somebody is called. Whoever may not is not chosen from the beginning either."""
    return _chosen_of(scene, may_sign_as(scene, rung, but), initial, but)


def decider_select(scene: Scene, able: Collection[str], but: Collection[str] = ()) -> Block:
    """Those who could decide for a team, by name; a picker of everybody where nobody else was named."""
    return _chosen_of(scene, [user for user in able if user not in but], None, but)


def _chosen_of(scene: Scene, able: list[str], initial: str | None, but: Collection[str]) -> Block:
    names = {user: scene.people[user].name for user in able if user in scene.people and scene.people[user].name}
    if not able or len(names) < len(able):
        return users_select(initial if initial not in but else None, "Choose a person")
    options = [(f"{names[user][:50]} · {_seat(scene, user)}", user) for user in able[:MOST_OFFERED]]
    return select(options, initial, "Choose a person")


def _seat(scene: Scene, user: str) -> str:
    """Where somebody sits, or for whom they stand in."""
    for ladder in (scene.decision.ladder, scene.ladder):
        if ladder is None:
            continue
        rung = next((rung for rung, seated in ladder.seats.items() if user in seated), None)
        if rung is not None:
            return rung_said(rung)
        if user in ladder.bar_raisers:
            return "bar raiser"
    if any(user in row.others for row in scene.decision.approvals):
        return "decides there too"
    return "deputy"
