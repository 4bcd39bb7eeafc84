"""Tokens: renewed before they run out, by one of us; sealed, and sealed anew; found for whoever is at hand."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import timedelta

import pytest

from app.db.secret_columns import BadKey, Box, WrongKey, new_key, reseal
from app.db.session import Database
from app.domain.errors import Busy
from app.slack.workspaces import NotInstalled, Refreshing
from app.words.errors import busy
from demo.stage import KEY
from tests.workspaces.office import Office, replica

HOUR = timedelta(hours=1)


def renewals(office: Office) -> int:
    return sum(1 for r in office.slack.requests("oauth.v2.access") if r.args.get("grant_type") == "refresh_token")


def test_a_token_is_renewed_two_hours_before_its_end_and_not_earlier(office: Office) -> None:
    acme = office.team()
    first = office.installed.token(acme.id).bot_token
    office.clock.advance(10 * HOUR - timedelta(minutes=1))
    office.installed.refresh_due()
    assert renewals(office) == 0
    office.clock.advance(timedelta(minutes=2))
    office.installed.refresh_due()
    assert renewals(office) == 1
    assert office.installed.token(acme.id).bot_token != first
    for _ in range(6):  # three days, looked at now and then
        office.clock.advance(10 * HOUR)
        office.installed.refresh_due()
        assert office.speaks_for(acme) == acme.id
    assert renewals(office) == 7


def test_a_token_that_ran_out_while_nobody_was_awake_is_renewed_by_whoever_needs_it(office: Office) -> None:
    acme = office.team()
    office.clock.advance(timedelta(days=4))
    assert office.speaks_for(acme) == acme.id
    assert renewals(office) == 1


def test_replicas_that_look_at_once_renew_a_token_once_and_lose_none(office: Office) -> None:
    teams = [office.team(name) for name in ("Acme", "Globex", "Initech")]
    beside = [Database(office.db.engine.url.render_as_string(hide_password=False)) for _ in range(3)]
    replicas = [office.installed, *(replica(office.slack, db, office.clock) for db in beside)]
    with ThreadPoolExecutor(4) as pool:
        for turn in range(1, 3):
            office.clock.advance(11 * HOUR)
            for done in [pool.submit(one.refresh_due) for one in replicas]:
                done.result()
            assert renewals(office) == 3 * turn
            assert [one.client(t.id).auth_test()["team_id"] for one in replicas for t in teams] == 4 * [
                t.id for t in teams
            ]
    for db in beside:
        db.close()


def test_what_slack_gave_while_the_database_was_away_is_kept_as_soon_as_it_is_back(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    acme = office.team()
    office.clock.advance(11 * HOUR)
    begin, turns = office.db.begin, iter([True])

    @contextmanager
    def away_after_one() -> Iterator[object]:
        if not next(turns, False):
            raise busy()
        with begin() as session:
            yield session

    with monkeypatch.context() as patch:
        patch.setattr(office.db, "begin", away_after_one)
        with pytest.raises(Busy):
            office.installed.refresh_due()
    office.installed.refresh_due()
    assert renewals(office) == 1, "the refresh token was good once, and it was used"
    office.clock.advance(2 * HOUR)
    assert office.speaks_for(acme) == acme.id


@pytest.mark.parametrize("fault", ["server_error", "timeout_before", "ratelimited"])
def test_a_renewal_that_slack_does_not_answer_is_tried_again_and_the_old_token_goes_on(
    office: Office, fault: str
) -> None:
    acme = office.team()
    office.clock.advance(10 * HOUR)
    office.slack.faults.add(fault, method="oauth.v2.access", times=1, seconds=0.1)  # type: ignore[arg-type]
    office.installed.refresh_due()
    assert office.speaks_for(acme) == acme.id
    office.clock.advance(timedelta(minutes=1))
    office.installed.refresh_due()
    office.clock.advance(3 * HOUR)
    assert office.speaks_for(acme) == acme.id


def test_a_renewal_that_is_refused_is_said_and_ends_when_the_token_does(
    office: Office, caplog: pytest.LogCaptureFixture
) -> None:
    acme = office.team()
    office.slack.world.refreshes.clear()
    office.clock.advance(10 * HOUR)
    office.installed.refresh_due()
    assert "Slack does not renew the token of Acme (invalid_refresh_token)" in caplog.text
    assert office.speaks_for(acme) == acme.id
    office.clock.advance(3 * HOUR)
    with pytest.raises(Refreshing):
        office.installed.client(acme.id)
    office.add(acme)
    assert office.speaks_for(acme) == acme.id


def test_nobody_speaks_where_nobody_installed_it(office: Office) -> None:
    office.team()
    with pytest.raises(NotInstalled):
        office.installed.client(office.slack.workspace("Globex", installed=False).id)


def test_installing_again_leaves_one_token_a_workspace(office: Office) -> None:
    acme, globex = office.team(), office.team("Globex")
    for _ in range(3):
        office.add(acme)
    assert office.cells().count("gAAAA") == 8, "two tokens, with the bot and with the install, of two workspaces"
    assert (office.speaks_for(acme), office.speaks_for(globex)) == (acme.id, globex.id)


# ── keys ────────────────────────────────────────────────────────────────────────────────────────────────


def test_every_key_opens_and_the_first_one_seals() -> None:
    old, new = new_key(), new_key()
    sealed = Box(old).seal("xoxb-1")
    both = Box(f"{new}, {old}")
    assert both.open(sealed) == "xoxb-1"
    assert Box(new).open(both.seal("xoxb-2")) == "xoxb-2"
    with pytest.raises(WrongKey):
        Box(new).open(sealed)


@pytest.mark.parametrize("keys", ["", ",", "short", "x" * 44, f"{KEY},nonsense"])
def test_what_is_no_key_is_refused(keys: str) -> None:
    with pytest.raises(BadKey):
        Box(keys)


def test_a_key_is_changed_without_a_pause(office: Office) -> None:
    acme, new = office.team(), new_key()
    before = office.cells()
    assert reseal(office.db, Box(f"{new},{KEY}")) == 4
    assert not {cell for cell in before.split("'") if cell.startswith("gAAAA")} & set(office.cells().split("'"))
    assert replica(office.slack, office.db, office.clock, new).client(acme.id).auth_test()["team_id"] == acme.id
    with pytest.raises(NotInstalled):
        office.installed.client(acme.id)


def test_a_token_that_is_renewed_while_it_is_sealed_anew_is_not_undone(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    acme, box = office.team(), Box(f"{new_key()},{KEY}")
    renewed = box.renewed

    def slowly(sealed: str) -> str:
        office.clock.advance(11 * HOUR)
        office.installed.refresh_due()
        return renewed(sealed)

    monkeypatch.setattr(box, "renewed", slowly)
    reseal(office.db, box)
    assert replica(office.slack, office.db, office.clock).client(acme.id).auth_test()["team_id"] == acme.id
