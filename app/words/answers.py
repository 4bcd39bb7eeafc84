"""How an answer of the triage is said."""

from app.domain.answers import Effect, Likelihood, Result, Undo, UndoCost

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
COST_SAID = {
    UndoCost.PERSON_DAY: "one person for a day",
    UndoCost.TEAM_SPRINT: "one team for a sprint",
    UndoCost.SEVERAL_TEAMS: "several teams",
    UndoCost.CANNOT_BUY_BACK: "more than money can buy back",
}
LIKELIHOOD_SAID = {
    Likelihood.UNLIKELY: "unlikely, about 10%",
    Likelihood.POSSIBLE: "possible, about 30%",
    Likelihood.EVEN: "as likely as not, about 50%",
    Likelihood.LIKELY: "likely, about 75%",
    Likelihood.SURE: "almost sure, about 95%",
}
RESULT_SAID = {
    Result.CANNOT_DECIDE: "can't decide it",
    Result.DISAGREE: "we disagree",
    Result.NO_ANSWER: "no answer yet",
    Result.NOT_ASKED: "not asked",
}
