"""Story 9, the sync that was needed: two questions of five stay open over New York, Berlin and Tokyo, one of them on a
holiday."""

from demo.company import BERLIN, TOKYO
from demo.stories import Telling
from demo.stories.one_way import triage, write_memo
from demo.stories.written import send_preread
from sandbox import Person

QUESTIONS = (
    ("vera", "Does the 14-day window hold for gifts?"),
    ("priya", "Who tells the stores in Berlin?"),
    ("omar", "Do ads still promise 30 days?"),
    ("kenji", "What did the pilot show about members?"),
    ("vera", "Who pays for parcels on their way?"),
)
"""Who asks what; the first three are settled in writing."""


def send(t: Telling) -> None:
    """A finished memo, out to four in three zones."""
    triage(t)
    write_memo(t)
    cast = t.cast
    t.says("The memo is finished. Sam sends it to four people in New York, Berlin and Tokyo before they would meet.")
    send_preread(t, [cast.vera, cast.priya, cast.omar, cast.kenji], silent=True)
    t.says("Tuesday is a holiday in Tokyo, so the sync waits for a morning of Kenji's own on Wednesday.")
    t.looks_at(cast.kenji, "asks you to read this before you meet")


def talk(t: Telling) -> None:
    """Five questions; three are answered, and called resolved by whoever asked."""
    cast = t.cast
    t.stage.travel(t.at(1, 11, BERLIN))
    for name, text in QUESTIONS[:3]:
        ask(t, getattr(cast, name), text)
    t.says("Sam answers three of them in writing; whoever asked says whether that settles it.")
    answers = ("Yes: counted from Christmas.", "Mika does, on Thursday.", "They are changed on the same day.")
    for (name, text), said in zip(QUESTIONS[:3], answers, strict=True):
        asker: Person = getattr(cast, name)
        asked = t.looks_at(cast.sam, text)
        if said == answers[-1]:  # typed where it was asked
            cast.sam.say(said, thread_ts=asked.ts)
            t.stage.pump()
        else:
            t.must(t.fills(cast.sam, "Answer…", {"text": said}, on=asked))
        t.taps(asker, "That settles it", on=t.looks_at(asker, said))
    t.stage.travel(t.at(2, 11, TOKYO))
    t.says("On Wednesday morning Kenji is back, reads it and asks. Vera has one more.")
    t.taps(cast.kenji, "preread_read")
    for name, text in QUESTIONS[3:]:
        ask(t, getattr(cast, name), text)


def ask(t: Telling, who: Person, text: str) -> None:
    on = t.looks_at(who, "asks you to read this before you meet")
    t.must(t.fills(who, "remark_open:question", {"part": "all", "text": text}, on=on))


def meet(t: Telling) -> None:
    """At its start the two that are left, each with its answer field; one is settled, and one goes to the signer."""
    cast = t.cast
    t.stage.travel(t.at(2, 7))
    t.says("The sync begins: two questions, and nothing else. First everybody reads in silence.")
    t.looks_at(cast.vera, "The sync begins")
    t.taps(cast.sam, "sync_open", on=t.looks_at(cast.sam, "The sync begins"))
    form = t.stage.slack.wait_for(lambda: cast.sam.modal, what="the open questions")
    t.narrator.shows_modal(cast.sam, form)
    first = next(block["block_id"] for block in form.blocks if str(block.get("block_id")).startswith("answer_"))
    t.must(cast.sam.submit({first: "Members wrote to us no more often than others."}))
    t.stage.pump()
    t.taps(cast.kenji, "That settles it", on=t.looks_at(cast.kenji, "no more often than others"))
    t.stage.travel(t.at(2, 8))
    t.says("Half an hour later it is over. What was not settled goes to whoever signs, as it stands.")
    t.looks_at(cast.sam, "stayed open")
    values: dict[str, object] = {"signer": cast.vera, "bar_raiser": cast.kenji, "decide_by": t.day(7).isoformat()}
    t.must(t.fills(cast.sam, "send_open", values))
    t.looks_at(cast.kenji, "Who pays for parcels on their way?")


def play(t: Telling) -> None:
    send(t)
    talk(t)
    meet(t)
