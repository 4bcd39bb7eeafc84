"""Somebody who presses whatever there is. Ten people, every button, every form, restarts and weeks in between."""

import random
from collections import Counter
from dataclasses import dataclass, field
from datetime import timedelta

from demo.company import Company
from demo.stage import Stage
from demo.stories import Telling, held, one_way, two_way
from sandbox import Message, Person, Room, View
from sandbox.world.forms import Element, elements

TEXTS = (
    "", " ", "Approve $150k for the warehouse", "none", "no", "days", "D-1", "D-2", "next Friday", "31.2.", "$200k",
    "3,5M", "two weeks of work", "<!channel> *bold* `code`", "\u202eright to left", "x" * 2900, "27 Nov", "help",
    "Vera to approve by 2026-12-01", "Customers wait 40% longer (report, week 44).", "🎉", "€50k", "lost $2M by Friday",
)  # fmt: skip
SENSIBLE = {
    "on": "2027-06-01", "what": "the holiday peak", "delay": "$67k", "mistake": "$1M", "metric": "conversion",
    "trial": "a quarter of the visitors", "reason": "the manager is on leave until Monday", "data": TEXTS[15],
    "inaction": TEXTS[22], "ask": TEXTS[14], "decision": TEXTS[2], "one_way": "A public promise to customers.",
    "said": "yes, if Legal has read it", "how": "Legal has read it", "happened": "contacts went up by 2%",
    "text": "what does Legal say?", "why": "it is no longer needed",
}  # fmt: skip
"""What a sensible person would write, so that the monkey gets somewhere too."""

DULL = frozenset(
    {"start_open", "withdraw_open", "ladder_open", "mute", "leave", "show", "back", "private", "digest_open"}
)

COMMANDS = (
    "", "list", "help", "ladder", "lader", "digest on daily 9:00", "digest off", "D-1", "D-2", "D-999",
    two_way.DECISION, "Close the office", "digets",
)  # fmt: skip


@dataclass
class Monkey:
    """Acts at random, from one seed, and keeps what it did for a failing test to print."""

    stage: Stage
    cast: Company
    random: random.Random
    did: list[str] = field(default_factory=list)
    counted: Counter[str] = field(default_factory=Counter)

    def begin(self) -> None:
        """A few decisions on their way already, so that there is more to press."""
        telling = Telling(self.stage, self.cast)
        two_way.triage(telling)
        two_way.hand_back(telling)
        one_way.triage(telling)
        one_way.write_memo(telling)
        one_way.send(telling)
        held.triage(telling)
        held.ask_the_manager(telling)

    def act(self) -> None:
        """One thing that a person, or the world, does."""
        dice = self.random.random()
        person = self.random.choice(self.cast.people)
        if dice < 0.06:
            self._command(person)
        elif dice < 0.09:
            self._say(person)
        elif dice < 0.14:
            self._world(person)
        elif dice < 0.18:
            person.open_home()
            self._note(person, "home")
        elif person.modal is not None and dice < 0.9:
            self._modal(person, person.modal)
        else:
            self._press(person)
        if self.random.random() < 0.8:
            self.stage.pump()

    def _note(self, person: Person, what: str) -> None:
        self.did.append(f"{person.name}: {what}")
        self.counted[what.split(" ")[0]] += 1

    def _command(self, person: Person) -> None:
        text = self.random.choice(COMMANDS)
        person.command("/escalate", text, channel=self.random.choice([self.cast.retail, None]))
        self._note(person, f"/escalate {text}")

    def _say(self, person: Person) -> None:
        text = self.random.choice(TEXTS)
        if not text.strip():
            return
        cards = person.sees()
        thread = self.random.choice(cards).ts if cards and self.random.random() < 0.5 else None
        person.say(text, thread_ts=thread)
        self._note(person, f"says {text[:20]!r} in {thread}")

    def _world(self, person: Person) -> None:
        dice = self.random.random()
        if dice < 0.3:
            self.stage.restart()
            self.did.append("restart")
        elif dice < 0.9:
            hours = self.random.choice([1, 5, 20, 24 * 3, 24 * 8, 24 * 30])
            self.stage.travel(timedelta(hours=hours))
            self.did.append(f"{hours} hours pass")

    def _press(self, person: Person) -> None:
        """A button or a select, on any of the last messages or on Home; twice, now and then."""
        places: list[Message | View] = [m for m in self._messages(person) if elements(m.all_blocks())]
        home = person.home()
        if home is not None:
            places.append(home)
        if not places:
            return
        place = self.random.choice(places[-8:])
        blocks = place.blocks if isinstance(place, View) else place.all_blocks()
        pressed = [e for e in elements(blocks) if not e.is_input]
        if not pressed:
            return
        element = self.random.choices(pressed, [1 if e.action_id in DULL else 6 for e in pressed])[0]
        value = self.random.choice(element.options)["value"] if element.options else element.body.get("value")
        fill = self._filled(blocks)
        self._note(person, f"{element.action_id} {value or ''} {fill}")
        for _ in range(2 if self.random.random() < 0.15 else 1):
            if isinstance(place, View):
                person.click_home(element.action_id, value=value)
            else:
                person.click(place, element.action_id, value=value, fill=fill, stale=True)

    def _messages(self, person: Person) -> list[Message]:
        rooms: list[Room | None] = [None, self.cast.retail]
        return [m for room in rooms for m in person.sees(room)]

    def _modal(self, person: Person, view: View) -> None:
        if self.random.random() < 0.15 or "submit" not in view.body:
            person.close_modal()
            self._note(person, f"closes {view.callback_id}")
            return
        values = self._filled(view.blocks)
        self._note(person, f"submits {view.callback_id} {values}")
        person.submit(values)

    def _filled(self, blocks: list[dict[str, object]]) -> dict[str, object]:
        """Something into most inputs; what was there stays in the others."""
        return {e.block_id: self._value(e) for e in elements(blocks) if e.is_input and self.random.random() < 0.6}

    def _value(self, element: Element) -> object:
        kind = element.type
        if "users_select" in kind:
            person = self.random.choice(self.cast.people)
            return [person] if kind.startswith("multi") else person
        if kind in ("channels_select", "conversations_select"):
            return self.cast.retail
        if kind == "datepicker":
            return (self.stage.clock.now() + timedelta(days=self.random.choice([-3, 0, 1, 4, 40]))).date().isoformat()
        if kind == "timepicker":
            return "09:30"
        if element.options:
            chosen = self.random.choice(element.options)["value"]
            return [chosen] if kind == "checkboxes" or kind.startswith("multi") else chosen
        longest = int(element.body.get("max_length") or 3000)
        text = self.random.choice(TEXTS)
        if element.block_id in SENSIBLE and self.random.random() < 0.7:
            text = SENSIBLE[element.block_id]
        return text[:longest]

    # ── what must be true, whatever was pressed ─────────────────────────────────────────────────────────

    def wrongs(self) -> list[str]:
        """Everything that should not have happened. Empty, or there is a fault."""
        found = [
            f"Slack refused {r.method}: {r.response}"
            for r in self.stage.slack.requests()
            if not r.ok and r.error not in HARMLESS
        ]
        found += [
            f"no ack: {d.kind} {d.name} {d.error}" for d in self.stage.slack.deliveries() if d.done and not d.acked
        ]
        sent = Counter(str(r.args.get("metadata")) for r in self.stage.slack.requests("chat.postMessage") if r.ok)
        found += [f"sent {times} times: {key}" for key, times in sent.items() if times > 1]
        return found


HARMLESS = frozenset({"message_not_found"})
"""A card that was moved and edited at the same time; it is posted anew."""
