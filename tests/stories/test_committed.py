"""Story 10. A director disagrees, commits, and was right five weeks later."""

from app.domain.commitments import Pledge, Result
from app.domain.lifecycle import Status
from app.domain.looking_back import Right
from demo.stories import Telling, committed
from tests.stories.seen import decision, hears, keys_sent, refusals


def test_a_dissent_is_carried_along_and_was_right_five_weeks_later(told: Telling) -> None:
    dana, vera, kenji = told.cast.dana, told.cast.vera, told.cast.kenji
    before = told.stage.slack.count_interactions(dana)
    committed.differ(told)
    assert told.stage.slack.count_interactions(dana) - before <= 2, "dissent takes two interactions"
    assert committed.DISSENT in " ".join(str(message.blocks) for message in vera.sees()), "verbatim, before she signs"
    committed.decide(told)
    d = decision(told)
    assert d.status is Status.APPROVED, "a dissent is no veto"
    assert d.revisit_on == told.day(36)
    said = {one.user_id: one.answer for one in d.commitments}
    assert (said[dana.id], said[told.cast.sam.id], said[kenji.id]) == (Pledge.COMMIT, Pledge.COMMIT, None)
    assert vera.id not in said
    told.stage.travel(told.at(36, 6))
    assert hears(kenji, "You have not said yet whether you commit") == 1, "the first gave way to the second"
    assert f"No answer from <@{told.cast.priya.id}>" in " ".join(str(m.blocks) for m in dana.sees())
    committed.look_again(told)
    d = decision(told)
    assert (d.dissents[0].was_right, d.dissents[0].text) == (Right.YES, committed.DISSENT)
    assert (d.overs[0].result, d.overs[0].next_number) == (Result.CHANGE, 2)
    page = " ".join(str(message.blocks) for message in dana.sees())
    assert "D-2 begins, and refers to it." in page
    assert set(keys_sent(told).values()) == {1}
    assert refusals(told) == []
