"""Keepers change the workspace's ladder, whoever sits on a channel's that one; anybody else proposes, and hears."""

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.commands import keepers as keepers_command
from app.db import keepers as db_keepers
from app.db import roster
from app.db.models import Outbox
from app.domain.errors import NotAllowed, NotNow, Unreadable
from app.domain.ladder import Rung
from app.domain.permissions import may_change_ladder
from app.workflows.people import keepers, ladders, profiles
from app.workflows.people.profiles import Profile
from tests.domain.test_permissions import LADDERS, PEOPLE, WHO
from tests.workflows.colleagues import ADA, CHANNEL, DANA, EVE, MIA, OTTO, RITA, VERA, Company, called


def proposed(company: Company, by: str = RITA, channel: str = "", **seats: list[str]) -> int:
    found = company.do(keepers.propose, channel, seats or {"vp": [EVE]}, by=by)
    assert isinstance(found.id, int)
    return found.id


def cards(company: Company) -> list[str]:
    """Who was shown a proposal, in order."""
    return [one.recipient for one in company.messages("proposal")]


def replies(company: Company, to: str) -> list[Outbox]:
    return [one for one in company.messages("reply") if one.recipient == to]


def known_as(company: Company, user: str, **role: Any) -> None:
    """Slack says who somebody is."""
    with company.db.begin() as session:
        profiles.update(session, company.team, user, Profile(called(user), "UTC", **role), company.now)


def sits(company: Company, rung: Rung, channel: str | None = None) -> tuple[str, ...]:
    with company.db.read() as session:
        return roster.ladder_of(session, company.team, channel).seats[rung]


def test_no_colleague_seats_anybody_as_vp_and_the_sentence_names_who_does(company: Company) -> None:
    for channel, who in (("", RITA), ("", VERA), ("C2", RITA), (CHANNEL, RITA)):
        with pytest.raises(NotAllowed) as refused:
            company.do(ladders.seat, channel, {"vp": [RITA]}, by=who)
        assert f"<@{ADA}>" in refused.value.sentence
        assert "“/escalate ladder” proposes a change" in refused.value.sentence


def test_an_owner_of_slack_changes_it_and_whoever_sits_on_a_channels_own_that_one(company: Company) -> None:
    company.do(ladders.seat, "", {"slt": [EVE]}, by=ADA)
    company.do(ladders.seat, CHANNEL, {"peer": [EVE]}, by=MIA)
    assert sits(company, Rung.SLT) == (EVE,)
    assert sits(company, Rung.PEER, CHANNEL) == (EVE,)


def test_whoever_is_named_keeps_it_beside_owners_and_admins(company: Company) -> None:
    with pytest.raises(NotAllowed, match="Keepers name each other: <@UADA>"):
        company.do(keepers.name_keeper, RITA, by=RITA)
    company.do(keepers.name_keeper, OTTO, by=ADA)
    company.do(ladders.seat, "", {"slt": [EVE]}, by=OTTO)
    with pytest.raises(NotNow, match="keeper already"):
        company.do(keepers.name_keeper, OTTO, by=ADA)
    with company.db.read() as session:
        assert db_keepers.keepers(session, company.team) == [OTTO, ADA]
    assert replies(company, OTTO)[-1].args["view"] == "named_keeper"
    company.do(keepers.release_keeper, OTTO, by=ADA)
    with pytest.raises(NotAllowed):
        company.do(ladders.seat, "", {"slt": [RITA]}, by=OTTO)
    with pytest.raises(NotNow, match="Owners and admins of Slack stay keepers"):
        company.do(keepers.release_keeper, ADA, by=ADA)


def test_a_proposal_is_one_card_to_each_keeper_and_the_proposer_hears_what_became_of_it(company: Company) -> None:
    company.do(keepers.name_keeper, OTTO, by=ADA)
    id = proposed(company)
    assert sorted(cards(company)) == [ADA, OTTO]
    assert proposed(company) == id, "the same once more is no second one"
    assert sits(company, Rung.VP) == ()
    company.do(keepers.settle_proposal, id, True, by=OTTO)
    assert sits(company, Rung.VP) == (EVE,)
    assert [one.args["kept"] for one in replies(company, RITA) if one.args["view"] == "proposal_settled"] == [True]
    with pytest.raises(NotNow, match=f"<@{OTTO}> kept it already"):
        company.do(keepers.settle_proposal, id, False, by=ADA)
    other = proposed(company, slt=[RITA])
    company.do(keepers.settle_proposal, other, False, by=ADA)
    assert sits(company, Rung.SLT) == ()


def test_nobody_else_settles_a_proposal_not_even_the_proposer(company: Company) -> None:
    id = proposed(company)
    for who in (RITA, VERA, EVE):
        with pytest.raises(NotAllowed, match="Keepers settle what was proposed: <@UADA>"):
            company.do(keepers.settle_proposal, id, True, by=who)


def test_a_proposal_that_changes_nothing_is_none_and_one_of_somebody_who_left_is_refused(company: Company) -> None:
    assert company.do(keepers.propose, CHANNEL, {"vp": [VERA]}, by=RITA) is None
    known_as(company, EVE, active=False)
    with pytest.raises(Unreadable) as refused:
        proposed(company)
    assert refused.value.field == "vp"


def test_where_slack_names_nobody_the_sentence_says_what_to_do_and_the_proposal_waits(company: Company) -> None:
    known_as(company, ADA)  # no owner any more, and nobody else is known as one
    with pytest.raises(NotAllowed) as refused:
        company.do(ladders.seat, "", {"vp": [EVE]}, by=RITA)
    assert "Once one of them types “/escalate keepers” I know them" in refused.value.sentence
    assert "threshold keepers add" in refused.value.sentence
    id = proposed(company)
    assert cards(company) == []
    known_as(company, DANA, admin=True)
    assert cards(company) == [DANA], "whoever becomes one finds what waits"
    company.do(keepers.settle_proposal, id, True, by=DANA)
    assert sits(company, Rung.VP) == (EVE,)


def test_an_operator_lists_names_and_takes_back(company: Company) -> None:
    keepers_command.change_keepers(company.db, company.team, True, OTTO, company.now)
    lines = list(keepers_command.keepers(company.db, company.team))
    assert lines == [f"{OTTO}  Otto  named by operator on 23 Nov 2026", f"{ADA}  Ada  owner or admin of Slack"]
    company.do(ladders.seat, "", {"slt": [EVE]}, by=OTTO)
    keepers_command.change_keepers(company.db, company.team, False, OTTO, company.now)
    known_as(company, ADA)
    assert next(iter(keepers_command.keepers(company.db, company.team))).startswith("Nobody yet")


def test_whoever_left_or_became_a_guest_keeps_nothing(company: Company) -> None:
    for role in ({"active": False, "admin": True}, {"guest": True, "admin": True}):
        known_as(company, ADA, **role)
        with company.db.read() as session:
            assert db_keepers.keepers(session, company.team) == []
        known_as(company, ADA, admin=True)


@given(LADDERS, WHO, st.frozensets(st.sampled_from(PEOPLE)), st.sampled_from(["", "C1"]))
@settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
def test_a_ladder_is_changed_by_keepers_and_by_whoever_sits_on_a_channels(
    own: Any, user: str, keep: frozenset[str], channel: str
) -> None:
    allowed = may_change_ladder(user, own, keep, channel)
    assert allowed == (user in keep or (channel == "C1" and user in own.seated))
