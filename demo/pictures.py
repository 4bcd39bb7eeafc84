"""``make pictures``: the pictures in docs/, taken from the real page with the stories told on it.

Needs Chromium (Debian: ``apt-get install chromium``, or name yours with CHROMIUM=/path/to/it).
"""

import os
import shutil
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Locator, Page, sync_playwright

from demo import company
from demo.stage import Stage
from demo.stories import Telling, held, one_way, silent, two_way
from sandbox import Person

PLACE = Path("docs/pictures")
CHROMIUM = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome") or ""
FLAGS = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking", "--hide-scrollbars"]


@dataclass
class Camera:
    """One window on the page, moved from person to person."""

    page: Page
    url: str

    def at(self, person: Person, place: str) -> None:
        """Look through somebody's window: at ``app`` (messages with the bot), ``home``, or a channel."""
        self.page.goto("about:blank")
        self.page.goto(f"{self.url}/#/{person.id}/{person.dm().id if place == 'app' else place}")
        self.page.locator("#pane, main").first.wait_for()
        self.page.wait_for_timeout(700)  # pictures of a page that has come to rest

    def last(self, name: str, words: str) -> None:
        """The last message that says ``words``."""
        self.take(name, self.page.locator("article").filter(has_text=words).last)

    def take(self, name: str, what: Locator | None = None) -> None:
        PLACE.mkdir(parents=True, exist_ok=True)
        (what or self.page).screenshot(path=PLACE / f"{name}.png")
        print(PLACE / f"{name}.png")


def main() -> int:
    if not CHROMIUM:
        print("There is no Chromium here. Debian: apt-get install chromium; or set CHROMIUM to yours.", file=sys.stderr)
        return 1
    with (
        tempfile.TemporaryDirectory() as folder,
        Stage(database_url=f"sqlite:///{folder}/pictures.db") as stage,
        sync_playwright() as playwright,
    ):
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        page = browser.new_page(viewport={"width": 1180, "height": 860}, device_scale_factor=1.5)
        page.add_init_script("localStorage.setItem('tour', 'done')")
        _pictures(Telling(stage, company.found(stage)), Camera(page, stage.slack.url))
        browser.close()
    return 0


def _pictures(t: Telling, camera: Camera) -> None:
    cast, shown = t.cast, camera.last
    two_way.triage(t)
    camera.at(cast.nia, "app")
    shown("verdict", "It is a two-way door")
    two_way.hand_back(t)
    t.command(cast.sam, one_way.DECISION, cast.retail)
    t.taps(cast.sam, "answer:months")
    camera.at(cast.sam, "app")
    shown("triage", "could you not take back")
    t.must(t.fills(cast.sam, "withdraw_open", {}))
    one_way.triage(t)
    one_way.write_memo(t)
    camera.at(cast.sam, "app")
    camera.page.get_by_role("button", name="Edit the memo").last.click()
    camera.page.wait_for_timeout(500)
    camera.take("memo")
    one_way.send(t)
    camera.at(cast.vera, "app")
    shown("sign-off", "asks for your answer")
    held.triage(t)
    camera.at(cast.sam, "app")
    shown("held", "held at 1 gate")
    one_way.sign(t)
    t.command(cast.sam, "digest on daily 09:00 America/New_York", cast.retail)
    silent.send(Telling(t.stage, cast, from_monday=False))
    t.stage.travel(t.at(10, 9))
    camera.at(cast.nia, cast.retail.id)
    shown("digest", "Open decisions")
    one_way.ship_and_review(t)
    camera.at(cast.sam, "app")
    shown("review", "Knowing what we know now")
    cast.sam.open_home()
    t.stage.pump()
    camera.at(cast.sam, "home")
    camera.take("home")


if __name__ == "__main__":
    sys.exit(main())
