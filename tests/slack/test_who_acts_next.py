"""Who acts next is said once: every card, list, Home and digest says the same sentence, in every state."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from app.db.models import Person
from app.domain.lifecycle import OPEN, Status
from app.domain.who_acts_next import Act, deadline_of, standing_of, who_acts_next
from app.slack.views.cards.registry import render_card
from app.slack.views.digest import digest_message
from app.slack.views.home import home_view
from app.slack.views.parts.next_step import next_step as card_sentence
from app.slack.views.parts.next_step import preread_of
from app.slack.views.replies.commands import list_reply
from app.slack.views.replies.triage import shown_reply
from app.slack.views.scene import DigestLine, DigestScene, HomeScene, Scene
from app.words.who_acts_next import next_step
from tests.slack.card_reading import words
from tests.slack.card_scenes import NOW, SCENES
from tests.slack.shown import said

OLGA = "U0OLGA"
"""Somebody who only reads: nobody is “you” to her."""

LATER = timedelta(days=60)


def names(scene: Scene) -> dict[str, str]:
    return {user: person.name for user, person in scene.people.items()}


def seen_by_olga(scene: Scene, later: timedelta) -> Scene:
    olga = Person(workspace_id="T1", user_id=OLGA, name="Olga", tz=scene.tz, active=True, guest=False, bot=False)
    return replace(scene, viewer=OLGA, now=scene.now + later, people={**scene.people, OLGA: olga})


def sentence(scene: Scene, viewer: str = OLGA) -> str:
    """What the one function says, with people by their names."""
    known, decision = names(scene), scene.decision
    requester = scene.people.get(decision.requester_id)
    standing = standing_of(
        decision,
        decision.signers,
        decision.questions,
        deadline=deadline_of(decision, scene.tz),
        requester_left=requester is not None and not requester.active,
        preread=preread_of(scene),
    )
    step = who_acts_next(standing, scene.today)
    return next_step(step, scene.today, lambda user: known.get(user) or f"<@{user}>", viewer=viewer)


def plain(text: str, scene: Scene) -> str:
    """Without bold, and with people by their names."""
    for user, name in names(scene).items():
        text = text.replace(f"<@{user}>", name)
    return text.replace("*", "")


@pytest.mark.parametrize("later", [timedelta(0), LATER], ids=["in time", "two months later"])
@pytest.mark.parametrize("name", SCENES)
def test_every_surface_says_the_same_of_who_acts_next(name: str, later: timedelta) -> None:
    scene = seen_by_olga(SCENES[name][1](), later)
    if scene.newer or scene.decision.private:
        return
    decision, expected = scene.decision, sentence(scene)
    standing = standing_of(
        decision,
        decision.signers,
        decision.questions,
        deadline=deadline_of(decision, scene.tz),
        requester_left=not getattr(scene.people.get(decision.requester_id), "active", True),
        preread=preread_of(scene),
    )
    known = {decision.id: standing}
    shown = {
        "list": said(list_reply([decision], OLGA, scene.today, known, scene.tz).blocks),
        "Home": said(home_view(HomeScene(OLGA, scene.now, scene.tz, False, mine=[decision], standings=known))),
        "reader's card": words(render_card("reader", scene)),
    }
    if who_acts_next(standing, scene.today).act is not None:
        step = who_acts_next(standing, scene.today)
        line = DigestLine(decision.name, decision.title, step, decision.status)
        called = names(scene)
        digest = DigestScene("C1", scene.today, [line], [], [], 0, [], None, names=called)
        shown["digest"] = said(digest_message(digest).blocks)
        shown["requester's card"] = words(render_card("requester", replace(scene, viewer=decision.requester_id)))
        shown["channel"] = words(render_card("status", replace(scene, viewer="C1")))
        shown["/escalate D-42"] = said(shown_reply("D-42", step=card_sentence(scene)).blocks)
        expected_of = {"requester's card": sentence(scene, decision.requester_id)}
        for signer in decision.signers if decision.sent_at and decision.status in OPEN else ():
            shown[f"{signer.user_id}'s card"] = words(render_card("signer", replace(scene, viewer=signer.user_id)))
            expected_of[f"{signer.user_id}'s card"] = sentence(scene, signer.user_id)
    else:
        expected_of = {}
    for surface, text in shown.items():
        assert expected_of.get(surface, expected) in plain(text, scene), f"{surface}: {plain(text, scene)}"


def test_each_state_is_among_what_is_compared() -> None:
    found = {SCENES[name][1]().decision.status for name in SCENES}
    assert found == set(Status)


def test_a_day_that_has_passed_is_said_as_passed() -> None:
    scene = seen_by_olga(SCENES["in review"][1](), LATER)
    assert "overdue since" in sentence(scene)
    assert "overdue since" in words(render_card("status", scene))


def test_of_no_state_is_nobody_named_who_has_to_act() -> None:
    acting = {Act.TAKE_OVER: 0}
    for name in SCENES:
        scene = SCENES[name][1]()
        decision = scene.decision
        standing = standing_of(decision, decision.signers, decision.questions, deadline=date(2026, 12, 4))
        step = who_acts_next(standing, NOW.date())
        assert step.act is None or step.who or step.act in acting, name
