"""Story 1, the two-way door: a director's blessing for the wording of a button that nobody needs."""

from demo.stories import Telling

DECISION = "Should the button say “Buy now” or “Add to basket”?"


def triage(t: Telling) -> None:
    """Four interactions to the verdict, the command included."""
    nia = t.cast.nia
    t.says("Nia is new, and would like her director's blessing for the wording of a button.")
    t.command(nia, DECISION, t.cast.retail)
    t.looks(nia)
    t.taps(nia, "answer:hours")
    t.looks(nia)
    t.taps(nia, "answer:none")
    t.taps(nia, "answer:person_day")


def hand_back(t: Telling) -> None:
    nia = t.cast.nia
    t.says("It is a two-way door. Nia decides herself, and names what will show whether it was right.")
    t.looks(nia)
    t.taps(nia, "deflect_form", fill={"metric": "A/B test: baskets a visit, two weeks, half of the traffic"})
    t.looks(nia)


def learning_check(t: Telling) -> None:
    nia = t.cast.nia
    t.stage.travel(t.at(14, 11))
    t.says("Two weeks later Threshold asks what came of it.")
    done = t.fills(
        nia,
        "look_open",
        {
            "chose": "The button says “Buy now”, everywhere.",
            "happened": "Baskets a visit went up by 0.6%.",
            "right": "yes",
            "learned": "“Buy now” felt like a trap.",
        },
        on=t.looks(nia),
    )
    t.must(done)
    t.looks_at(nia, "Looked back on")


def play(t: Telling) -> None:
    triage(t)
    hand_back(t)
    learning_check(t)
