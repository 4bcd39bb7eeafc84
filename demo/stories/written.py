"""Story 8, written first: the recommendation widget begins with its press release, and is held to three outcomes."""

from collections.abc import Sequence

from demo.company import TOKYO
from demo.stories import StoryBroke, Telling
from demo.stories.one_way import answer
from sandbox import Person, View

HEADLINE = "Acme launches a recommendation widget to reduce the search for a second product from 45 seconds to 8"
OPENING = (
    "From the first of March a shopper who looks at a lamp sees the bulb that fits it: from 45 seconds of searching "
    "to 8 (source: session study, October). Nobody types a part number any more."
)
PROBLEM = "One in nine customers writes to us because a part does not fit (service dashboard, November)."
SOLUTION = (
    "Below each product customers see the two that others bought with it. A pilot on 5% of the visitors brought "
    "+0.4% add-to-cart in two weeks (source: pilot report, https://wiki.acme.test/widget-pilot)."
)


def write(t: Telling) -> None:
    """Begun with a command, written section by section, published."""
    sam = t.cast.sam
    t.says("Sam does not start with a meeting. He writes the news of the day on which it has worked.")
    sam.command("/escalate", f"write: {HEADLINE}", channel=t.cast.retail)
    t.stage.pump()
    begun = opened(t, "the form that begins it")
    t.narrator.shows_modal(sam, begun)
    t.must(sam.submit({}))
    t.stage.pump()
    section(t, "opening", {"text": OPENING})
    section(t, "problem", {"text": PROBLEM})
    section(t, "solution", {"text": SOLUTION})
    section(t, "headline", {"principle": "small trials before big bets"})
    section(
        t,
        "quotes",
        {
            "text_customer": "I looked for a lamp and left with the bulb that fits it.",
            "who_customer": "a father of two, on a Sunday evening",
            "text_leader": "The pilot told us, not the meeting.",
            "who_leader": "the VP of Retail",
            "user_leader": t.cast.vera,
        },
    )
    outcomes: dict[str, object] = {}
    for number, (metric, baseline, target, source) in enumerate(
        (
            ("Add-to-cart on product pages", "6.1%", "6.5%", "funnel dashboard"),
            ("Seconds to a second product", "45", "8", "session study"),
            ("Returns of parts that do not fit", "4%", "3%", "returns board"),
        ),
        1,
    ):
        outcomes |= {f"metric_{number}": metric, f"baseline_{number}": baseline, f"target_{number}": target}
        outcomes |= {f"source_{number}": source, f"on_{number}": t.day(90).isoformat()}
    section(t, "outcomes", outcomes)
    section(t, "faq", {"question_1": "What does it cost customers?", "answer_1": "Nothing: no page loads slower."})
    t.says("A careful reader has read along. Sam publishes version 1.")
    t.narrator.shows_modal(sam, opened(t, "the sections"))
    t.must(sam.submit({}))
    t.stage.pump()
    t.says("The VP is asked whether the imagined quote may stand under her name. She says yes, for these very words.")
    t.taps(t.cast.vera, "lend_name:yes")


def section(t: Telling, name: str, fields: dict[str, object]) -> None:
    sam = t.cast.sam
    opened(t, "the sections")
    reply = sam.click_modal(f"section_open:{name}")
    if not reply.acked:
        raise StoryBroke(f"Sam opened the section {name}: {reply.error}")
    t.stage.pump()
    t.narrator.shows_modal(sam, opened(t, f"the form of {name}"))
    t.must(sam.submit(fields))
    t.stage.pump()


def opened(t: Telling, what: str) -> View:
    return t.stage.slack.wait_for(lambda: t.cast.sam.modal, what=what)


def decide(t: Telling) -> None:
    """Triage, memo, sign-off: the memo begins with the first outcome, and the VP has read before she signs."""
    sam, cast = t.cast.sam, t.cast
    answer(t)
    ask = f"<@{cast.vera.id}> to approve the widget by {t.day(4).isoformat()}, so that customers have it on 1 March."
    data = "A pilot brought +0.4% add-to-cart with 5% of the visitors (source: pilot report)."
    t.must(t.fills(sam, "memo_open", {"data": data, "ask": ask}))
    read_first(t)
    t.must(
        t.fills(sam, "send_open", {"signer": cast.vera, "bar_raiser": cast.kenji, "decide_by": t.day(4).isoformat()})
    )
    t.says("Vera reads the press release on her card, and needs no meeting.")
    t.taps(cast.vera, "document_read")
    t.narrator.shows_modal(cast.vera, t.stage.slack.wait_for(lambda: cast.vera.modal, what="the page"))
    cast.vera.close_modal()
    t.must(t.fills(cast.vera, "sign_open:approve", {"said": "Approved."}))
    t.stage.travel(t.at(3, 10, TOKYO))
    t.must(t.fills(cast.kenji, "sign_open:approve", {"said": "Three outcomes, each with its source."}))


def read_first(t: Telling) -> None:
    """Out as a pre-read to four, who settle it in writing: nobody has to meet."""
    sam, cast = t.cast.sam, t.cast
    t.says("Before anybody signs, Sam sends it as a pre-read to four people, in three clicks.")
    send_preread(t, [cast.vera, cast.kenji, cast.dana, cast.marco])
    t.says("Vera has read it, and types one word into its thread. Dana and Marco approve with a click.")
    notice = t.looks_at(cast.vera, "asks you to read this before you meet")
    t.taps(cast.vera, "preread_read", on=notice)
    cast.vera.say("Approved.", thread_ts=notice.ts)
    t.stage.pump()
    said = [one for one in cast.vera.sees(thread=notice.ts) if "Taken down as your comment" in str(one.blocks)]
    if not said:
        raise StoryBroke("what Vera typed in the thread was not taken down")
    t.narrator.shows(cast.vera, said[0])
    for person in (cast.dana, cast.marco):
        t.taps(person, "approve_written", on=t.looks_at(person, "asks you to read this before you meet"))
    t.stage.travel(t.at(2, 10, TOKYO))
    t.says("Kenji approves in his own morning, after a holiday. Nothing is open: the sync is off, for everybody.")
    t.taps(cast.kenji, "approve_written")
    t.looks_at(sam, "150 minutes of five people given back")


def send_preread(t: Telling, readers: Sequence[Person], silent: bool = False) -> None:
    """To whom, then when: the first of the times that suit all is chosen already."""
    values: dict[str, object] = {"readers": list(readers), **({"silent": ["yes"]} if silent else {})}
    t.must(t.fills(t.cast.sam, "preread_open", values))
    t.narrator.shows_modal(t.cast.sam, opened(t, "the times"))
    t.must(t.cast.sam.submit({}))
    t.stage.pump()
    t.narrator.shows_modal(t.cast.sam, opened(t, "what became of it"))
    t.cast.sam.close_modal(everything=True)


def review(t: Telling) -> None:
    sam = t.cast.sam
    t.stage.travel(t.at(15, 11))
    t.must(t.fills(sam, "shipped_open", {"on": t.day(14).isoformat()}))
    t.stage.travel(t.at(43, 11))
    t.says("Four weeks after it shipped, it is held to each of the three outcomes.")
    t.must(
        t.fills(
            sam,
            "look_open",
            {
                "came_1": "6.4%", "came_2": "9 seconds", "came_3": "3.1%", "right": "yes",
                "learned": "The pilot was nearly right; seconds matter more than we thought.",
            },
            on=t.looks(sam),
        )
    )  # fmt: skip
    t.looks_at(sam, "Reviewed on")


def play(t: Telling) -> None:
    write(t)
    decide(t)
    review(t)
