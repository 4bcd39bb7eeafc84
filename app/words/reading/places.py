"""Why a country or a part of one was not read, in a sentence."""

from app.domain.people.places import Namesakes, NoPlace, NoSuchPart, PlaceDoubt, UnknownPlace
from app.domain.plain_text import quoted


def say(why: PlaceDoubt) -> str:
    match why:
        case NoPlace():
            return "Write a country, like Germany or DE-BY."
        case Namesakes(name=name):
            return f"There is more than one {name}. Which one?"
        case NoSuchPart(country=country, part=part, known=known):
            parts = ", ".join(known)
            return f"I know {country}, but no part of it called {quoted(part)}. Its parts are {parts}."
        case UnknownPlace(typed=typed):
            return f"I know no holidays of {quoted(typed)}. Write a country like Germany, or a code like DE-BY."
