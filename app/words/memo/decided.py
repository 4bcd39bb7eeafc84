"""The page of a decision that the rung below took: nobody had to write it."""

from app.domain.memo.parts import Memo, Prediction
from app.domain.reading.amounts import format_amount
from app.domain.reading.days_in_forms import say_date
from app.domain.triage.below import DecidedBelow
from app.domain.triage.verdict import Verdict
from app.words.fragments import A_DEADLINE, quoted
from app.words.triage.verdict import Background, waiting_costs
from app.words.triage.verdict import say as say_finding


def memo_of_decided(
    decided: DecidedBelow, bar_raiser: str | None, verdict: Verdict | None, background: Background, decider: str
) -> Memo:
    """The page of a decision that the rung below took: what they wrote, and what the answers say already."""
    a = background.answers
    why = " ".join(say_finding(one, background) for one in verdict.why) if verdict else ""
    mistake = f"A mistake costs {format_amount(a.costs.mistake)}." if a.costs and a.costs.mistake else ""
    waiting = waiting_costs(a.costs) if a.costs else ""
    blocks = ""
    if a.deadline and a.deadline.blocks and a.deadline.on:
        verb = "blocks" if a.deadline.on >= background.today else "has held up"
        what = quoted(a.deadline.what, A_DEADLINE)
        blocks = f"Waiting {verb} {what} on {say_date(a.deadline.on, background.today)}."
    ask = f"<@{bar_raiser}> reads it as bar raiser." if bar_raiser else f"<@{decider}> has decided it."
    return Memo(
        decision=decided.what.strip(),
        one_way=why or "It can't be undone at a small price.",
        data=mistake or "No figure was named: it was weighed on the scale.",
        inaction=" ".join(filter(None, [blocks, f"Waiting costs {waiting}." if waiting else ""]))
        or "No deadline was named.",
        ask=ask,
        premortem=decided.premortem.strip(),
        prediction=Prediction(decided.metric.strip(), "", "") if decided.metric.strip() else None,
    )
