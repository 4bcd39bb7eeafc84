"""Tables, alerts and containers where the workspace takes them, and what stood there before where it does not."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from app.settings import Settings
from app.slack.blocks_accepted import Accepted, Newer
from sandbox import Limits, Person
from sandbox.world.model import Message, View
from tests.e2e import scenes
from tests.e2e.house import BriskStage, Tale, settled
from tests.e2e.test_digests import digests, plan
from tests.e2e.test_surfaces_people import private, status_line

NEWER = ("alert", "container", "data_table", "entity")


@pytest.fixture
def fresh(shown: Tale) -> Iterator[Tale]:
    """A workspace nobody has sent a newer block to."""
    shown.stage.bot.outbox.sending.accepted.forget(shown.stage.ws.id)
    yield shown
    shown.stage.ws.lacks()
    shown.stage.bot.outbox.sending.accepted.forget(shown.stage.ws.id)


def kinds(message: Message) -> list[str]:
    return [block["type"] for block in message.blocks]


def listed(tale: Tale) -> Message:
    """What ``/escalate list`` answers."""
    tale.command(tale.cast.vera, "list", tale.cast.retail)
    tale.stage.calm()
    return tale.looks(tale.cast.vera, tale.cast.retail)


def test_a_list_is_a_table_whose_text_holds_the_same_lines_for_older_clients(fresh: Tale) -> None:
    cast = fresh.cast
    scenes.in_review(fresh)
    for _ in range(2):
        message = listed(fresh)
        assert kinds(message) == ["header", "data_table", "actions"]
        row = message.blocks[1]["rows"][1]
        assert (row[0]["text"], row[3]["text"]) == ("D-1", "Fri 6 Nov")
        leaves = row[2]["elements"][0]["elements"]
        assert [leaf.get("user_id") or leaf["text"] for leaf in leaves] == ["You and ", cast.kenji.id, " sign"]
        assert message.text.startswith("1 open decision, the oldest deadline first.\n*D-1*")
        assert message.text.endswith(f"You and <@{cast.kenji.id}> sign by *Fri 6 Nov*.")
    cast.vera.click(message, "D-1")
    fresh.stage.pump()
    assert "asks for your answer" in scenes.last(cast.vera)


def test_where_the_table_is_refused_the_list_is_as_before_and_that_is_remembered(fresh: Tale) -> None:
    fresh.stage.ws.lacks(*NEWER)
    fresh.stage.meant.update({"blocks.validate: invalid_blocks", "chat.postMessage: invalid_blocks"})
    scenes.in_review(fresh)
    for _ in range(2):
        message = listed(fresh)
        assert kinds(message) == ["header", "section"]
        assert f"You and <@{fresh.cast.kenji.id}> sign by *Fri 6 Nov*" in scenes.text(message)
    fresh.stage.ws.lacks()
    assert kinds(listed(fresh)) == ["header", "section"], "asked once"


def test_where_nobody_says_in_time_what_is_taken_the_list_is_as_before_and_asked_again(fresh: Tale) -> None:
    scenes.in_review(fresh)
    fresh.stage.slack.faults.add("unavailable", method="blocks.validate")
    assert kinds(listed(fresh)) == ["header", "section"]
    fresh.stage.slack.faults.clear()
    assert "data_table" in kinds(listed(fresh))


def test_an_empty_list_tells_nobody_what_is_taken(fresh: Tale) -> None:
    fresh.command(fresh.cast.nia, "list", fresh.cast.retail)
    assert fresh.stage.bot.outbox.sending.accepted.takes(fresh.stage.ws.id, Newer.TABLE) is None
    assert "Nothing is open" in scenes.last(fresh.cast.nia, fresh.cast.retail)


DOUBTED = "Everybody knows returns are a disaster."
ADVICE = "disaster"


def form(tale: Tale) -> View:
    """Sam's memo, opened."""
    tale.taps(tale.cast.sam, "memo_open")
    view = tale.stage.slack.wait_for(lambda: tale.cast.sam.modal)
    tale.cast.sam.close_modal()
    tale.stage.pump()
    return view


@pytest.mark.parametrize(("lacks", "kind"), [((), "alert"), (NEWER, "context")])
def test_advice_in_a_form_is_an_alert_and_a_line_where_alerts_are_refused(
    fresh: Tale, lacks: tuple[str, ...], kind: str
) -> None:
    fresh.stage.ws.lacks(*lacks)
    fresh.stage.meant.update(("views.open: invalid_arguments",) if lacks else ())
    scenes.drafting(fresh, data=DOUBTED)
    fresh.stage.pump()
    for _ in range(2):
        (advice,) = [block for block in form(fresh).blocks if ADVICE in str(block) and block["type"] != "input"]
        assert advice["type"] == kind
    refused = [r for r in fresh.stage.slack.requests("views.open") if r.number > fresh.stage.seen and not r.ok]
    assert len(refused) == bool(lacks), "asked once"


@pytest.mark.parametrize("lacks", [(), NEWER])
def test_a_digest_folds_what_waits_away_where_the_workspace_can(fresh: Tale, lacks: tuple[str, ...]) -> None:
    fresh.stage.ws.lacks(*lacks)
    fresh.stage.meant.update(("chat.postMessage: invalid_blocks",) if lacks else ())
    scenes.in_review(fresh)
    scenes.drafting(fresh)
    plan(fresh, "mon 9:00 America/New_York")
    fresh.stage.travel(timedelta(days=7, hours=1))
    (digest,) = digests(fresh)
    if lacks:
        assert "container" not in kinds(digest)
        assert digest.text == "2 open decisions, 1 overdue. See who acts next."
    else:
        late, rest = [block for block in digest.blocks if block["type"] == "container"]
        assert (late["title"]["text"], late["default_collapsed"]) == ("Overdue (1)", False)
        assert (rest["title"]["text"], rest["default_collapsed"]) == ("Waiting (1)", True)
        assert "overdue since" in digest.text, "older clients read what is urgent"
    assert "D-1" in scenes.text(digest)
    assert "D-2" in scenes.text(digest)


def test_what_a_workspace_takes_is_kept_by_workspace_and_asked_anew_after_a_removal() -> None:
    accepted = Accepted()
    accepted.note("T1", Newer.TABLE, False)
    assert accepted.send("T1", Newer.TABLE, bool) is False
    assert accepted.send("T2", Newer.TABLE, bool) is True
    assert accepted.takes("T1", Newer.ALERT) is None
    accepted.forget("T1")
    assert accepted.takes("T1", Newer.TABLE) is None
    assert accepted.takes("T2", Newer.TABLE) is True


PAGES = "https://wiki.acme.test/decisions"


@pytest.fixture
def paged(tmp_path: Path) -> Iterator[Tale]:
    """A company whose decisions have a page of their own."""

    def with_pages(settings: Settings) -> Settings:
        return settings.model_copy(update={"threshold_decisions_url": PAGES})

    url = f"sqlite:///{tmp_path}/paged.db"
    with BriskStage(database_url=url, limits=Limits(rates=False), settings=with_pages) as stage:
        stage.meant, stage.seen = set(), 0
        yield Tale(stage, settled(stage))
        assert stage.refused() == []


def objects(message: Message) -> list[dict[str, Any]]:
    return [one["entity"] for one in message.attachments if "entity" in one]


def test_a_channels_line_is_a_work_object_and_its_pane_shows_each_reader_what_they_may_see(paged: Tale) -> None:
    cast, stage = paged.cast, paged.stage
    id = scenes.in_review(paged)
    (shown,) = objects(status_line(paged))
    assert (shown["url"], shown["external_ref"]["id"]) == (f"{PAGES}/D-1", "D-1")
    assert shown["entity_payload"]["fields"]["due_date"]["value"] == "2026-11-06"
    assert scenes.DECISION in scenes.text(status_line(paged)), "older clients read the line"

    def opens(person: Person) -> dict[str, Any]:
        person.open_entity(line, f"{PAGES}/D-1")
        stage.calm()
        return stage.slack.wait_for(lambda: person.flexpane)

    line = status_line(paged)
    pane = opens(cast.vera)
    rows = {row["key"]: row["value"] for row in pane["metadata"]["entity_payload"]["custom_fields"]}
    assert rows["next"] == "You and Kenji sign by Fri 6 Nov."
    assert rows["rung"] == "VP"
    private(paged, id, True)
    assert objects(status_line(paged)) == [], "what is private stands in no channel"
    told = opens_again(paged, line, cast.nia)
    assert told["metadata"] is None
    assert scenes.DECISION not in str(told)


def opens_again(tale: Tale, line: Message, person: Person) -> dict[str, Any]:
    """Somebody whose window still shows the work object opens it."""
    team = tale.stage.slack.world.teams[tale.stage.ws.id]
    with tale.stage.slack.world.locked():
        team.channels[line.channel].messages[line.ts].attachments = line.attachments
    person.open_entity(line, f"{PAGES}/D-1")
    tale.stage.calm()
    return tale.stage.slack.wait_for(lambda: person.flexpane)


def test_where_work_objects_are_refused_the_line_stands_alone(paged: Tale) -> None:
    paged.stage.ws.lacks("entity")
    paged.stage.meant = {"chat.postMessage: invalid_metadata_format"}
    scenes.in_review(paged)
    assert objects(status_line(paged)) == []
    assert scenes.DECISION in scenes.text(status_line(paged))
    refused = [r for r in paged.stage.slack.requests("chat.postMessage") if not r.ok]
    assert len(refused) == 1, "asked once"
