"""How an answer of the triage is said."""

from app.domain.answers import Effect, Likelihood, Result, Undo, UndoCost
from app.domain.policy.policy import Policy

UNDO_SAID = {
    Undo.HOURS: "within hours",
    Undo.DAYS: "within days",
    Undo.WEEKS: "only after weeks",
    Undo.MONTHS: "only after months",
    Undo.NEVER: "never",
}
EFFECT_SAID = {
    Effect.MONEY_OR_DATA: "customers lose money or data",
    Effect.CONTRACT: "contract, legal or regulatory commitment",
    Effect.PROMISE: "public promise, price or policy",
    Effect.SECURITY: "security or privacy exposure",
    Effect.DATA_GONE: "data deleted or migrated with no way back",
    Effect.PEOPLE: "people (hiring, reorganisation, redundancy)",
}
EFFECT_LASTS = {
    Effect.MONEY_OR_DATA: "Customers could lose money or data for good.",
    Effect.CONTRACT: "It binds us by contract, law or regulation.",
    Effect.PROMISE: "It is a promise, price or policy that the public will hold us to.",
    Effect.SECURITY: "What it exposes of security or privacy stays exposed.",
    Effect.DATA_GONE: "Data is deleted or moved with no way back.",
    Effect.PEOPLE: "It changes people’s jobs.",
}
"""The same as a sentence that says why it could not be taken back."""
EFFECT_WANTS = {
    Effect.MONEY_OR_DATA: "customers could lose money or data",
    Effect.CONTRACT: "it binds us by contract, law or regulation",
    Effect.PROMISE: "the public will hold us to it",
    Effect.SECURITY: "it exposes security or privacy",
    Effect.DATA_GONE: "data goes with no way back",
    Effect.PEOPLE: "it changes people’s jobs",
}
"""The same as the reason for which a rung has to decide it."""
COST_SAID = {
    UndoCost.PERSON_DAY: "one person for a day",
    UndoCost.TEAM_SPRINT: "one team for a sprint",
    UndoCost.SEVERAL_TEAMS: "several teams",
    UndoCost.CANNOT_BUY_BACK: "more than money can buy back",
}
LIKELIHOOD_SAID = {
    Likelihood.UNLIKELY: "unlikely",
    Likelihood.POSSIBLE: "possible",
    Likelihood.EVEN: "as likely as not",
    Likelihood.LIKELY: "likely",
    Likelihood.SURE: "almost sure",
}
RESULT_SAID = {
    Result.CANNOT_DECIDE: "can't decide it",
    Result.DISAGREE: "we disagree",
    Result.SHOWED_TWO_WAY: "showed how to make it two-way",
    Result.NO_ANSWER: "no answer yet",
    Result.NOT_ASKED: "not asked",
}
RESULT_GIVEN = {
    Result.CANNOT_DECIDE: "can’t decide it",
    Result.DISAGREE: "disagrees",
    Result.SHOWED_TWO_WAY: "showed how to make it two-way",
    Result.NO_ANSWER: "has not answered",
    Result.NOT_ASKED: "was not asked",
}
"""The same after somebody's name."""


def likelihood_said(one: Likelihood, policy: Policy) -> str:
    """How likely, in words and by the policy's figure: “possible, about 30%”."""
    return f"{LIKELIHOOD_SAID[one]}, about {policy.likelihood[one]:.0%}"
