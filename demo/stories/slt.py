"""Story 5, the SLT, refused: a director disagrees, no quarterly commitment is at stake, so it stays at VP."""

from demo.stories import Telling

DECISION = "Move the checkout team from Retail to Platform"


def play(t: Telling) -> None:
    dana = t.cast.dana
    t.says("Dana, a director, disagrees with another director and wants the SLT to settle it.")
    t.command(dana, DECISION, t.cast.leads)
    t.taps(dana, "answer:months")
    t.taps(dana, "answer_form", fill={"effects": ["people"]})
    t.taps(dana, "answer:no")
    t.taps(dana, "answer_form", fill={"what": "the new checkout for the holidays", "on": t.day(18).isoformat()})
    t.taps(dana, "answer:scale")
    t.taps(dana, "answer_form", fill={"delay_step": "4", "mistake_step": "3", "likelihood": "even"})
    t.taps(dana, "answer_form", fill={"who_director": t.cast.omar, "result_director": "disagree"})
    t.looks(dana)
    t.taps(dana, "answer:no")
    t.says("No quarterly commitment is threatened: it stays at VP.")
    t.looks(dana)
