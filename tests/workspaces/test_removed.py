"""Removing the app: silence at once, everything kept for a while, then nothing."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest

from app.db.models import Base, Workspace
from app.slack.workspaces import NotInstalled
from app.workflows.people import installs
from demo.company import found
from demo.stage import Stage
from demo.stories import Telling
from sandbox import Limits
from sandbox.world import events
from tests.databases import DatabaseUrls, Servers
from tests.e2e.house import BriskStage
from tests.e2e.scenes import in_review
from tests.workspaces.office import rotating

DAY, HOUR = timedelta(days=1), timedelta(hours=1)
LIMITS = Limits(rates=False, ack_seconds=20, trigger_seconds=20, retry_delays=(0.02, 0.05, 0.1))


@pytest.fixture
def stage(database_urls: DatabaseUrls) -> Iterator[Stage]:
    """One company that installed the bot over the pages, and Slack over HTTP."""
    with opened(database_urls()) as stage:
        yield stage


@pytest.fixture
def lite(servers: Servers) -> Iterator[Stage]:
    """As ``stage``, on SQLite alone: for what no database can change."""
    with opened(servers.of("sqlite").url()) as stage:
        yield stage


def opened(url: str) -> Stage:
    return BriskStage(database_url=url, http=True, many=True, limits=LIMITS)


def stored(stage: Stage) -> Workspace | None:
    with stage.bot.db.read() as session:
        return session.get(Workspace, stage.ws.id)


def erase(stage: Stage) -> bool:
    """What the clock does every hour. Whether anything was erased."""
    before = stored(stage) is not None
    stage.bot.clean_up()
    return before and stored(stage) is None


def test_a_workspace_that_removes_it_hears_nothing_more_and_goes_on_where_it_stood(stage: Stage) -> None:
    told = Telling(stage, found(stage))
    in_review(told)
    stage.pump()
    vera, calls = told.cast.vera, len(stage.slack.requests())
    heard = len(vera.sees())
    stage.ws.uninstall()
    stage.travel(9 * DAY)
    assert len(stage.slack.requests()) == calls, "Slack is not called at all, nor told anything it would refuse"
    with pytest.raises(NotInstalled):
        stage.bot.workspaces.client(stage.ws.id)
    assert not erase(stage)
    stage.install(stage.ws)
    stage.travel(timedelta(hours=26))  # the eleventh of November is a holiday in New York
    assert len(vera.sees()) > heard, "the deadline passed meanwhile, and is said now"
    assert stored(stage) is not None


def test_after_its_time_it_is_erased_and_begins_anew(stage: Stage) -> None:
    told = Telling(stage, found(stage))
    in_review(told)
    stage.pump()
    stage.ws.uninstall()
    stage.slack.settle()
    stage.travel(30 * DAY - timedelta(minutes=1))
    assert not erase(stage)
    stage.travel(timedelta(minutes=2))
    assert erase(stage)
    assert not erase(stage)
    assert stored(stage) is None
    with stage.bot.db.read() as session:
        left = [t.name for t in Base.metadata.sorted_tables if session.execute(t.select().limit(1)).first() is not None]
    assert left == []
    stage.install(stage.ws)
    told.cast.sam.command("/escalate", "Move the warehouse", told.cast.retail)
    stage.pump()
    assert told.name_of(told.cast.sam) == "D-1"


def test_looking_at_once_replicas_erase_a_workspace_once(stage: Stage) -> None:
    in_review(Telling(stage, found(stage)))
    stage.ws.uninstall()
    stage.slack.settle()
    stage.clock.advance(31 * DAY)
    with ThreadPoolExecutor(4) as pool:
        assert sum(pool.map(lambda _: stage.bot.due.erase_once(30 * DAY), range(4))) == 1


def test_a_word_about_an_install_that_was_replaced_since_comes_too_late(lite: Stage) -> None:
    lite.ws.uninstall()
    lite.slack.settle()
    late = lite.slack.deliveries("events_api", "app_uninstalled")[-1].payload
    lite.clock.advance(timedelta(minutes=5))
    lite.install(lite.ws)
    lite.slack.world.deliver("app_uninstalled", late)
    lite.slack.settle()
    lite.slack.wait_for(lambda: len(lite.slack.deliveries("events_api", "app_uninstalled")) == 2)
    assert lite.bot.workspaces.client(lite.ws.id).auth_test()["team_id"] == lite.ws.id


def test_somebodys_own_token_that_is_revoked_changes_nothing(lite: Stage) -> None:
    event = {"type": "tokens_revoked", "tokens": {"oauth": ["U1"], "bot": []}}
    with lite.slack.world.locked():
        events.emit(lite.slack.world, lite.ws.state, "tokens_revoked", event)
    lite.slack.settle()
    lite.slack.wait_for(lambda: any(d.acked for d in lite.slack.deliveries("events_api", "tokens_revoked")))
    assert lite.bot.workspaces.client(lite.ws.id).auth_test()["ok"]


def test_what_a_person_does_in_a_workspace_that_removed_it_is_answered_in_words(lite: Stage) -> None:
    told = Telling(lite, found(lite))
    with lite.bot.db.begin() as session:
        installs.forget(session, lite.ws.id, None, False, lite.clock.now() + DAY, lite.clock.now())
    told.cast.sam.command("/escalate", "Move the warehouse", told.cast.retail)
    lite.slack.settle()
    assert "isn't installed in this workspace" in "\n".join(m.shown for m in told.cast.sam.sees(told.cast.retail))


def test_with_a_token_in_the_settings_silence_is_kept_too_and_ends_when_it_works_again(
    servers: Servers,
) -> None:
    with Stage(database_url=servers.of("sqlite").url(), http=True) as stage:
        told = Telling(stage, found(stage))
        in_review(told)
        stage.pump()
        calls = len(stage.slack.requests())
        stage.ws.uninstall()
        stage.travel(2 * DAY)
        assert len(stage.slack.requests()) == calls
        row = stored(stage)
        assert row is not None
        assert row.uninstalled_at is not None
        with stage.bot.db.begin() as session:
            installs.back(session, stage.ws.id)
        row = stored(stage)
        assert row is not None
        assert row.uninstalled_at is None


# ── orgs ────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_whole_org_works_on_one_install_and_falls_silent_as_one(lite: Stage) -> None:
    org = lite.slack.grid("Umbrella")
    shops, ads = lite.add_workspace("Umbrella Retail", org), lite.add_workspace("Umbrella Ads", org)
    lite.install(org)
    for number, team in enumerate((shops, ads)):
        hank = team.add_user("Hank")
        hank.command("/escalate", f"Close plant {number}")
        lite.pump()
        card = hank.latest()
        assert card is not None
        hank.click(card, "answer:days")
        lite.pump()
        assert "Question 2" in "\n".join(m.shown for m in hank.sees())
    assert [r.error for r in lite.slack.requests() if not r.ok] == []
    calls = len(lite.slack.requests())
    org.uninstall()
    lite.travel(4 * DAY)
    assert len(lite.slack.requests()) == calls
    for team in (shops, ads):
        with pytest.raises(NotInstalled):
            lite.bot.workspaces.client(team.id)
    assert lite.bot.workspaces.client(lite.ws.id).auth_test()["ok"], "Acme is its own"


def test_a_workspace_that_added_it_for_itself_stays_when_its_org_removes_it(lite: Stage) -> None:
    org = lite.slack.grid("Umbrella")
    shops = lite.add_workspace("Umbrella Retail", org)
    lite.install(org)
    lite.clock.advance(timedelta(minutes=1))
    lite.install(shops)
    lite.clock.advance(timedelta(minutes=1))
    org.uninstall()
    lite.slack.settle()
    assert lite.bot.workspaces.client(shops.id).auth_test()["team_id"] == shops.id


def test_what_is_sent_at_night_is_sent_with_a_token_that_was_renewed_for_it(servers: Servers) -> None:
    """Nobody does anything for days: no delivery comes that could renew a token, and reminders go out all the same."""
    url = servers.of("sqlite").url()
    with Stage(database_url=url, http=True, many=True, limits=LIMITS, manifest=rotating()) as stage:
        told = Telling(stage, found(stage))
        in_review(told)
        stage.pump()
        heard = len(told.cast.vera.sees())
        stage.travel(4 * DAY)
        stage.bot.renew_tokens()
        asked = renewals(stage)
        stage.clock.advance(10 * HOUR)
        stage.bot.renew_tokens()
        assert renewals(stage) == asked + 1, "also where nothing is sent"
        assert len(told.cast.vera.sees()) > heard
        assert [r.error for r in stage.slack.requests() if not r.ok] == []


def renewals(stage: Stage) -> int:
    return sum(1 for r in stage.slack.requests("oauth.v2.access") if r.args.get("grant_type") == "refresh_token")
