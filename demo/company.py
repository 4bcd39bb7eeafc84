"""A small company over three time zones: who works there, where they talk, and who sits on which rung."""

from dataclasses import dataclass

from demo.stage import Stage
from sandbox import Person, Room, Workspace

NEW_YORK, BERLIN, TOKYO = "America/New_York", "Europe/Berlin", "Asia/Tokyo"


@dataclass(frozen=True)
class Company:
    nia: Person  # a new product manager
    sam: Person  # product manager, electronics
    priya: Person  # product manager, the peer
    marco: Person  # manager, retail
    mika: Person  # manager of the other team, in Berlin
    dana: Person  # director, and an admin of the workspace in Slack
    omar: Person  # director, advertising
    vera: Person  # VP
    kenji: Person  # bar raiser, in Tokyo
    lea: Person  # SLT
    retail: Room
    ads: Room
    leads: Room  # private

    @property
    def people(self) -> tuple[Person, ...]:
        return (
            self.nia, self.sam, self.priya, self.marco, self.mika, self.dana, self.omar, self.vera, self.kenji,
            self.lea,
        )  # fmt: skip

    @property
    def ladder(self) -> dict[str, list[Person]]:
        """Who sits where, in the whole workspace."""
        return {
            "peer": [self.priya], "manager": [self.marco, self.mika], "director": [self.dana, self.omar],
            "vp": [self.vera], "slt": [self.lea], "bar_raiser": [self.kenji],
        }  # fmt: skip

    @property
    def names(self) -> dict[str, str]:
        """Ids to what people read, for rendering."""
        rooms = (self.retail, self.ads, self.leads)
        return {p.id: p.name for p in self.people} | {room.id: room.name for room in rooms}


def hire(ws: Workspace) -> Company:
    """Hire everybody and open the channels."""
    nia = ws.add_user("Nia", tz=NEW_YORK, title="new PM")
    sam = ws.add_user("Sam", tz=NEW_YORK, title="PM")
    priya = ws.add_user("Priya", tz=BERLIN, title="PM")
    marco = ws.add_user("Marco", tz=NEW_YORK, title="manager")
    mika = ws.add_user("Mika", tz=BERLIN, title="manager")
    dana = ws.add_user("Dana", tz=NEW_YORK, admin=True, title="director")
    omar = ws.add_user("Omar", tz=BERLIN, title="director")
    vera = ws.add_user("Vera", tz=NEW_YORK, title="VP")
    kenji = ws.add_user("Kenji", tz=TOKYO, title="bar raiser")
    lea = ws.add_user("Lea", tz=NEW_YORK, title="SLT")
    everybody = [nia, sam, priya, marco, mika, dana, omar, vera, kenji, lea]
    return Company(
        nia,
        sam,
        priya,
        marco,
        mika,
        dana,
        omar,
        vera,
        kenji,
        lea,
        retail=ws.add_channel("retail", members=everybody),
        ads=ws.add_channel("ads", members=[sam, dana, omar, mika]),
        leads=ws.add_channel("leads", members=[dana, omar, vera], private=True),
    )


def found(stage: Stage) -> Company:
    """Hire everybody, and seat the ladder through the bot itself: in the workspace of the stage."""
    company = hire(stage.ws)
    dana = company.dana
    dana.command("/escalate", "ladder", channel=company.retail)
    card = dana.latest(company.retail)
    assert card is not None, "the ladder answers in the channel, to the person alone"
    dana.click(card, "ladder_open")
    stage.slack.wait_for(lambda: dana.modal, what="the form for the ladder")
    dana.submit({"scope": "workspace", **company.ladder})
    stage.pump()
    return company
