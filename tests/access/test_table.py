"""Nobody unwelcome: everything that can be done, tried by every kind of person, refused in the words the table says."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from app.slack.ids import COMMAND, SHORTCUT, TRADEOFF_SHORTCUT, Act, Modal
from app.slack.listeners import EVENTS
from app.slack.views.replies.commands import COMMANDS
from tests.access.cells import attempt, expected, name_of
from tests.access.kinds import Kind, State, reach, settle_people
from tests.access.page import page
from tests.access.table import NOBODYS, ROWS, Row
from tests.databases import Servers
from tests.workflows.colleagues import Company


@pytest.fixture(scope="module")
def company(servers: Servers) -> Iterator[Company]:
    """One company for all cells: what a cell does is rolled back. On SQLite alone, since no database changes a rule."""
    from app.db.session import Database

    urls = servers.of("sqlite")
    url = urls.url()
    db = Database(url)
    yield settle_people(Company(db).settle_in())
    db.close()
    urls.drop(url)


@pytest.fixture(scope="module")
def reached(company: Company) -> dict[tuple[State, bool], int]:
    """A decision in every state, public and private."""
    return {(state, private): reach(company, state, private=private) for state in State for private in (False, True)}


def everything() -> set[str]:
    """All that the bot answers to, taken from the code itself."""
    commands = {f"{COMMAND} {typed}".strip() for typed, _ in COMMANDS}
    sentence = f"{COMMAND} {COMMANDS[1][0]}"
    assert sentence in commands
    names = (
        {act.value for act in Act} | {f"form:{modal.value}" for modal in Modal} | {SHORTCUT, TRADEOFF_SHORTCUT, *EVENTS}
    )
    return names | {COMMAND, f"{COMMAND} …"} | (commands - {sentence})


def test_the_table_has_a_row_for_everything_the_bot_answers_to() -> None:
    named = [by for row in ROWS for by in row.by]
    assert len(named) == len(set(named)), "one thing in two rows"
    assert not set(named) & set(NOBODYS)
    assert everything() == {*named, *NOBODYS} - {"message in a thread"}


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.does)
def test_everybody_is_let_in_or_refused_in_the_words_of_the_table(
    company: Company, reached: dict[tuple[State, bool], int], row: Row
) -> None:
    wrong = []
    for private in (False, True):
        id = reached[row.state or State.IN_REVIEW, private]
        name = name_of(company, id)
        for kind in Kind:
            said, wrote = attempt(company, row, id, kind)
            meant = expected(row, kind, name, private=private)
            if said != meant or (said is not None and wrote):
                wrong.append((kind.value, "private" if private else "public", said, meant, wrote))
    assert wrong == []


def test_every_refusal_is_a_sentence_that_says_what_to_do_or_who_may() -> None:
    for row in ROWS:
        for kind in Kind:
            for private in (False, True):
                said = expected(row, kind, "D-1", private=private)
                assert said is None or (said.endswith(".") and len(said.split()) > 4), (row.does, kind)


def test_the_page_in_the_docs_shows_this_table() -> None:
    shown = Path(__file__).resolve().parents[2] / "docs" / "access.md"
    assert shown.read_text(encoding="utf-8") == page(), "python -m tests.access writes it anew"
