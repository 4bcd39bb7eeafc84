"""Help with a memo, in sentences: questions to named people, what a bar raiser would ask, how a pre-mortem begins."""

from collections.abc import Callable

from app.domain.answers import Effect
from app.domain.helping import Doubt, Lack, Missing, Raised
from app.domain.reading.amounts import format_amount
from app.words.ladder import rung_said
from app.words.memo.parts import EXTRA_PARTS, PARTS
from app.words.triage.answers import EFFECT_SAID

_TITLE = {part.key: part.title for part in (*PARTS, *EXTRA_PARTS)}
_QUESTION = {part.key: part.question for part in (*PARTS, *EXTRA_PARTS)}

_LACKS: dict[Lack, str] = {
    Lack.FIGURE: "Which figure can a reader check?",
    Lack.SOURCE: "Where do the figures come from: which report, or which link?",
    Lack.DATE: "On which day?",
    Lack.NAME: "Who exactly is asked?",
    Lack.VERB: "What is to be done: approve, decide, choose, sign?",
    Lack.WAITING: "What does a week of waiting cost, in money?",
    Lack.MISTAKE: "What would it cost if it turned out wrong, in money?",
    Lack.CUSTOMER: "What changes for the customer?",
    Lack.METRIC: "Which metric will show whether it was right, and what is its target?",
}


def question(found: Missing) -> str:
    """What to ask, without whom: the person stands before it."""
    title = _TITLE.get(found.part or "", "")
    match found.what:
        case Lack.PART:
            return _QUESTION[found.part or ""]
        case Lack.GAP:
            return f"What fills the gap in “{title}”?"
        case Lack.SILENT:
            return f"You were asked as {_said(found)}: can you decide it there?"
        case Lack.NOT_ASKED:
            return f"You sit as {_said(found)} and were not asked: would you decide it?"
    about = f"About “{title}”: " if title else ""
    asked = _LACKS[found.what]
    return f"{about}{asked[0].lower()}{asked[1:]}" if about else asked


def _said(found: Missing) -> str:
    return rung_said(found.rung) if found.rung else "somebody below"


_DOUBTS: dict[Doubt, str] = {
    Doubt.NO_COSTS: "What do waiting and a mistake cost, in money?",
    Doubt.NO_TRIAL: "What is the smallest trial that would teach you the same?",
    Doubt.NO_SOURCE: "Which of the figures can I check, and where?",
    Doubt.NO_CUSTOMER: "What changes for the customer, and did anybody ask one?",
    Doubt.NO_ALTERNATIVE: "What else did you weigh, and why not that?",
    Doubt.NO_PREMORTEM: "It is a year from now and this went wrong. What happened?",
    Doubt.NO_METRIC: "How will you know in four weeks that it was right?",
}
_EFFECTS: dict[Effect, str] = {
    Effect.MONEY_OR_DATA: "Which customers lose money or data, and how many?",
    Effect.CONTRACT: "Who has read the contract, and what does leaving it cost?",
    Effect.PROMISE: "Who has been told already, and what would taking it back look like?",
    Effect.SECURITY: "Who looked at the exposure, and what did they find?",
    Effect.DATA_GONE: "What is kept, for how long, and who has tried to read it back?",
    Effect.PEOPLE: "Who is affected, and who tells them?",
}


def asked(found: Raised, gate_said: Callable[[Raised], str]) -> str:
    """The question as a bar raiser would put it. ``gate_said``: the finding of a gate in a sentence."""
    match found.doubt:
        case Doubt.OVERRIDDEN:
            return f"Why go on although a gate failed? {gate_said(found)}"
        case Doubt.NOT_ASKED:
            return f"Why has the {rung_said(found.rung) if found.rung else 'rung below'} not answered yet?"
        case Doubt.COSTS if found.mistake is not None and found.odds is not None:
            return (
                f"A mistake costs {format_amount(found.mistake)}, and you say {found.odds:.0%} likely. "
                "What would make that likelihood twice as high?"
            )
        case Doubt.EFFECT if found.effect is not None:
            return _EFFECTS[found.effect]
    return _DOUBTS[found.doubt]


_STARTS: dict[Effect, str] = {
    Effect.MONEY_OR_DATA: "Customers lost money or data that nobody had counted, because …",
    Effect.CONTRACT: "The contract bound us for longer than we had read, because …",
    Effect.PROMISE: "We had to take the promise back in public, because …",
    Effect.SECURITY: "What was exposed was found by somebody else first, because …",
    Effect.DATA_GONE: "We needed the data that was gone, because …",
    Effect.PEOPLE: "The people it was about left before it could work, because …",
}


def start_of(effect: Effect) -> str:
    """How a pre-mortem may begin, from an effect that the answers state."""
    return f"{EFFECT_SAID[effect][0].upper()}{EFFECT_SAID[effect][1:]}: “{_STARTS[effect]}”"
