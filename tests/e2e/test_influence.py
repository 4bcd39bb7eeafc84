"""/escalate map and what follows from it, as people walk it: who sees what, a user group that decides, a lever that is
said, days that are taken over, a decision that is judged by them."""

from app.db import influence
from app.db.models import MapTeam
from app.domain.lifecycle import Status
from demo.stories import finance
from demo.stories.finance import draw_map, opened, tap, team
from demo.stories.one_way import answer
from sandbox import Person, View
from tests.e2e import scenes
from tests.e2e.house import Tale
from tests.e2e.scenes import DECISION


def kept(t: Tale, name: str) -> MapTeam:
    with t.stage.bot.db.read() as session:
        return next(one for one in influence.teams(session, t.stage.ws.id) if one.name == name)


def opens(t: Tale, person: Person, text: str) -> View:
    person.command("/escalate", text, channel=t.cast.retail)
    t.stage.pump()
    return t.stage.slack.wait_for(lambda: person.modal, what=f"what /escalate {text} opens")


def test_a_team_that_is_a_name_says_its_lever_and_a_user_group_decides_as_it_changes(shown: Tale) -> None:
    sam, priya, omar = shown.cast.sam, shown.cast.priya, shown.cast.omar
    group = shown.stage.ws.add_usergroup("brand-leads", [priya, omar])
    draw_map(shown)
    shown.must(shown.fills(priya, "lever_open", {"lever": "Signs every promise", "days": "1,5"}))
    assert (kept(shown, "Brand").lever, kept(shown, "Brand").days) == ("Signs every promise", 1.5)
    assert "said which lever Brand holds" in scenes.last(sam)
    opens(shown, sam, "map returning a gift")
    tap(shown, f"team_open:{team(shown, 'Brand')}")
    shown.must(sam.submit({"group": group, "deciders": []}))
    shown.stage.pump()
    assert set(kept(shown, "Brand").deciders) == {priya.id, omar.id}
    assert "@brand-leads" in str(opened(shown, "the map"))
    sam.close_modal(everything=True)


def test_words_behind_map_that_name_none_begin_a_decision_and_a_private_map_is_nobodys_else(shown: Tale) -> None:
    sam, nia = shown.cast.sam, shown.cast.nia
    shown.command(sam, "map the returns of every shop anew", shown.cast.retail)
    assert scenes.decision(shown, scenes.the_one(shown)).title == "map the returns of every shop anew"
    opens(shown, sam, "map")
    tap(shown, "map_form_open")
    shown.must(sam.submit({"journey": "Checkout", "private": ["yes"]}))
    shown.stage.pump()
    assert "private: for whoever made it" in str(opened(shown, "the map"))
    sam.close_modal(everything=True)
    assert "Checkout" not in str(opens(shown, nia, "map"))
    assert "No map of yours is called" in str(opens(shown, nia, "map: Checkout"))


def test_a_decision_is_judged_by_the_days_that_were_taken_over(shown: Tale) -> None:
    """$67k a week against an expected $100k: 14 days pass, three measured ones do not."""
    sam = shown.cast.sam
    draw_map(shown)
    shown.command(sam, DECISION, shown.cast.retail)
    answer(shown)
    number = scenes.the_one(shown)
    assert scenes.decision(shown, number).status is Status.TRIAGE
    with shown.stage.bot.db.begin() as session:
        found = session.merge(kept(shown, "Finance"), load=False)
        found.measured = True
    shown.must(shown.fills(sam, "touches_open", {"teams": [str(team(shown, "Finance"))]}))
    assert "The cost gate counts 3 days of waiting, as measured" in str(opened(shown, "whose yes"))
    sam.close_modal(everything=True)
    assert scenes.decision(shown, number).status is Status.HELD
    assert "Waiting 3 days (as measured of whom it waits for) costs" in scenes.last(sam)


def test_what_is_taken_off_or_down_is_gone_where_it_was_clicked(shown: Tale) -> None:
    sam = shown.cast.sam
    draw_map(shown)
    opens(shown, sam, "map")
    tap(shown, f"team_open:{team(shown, 'Brand')}")
    view = tap(shown, "team_off")
    assert "Brand" not in str(view)
    assert finance.LEVER[:20] in str(view)
    assert "Finance" not in str(tap(shown, "map_down"))
