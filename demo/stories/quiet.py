"""Story 7, the quiet one: a private decision, seen by nobody but its participants."""

from demo.stories import Telling

DECISION = "Close the Lisbon office"


def start(t: Telling) -> None:
    dana, cast = t.cast.dana, t.cast
    t.says("Dana starts a private decision, in a public channel by mistake.")
    t.command(dana, DECISION, cast.retail)
    t.taps(dana, "private")
    t.taps(dana, "answer:never")
    t.taps(dana, "answer_form", fill={"effects": ["people"]})
    t.taps(dana, "answer:no")
    t.taps(dana, "answer_form", fill={"what": "the lease renewal for customers' support", "on": t.day(28).isoformat()})
    t.taps(dana, "answer_form", fill={"delay": "$50k", "per": "day", "mistake": "$1M", "likelihood": "possible"})
    t.taps(dana, "answer_form", fill={"who_director": cast.omar, "result_director": "cannot_decide"})
    t.taps(dana, "answer:no")
    t.must(
        t.fills(
            dana,
            "memo_open",
            {
                "data": "Customers are served from Berlin already (support dashboard, October): 92% of contacts.",
                "ask": f"<@{cast.vera.id}> to decide by {t.day(4).isoformat()}, so that the lease ends in time.",
            },
        )
    )
    t.must(t.fills(dana, "send_open", {"signer": cast.vera, "decide_by": t.day(4).isoformat()}))
    t.looks(cast.vera)


def look_for_it(t: Telling) -> None:
    """A colleague looks in every place there is."""
    nia, retail = t.cast.nia, t.cast.retail
    t.says("Nia looks for it: in the list, by its number, on Home, in the channel and its digest.")
    t.command(nia, "list", retail)
    t.looks(nia, retail)
    t.command(nia, t.name_of(t.cast.dana), retail)
    t.looks(nia, retail)
    t.command(t.cast.sam, "digest on daily 09:00 America/New_York", retail)
    before = len(nia.sees(retail))
    t.stage.travel(t.at(2, 10))
    posted = nia.sees(retail)[before:]
    digest = "has other news, and not a word of it" if posted else "was not posted: nothing else is open there"
    t.says(f"Two mornings at nine have passed. The digest of #retail {digest}.")
    for message in posted:
        t.narrator.shows(nia, message)
    nia.open_home()
    t.stage.pump()


def play(t: Telling) -> None:
    start(t)
    look_for_it(t)
