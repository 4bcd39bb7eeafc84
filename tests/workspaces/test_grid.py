"""Enterprise Grid: whose a delivery is, and which token speaks."""

from datetime import timedelta
from typing import Any

import pytest

from app.slack.workspaces import NotInstalled, enterprise_of, is_org_wide, workspace_of
from tests.workspaces.office import Office

Json = dict[str, Any]


@pytest.mark.parametrize(
    ("body", "workspace", "enterprise", "wide"),
    [
        pytest.param({"team_id": "T1"}, "T1", None, False, id="a command"),
        pytest.param(
            {"team_id": "T1", "enterprise_id": "E1", "is_enterprise_install": "true"}, "T1", "E1", True,
            id="a command, org-wide",
        ),
        pytest.param({"team": {"id": "T1"}, "user": {"id": "U1", "team_id": "T2"}}, "T1", None, False, id="a click"),
        pytest.param(
            {"team": None, "enterprise": {"id": "E1"}, "is_enterprise_install": True, "user": {"team_id": "T1"}},
            "T1", "E1", True, id="a click, org-wide",
        ),
        pytest.param(
            {"team": None, "enterprise": {"id": "E1"}, "user": {"id": "U1"}, "view": {"team_id": "T1"}}, "T1", "E1",
            False, id="a form that names only its own team",
        ),
        pytest.param(
            {"team": {"id": "T2"}, "view": {"app_installed_team_id": "T1"}, "user": {"team_id": "T2"}}, "T1", None,
            False, id="a form opened from a shared channel",
        ),
        pytest.param(
            {"team_id": "T1", "authorizations": [{"team_id": "T1", "enterprise_id": None}]}, "T1", None, False,
            id="an event",
        ),
        pytest.param(
            {
                "team_id": "T1",
                "enterprise_id": "E1",
                "authorizations": [{"team_id": None, "enterprise_id": "E1", "is_enterprise_install": True}],
            },
            "T1", "E1", True, id="an event, org-wide",
        ),
        pytest.param(
            {"team_id": "E1", "context_team_id": "T1", "authorizations": [{"team_id": "E1"}]}, "T1", None, False,
            id="an event whose outer id is the org's",
        ),
        pytest.param({"team_id": "E1"}, None, None, False, id="nothing but an org"),
        pytest.param({"team": 7, "user": "U1", "view": [], "authorizations": {}}, None, None, False, id="nonsense"),
    ],
)  # fmt: skip
def test_whose_a_delivery_is(body: Json, workspace: str | None, enterprise: str | None, wide: bool) -> None:
    assert (workspace_of(body), enterprise_of(body), is_org_wide(body)) == (workspace, enterprise, wide)


def test_one_token_speaks_for_every_workspace_of_an_org(office: Office) -> None:
    org = office.slack.grid("Umbrella")
    one, two = office.team("Umbrella Retail", org=org, add=False), office.team("Umbrella Ads", org=org, add=False)
    for team in (one, two):
        office.is_here(team)
        with pytest.raises(NotInstalled):
            office.installed.client(team.id)
    page = office.add(org)
    assert page.title == "Threshold is in Umbrella"
    tokens = {office.installed.token(team.id).bot_token for team in (one, two)}
    assert len(tokens) == 1


def test_an_org_no_one_of_whose_workspaces_was_met_is_found_by_what_the_delivery_says(office: Office) -> None:
    org = office.slack.grid("Umbrella")
    team = office.team("Umbrella Retail", org=org, add=False)
    office.add(org)
    with pytest.raises(NotInstalled):
        office.installed.token(team.id)
    assert office.installed.token(team.id, org.id).enterprise_id == org.id


def test_an_orgs_token_says_nothing_for_a_workspace_outside(office: Office) -> None:
    org = office.slack.grid("Umbrella")
    office.team("Umbrella Retail", org=org, add=False)
    office.add(org)
    acme = office.slack.workspace("Acme", installed=False)
    office.is_here(acme)
    with pytest.raises(NotInstalled):
        office.installed.token(acme.id)


def test_where_a_workspace_and_its_org_both_installed_it_the_newer_one_speaks(office: Office) -> None:
    org = office.slack.grid("Umbrella")
    team = office.team("Umbrella Retail", org=org)
    own = office.installed.token(team.id)
    assert (own.team_id, own.enterprise_id) == (team.id, org.id)
    office.clock.advance(timedelta(minutes=1))
    office.add(org)
    assert office.installed.token(team.id).is_enterprise_install
    office.clock.advance(timedelta(minutes=1))
    office.add(team)
    assert not office.installed.token(team.id).is_enterprise_install


def test_an_orgs_token_is_renewed_too(office: Office) -> None:
    org = office.slack.grid("Umbrella")
    team = office.team("Umbrella Retail", org=org, add=False)
    office.is_here(team)
    office.add(org)
    office.clock.advance(timedelta(hours=11))
    office.installed.refresh_due()
    office.clock.advance(timedelta(hours=2))
    assert office.speaks_for(team) == team.id
