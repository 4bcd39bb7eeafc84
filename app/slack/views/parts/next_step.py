"""Who acts next and by when, in a sentence."""

from collections.abc import Callable

from app.db.models import Decision
from app.domain.answers import Attempt, Result
from app.domain.lifecycle import OPEN, Status
from app.slack.views.parts.decision import deadline_day, has_left_workspace
from app.slack.views.parts.signing import open_questions, pending_signers
from app.slack.views.scene import Scene
from app.slack.views.text import count, day, mention
from app.workflows.taking_over import waits_for_requester


def asked_below(decision: Decision) -> Attempt | None:
    """Who on the rung below has the question now, while the decision is held."""
    below = decision.verdict.below if decision.verdict else None
    attempt = decision.answers.attempt(below) if below else None
    return attempt if attempt and attempt.who and attempt.result is Result.NO_ANSWER else None


ORPHANED = "Its requester has left: somebody has to take it over."


def acts_next(scene: Scene, person: Callable[[str], str] = mention) -> str:
    """Who acts next and by when, in a sentence."""
    decision = scene.decision
    if decision.status not in OPEN:
        return _after_decision(scene, person)
    you = person(decision.requester_id)
    orphaned = ORPHANED if has_left_workspace(scene, decision.requester_id) else ""
    if decision.status is Status.TRIAGE:
        return orphaned or f"{you} answers the questions next."
    if decision.status is Status.HELD:
        asked = asked_below(decision)
        return f"{person(asked.who)} has the question." if asked else orphaned or f"{you} takes the next step."
    if decision.status is Status.DRAFTING:
        return orphaned or f"{you} writes the memo next."
    if decision.status is Status.NOT_YET:
        return orphaned or f"{you} meets the condition next."
    asked_now = [person(s.user_id) for s in pending_signers(decision)]
    if asked_now:
        by = f" by {deadline_day(scene)}" if decision.deadline_at else ""
        return f"{' and '.join(asked_now)} {'answers' if len(asked_now) == 1 else 'answer'}{by}."
    unanswered = [question for question in open_questions(decision) if not question.answer]
    if unanswered:
        return orphaned or f"{you} answers {count(len(unanswered), 'open question')} next."
    raised = dict.fromkeys(person(question.asked_by) for question in open_questions(decision))
    return f"{' and '.join(raised)} says whether that resolves it." if raised else f"{you} acts next."


def _after_decision(scene: Scene, person: Callable[[str], str]) -> str:
    decision, owner = scene.decision, person(scene.decision.owner_id)
    on = day(decision.look_on, scene.today) if decision.look_on else ""
    if waits_for_requester(decision) and has_left_workspace(scene, decision.requester_id):
        return ORPHANED
    if decision.status is Status.DEFLECTED:
        return f"{owner} decides." + (f" Learning check on {on}." if on else "")
    if decision.status is Status.APPROVED:
        return f"{owner} says when it shipped."
    if decision.status is Status.IMPLEMENTED:
        return f"{owner} reviews it on {on}." if on else f"{owner} reviews it."
    if decision.status is Status.DECLINED and on:
        return f"{person(decision.requester_id)} looks again on {on}."
    return "Nobody has to act."
