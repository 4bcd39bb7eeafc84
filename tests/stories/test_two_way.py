"""Story 1. A new product manager wants a director's blessing for the wording of a button."""

import pytest

from app.domain.lifecycle import Status
from app.domain.looking_back import Right
from demo.stories import Telling, two_way
from tests.stories.seen import decision, hears, history, keys_sent, refusals, said_to


def heard_by_leaders(t: Telling) -> list[list[str]]:
    leaders = (t.cast.marco, t.cast.mika, t.cast.dana, t.cast.omar, t.cast.vera, t.cast.kenji, t.cast.lea)
    return [said_to(leader) for leader in leaders]


def test_the_verdict_comes_within_five_interactions(told: Telling) -> None:
    two_way.triage(told)
    assert "two-way door" in said_to(told.cast.nia)[-1]
    assert told.stage.slack.count_interactions(told.cast.nia) <= 5


def test_no_leader_hears_of_it(told: Telling) -> None:
    before = heard_by_leaders(told)
    two_way.play(told)
    assert heard_by_leaders(told) == before


def test_the_owner_decides_with_a_metric_and_a_learning_check_in_two_weeks(told: Telling) -> None:
    two_way.triage(told)
    two_way.hand_back(told)
    d = decision(told)
    assert d.status is Status.DEFLECTED
    assert d.owner_id == told.cast.nia.id
    assert d.metric
    assert "A/B test" in d.metric
    assert d.look_on == told.day(14)


def test_the_learning_check_asks_after_two_weeks_and_its_answer_is_in_the_record(told: Telling) -> None:
    two_way.triage(told)
    two_way.hand_back(told)
    told.stage.travel(told.at(13, 18))
    assert hears(told.cast.nia, "Learning check: was it right") == 0
    two_way.learning_check(told)
    d = decision(told)
    assert d.status is Status.LEARNED
    assert d.looks[0].look.happened == "Baskets a visit went up by 0.6%."
    assert d.looks[0].look.right is Right.YES
    assert "look_back" in [event.what for event in history(told)]
    assert "went up by 0.6%" in " ".join(said_to(told.cast.nia))


def test_the_channel_sees_one_message_edited_in_place(told: Telling) -> None:
    two_way.play(told)
    status = [m for m in told.cast.sam.sees(told.cast.retail) if "D-1" in m.text and not m.ephemeral_to]
    assert len(status) == 1
    assert status[0].edited


def test_nothing_was_sent_twice_and_slack_refused_nothing(told: Telling) -> None:
    two_way.play(told)
    assert set(keys_sent(told).values()) == {1}
    assert refusals(told) == []


@pytest.mark.parametrize("database_kind", ["sqlite"], indirect=False)
def test_the_story_is_the_same_over_signed_http(told_over_http: Telling) -> None:
    before = heard_by_leaders(told_over_http)  # Dana heard that her ladder was saved
    two_way.play(told_over_http)
    assert decision(told_over_http).status is Status.LEARNED
    assert heard_by_leaders(told_over_http) == before
    assert refusals(told_over_http) == []
