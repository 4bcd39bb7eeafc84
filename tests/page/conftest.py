"""A real browser on the page: `look(person, place)` opens a window, each its own."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from slack_bolt import App
from slack_bolt.adapter.socket_mode import SocketModeHandler
from slack_sdk import WebClient

from demo import company
from demo.stage import Stage
from sandbox import Limits, Person, Room, Sandbox
from tests.page.browser import CHROMIUM, FLAGS, HAS_BROWSER
from tests.sandbox.conftest import hang_up

if HAS_BROWSER:
    from playwright.sync_api import Browser, Page, expect, sync_playwright

    expect.set_options(timeout=10_000)
else:
    tests = Path(__file__).parent.glob("test_*.py")
    collect_ignore = [file.name for file in tests if "from playwright" in file.read_text("utf-8")]

Look = Callable[..., "Page"]


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=CHROMIUM, args=list(FLAGS))
        yield running
        running.close()


class Windows:
    """Windows on one sandbox. What any of them complained of stands in `complaints`."""

    def __init__(self, browser: Browser, url: str) -> None:
        self._browser = browser
        self.url = url
        self._open = ExitStack()
        self.complaints: list[str] = []

    def __call__(self, person: Person | None = None, place: Room | str = "", **how: object) -> Page:
        """A window of its own, as `person`, at a room, "home" or "app"."""
        context = self._browser.new_context(viewport={"width": 1280, "height": 860}, **how)  # type: ignore[arg-type]
        self._open.callback(context.close)
        context.set_default_timeout(10_000)
        page = context.new_page()
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.on("console", lambda said: self.complaints.append(said.text) if said.type == "error" else None)
        page.on("dialog", lambda dialog: self.complaints.append(f"a script asked: {dialog.message}"))
        where = place if isinstance(place, str) else place.id
        page.goto(f"{self.url}/" + (f"#/{person.id}/{where}" if person else ""))
        return page

    def close(self) -> None:
        self._open.close()


@pytest.fixture
def slack() -> Iterator[Sandbox]:
    with Sandbox(limits=Limits(rates=False)) as running:
        yield running


@pytest.fixture
def look(browser: Browser, request: pytest.FixtureRequest) -> Iterator[Windows]:
    """Opens windows on the stage where a test has one, else on the bare sandbox."""
    running = request.getfixturevalue("stage").slack if "stage" in request.fixturenames else None
    windows = Windows(browser, (running or request.getfixturevalue("slack")).url)
    yield windows
    windows.close()
    refused = [line for line in windows.complaints if "Failed to load resource" not in line]
    assert refused == [], "the page complained, or ran what it must not"


@pytest.fixture
def ana(slack: Sandbox) -> Person:
    return slack.workspace("Acme").add_user("Ana", tz="America/New_York")


@pytest.fixture
def ben(slack: Sandbox) -> Person:
    return slack.workspace("Acme").add_user("Ben", tz="Europe/Berlin")


@pytest.fixture
def room(slack: Sandbox, ana: Person, ben: Person) -> Room:
    return slack.workspace("Acme").add_channel("checkout", [ana, ben])


@pytest.fixture
def client(slack: Sandbox) -> WebClient:
    return WebClient(slack.workspace("Acme").bot_token, base_url=slack.api_url, timeout=5)


@pytest.fixture
def bolt(slack: Sandbox, client: WebClient) -> Iterator[App]:
    """A Bolt app that is connected; a test adds the listeners it needs."""
    app = App(client=client, signing_secret=slack.signing_secret)
    handler = SocketModeHandler(app, slack.app_token)
    handler.connect()  # type: ignore[no-untyped-call]
    slack.wait_for(lambda: slack.sockets)
    yield app
    hang_up(slack, handler)


@pytest.fixture
def stage(tmp_path: Path) -> Iterator[Stage]:
    """The real bot, running by itself."""
    with Stage(database_url=f"sqlite:///{tmp_path}/page.db") as running:
        yield running


@pytest.fixture
def cast(stage: Stage) -> company.Company:
    found = company.found(stage)
    stage.bot.start()
    return found
