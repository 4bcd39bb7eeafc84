"""All that can be clicked or sent, by the name that travels to Slack and back."""

from collections.abc import Mapping
from typing import Any

from app.slack.ids import Act, Modal
from app.slack.listeners import (
    commands,
    commitments,
    digests,
    influence,
    library,
    looking_back,
    memo,
    people,
    policy,
    record,
    signing,
    syncs,
    tradeoffs,
    triage,
    writing,
)
from app.slack.listeners.interactions import Interaction

CHAPTERS = (
    triage, memo, writing, syncs, signing, influence, commitments, tradeoffs, looking_back, people, policy, digests,
    library, record, commands,
)  # fmt: skip

CLICKS: Mapping[Act, Interaction[Any]] = {act: one for chapter in CHAPTERS for act, one in chapter.CLICKS.items()}
"""Every act but ``Act.LINK``, which Slack alone follows."""

FORMS: Mapping[Modal, Interaction[Any]] = {modal: one for chapter in CHAPTERS for modal, one in chapter.FORMS.items()}
"""Every form with something to submit."""
