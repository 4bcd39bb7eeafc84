"""Somebody else gives what a signer was asked for: each team's yes whoever may decide there, and nobody else."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from app.db import influence, roster
from app.db.models import Approval, Decision, Signer
from app.domain.influence.asking import For
from app.domain.permissions import is_member
from app.domain.signing.standing import signing_now
from app.workflows.influence.approvals import back_on, names_of


@dataclass(frozen=True)
class Passed:
    """``lever``: the teams for which whoever signs instead decides from now on; empty: none. ``rest``: who is asked
    for the teams that they may not decide for, and for which."""

    lever: str
    rest: Mapping[str, str]


def who_else(session: Session, decision: Decision, signer: Signer) -> list[str]:
    """Who could decide in the place of a signer for the teams they decide for, who does not sign yet: those who may for
    all of them; where nobody may for all, whoever may for some. The nearest come first."""
    signs = {one.user_id for one in decision.signers}
    return [user for user in _for_all(_able(session, decision, signer.user_id)) if user not in signs]


def may_give(session: Session, decision: Decision, signer: Signer, to: str) -> list[str] | None:
    """None where somebody may decide in a signer's place for the teams they decide for; else who may. Where nobody else
    who is named there is still a member, the signer chooses."""
    others = _for_all(_able(session, decision, signer.user_id))
    return None if to in others or not others else others


def pass_on(session: Session, decision: Decision, signer: Signer, to: str, now: datetime) -> Passed:
    """Write down that ``to`` gives what a signer was asked for. A team's yes passes only to whoever may decide there;
    of the others it is asked of the first who is here and does not sign yet, else of the signer, as before."""
    old = signer.user_id
    able = _able(session, decision, old)
    people = roster.people(session, decision.workspace_id, {old, *(user for _, users in able for user in users)})
    signs = {one.user_id for one in signing_now(decision.signers)}
    by = decision.deadline_on or now.date()
    free = {user for user, one in people.items() if user not in signs and back_on(one, by, now) is None} - {old}
    stays = old in people and is_member(people[old])
    chooses = bool(signer.lever) and not any(users for _, users in able)
    rest: dict[str, list[Approval]] = {}
    for row in [row for row in decision.approvals if row.user_id == old and row.kind is not For.LEVER]:
        _give(row, to)
    for row, users in able:
        if to in users or chooses:
            _give(row, to)
            continue
        other = next((user for user in users if user in free), None) or (old if stays else next(iter(users), to))
        rest.setdefault(other, []).append(row)
        if other != old:
            _give(row, other)
    session.flush()
    return Passed(
        names_of(row.name for row in levers_given(decision, to)),
        {user: names_of(row.name for row in rows) for user, rows in rest.items() if user not in signs | {to}},
    )


def levers_given(decision: Decision, user: str) -> list[Approval]:
    return [row for row in decision.approvals if row.kind is For.LEVER and row.user_id == user]


def _able(session: Session, decision: Decision, old: str) -> list[tuple[Approval, Sequence[str]]]:
    """Each lever that somebody gives, and which members may give it beside them: as it was fixed, the nearest first,
    then whoever was named on the map since."""
    now_there = {team.id: team for team in influence.touched(session, decision)}
    found = []
    for row in levers_given(decision, old):
        team = now_there.get(row.team_id or 0)
        named = [*row.others, *([*team.deciders, *team.deputies.values()] if team else [])]
        found.append((row, [user for user in dict.fromkeys(named) if user not in (old, decision.requester_id)]))
    people = roster.people(session, decision.workspace_id, {user for _, users in found for user in users})
    members = {user for user, person in people.items() if is_member(person)}
    return [(row, [user for user in users if user in members]) for row, users in found]


def _for_all(able: Iterable[tuple[Approval, Sequence[str]]]) -> list[str]:
    each = [users for _, users in able]
    union = list(dict.fromkeys(user for users in each for user in users))
    return [user for user in union if all(user in users for users in each)] or union


def _give(row: Approval, to: str) -> None:
    """``in_place_of`` stays whoever was asked in the beginning; taken back, it is in nobody's place any more."""
    old = row.user_id
    row.others = [old, *(user for user in row.others if user not in (old, to))]
    row.user_id = to
    row.in_place_of = None if row.in_place_of == to else row.in_place_of or old
