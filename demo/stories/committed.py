"""Story 10, disagree and commit: a director differs, commits, and was right five weeks later."""

from demo.company import TOKYO
from demo.stories import Telling
from demo.stories.one_way import send, triage, write_memo

DISSENT = (
    "The pilot ran in a week without gift returns. Members will read 14 days as a broken promise in January, and write "
    "to us. I would keep 30 days for them."
)


def differ(t: Telling) -> None:
    """The memo is out; a director who reads along differs, before anybody has decided."""
    sam, cast = t.cast.sam, t.cast
    triage(t)
    write_memo(t)
    send(t)
    t.must(t.fills(sam, "reader_open", {"to": cast.dana}))
    t.says("Dana, a director, reads along and sees it differently. It takes her a click and a sentence.")
    t.must(t.fills(cast.dana, "dissent_open", {"degree": "disagree", "text": DISSENT}))
    t.says("Vera finds it on her card as Dana wrote it: no veto, and not to be overlooked.")
    t.looks_at(cast.vera, "sees it differently")


def decide(t: Telling) -> None:
    cast = t.cast
    t.must(t.fills(cast.vera, "sign_open:approve", {"said": "Go, with members in mind."}))
    t.stage.travel(t.at(1, 10, TOKYO))
    t.must(t.fills(cast.kenji, "sign_open:approve", {"said": "The data carries it."}))
    t.stage.travel(t.at(1, 10))
    t.says("It is decided over dissent, so Vera states it, with her reasons and a day to look again.")
    t.must(
        t.fills(
            cast.vera,
            "state_open",
            {
                "decided": "We shorten the window to 14 days for everybody, from the peak on.",
                "reasons": "Two windows cost us $1M and confuse. Dana's point is real: we count members' contacts.",
                "on": t.day(36).isoformat(),
            },
        )
    )
    t.says("Everybody affected is asked. Dana commits; Sam does; Kenji says nothing, and that is what is shown.")
    t.looks_at(cast.dana, "asks whether you carry it out")
    t.taps(cast.dana, "commit", on=t.looks_at(cast.dana, "asks whether you carry it out"))
    t.taps(cast.sam, "commit", on=t.looks_at(cast.sam, "asks whether you carry it out"))


def look_again(t: Telling) -> None:
    cast = t.cast
    t.stage.travel(t.at(36, 11))
    t.says("Five weeks later Dana's sentence stands beside the prediction and what happened. She was right.")
    done = t.fills(
        cast.vera,
        "again_open",
        {
            "Knowing what we know now, was that right?": "yes",
            "happened": "Contacts are at +9% instead of +0%; two thirds of them come from members.",
            "result": "change",
        },
        on=t.looks_at(cast.vera, "You set this day to look again"),
    )
    t.must(done)
    t.looks_at(cast.dana, "looked again at what was decided over dissent")


def play(t: Telling) -> None:
    differ(t)
    decide(t)
    look_again(t)
