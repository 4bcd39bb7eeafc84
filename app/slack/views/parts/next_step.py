"""Who acts next and by when: one sentence, by which every surface goes."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

from app.db.models import Decision
from app.domain.answers import Attempt, Result
from app.domain.people.calendar import zone
from app.domain.reading.days_in_forms import say_date
from app.domain.syncs.life import SyncState
from app.domain.who_acts_next import NextAct, PreReading, Standing, deadline_of, pre_reading, standing_of, who_acts_next
from app.slack.views.parts.syncs import still_to_answer
from app.slack.views.scene import Scene
from app.slack.views.text import mention
from app.words import who_acts_next as words


def next_act(scene: Scene) -> NextAct:
    """Who acts next on the decision of a card."""
    decision, requester = scene.decision, scene.people.get(scene.decision.requester_id)
    standing = standing_of(
        decision,
        decision.signers,
        decision.questions,
        deadline=deadline_of(decision, scene.tz),
        requester_left=requester is not None and not requester.active,
        preread=preread_of(scene),
    )
    return who_acts_next(standing, scene.today)


def preread_of(scene: Scene) -> PreReading | None:
    """The pre-read of a card's decision, while it is out."""
    sync = scene.decision.sync
    if sync is None or sync.state is not SyncState.PLANNED:
        return None
    on = sync.starts_at.astimezone(zone(scene.tz)).date()
    return pre_reading(still_to_answer(scene, sync), scene.decision.remarks, on)


def next_step(scene: Scene, name: Callable[[str], str] = mention) -> str:
    """The sentence on a card; whoever reads it is called “you”."""
    return words.next_step(next_act(scene), scene.today, name, viewer=scene.viewer)


def next_step_in_list(standing: Standing, today: date, viewer: str = "", name: Callable[[str], str] = mention) -> str:
    """The same in a list, where its day stands out."""
    return words.next_step(who_acts_next(standing, today), today, name, viewer=viewer, dated=lambda day: f"*{day}*")


def next_step_in_table(standing: Standing, today: date, viewer: str = "") -> tuple[str, str]:
    """The same in two cells: who does what, and by which day; empty where none is named."""
    step = who_acts_next(standing, today)
    who = words.next_step(replace(step, by=None, overdue=False), today, mention, viewer=viewer).removesuffix(".")
    if step.by is None:
        return who, ""
    return who, f"overdue since {say_date(step.by, today)}" if step.overdue else say_date(step.by, today)


def asked_below(decision: Decision) -> Attempt | None:
    """Who on the rung below has the question now, while the decision is held."""
    below = decision.verdict.below if decision.verdict else None
    attempt = decision.answers.attempt(below) if below else None
    return attempt if attempt and attempt.who and attempt.result is Result.NO_ANSWER else None
