"""The ways into a trade-off, and its log as people find and take it along."""

from demo.stories import Telling, slots
from tests.e2e import scenes
from tests.e2e.house import Tale
from tests.stories.seen import decision, requests, said_to


def fill(t: Telling) -> None:
    """The form of the sides that stands open, for a new trade-off or beside a triage."""
    t.must(t.cast.sam.submit(slots.sides(t)))
    t.stage.pump()


def test_from_a_message_from_a_triage_and_into_the_log(shown: Tale) -> None:
    t, sam, cast = shown, shown.cast.sam, shown.cast
    message = sam.say("Retail blocks the second ad slot again. Why?", cast.retail)
    assert sam.shortcut("tradeoff_thread", message).acked
    form = slots.opened(t, "the form of the sides")
    assert "Retail blocks the second ad slot again" in str(form.body)
    fill(t)
    assert decision(t).source_text
    assert "What is measured" in str(slots.opened(t, "the form of the experiment").body)
    assert sam.command("/escalate", "How many stars does a product page show?", cast.retail).acked
    t.stage.pump()
    t.taps(sam, "tradeoff_open")
    slots.opened(t, "the form of the sides")
    fill(t)
    d = decision(t, 2)
    assert (len(d.sides), d.tradeoff is not None) == (2, True)
    early = [one for one in sam.sees() if "tradeoff_plan_open" in str(one.blocks)]
    assert early, "the card has the next step"
    assert sam.command("/escalate", "tradeoffs", cast.retail).acked
    assert "2 trade-offs, the newest first" in scenes.last(sam, cast.retail)
    log = sam.latest(cast.retail)
    assert log is not None
    assert sam.command("/escalate", "tradeoffs stars", cast.retail).acked
    found = scenes.last(sam, cast.retail)
    assert "1 trade-off for “stars”" in found
    assert "D-2" in found
    assert cast.nia.command("/escalate", "tradeoffs", cast.retail).acked
    assert "No trade-off was found" in scenes.last(cast.nia, cast.retail), "open ones are for those who take part"
    for form_ in ("md", "csv"):
        assert sam.click(log, f"tradeoffs_export:{form_}").acked
        t.stage.pump()
    names = [str(one.args["filename"]) for one in requests(t, "files.getUploadURLExternal")]
    assert names == ["tradeoffs.md", "tradeoffs.csv"]
    assert any("The trade-off log." in said for said in said_to(sam))
