"""How it is said that a decision was right."""

from app.domain.looking_back import Right

RIGHT_SAID = {
    Right.YES: "right, we would do it again",
    Right.PARTLY: "partly right",
    Right.NO: "wrong, we would decide differently",
}
