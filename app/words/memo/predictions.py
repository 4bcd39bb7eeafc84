"""How sure somebody is of a prediction, as it is typed and shown."""

from app.domain.memo.parts import Prediction
from app.domain.reading.figures import figure_said


def sure_said(prediction: Prediction) -> str:
    """70%; empty where nothing was said."""
    return f"{figure_said(prediction.probability * 100)}%" if prediction.probability is not None else ""


def between_said(prediction: Prediction) -> str:
    """11 to 14; empty where nothing was said."""
    if prediction.low is None or prediction.high is None:
        return ""
    return f"{figure_said(prediction.low)} to {figure_said(prediction.high)}"


def how_sure(prediction: Prediction) -> str:
    """70% sure, and 80% sure of 11 to 14; empty where nothing was said."""
    sure, between = sure_said(prediction), between_said(prediction)
    parts = [f"{sure} sure" if sure else "", f"80% sure of {between}" if between else ""]
    return ", and ".join(part for part in parts if part)
