"""An open question of a signer: whoever has the next word hears of it, and once its time is up the requester may close
it."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from app.db import policies
from app.db.models import Decision, FollowUp, OpenQuestion
from app.domain.lifecycle import UNDER_REVIEW
from app.domain.message_kinds import NoticeKind
from app.domain.people.calendar import next_working_moment
from app.domain.people.working_time import hours_of
from app.domain.signing.question_time import last_word, time_is_up
from app.domain.signing.standing import open_questions
from app.workflows.cards import show
from app.workflows.follow_ups.kind import Dated, FollowUpKind, Known, person_of
from app.workflows.follow_ups.signing import GRACE
from app.workflows.notifying import tell
from app.workflows.scheduling import morning, today_for


def question_work(session: Session, decision: Decision, question: OpenQuestion) -> list[Dated]:
    """What is dated of a question since its last word."""
    return [kind.dated(session, decision, question) for kind in (WAITS, LATE)]


class OfAQuestion(FollowUpKind):
    """Work about one question, as long as its last word stands."""

    owed_in = UNDER_REVIEW

    def dated(self, session: Session, decision: Decision, question: OpenQuestion) -> Dated:
        raise NotImplementedError

    def args(self, question: OpenQuestion) -> dict[str, object]:
        return {"q": question.id, "since": last_word(question).isoformat()}

    def owed(self, session: Session, decision: Decision, known: Known, now: datetime) -> Iterator[Dated]:
        for question in open_questions(decision.questions):
            one = self.dated(session, decision, question)
            if not known.happened(one, "q", "since"):
                yield one

    def still_holds(self, session: Session, decision: Decision, work: FollowUp, now: datetime) -> bool:
        return decision.status in UNDER_REVIEW and any(
            one.id == work.args.get("q") and last_word(one).isoformat() == work.args.get("since")
            for one in open_questions(decision.questions)
        )


class QuestionWaits(OfAQuestion):
    """The next morning, to the requester while nobody has answered, then to whoever asked."""

    name = "question_waits"
    says = NoticeKind.QUESTION_WAITS

    def dated(self, session: Session, decision: Decision, question: OpenQuestion) -> Dated:
        user = question.asked_by if question.answer else decision.requester_id
        person = person_of(session, decision, user)
        at = morning(person, today_for(person, last_word(question)) + timedelta(days=1))
        return Dated(self.name, user, at, self.args(question))

    def act(self, session: Session, decision: Decision, work: FollowUp, now: datetime) -> None:
        tell(session, decision, work.recipient, NoticeKind.QUESTION_WAITS, now, q=work.args["q"])


class QuestionLate(OfAQuestion):
    """Its time is up: the requester may close it from now on, and whoever asked hears so."""

    name = "question_late"
    says = NoticeKind.QUESTION_LATE

    def dated(self, session: Session, decision: Decision, question: OpenQuestion) -> Dated:
        hours = hours_of(person_of(session, decision, decision.requester_id))
        up = time_is_up(question, policies.of(session, decision), hours)
        at = next_working_moment(up + GRACE, hours)
        return Dated(self.name, decision.requester_id, at, self.args(question))

    def act(self, session: Session, decision: Decision, work: FollowUp, now: datetime) -> None:
        found = next(one for one in decision.questions if one.id == work.args["q"])
        for user in dict.fromkeys([decision.requester_id, found.asked_by]):
            tell(session, decision, user, NoticeKind.QUESTION_LATE, now, q=found.id)
        show(session, decision, now)


WAITS, LATE = QuestionWaits(), QuestionLate()
KINDS: tuple[FollowUpKind, ...] = (WAITS, LATE)
