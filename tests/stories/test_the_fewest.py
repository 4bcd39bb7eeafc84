"""Stories 12 and 13. Finance reads what three days cost; of eight teams two people give every yes, one in another's
place."""

from app.domain.influence.asking import For
from app.domain.lifecycle import Status
from demo.stories import Telling, eight_teams, finance
from tests.stories.seen import decision, hears, keys_sent, refusals


def test_finance_reads_what_three_days_cost_and_answers_on_the_same_day(told: Telling) -> None:
    cast = told.cast
    finance.draw_map(told)
    assert hears(cast.priya, "asks which lever you hold") == 1
    finance.touch(told)
    page = str(cast.sam.modal)
    assert "Three approvals unblock it" in page
    assert f"*<@{cast.mika.id}>*\\n•  decides for Finance" in page
    before = len(cast.mika.sees())
    finance.ask_for_the_fast_lane(told)
    assert hears(cast.mika, "Three working days cost $200k of “holiday sales”.") == 1
    assert len(cast.mika.sees()) == before + 1, "nothing but the note that Sam sent"
    finance.decide(told)
    d = decision(told)
    assert d.status is Status.APPROVED
    assert {one.user_id for one in d.signers} == {cast.mika.id, cast.vera.id, cast.kenji.id}
    assert set(keys_sent(told).values()) == {1}
    assert refusals(told) == []


def test_of_eight_teams_two_people_give_every_yes_and_the_others_are_told(told: Telling) -> None:
    cast = told.cast
    eight_teams.draw_map(told)
    eight_teams.goes_away(told)
    eight_teams.touch(told)
    eight_teams.decide(told)
    d = decision(told)
    assert {one.user_id for one in d.signers} == {cast.vera.id, cast.omar.id}
    given = {(one.name, one.user_id) for one in d.approvals if one.kind is For.LEVER}
    assert len(given) == 8
    assert {user for _, user in given} == {cast.vera.id, cast.omar.id}
    raiser = next(one for one in d.approvals if one.kind is For.BAR_RAISER)
    assert (raiser.user_id, raiser.in_place_of) == (cast.omar.id, cast.kenji.id)
    assert d.status is Status.APPROVED, "two approvals, and nobody waits for the rest"
    assert [hears(one, "told, not asked") for one in (cast.marco, cast.mika, cast.nia, cast.priya)] == [1, 1, 1, 1]
    assert hears(cast.omar, "told, not asked") == 0
    assert set(keys_sent(told).values()) == {1}
    assert refusals(told) == []
