"""Story 4, made two-way: Retail and Advertising disagree, and a trial settles it without a leader."""

from demo.stories import Telling

DECISION = "Show ad slots on product pages"


def play(t: Telling) -> None:
    omar = t.cast.omar
    t.says("Retail wants no ads on product pages, Advertising wants three. Both would go to the VP.")
    t.command(omar, DECISION, t.cast.ads)
    t.taps(omar, "answer:weeks")
    t.taps(omar, "answer:none")
    t.taps(omar, "answer:several_teams")
    t.looks(omar)
    t.taps(
        omar,
        "answer_form",
        fill={
            "trial": "Zero to three slots, a quarter of the visitors each",
            "metric": "conversion and ad revenue a visitor",
            "ends": t.day(28).isoformat(),
        },
    )
    t.says("A trial makes it reversible: the experiment, its metric and its end are the record.")
    t.looks(omar)
    t.taps(omar, "deflect_form", fill={"owner": t.cast.mika})
    t.looks(t.cast.mika)
    t.looks(omar, t.cast.ads)
