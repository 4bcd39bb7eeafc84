"""Adding the app: through the pages, over real HTTP, to every end there is."""

import re
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager
from datetime import timedelta
from typing import Any

import pytest
from slack_sdk import WebClient
from sqlalchemy.orm import Session

from app.db.session import Database
from app.slack.http import Door, web_app
from app.slack.installing import States, flow
from app.slack.workspaces import NotInstalled
from app.words.errors import busy
from demo.browser import Browser
from tests.workspaces.office import Office


def test_a_workspace_is_added_and_spoken_for(office: Office) -> None:
    first = office.browser.get(f"{office.url}/slack/install")
    assert first.title == "Add Threshold to Slack"
    acme = office.slack.workspace("Acme", installed=False)
    last = office.add(acme)
    assert last.title == "Threshold is in Acme"
    assert last.link.startswith("https://slack.com/app_redirect?")
    assert office.speaks_for(acme) == acme.id
    for page in (first, last):
        assert page.headers["cache-control"] == "no-store"
        assert page.headers["referrer-policy"] == "no-referrer"
        assert "default-src 'none'" in page.headers["content-security-policy"]


def test_a_name_is_shown_as_it_is_and_never_as_markup(office: Office) -> None:
    page = office.add(office.slack.workspace("<b>Acme</b> & Söhne", installed=False))
    assert page.title == "Threshold is in <b>Acme</b> & Söhne"
    assert "<b>" not in page.html


def test_whoever_cancels_is_told_that_nothing_happened(office: Office) -> None:
    acme = office.slack.workspace("Acme", installed=False)
    page = office.browser.get(office.browser.consent(office.url, acme, deny=True))
    assert (page.status, page.title) == (200, "Nothing was installed")
    assert page.link == f"{office.url}/slack/install"
    assert "access_denied" not in page.html


def test_the_way_back_works_once(office: Office) -> None:
    back = office.browser.consent(office.url, office.slack.workspace("Acme", installed=False))
    assert office.browser.get(back).status == 200
    cookie = office.browser.cookies[f"127.0.0.1:{office.door.port}"]
    cookie["slack-app-oauth-state"] = back.partition("state=")[2]
    again = office.browser.get(back)
    assert (again.status, again.title) == (401, "That link has run out")


def test_the_way_back_works_for_ten_minutes(office: Office) -> None:
    back = office.browser.consent(office.url, office.slack.workspace("Acme", installed=False))
    office.clock.advance(timedelta(minutes=10))
    assert office.browser.get(back).title == "That link has run out"


def test_somebody_elses_browser_can_not_end_what_mine_began(office: Office) -> None:
    back = office.browser.consent(office.url, office.slack.workspace("Acme", installed=False))
    page = Browser().get(back)
    assert (page.status, page.title) == (400, "That link has run out")


@pytest.mark.parametrize(
    ("query", "status"),
    [("", 400), ("state=", 400), ("state=made-up&code=1", 400), ("code=1", 400), ("error=%3Cscript%3E", 200)],
)
def test_an_address_that_somebody_made_up_ends_on_a_page(office: Office, query: str, status: int) -> None:
    page = office.browser.get(f"{office.url}/slack/oauth_redirect?{query}")
    assert page.status == status
    assert page.title
    assert "script" not in page.html


def test_a_code_that_slack_does_not_take_ends_on_a_page(office: Office) -> None:
    back = office.browser.consent(office.url, office.slack.workspace("Acme", installed=False))
    start, _, state = back.partition("state=")
    page = office.browser.get(f"{start.partition('?')[0]}?code=forged&state={state}")
    assert (page.status, page.title) == (401, "Slack did not finish it")
    assert "forged" not in page.html


@pytest.mark.parametrize("fault", ["server_error", "timeout_before", "corrupt"])
def test_slack_that_does_not_answer_ends_on_a_page(office: Office, fault: Any) -> None:
    back = office.browser.consent(office.url, office.slack.workspace("Acme", installed=False))
    office.slack.faults.add(fault, method="oauth.v2.access", seconds=0.1)
    page = office.browser.get(back)
    assert page.status in (401, 502)
    assert page.title in ("Slack did not answer", "Slack did not finish it")


def test_a_database_that_is_away_ends_on_a_page_and_the_install_can_be_begun_again(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    acme = office.slack.workspace("Acme", installed=False)
    back = office.browser.consent(office.url, acme)

    def away() -> AbstractContextManager[Session]:
        raise busy()

    with monkeypatch.context() as patch:
        patch.setattr(office.db, "begin", away)
        for url in (f"{office.url}/slack/install", back):
            page = office.browser.get(url)
            assert (page.status, page.title) == (503, "I can't reach my records right now")
    office.add(acme)
    assert office.speaks_for(acme) == acme.id


def test_a_state_serves_one_of_many_who_ask_at_once(office: Office) -> None:
    states = States(office.db, office.clock.now)
    state = states.issue()
    with ThreadPoolExecutor(8) as pool:
        assert sum(pool.map(lambda _: states.consume(state), range(8))) == 1


def test_states_that_ran_out_are_swept_away(office: Office) -> None:
    states = States(office.db, office.clock.now)
    old = states.issue()
    office.clock.advance(timedelta(minutes=11))
    states.issue()
    assert old not in office.cells()


def test_no_token_and_no_code_stands_in_any_column_or_line(office: Office, caplog: pytest.LogCaptureFixture) -> None:
    """Fresh from the install, after a renewal, and after installing again."""
    caplog.set_level("DEBUG", "app")
    acme = office.team()
    world, seen = office.slack.world, set[str]()
    for step in (lambda: office.clock.advance(timedelta(hours=11)), lambda: office.add(acme), lambda: None):
        seen |= {*world.tokens, *world.refreshes}
        step()
        office.installed.refresh_due()
    assert len(seen) >= 4
    cells = office.cells()
    assert [token for token in seen if token in cells or token in caplog.text] == []
    assert re.findall("xox[bep]-", cells) == [], "a sealed token may hold an “xox” by chance, but hardly this"
    assert cells.count("gAAAA") == 4, "a bot token and its refresh token, with the bot and with the install"


def test_only_those_whom_the_settings_name_are_added(db: Database, caplog: pytest.LogCaptureFixture) -> None:
    with Office.opened(db) as first:  # to learn the ids: they are given in order
        listed = frozenset({first.slack.workspace("Acme", installed=False).id})
    with Office.opened(db, may_install=listed) as office:
        acme, other = (office.slack.workspace(name, installed=False) for name in ("Acme", "Other"))
        assert acme.id in listed
        page = office.browser.install(office.url, other)
        assert (page.status, page.title) == (403, "This workspace is not on the list")
        assert other.id in page.html
        assert f"an install in {other.id} was refused" in caplog.text
        assert other.bot_token in office.slack.world.revoked, "the token is nobody's"
        with pytest.raises(NotInstalled):
            office.speaks_for(other)
        assert office.add(acme).title == "Threshold is in Acme"
        assert office.speaks_for(acme) == acme.id


def test_an_org_on_the_list_brings_its_workspaces_and_a_workspace_does_not_bring_its_org(db: Database) -> None:
    with Office.opened(db) as first:
        org = first.slack.grid("Acme Group")
        org_id, team_id = org.id, first.slack.workspace("North", installed=False, org=org).id
    for listed, wide, single in ((org_id, True, True), (team_id, False, True)):
        with Office.opened(db, may_install=frozenset({listed})) as office:
            org = office.slack.grid("Acme Group")
            north = office.slack.workspace("North", installed=False, org=org)
            assert (org.id, north.id) == (org_id, team_id)
            assert (office.browser.install(office.url, org).status == 200) is wide
            assert (office.browser.install(office.url, north).status == 200) is single


def test_where_it_works_already_a_refused_install_takes_nothing_away(db: Database) -> None:
    with Office.opened(db) as office:
        acme = office.slack.workspace("Acme", installed=False)
        office.add(acme)
        way = flow(
            office.installed, States(db, office.clock.now), WebClient(base_url=office.slack.api_url),
            office.slack.client_id, office.slack.client_secret, office.slack.api_url, may_install=frozenset({"TOTHER"}),
        )  # fmt: skip
        door = Door(web_app(None, lambda: None, way_in=way), "127.0.0.1", 0, threads=2)
        door.start()
        try:
            office.slack.redirect_to(f"http://127.0.0.1:{door.port}/slack/oauth_redirect")
            page = office.browser.install(f"http://127.0.0.1:{door.port}", acme)
        finally:
            door.close()
        assert page.status == 403
        assert office.speaks_for(acme) == acme.id


def test_a_slack_that_does_not_take_it_out_again_changes_nothing_about_the_no(db: Database) -> None:
    with Office.opened(db, may_install=frozenset({"TOTHER"})) as office:
        office.slack.faults.add("server_error", method="apps.uninstall", times=9)
        acme = office.slack.workspace("Acme", installed=False)
        assert office.browser.install(office.url, acme).status == 403
        with pytest.raises(NotInstalled):
            office.speaks_for(acme)
