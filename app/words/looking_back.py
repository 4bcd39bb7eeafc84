"""How it is said that a decision was right."""

from app.domain.looking_back import Right, Undone

UNDONE_SAID = {
    Undone.NO: "No",
    Undone.YES: "Yes",
    Undone.COULD_NOT: "Yes, and it could not be undone",
}

RIGHT_SAID = {
    Right.YES: "right, we would do it again",
    Right.PARTLY: "partly right",
    Right.NO: "wrong, we would decide differently",
}
