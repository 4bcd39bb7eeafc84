"""The form of a look back, read into the domain's types."""

from app.domain.answers import Undo
from app.domain.errors import Unreadable
from app.domain.looking_back import Look, LookBack, Right, Undone
from app.slack.forms import Fields, chosen
from app.words.reading.figures import read_figure


def looked_back(look: Look, fields: Fields) -> LookBack:
    """What was written, and the typed answers where any were given. How long undoing took counts where it was undone.

    Raises:
        Unreadable: a choice that is none of ours, a figure that is none.
    """
    undone = chosen(Undone, fields.option("undone"), "undone") if fields.option("undone") else None
    took = chosen(Undo, fields.option("undo_took"), "undo_took") if fields.option("undo_took") else None
    if undone is Undone.YES and took is None:
        raise Unreadable("Say how long undoing it took.", "undo_took")
    return LookBack(
        look,
        chosen(Right, fields.option("right"), "right"),
        fields.text("happened"),
        fields.text("learned"),
        fields.text("chose"),
        undone,
        took if undone is not Undone.NO else None,
        {"yes": True, "no": False}.get(fields.option("reached")),
        read_figure(fields.text("actual"), "actual") if fields.text("actual") else None,
    )
