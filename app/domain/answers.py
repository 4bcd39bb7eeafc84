"""What a person can answer in a triage, typed. ``None`` means: not asked, or not answered yet."""

from dataclasses import dataclass, field, replace
from datetime import date

from app.domain.ladder import Ladder, Rung
from app.domain.reading.amounts import Amount, Rate
from app.domain.stored_words import ADDED_LATER, StoredEnum


class Undo(StoredEnum):
    """How long until you are back where you are today."""

    HOURS = "hours"
    DAYS = "days"
    WEEKS = "weeks"
    MONTHS = "months"
    NEVER = "never"


class Effect(StoredEnum):
    """What could not be taken back."""

    MONEY_OR_DATA = "money_or_data"
    CONTRACT = "contract"
    PROMISE = "promise"
    SECURITY = "security"
    DATA_GONE = "data_gone"
    PEOPLE = "people"


class UndoCost(StoredEnum):
    PERSON_DAY = "person_day"
    TEAM_SPRINT = "team_sprint"
    SEVERAL_TEAMS = "several_teams"
    CANNOT_BUY_BACK = "cannot_buy_back"


class Likelihood(StoredEnum):
    UNLIKELY = "unlikely"
    POSSIBLE = "possible"
    EVEN = "even"
    LIKELY = "likely"
    SURE = "sure"


class Result(StoredEnum):
    """How the question to a lower rung ended."""

    CANNOT_DECIDE = "cannot_decide"
    DISAGREE = "disagree"
    SHOWED_TWO_WAY = "showed_two_way"
    NO_ANSWER = "no_answer"
    NOT_ASKED = "not_asked"


@dataclass(frozen=True)
class Trial:
    """A small trial that would make the door two-way; ``possible`` False: there is none."""

    possible: bool
    what: str = ""
    metric: str = ""
    ends: date | None = None
    lasting: bool = False  # the trial itself would cause a lasting effect


@dataclass(frozen=True)
class Deadline:
    """The customer-impacting deadline that waiting blocks; ``blocks`` False: none."""

    blocks: bool
    what: str = ""
    on: date | None = None


@dataclass(frozen=True)
class Costs:
    """In money (``delay`` or ``delay_total``, ``mistake``), or both sides on a scale of 1 (little) to 5 (severe)."""

    likelihood: Likelihood
    delay: Rate | None = None
    mistake: Amount | None = None
    delay_step: int | None = None
    mistake_step: int | None = None
    delay_total: Amount | None = None  # what waiting costs as a whole, however long that is
    lost: Amount | None = None  # what goes at once with the deadline, beside what waiting costs
    told_on: date | None = None  # the day of this answer, where the requester is; None: from before it was kept


@dataclass(frozen=True)
class Attempt:
    """One lower rung that was asked, or was not."""

    rung: Rung
    result: Result
    who: str = ""  # a user id
    note: str = ""  # when, where, a link
    said: str = ""  # what they answered, where Threshold asked them


@dataclass(frozen=True)
class Commitment:
    threatened: bool
    which: str = ""


@dataclass(frozen=True)
class Answers:
    undo: Undo | None = None
    effects: frozenset[Effect] | None = None  # empty: none of them
    undo_cost: UndoCost | None = None
    trial: Trial | None = None
    deadline: Deadline | None = None
    costs: Costs | None = None
    tried: tuple[Attempt, ...] | None = None
    commitment: Commitment | None = None

    def without_words(self) -> "Answers":
        """The same without what anybody typed: choices, figures, days and people stay, and so does the verdict."""
        return replace(
            self,
            trial=self.trial and replace(self.trial, what="", metric=""),
            deadline=self.deadline and replace(self.deadline, what=""),
            tried=self.tried and tuple(replace(one, note="", said="") for one in self.tried),
            commitment=self.commitment and replace(self.commitment, which=""),
        )

    def attempt(self, rung: Rung) -> Attempt | None:
        return next((one for one in self.tried or () if one.rung is rung), None)


@dataclass(frozen=True)
class Setting:
    """What a verdict needs beside the answers."""

    today: date  # where the requester is
    requester_rung: Rung | None = None  # where the requester sits, if anywhere
    ladder: Ladder = field(default_factory=Ladder)  # who sits where, in the decision's channel
    wait_days: int | None = field(default=None, metadata=ADDED_LATER)  # measured of whom it waits for; None: policy's
