"""Story 13, eight teams touch the checkout: two approvals unblock the next step, and one of the two is away."""

from collections.abc import Sequence
from datetime import date, timedelta

from app.workflows.admission import Actor
from app.workflows.influence import maps
from app.workflows.influence.maps import TeamSaid
from demo.stories import Telling
from demo.stories.finance import opened, team
from demo.stories.one_way import DECISION, answer, write_memo
from sandbox import Person

HELD = (
    ("Retail", "Owns the page, can take the change off it", 2.0, 0.6),
    ("Payments", "Controls the checkout cutoff, can delay the launch by five days", 5.0, 0.4),
    ("Brand", "Signs every promise to customers", 1.0, 0.1),
    ("Legal", "Releases the terms of the shop", 4.0, 0.2),
    ("Advertising", "Books the slots of the peak", 2.0, 0.3),
    ("Logistics", "Sets how many parcels come back a day", 3.0, 0.5),
    ("Support", "Staffs the lines in the peak", 2.0, 0.2),
    ("Risk", "Can stop a payment method", 3.0, 0.1),
)
"""Name, lever, days, points of conversion."""


def who_decides(t: Telling) -> Sequence[list[Person]]:
    cast = t.cast
    return (
        [cast.marco, cast.vera], [cast.mika, cast.vera], [cast.vera], [cast.omar, cast.nia], [cast.omar],
        [cast.vera, cast.marco], [cast.priya, cast.omar], [cast.kenji],
    )  # fmt: skip


def draw_map(t: Telling) -> None:
    """The map as it stands after its first year."""
    cast, workspace = t.cast, t.stage.ws.id
    t.says("Eight teams touch the checkout. Somebody who asks for consensus asks nine people, and waits for the last.")
    with t.stage.bot.db.begin() as session:
        now, sam = t.stage.clock.now(), Actor(workspace, cast.sam.id)
        journey = maps.begin_map(session, "Checkout", False, sam, now)
        for (name, lever, days, effect), people in zip(HELD, who_decides(t), strict=True):
            said = TeamSaid(
                name, [one.id for one in people], lever=lever, days=days, metric="Conversion", unit="points",
                effect=effect,
            )  # fmt: skip
            maps.save_team(session, journey.id, None, said, sam, now)
    t.command(cast.kenji, f"deputy <@{cast.omar.id}|omar>", t.cast.retail)
    cast.sam.command("/escalate", "map checkout", channel=cast.retail)
    t.stage.pump()
    t.narrator.shows_modal(cast.sam, opened(t, "the map"))
    cast.sam.close_modal(everything=True)


def goes_away(t: Telling) -> None:
    """Kenji is off for a week, and says so on his Home."""
    kenji = t.cast.kenji
    t.says("Kenji, the bar raiser, is off this week. He has said so on his Home, and named Omar to stand in.")
    kenji.open_home()
    t.stage.pump()
    kenji.click_home("hours_open")
    t.stage.slack.wait_for(lambda: kenji.modal, what="when Kenji works")
    first, last = t.day(0), t.day(6)
    t.must(kenji.submit({"off": f"{first.isoformat()} to {last.isoformat()}"}))
    t.stage.pump()


def touch(t: Telling) -> None:
    sam = t.cast.sam
    t.command(sam, DECISION, t.cast.retail)
    answer(t)
    write_memo(t)
    t.says("It touches all eight levers. Who has to say yes?")
    t.must(t.fills(sam, "touches_open", {"teams": [str(team(t, name)) for name, *_ in HELD]}))
    t.narrator.shows_modal(sam, opened(t, "whose yes, and why"))
    sam.close_modal(everything=True)


def decide(t: Telling) -> None:
    cast = t.cast
    t.says("Two approvals: Vera, and Omar in Kenji's place. Everybody else is told, and asked nothing.")
    t.must(t.fills(cast.sam, "send_open", {"decide_by": soon(t).isoformat()}))
    t.looks_at(cast.marco, "told, not asked")
    t.must(t.fills(cast.vera, "sign_open:approve", {"said": "Go."}))
    t.must(t.fills(cast.omar, "sign_open:approve", {"said": "Read in Kenji's place: the data carries it."}))
    t.looks_at(cast.sam, "pproved")


def soon(t: Telling) -> date:
    return t.day(0) + timedelta(days=4)


def play(t: Telling) -> None:
    draw_map(t)
    goes_away(t)
    touch(t)
    decide(t)
