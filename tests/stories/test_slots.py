"""Story 11. The ad slots, from argument to guideline: one slot, 2% more revenue, hardly any conversion lost."""

from app.domain.lifecycle import Status
from app.domain.tradeoffs.verdict import Outcome
from demo.stories import Telling, slots
from tests.stories.seen import decision, hears, history, keys_sent, refusals, requests


def test_one_slot_from_argument_to_guideline(told: Telling) -> None:
    sam, omar, marco = told.cast.sam, told.cast.omar, told.cast.marco
    before = told.stage.slack.count_interactions(sam)
    slots.argue(told)
    took = told.stage.slack.count_interactions(sam) - before
    assert took - 1 <= 9, "without the sentence that was handed back"
    assert took <= 9
    tapped = told.stage.slack.count_interactions(omar)
    slots.agree(told)
    assert told.stage.slack.count_interactions(omar) - tapped <= 2
    d = decision(told)
    assert d.tradeoff is not None
    assert d.tradeoff.agreed_at is not None
    days, seen = slots.planned(told)
    slots.tell(told, days, seen)
    d = decision(told)
    assert [one.verdict.outcome for one in d.results] == [Outcome.NOT_YET, Outcome.THIS_ARM]
    last = d.results[-1].verdict
    assert (last.arm, last.by) == ("1 slot", "ad revenue per visit")
    pictures = [one for one in requests(told, "files.getUploadURLExternal") if "arms.png" in str(one.args)]
    assert len(pictures) == 3, "the chart comes to both sides and the requester"
    assert all("1 slot" in str(one.args["alt_txt"]) for one in pictures), "with its figures in words"
    slots.close(told)
    d = decision(told)
    assert d.tradeoff is not None
    assert (d.status, d.tradeoff.arm, d.tradeoff.decided) == (Status.DEFLECTED, "1 slot", slots.GUIDELINE)
    assert hears(marco, "closed the trade-off") == 1
    assert slots.GUIDELINE in str(told.looks(sam, told.cast.retail).blocks)
    assert [one.what for one in history(told) if one.what.startswith("tradeoff")] == [
        "tradeoff", "tradeoff_plan", "tradeoff_agree", "tradeoff_agree", "tradeoff_result", "tradeoff_result",
        "tradeoff_closed",
    ]  # fmt: skip
    assert set(keys_sent(told).values()) == {1}
    assert refusals(told) == []
