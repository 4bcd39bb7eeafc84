"""Story 7. A private decision is seen by nobody but its participants."""

from demo.stories import Telling, quiet
from sandbox import Person, Room
from tests.stories.seen import decision, hears, refusals, said_to

SECRET = "Lisbon"


def everything_seen(t: Telling, person: Person, *rooms: Room) -> str:
    person.open_home()
    t.stage.pump()
    home = person.home()
    return " ".join(
        [*said_to(person), *(text for room in rooms for text in said_to(person, room)), home.shown if home else ""]
    )


def test_a_private_decision_is_absent_for_everybody_but_its_participants(told: Telling) -> None:
    quiet.play(told)
    inside = {told.cast.dana.id, told.cast.vera.id}
    for person in told.cast.people:
        seen = everything_seen(told, person, told.cast.retail)
        assert (SECRET in seen) == (person.id in inside), person.name


def test_its_participants_find_it_on_home_and_in_the_list(told: Telling) -> None:
    quiet.start(told)
    for person in (told.cast.dana, told.cast.vera):
        person.open_home()
        told.stage.pump()
        home = person.home()
        assert home is not None
        assert SECRET in home.shown
    told.command(told.cast.vera, "list", told.cast.retail)
    assert SECRET in said_to(told.cast.vera, told.cast.retail)[-1]


def test_its_number_tells_a_stranger_nothing(told: Telling) -> None:
    quiet.start(told)
    told.command(told.cast.nia, "D-1", told.cast.retail)
    private = said_to(told.cast.nia, told.cast.retail)[-1]
    told.command(told.cast.nia, "D-99", told.cast.retail)
    missing = said_to(told.cast.nia, told.cast.retail)[-1]
    assert private.replace("D-1", "D-99") == missing


def test_a_digest_with_nothing_but_private_decisions_is_not_posted(told: Telling) -> None:
    quiet.play(told)
    assert hears(told.cast.sam, "open decisions", told.cast.retail) == 0
    assert decision(told).private
    assert refusals(told) == []
