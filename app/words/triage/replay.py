"""Why a verdict can't be worked out again, in sentences."""

from app.domain.triage.replay import NotReplayable

WHY_NOT = {
    NotReplayable.SETTING_UNKNOWN: "the day and the ladder it was judged by were not kept.",
    NotReplayable.RULES_CHANGED: "it was judged by rules that are others today.",
    NotReplayable.WORDS_GONE: "it was kept as sentences, and those are gone.",
}
