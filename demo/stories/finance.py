"""Story 12, finance and the $200k: a team that reviews for three days reads what these cost, and takes a fast lane."""

from app.db import influence
from demo.stories import StoryBroke, Telling
from demo.stories.one_way import DECISION, answer, write_memo
from sandbox import View

LEVER = "Approves what refunds may cost, can hold the launch for three days"


def opened(t: Telling, what: str) -> View:
    return t.stage.slack.wait_for(lambda: t.cast.sam.modal, what=what)


def tap(t: Telling, what: str) -> View:
    """Sam presses something in the form on top."""
    reply = t.cast.sam.click_modal(what)
    if not reply.acked:
        raise StoryBroke(f"Sam pressed {what}: {reply.error}")
    t.stage.pump()
    return opened(t, what)


def team(t: Telling, name: str) -> int:
    """The number that a team's buttons carry."""
    with t.stage.bot.db.read() as session:
        return [one.id for one in influence.teams(session, t.stage.ws.id) if one.name == name][-1]


def draw_map(t: Telling) -> None:
    """Begun with a command; each team's lines are one form."""
    sam, cast = t.cast.sam, t.cast
    t.says("Before he asks anybody, Sam draws who can hold up the journey of a customer who returns something.")
    sam.command("/escalate", "map", channel=cast.retail)
    t.stage.pump()
    if opened(t, "the maps").body.get("callback_id") == "map":  # the only one there is opens at once
        tap(t, "map_open:all")
    tap(t, "map_form_open")
    t.must(sam.submit({"journey": "Returning a gift"}))
    t.stage.pump()
    tap(t, "team_open:new")
    lines = {
        "name": "Finance", "lever": LEVER, "deciders": [cast.mika], "deputy": cast.omar, "days": "3",
        "metric": "Refund time", "effect": "2 days",
    }  # fmt: skip
    t.must(sam.submit(lines))
    t.stage.pump()
    tap(t, "team_open:new")
    t.must(sam.submit({"name": "Brand", "deciders": [cast.priya]}))
    t.stage.pump()
    t.says("Brand is a name so far: it is asked which lever it holds.")
    tap(t, f"lever_ask:{team(t, 'Brand')}")
    t.narrator.shows_modal(sam, opened(t, "the map"))
    sam.close_modal(everything=True)
    t.looks(cast.priya)


def touch(t: Telling) -> None:
    sam = t.cast.sam
    t.command(sam, DECISION, t.cast.retail)
    answer(t, "holiday sales", "$66,700", "day")
    write_memo(t)
    t.says("It touches what Finance holds, so their yes is needed, and no other team's.")
    t.must(t.fills(sam, "touches_open", {"teams": [str(team(t, "Finance"))]}))
    t.narrator.shows_modal(sam, opened(t, "whose yes, and why"))


def ask_for_the_fast_lane(t: Telling) -> None:
    """Out of the page that says whose yes: the note is written, and Sam sends it."""
    sam = t.cast.sam
    t.says("Three days are too long. The note to Finance is written from Sam's own figures; he reads it, and sends it.")
    note = tap(t, f"fast_lane_open:{team(t, 'Finance')}")
    t.narrator.shows_modal(sam, note)
    t.must(sam.submit({}))
    t.stage.pump()
    sam.close_modal(everything=True)
    t.looks_at(t.cast.mika, "fast lane")


def decide(t: Telling) -> None:
    cast = t.cast
    t.must(
        t.fills(
            cast.sam, "send_open", {"signer": cast.vera, "bar_raiser": cast.kenji, "decide_by": t.day(4).isoformat()}
        )
    )
    t.says("Finance does not review: it answers on the same day.")
    t.must(t.fills(cast.mika, "sign_open:approve", {"said": "$200k are dearer than our review. Go."}))
    t.must(t.fills(cast.vera, "sign_open:approve", {"said": "Go."}))
    t.must(t.fills(cast.kenji, "sign_open:approve", {"said": "The data carries it."}))
    t.looks_at(cast.sam, "pproved")


def play(t: Telling) -> None:
    draw_map(t)
    touch(t)
    ask_for_the_fast_lane(t)
    decide(t)
