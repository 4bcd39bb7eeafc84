"""Messages about a map, of no decision: the lever that is asked for, and that it was said."""

from app.slack.ids import COMMAND, Act
from app.slack.views.blocks import actions, button, code, context, section
from app.slack.views.scene import Message
from app.slack.views.text import inline, mention


def lever_asked_reply(by: str, team: int, name: str, journey: str) -> Message:
    """To whoever decides for a team that is a name so far."""
    said = (
        f"{mention(by)} put {inline(name, 80)} on the map of “{inline(journey, 80)}” and asks which lever you hold: "
        "what can you hold up for the customer, or free?"
    )
    how = (
        "Without one nobody needs your yes, and you are not asked. With one, only decisions that touch it come to you."
    )
    return Message(
        said, [section(said), context(how), actions(button("Say which…", Act.LEVER_OPEN, style="primary", t=team))]
    )


def lever_said_reply(by: str, name: str, journey: str) -> Message:
    """To whoever made the map."""
    said = f"{mention(by)} said which lever {inline(name, 80)} holds on the map of “{inline(journey, 80)}”."
    return Message(said, [section(said), context(f"{code(f'{COMMAND} map')} shows it.")])
