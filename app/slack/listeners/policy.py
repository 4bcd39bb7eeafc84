"""Clicks and forms about the policy: what it says, the form of each subject, what it would change, and proposals."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from app.db.keepers import keepers
from app.domain.errors import Overtaken
from app.slack.ids import Act, Modal
from app.slack.listeners.interactions import Interaction, Request, View
from app.slack.loading import load_policy
from app.slack.packed import AboutPolicy, AboutProposal, Nothing, PolicyChange
from app.slack.views.modals.policy import policy_confirm_modal, policy_form_modal, policy_modal
from app.slack.views.modals.sentence import sentence_modal
from app.slack.views.scene import PolicyScene
from app.words.policy import changed_meanwhile
from app.words.policy_faults import read_change
from app.words.policy_fields import read
from app.workflows import policy, policy_proposals
from app.workflows.admission import members_only
from app.workflows.insights import trying

UNCHANGED = "You changed nothing, so the policy stays as it is."


def _scene(request: Request[Any]) -> PolicyScene:
    """The policy of now, for somebody who may change it, or propose a change."""
    with request.services.db.read() as session:
        members_only(session, request.actor, policy.MEMBERS_CHANGE)
        return load_policy(session, request.actor.workspace, request.actor.user)


def _policy(request: Request[Nothing]) -> View:
    return policy_modal(_scene(request))


def _form(request: Request[AboutPolicy]) -> View:
    return policy_form_modal(_scene(request), request.payload.subject, request.payload.effect)


def _confirmed_first(request: Request[AboutPolicy]) -> View:
    """What it would change, or that it would change nothing."""
    scene, about = _scene(request), request.payload
    if scene.version != about.version:
        raise Overtaken(changed_meanwhile(scene.set_by, scene.version), scene.version)
    after = read(about.subject, about.effect, request.fields.raw(), scene.policy, scene.locale)
    return policy_confirm_modal(scene, after) if after != scene.policy else sentence_modal("Threshold", UNCHANGED)


def _form_again(request: Request[AboutPolicy], sentence: str) -> View:
    """Somebody set another version meanwhile: its figures, with everything typed."""
    about = request.payload
    return policy_form_modal(_scene(request), about.subject, about.effect, request.fields.raw(), sentence)


def _change(session: Session, request: Request[PolicyChange], now: datetime) -> None:
    """A keeper's counts at once; anybody else proposes it."""
    change, actor = request.payload, request.actor
    if actor.user in keepers(session, actor.workspace):
        policy.change_policy(session, change.change, change.version, actor, now)
    else:
        policy_proposals.propose_policy(session, change.change, change.version, actor, now)


def _confirmed_again(request: Request[PolicyChange], sentence: str) -> View:
    """Somebody set another version meanwhile: what this would change of that one."""
    scene = _scene(request)
    after = read_change(request.payload.change, scene.policy)
    if after == scene.policy:
        return sentence_modal("Threshold", f"{sentence} It has what you wanted already.")
    return policy_confirm_modal(scene, after, sentence)


def _try(session: Session, request: Request[PolicyChange], now: datetime) -> None:
    """Says nothing of its own: three forms stand on top of each other here, and Slack takes no fourth."""
    trying.ask_to_try(session, request.payload.change, request.actor, now)


def _settle(keep: bool) -> Callable[[Session, Request[AboutProposal], datetime], None]:
    def does(session: Session, request: Request[AboutProposal], now: datetime) -> None:
        policy_proposals.settle_policy_proposal(session, request.payload.proposal, keep, request.actor, now)

    return does


CLICKS: Mapping[Act, Interaction[Any]] = {
    Act.POLICY_OPEN: Interaction(Nothing.of, opens=_policy),
    Act.POLICY_FORM_OPEN: Interaction(AboutPolicy.of, opens=_form),
    Act.POLICY_TRY: Interaction(PolicyChange.of, does=_try),
    Act.POLICY_KEEP: Interaction(AboutProposal.of, does=_settle(True)),
    Act.POLICY_DECLINE: Interaction(AboutProposal.of, does=_settle(False)),
}

FORMS: Mapping[Modal, Interaction[Any]] = {
    Modal.POLICY_FORM: Interaction(AboutPolicy.of, opens=_confirmed_first, shown_again=_form_again),
    Modal.POLICY_CONFIRM: Interaction(PolicyChange.of, does=_change, shown_again=_confirmed_again),
}
