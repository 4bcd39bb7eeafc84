"""The maps: who sees and changes them, a lever that is asked for, and days that were measured."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from app.db import influence, locks, roster
from app.db.models import MapTeam
from app.domain.errors import NotAllowed, NotFound, NotNow, Unreadable
from app.domain.influence.journeys import lines_fingerprint
from app.domain.influence.measured import Measured
from app.domain.people.working_time import WorkingTime
from app.workflows.influence import approvals, maps
from app.workflows.influence.maps import TeamSaid
from app.workflows.memo import save as save_memo
from app.workflows.signing import delegation, sending
from app.workflows.signing.sending import Sending
from tests.workflows.colleagues import ADA, BEA, EVE, MEMO, MIA, OTTO, PAT, RITA, VERA, Company

LEVER = "Controls the checkout cutoff, can delay it by five days"


def team(company: Company, journey: int, name: str, *deciders: str, by: str = RITA, **said: Any) -> int:
    lines = TeamSaid(name, deciders, **{"lever": LEVER, "days": 2.0, "metric": "Conversion", "unit": "points",
                                       "effect": 0.4, **said})  # fmt: skip
    found = company.do(maps.save_team, journey, None, lines, by=by)
    assert isinstance(found, MapTeam)
    return found.id


def begin(company: Company, name: str = "Checkout", private: bool = False, by: str = RITA) -> int:
    return int(company.do(maps.begin_map, name, private, by=by).id)


def seen(company: Company, by: str) -> list[str]:
    with company.db.read() as session:
        return [journey.name for journey, _ in maps.seen(session, company.actor(by))]


def row(company: Company, id: int) -> MapTeam:
    with company.db.read() as session:
        found = influence.team(session, company.team, id)
        assert found
        return found


def test_a_private_map_is_for_its_maker_and_whoever_decides_on_it_and_nobody_learns_of_it(company: Company) -> None:
    journey = begin(company, private=True)
    id = team(company, journey, "Payments", PAT, deputy=EVE)
    assert [seen(company, who) for who in (RITA, PAT, EVE)] == [["Checkout"]] * 3
    for who in (OTTO, ADA):
        assert seen(company, who) == []
        with pytest.raises(NotFound, match="can't find that map"):
            company.do(maps.take_off, id, by=who)
        assert begin(company, private=True, by=who) > journey, "nor by trying its name"
    company.do(maps.rename_map, journey, "Checkout", False)
    assert seen(company, OTTO) == ["Checkout", "Checkout"]


def test_its_maker_the_keepers_and_whoever_decides_there_change_it_and_nobody_else(company: Company) -> None:
    journey = begin(company)
    id = team(company, journey, "Payments", PAT)
    lines = TeamSaid("Payments", [PAT], lever="Signs the payment terms", days=3.0)
    for who in (PAT, ADA, RITA):
        company.do(maps.save_team, journey, id, lines, by=who)
    with pytest.raises(NotAllowed, match="Whoever made this map changes it"):
        company.do(maps.save_team, journey, id, lines, by=OTTO)
    with pytest.raises(NotAllowed):
        company.do(maps.save_team, journey, None, TeamSaid("Legal"), by=PAT)
    with pytest.raises(NotAllowed):
        company.do(maps.take_down, journey, by=PAT)
    company.do(maps.take_off, id, by=ADA)
    company.do(maps.take_down, journey, by=ADA)
    assert seen(company, RITA) == []


def test_what_can_not_be_is_pointed_at(company: Company) -> None:
    journey = begin(company)
    first = team(company, journey, "Payments", PAT)
    second = team(company, journey, "Legal", EVE, after=[first])
    refused = [
        (TeamSaid("  "), "name"), (TeamSaid("payments"), "name"), (TeamSaid("A", days=-1.0), "days"),
        (TeamSaid("A", effect=1.0), "metric"), (TeamSaid("A", metric="NPS"), "effect"),
        (TeamSaid("A", [PAT], PAT), "deputy"), (TeamSaid("A", after=[99]), "after"),
        (TeamSaid("A", [f"U{at}" for at in range(21)]), "deciders"),
    ]  # fmt: skip
    for said, field in refused:
        with pytest.raises(Unreadable) as error:
            company.do(maps.save_team, journey, None, said)
        assert error.value.field == field, said
    with pytest.raises(Unreadable, match="wait for the other"):
        company.do(maps.save_team, journey, first, TeamSaid("Payments", [PAT], after=[second]))
    with pytest.raises(Unreadable, match="a map of that name"):
        begin(company, " checkout ")


def test_a_team_without_a_lever_is_asked_for_it_once_and_its_maker_hears(company: Company) -> None:
    journey = begin(company)
    id = team(company, journey, "Payments", PAT, lever="", days=None)
    assert company.do(maps.ask_lever, id) == [PAT]
    with pytest.raises(NotNow, match="within the last day"):
        company.do(maps.ask_lever, id)
    company.do(maps.say_lever, id, LEVER, 3.0, by=PAT)
    assert (row(company, id).lever, row(company, id).days) == (LEVER, 3.0)
    replies = [(one.recipient, one.args["view"]) for one in company.messages("reply")]
    assert replies[-2:] == [(PAT, "lever_asked"), (RITA, "lever_said")]
    with pytest.raises(NotNow, match="has said"):
        company.do(maps.ask_lever, id)


def test_who_is_in_a_user_group_decides_as_the_group_changes(company: Company) -> None:
    journey = begin(company)
    id = team(company, journey, "Payments", PAT, EVE, group=("S1", "payments"))
    with company.db.begin() as session:
        maps.follow_group(session, company.team, "S1", [EVE, OTTO], "pay")
    assert (row(company, id).deciders, row(company, id).group_name) == ([EVE, OTTO], "pay")
    with company.db.begin() as session:
        maps.follow_group(session, company.team, "S1", [], "pay")
        maps.follow_group(session, company.team, "S2", [PAT], "x")
    assert row(company, id).deciders == [EVE, OTTO], "an empty group decides nothing"


def test_a_number_is_given_once_and_who_changes_what_somebody_changed_meanwhile_is_told(company: Company) -> None:
    journey = begin(company)
    first = team(company, journey, "Payments", PAT)
    read = lines_fingerprint(row(company, first))
    said = TeamSaid("Payments", [PAT], lever="Signs the terms", days=3.0)
    actor = company.actor(RITA)
    with company.db.begin() as session:
        maps.save_team(session, journey, first, said, actor, company.now, read)
    with company.db.begin() as session:
        maps.save_team(session, journey, first, said, actor, company.now, read)  # the same once more
    with pytest.raises(NotNow, match="Somebody changed this team meanwhile"), company.db.begin() as session:
        maps.save_team(session, journey, first, replace(said, days=9.0), actor, company.now, read)
    assert row(company, first).days == 3.0
    company.do(maps.take_off, first)
    assert team(company, journey, "Legal", EVE) > first, "a decision that touched the one never touches the other"
    company.do(maps.take_down, journey)
    assert begin(company, private=True, by=OTTO) > journey


def test_in_a_group_whoever_left_is_passed_over_and_stops_no_later_change(company: Company) -> None:
    journey = begin(company)
    left(company, EVE)
    with pytest.raises(Unreadable, match="Nobody in that group"):
        team(company, journey, "Payments", EVE, group=("S1", "payments"))
    id = team(company, journey, "Payments", EVE, PAT, group=("S1", "payments"))
    assert row(company, id).deciders == [PAT]
    legal = team(company, journey, "Legal", OTTO)
    left(company, OTTO)
    company.do(maps.save_team, journey, legal, TeamSaid("Legal", [OTTO], lever="Signs the terms"))
    assert row(company, legal).lever == "Signs the terms"


# ── measured ────────────────────────────────────────────────────────────────────────────────────────────


def asked(company: Company, id: int, who: str, days: float | None) -> None:
    """A decision asks one team, whose decider answers after so many working days; None: never."""
    company.do(maps.save_team, row(company, id).journey_id, id, _lines(company, id, who))
    decision = company.drafting()
    company.do(approvals.touch, decision, [id])
    company.do(save_memo, decision, MEMO, 0)
    by = company.now.date() + timedelta(days=20)
    company.do(sending.send, decision, Sending(VERA, BEA, by, late=True))
    if days is not None:
        before, whole = company.now, int(days)
        company.later(days=whole, hours=round((days - whole) * 8))
        company.sign(decision, who)
        company.now = before


def _lines(company: Company, id: int, who: str) -> TeamSaid:
    found = row(company, id)
    return TeamSaid(found.name, [who], lever=found.lever, days=found.days)


def measured(company: Company, id: int) -> Measured | None:
    with company.db.read() as session:
        return maps.measured_of(session, company.team, [id], company.now).get(id)


def test_days_are_measured_in_the_deciders_own_working_time_and_taken_over_by_a_tap(company: Company) -> None:
    """Each works from 9 to 17: from 10 on Monday to 10 on Wednesday are two days; the silent one counts as waiting."""
    journey = begin(company)
    id = team(company, journey, "Payments", PAT)
    for who, days in ((PAT, 1), (EVE, 2), (PAT, 2.5), (EVE, 3)):
        asked(company, id, who, days)
    assert measured(company, id) is None, "two people are no crowd"
    with pytest.raises(NotNow, match="too few answers"):
        company.do(maps.take_measured, id)
    asked(company, id, OTTO, None)
    assert measured(company, id) is None, "who was asked and is silent makes no crowd"
    asked(company, id, OTTO, 4)
    company.later(days=4)
    found = measured(company, id)
    assert found is not None
    assert (found.asked, found.answers, found.median) == (6, 5, 2.5)
    assert "as measured" in company.do(maps.take_measured, id)
    assert (row(company, id).days, row(company, id).measured) == (2.5, True)
    with pytest.raises(NotNow, match="already"):
        company.do(maps.take_measured, id)
    company.do(maps.save_team, journey, id, TeamSaid("Payments", [PAT], lever=LEVER, days=1.0))
    assert not row(company, id).measured, "somebody says otherwise"


def test_who_answers_in_somebodys_place_answers_for_the_team_and_a_weekend_is_no_wait(company: Company) -> None:
    company.now += timedelta(days=4)  # Friday, 10 in the morning
    journey = begin(company)
    id = team(company, journey, "Payments", PAT, EVE, deputy=OTTO)
    decision = company.drafting()
    company.do(approvals.touch, decision, [id])
    company.do(save_memo, decision, MEMO, 0)
    company.do(sending.send, decision, Sending(VERA, BEA, date(2026, 12, 4), late=True))
    company.do(delegation.hand_over, decision, OTTO, by=PAT)
    company.later(days=3)
    company.sign(decision, OTTO)
    with company.db.read() as session:
        (time,) = influence.times(session, company.team, [id], company.now)[id]
    assert (time.user, time.answered, time.days) == (OTTO, True, 1.0)


def test_an_erasure_takes_somebody_off_the_maps(company: Company) -> None:
    from app.workflows.record.erasing import erase_person

    journey = begin(company, by=PAT)
    id = team(company, journey, "Payments", PAT, EVE, by=PAT, deputy=OTTO)
    other = team(company, journey, "Legal", MIA, by=PAT, deputy=PAT)
    with company.db.begin() as session:
        erase_person(session, company.team, PAT, company.now)
    assert (row(company, id).deciders, row(company, id).deputies) == ([EVE], {EVE: OTTO})
    assert row(company, other).deputies == {}
    with company.db.read() as session:
        found = influence.journey(session, company.team, journey)
        assert found
        assert found.by == "left-1"
    company.do(maps.rename_map, journey, "Paying", False, by=ADA)


def left(company: Company, user: str) -> None:
    with company.db.begin() as session:
        locks.hold_person(session, company.team, user)
        person = roster.person(session, company.team, user)
        assert person
        person.active = False


def away(company: Company, user: str, *days: date) -> None:
    with company.db.begin() as session:
        locks.hold_person(session, company.team, user)
        person = roster.person(session, company.team, user)
        assert person
        person.working_time = WorkingTime(off=frozenset(days)).stored()
