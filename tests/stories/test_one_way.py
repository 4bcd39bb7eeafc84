"""Story 2. A stricter return policy is a public promise: memo, VP and bar raiser, review."""

from app.domain.ladder import Rung
from app.domain.lifecycle import Status
from app.domain.memo.checks import blocking, check_memo
from app.domain.people.calendar import WorkingHours, working_days_between
from demo.company import NEW_YORK
from demo.stories import Telling, one_way
from tests.stories.seen import decision, hears, history, keys_sent, refusals, said_to


def test_the_memo_is_complete_within_fourteen_interactions(told: Telling) -> None:
    one_way.triage(told)
    one_way.write_memo(told)
    memo = decision(told).memo
    assert memo is not None
    assert blocking(check_memo(memo, today=told.day(0))) == []
    assert told.stage.slack.count_interactions(told.cast.sam) <= 14


def test_every_gate_names_the_answer_it_came_from(told: Telling) -> None:
    one_way.triage(told)
    card = said_to(told.cast.sam)[-1]
    assert "one-way door" in card
    assert "the holiday peak" in card
    assert "can't decide it" in card
    assert "$1M" in card
    assert decision(told).rung is Rung.VP


def test_a_vp_and_a_bar_raiser_are_asked_and_nobody_else(told: Telling) -> None:
    one_way.triage(told)
    one_way.write_memo(told)
    one_way.send(told)
    assert {s.user_id for s in decision(told).signers} == {told.cast.vera.id, told.cast.kenji.id}
    for other in (told.cast.dana, told.cast.omar, told.cast.lea, told.cast.nia):
        assert said_to(other) == []
    for other in (told.cast.marco, told.cast.priya):
        assert ["wrote down what you said" in line for line in said_to(other)] == [True], "told, and asked nothing"


def test_not_yet_blocks_until_the_condition_is_met(told: Telling) -> None:
    one_way.triage(told)
    one_way.write_memo(told)
    one_way.send(told)
    one_way.sign(told)
    moves = [(event.what, event.after) for event in history(told) if event.after]
    assert ("ask_condition", "not_yet") in moves
    assert moves.index(("ask_condition", "not_yet")) < moves.index(("meet_condition", "in_review"))
    assert moves[-1] == ("approve", "approved")
    assert decision(told).questions[0].text == "Yes, if Legal has read the new wording."


def test_it_is_approved_within_two_working_days(told: Telling) -> None:
    one_way.triage(told)
    one_way.write_memo(told)
    one_way.send(told)
    one_way.sign(told)
    d = decision(told)
    assert d.sent_at
    assert d.decided_at
    assert working_days_between(d.sent_at.date(), d.decided_at.date(), WorkingHours(NEW_YORK)) <= 2


def test_each_signer_has_one_card_edited_in_place(told: Telling) -> None:
    one_way.play(told)
    for signer in (told.cast.vera, told.cast.kenji):
        cards = [m for m in signer.sees() if "Memo version 1" in str(m.blocks)]
        assert len(cards) == 1
        assert cards[0].edited


def test_the_review_comes_four_weeks_after_it_shipped_and_holds_the_prediction(told: Telling) -> None:
    one_way.play(told)
    d = decision(told)
    assert d.status is Status.REVIEWED
    assert d.shipped_on == told.day(14)
    asked = [event for event in history(told) if event.what == "review"]
    assert asked[0].at.date() >= told.day(14 + 28)
    card = " ".join(said_to(told.cast.sam))
    assert "customer-service contacts" in card
    assert "$240k saved" in card


def test_the_review_is_not_asked_for_a_day_early(told: Telling) -> None:
    one_way.triage(told)
    one_way.write_memo(told)
    one_way.send(told)
    one_way.sign(told)
    told.stage.travel(told.at(15, 11))
    told.must(told.fills(told.cast.sam, "shipped_open", {"on": told.day(14).isoformat()}))
    told.stage.travel(told.at(41, 23))
    assert hears(told.cast.sam, "Four weeks are over") == 0
    told.stage.travel(told.at(42, 10))
    assert hears(told.cast.sam, "Four weeks are over") == 1


def test_the_memo_is_exported_as_markdown(told: Telling) -> None:
    one_way.play(told)
    told.taps(told.cast.sam, "export")
    files = [file for message in told.cast.sam.sees() for file in message.files]
    assert [file["name"] for file in files] == ["D-1.md"]


def test_nothing_was_sent_twice_and_slack_refused_nothing(told: Telling) -> None:
    one_way.play(told)
    assert set(keys_sent(told).values()) == {1}
    assert refusals(told) == []


def test_the_story_is_the_same_over_signed_http(told_over_http: Telling) -> None:
    one_way.play(told_over_http)
    assert decision(told_over_http).status is Status.REVIEWED
    assert refusals(told_over_http) == []
