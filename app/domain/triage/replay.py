"""Working a verdict out again: the same answers, setting and policy give the same one."""

from dataclasses import replace

from app.domain.answers import Answers, Setting
from app.domain.findings import ToldBefore
from app.domain.policy.policy import Policy
from app.domain.stored_words import StoredEnum
from app.domain.triage.verdict import Verdict, verdict


class NotReplayable(StoredEnum):
    """Why a verdict can't be worked out again."""

    SETTING_UNKNOWN = "setting_unknown"  # from before the setting was kept, and the record does not tell it either
    RULES_CHANGED = "rules_changed"  # from before findings were kept, by rules that are others today
    WORDS_GONE = "words_gone"  # from before findings were kept, and its words were kept long enough


def replay(a: Answers, setting: Setting | None, policy: Policy) -> Verdict | NotReplayable:
    """The verdict of these answers, worked out again."""
    if setting is None:
        return NotReplayable.SETTING_UNKNOWN
    return verdict(a, setting, policy) or NotReplayable.RULES_CHANGED


def told_before(found: Verdict) -> bool:
    """Whether any of it is a sentence from before findings were kept."""
    return any(isinstance(one, ToldBefore) for one in (*found.why, *found.notes, *(g.finding for g in found.gates)))


def without_words(found: Verdict) -> Verdict:
    """The same without its sentences from before findings were kept: door, gates and rung stay."""
    gone = ToldBefore("")
    return replace(
        found,
        why=tuple(gone if isinstance(one, ToldBefore) else one for one in found.why),
        gates=tuple(replace(g, finding=gone) if isinstance(g.finding, ToldBefore) else g for g in found.gates),
        notes=tuple(gone if isinstance(one, ToldBefore) else one for one in found.notes),
    )
