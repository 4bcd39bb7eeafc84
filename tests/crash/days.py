"""What people do in that town: whole decisions, from ``/escalate`` to the look back, each step until it holds."""

from collections.abc import Callable
from typing import Any

from sqlalchemy import func, select

from app.db.models import Decision, DigestPlan, OpenQuestion, Outbox, Person, Remark, Seat, Sync
from app.domain.lifecycle import Status
from app.domain.syncs.life import RemarkKind, SyncState
from demo.company import BERLIN, NEW_YORK, TOKYO
from demo.stories.one_way import MEMO
from tests.crash.town import Town

SEATED = {"peer": "priya", "manager": "marco", "vp": "vera", "bar_raiser": "kenji"}


class Days:
    """The people, and what they do. ``round_`` keeps the decisions of one telling apart from the next."""

    def __init__(self, town: Town) -> None:
        self.town, ws = town, town.ws
        self.nia, self.sam = ws.add_user("Nia", tz=NEW_YORK), ws.add_user("Sam", tz=NEW_YORK, admin=True)
        self.priya, self.marco = ws.add_user("Priya", tz=BERLIN), ws.add_user("Marco", tz=NEW_YORK)
        self.vera, self.kenji = ws.add_user("Vera", tz=NEW_YORK), ws.add_user("Kenji", tz=TOKYO)
        self.people = [self.nia, self.sam, self.priya, self.marco, self.vera, self.kenji]
        self.retail = ws.add_channel("retail", members=self.people)
        self.day = 0

    # ── looking ─────────────────────────────────────────────────────────────────────────────────────────

    def decision(self, title: str) -> Decision | None:
        with self.town.db.read() as session:
            found = session.scalar(select(Decision).where(Decision.title == title))
            if found is not None:
                _ = found.signers, found.memos, found.questions
            return found

    def is_(self, title: str, *statuses: Status) -> Callable[[], bool]:
        def look() -> bool:
            found = self.decision(title)
            return found is not None and found.status in statuses

        return look

    def answered(self, title: str, field: str) -> Callable[[], bool]:
        def look() -> bool:
            found = self.decision(title)
            return found is not None and getattr(found.answers, field) is not None

        return look

    def there(self, table: Any, *where: Any) -> Callable[[], bool]:
        def look() -> bool:
            with self.town.db.read() as session:
                return bool(session.scalar(select(func.count()).select_from(table).where(*where)))

        return look

    # ── doing ───────────────────────────────────────────────────────────────────────────────────────────

    def settle_in(self) -> None:
        """The ladder, a weekly digest, and two who keep their Home open."""
        self.seat_the_ladder()
        self.plan_the_digest()
        for person in (self.sam, self.vera):
            self.open_home(person)

    def seat_the_ladder(self) -> None:
        t, sam = self.town, self.sam

        def seat() -> bool:
            if not sam.command("/escalate", "ladder", channel=self.retail).acked:
                return False
            card, action = t.wait_for(lambda: t.offers(sam, "ladder_open", "", room=self.retail), "the ladder")
            if not sam.click(card, action, stale=True).acked:
                return False
            taken = t.submits(sam, {"scope": "workspace", **{k: [getattr(self, v)] for k, v in SEATED.items()}})
            if sam.modal is not None:
                sam.close_modal(everything=True)
            return taken

        t.does("seating the ladder", seat, self.there(Seat))

    def plan_the_digest(self) -> None:
        words = "digest wed 9:30 America/New_York"
        self.town.does(
            "planning the digest",
            lambda: self.sam.command("/escalate", words, channel=self.retail).acked,
            self.there(DigestPlan),
        )

    def open_home(self, person: Any) -> None:
        """Once: Slack repeats the event until it is acked."""
        person.open_home()
        opened = self.there(Person, Person.user_id == person.id, Person.home_opened.is_(True))
        self.town.wait_for(opened, f"Home of {person.name}")

    def two_way(self, title: str) -> None:
        """Nia's: handed back to her."""
        t, nia = self.town, self.nia
        self._begin(nia, title)
        self._answer(nia, title, "answer:hours", "undo")
        self._answer(nia, title, "answer:none", "effects")
        self._answer(nia, title, "answer:person_day", "undo_cost")
        metric = {"metric": "A/B test: baskets a visit, two weeks"}
        t.does("deflecting", lambda: t.taps(nia, "deflect_form", title, metric), self.is_(title, Status.DEFLECTED))

    def look_back(self, title: str) -> None:
        look: dict[str, object] = {
            "chose": "“Buy now”, everywhere.", "happened": "Baskets a visit went up by 0.6%.", "right": "yes",
            "learned": "Little.",
        }  # fmt: skip
        t = self.town
        t.does(
            "the learning check", lambda: t.fills(self.nia, "look_open", title, look), self.is_(title, Status.LEARNED)
        )

    def one_way(self, title: str) -> None:
        """Sam's: with Vera and Kenji, asked for an answer by Friday."""
        t, sam, day = self.town, self.sam, self.day
        self._begin(sam, title)
        self._answer(sam, title, "answer:months", "undo")
        self._answer(sam, title, "answer_form", "effects", {"effects": ["promise"]})
        self._answer(sam, title, "answer:no", "trial")
        peak = t.at(day + 25).date().isoformat()
        self._answer(sam, title, "answer_form", "deadline", {"what": "the holiday peak", "on": peak})
        costs: dict[str, object] = {"delay": "$67k", "per": "week", "mistake": "$1,000,000", "likelihood": "unlikely"}
        self._answer(sam, title, "answer_form", "costs", costs)
        tried: dict[str, object] = {
            "who_peer": self.priya, "result_peer": "cannot_decide", "who_manager": self.marco,
            "result_manager": "cannot_decide", "note": "Stand-up on Friday",
        }  # fmt: skip
        self._answer(sam, title, "answer_form", "tried", tried)
        friday = t.at(day + 4).date().isoformat()
        memo: dict[str, object] = {
            key: text.format(vera=self.vera.id, peak=peak, friday=friday) for key, text in MEMO.items()
        }
        memo["target_on"] = t.at(day + 59).date().isoformat()

        def written() -> bool:
            found = self.decision(title)
            return found is not None and found.memo_version > 0

        t.does("the memo", lambda: t.fills(sam, "memo_open", title, memo), written)
        self.pre_read(title)
        sending: dict[str, object] = {"signer": self.vera, "bar_raiser": self.kenji, "decide_by": friday}
        t.does("sending", lambda: t.fills(sam, "send_open", title, sending), self.is_(title, Status.IN_REVIEW))

    def pre_read(self, title: str) -> None:
        """Out to Vera and Kenji: she asks and calls it resolved, he approves in writing; nobody has to meet."""
        t, id = self.town, self._id(title)

        def sends() -> bool:
            taken = t.taps(self.sam, "preread_open", title) and not t.submits(
                self.sam, {"readers": [self.vera, self.kenji]}
            )  # the form that asks when lies on top of it
            taken = taken and t.submits(self.sam, {})
            if self.sam.modal is not None:
                self.sam.close_modal(everything=True)
            return taken

        t.does("the pre-read", sends, self.there(Sync, Sync.decision_id == id))
        asked = Remark.decision_id == id, Remark.kind == RemarkKind.QUESTION
        words: dict[str, object] = {"part": "all", "text": "Who pays for January?"}
        t.does(
            "an open question",
            lambda: t.fills(self.vera, "remark_open:question", title, words),
            self.there(Remark, *asked),
        )
        approved = Remark.decision_id == id, Remark.kind == RemarkKind.APPROVAL
        t.does("approving", lambda: t.taps(self.kenji, "approve_written", title), self.there(Remark, *approved))
        resolved = self.there(Remark, *asked, Remark.resolved_at.is_not(None))
        t.does("settling", lambda: t.taps(self.vera, "remark_resolve", title), resolved)
        off = self.there(Sync, Sync.decision_id == id, Sync.state == SyncState.CANCELLED)
        assert off(), "nothing is open, and everybody has answered"

    def talk(self, title: str) -> None:
        """Vera asks, Sam answers, Vera calls it resolved; Kenji approves."""
        t, id = self.town, self._id(title)
        asked = OpenQuestion.decision_id == id
        words: dict[str, object] = {"text": "How many customers are on the old plan?"}
        t.does("asking", lambda: t.fills(self.vera, "question_open", title, words), self.there(OpenQuestion, asked))
        reply: dict[str, object] = {"text": "1,840 on 1 November."}
        told = self.there(OpenQuestion, asked, OpenQuestion.answer.is_not(None))
        t.does("replying", lambda: t.fills(self.sam, "reply_open", title, reply), told)
        resolved = self.there(OpenQuestion, asked, OpenQuestion.resolved_at.is_not(None))
        t.does("resolving", lambda: t.taps(self.vera, "resolve", title), resolved)
        self._sign(self.kenji, title)

    def approve(self, title: str) -> None:
        self._sign(self.vera, title)
        assert self.is_(title, Status.APPROVED)()
        exported = self.there(Outbox, Outbox.kind == "export", Outbox.decision_id == self._id(title))
        self.town.does("the export", lambda: self.town.taps(self.sam, "export", title), exported)

    def ship(self, title: str) -> None:
        t, on = self.town, self.town.now().date().isoformat()
        t.does(
            "shipping",
            lambda: t.fills(self.sam, "shipped_open", title, {"on": on}),
            self.is_(title, Status.IMPLEMENTED),
        )

    def review(self, title: str) -> None:
        look: dict[str, object] = {"happened": "$240k saved in four weeks.", "right": "yes", "learned": "Pilot it."}
        t = self.town
        t.does("the review", lambda: t.fills(self.sam, "look_open", title, look), self.is_(title, Status.REVIEWED))

    def _begin(self, person: Any, title: str) -> None:
        self.town.does(
            f"/escalate {title}",
            lambda: person.command("/escalate", title, channel=self.retail).acked,
            lambda: self.decision(title),
        )

    def _answer(self, person: Any, title: str, what: str, field: str, fill: dict[str, object] | None = None) -> None:
        self.town.does(
            f"{what} ({field})",
            lambda: self.town.taps(person, what, title, fill, f'"q":"{field}"'),
            self.answered(title, field),
        )

    def _sign(self, person: Any, title: str) -> None:
        def signed() -> bool:
            found = self.decision(title)
            return found is not None and any(s.user_id == person.id and s.answer for s in found.signers)

        said: dict[str, object] = {"said": "The data carries it."}
        self.town.does("signing", lambda: self.town.fills(person, "sign_open:approve", title, said), signed)

    def _id(self, title: str) -> int:
        found = self.decision(title)
        assert found is not None
        return found.id


def short(days: Days, round_: int) -> None:
    """One decision that is handed back: five interactions, a digest, the learning check two weeks later."""
    title, t = f"Rename button {round_}", days.town
    days.plan_the_digest()
    days.open_home(days.nia)
    days.two_way(title)
    t.travel(t.at(days.day + 15, 16))
    days.look_back(title)
    t.rest()


def whole(days: Days, round_: int) -> None:
    """Two decisions from start to end: reminders, a deadline that passes, digests, a ship date, the looks back."""
    two, one, t = f"Rename button {round_}", f"Return policy {round_}", days.town
    days.two_way(two)
    days.one_way(one)
    t.travel(t.at(days.day + 1))
    days.talk(one)
    t.travel(t.at(days.day + 6))
    days.approve(one)
    t.travel(t.at(days.day + 21))
    days.look_back(two)
    days.ship(one)
    t.travel(t.at(days.day + 51))
    days.review(one)
    t.rest()
    days.day += 56
    t.travel(t.at(days.day))
