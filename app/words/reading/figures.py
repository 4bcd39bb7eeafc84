"""The plain figures of a form, read or refused in words where they stand."""

from app.domain.errors import Unreadable
from app.domain.reading.figures import figure_in, interval_in, probability_in


def read_figure(text: str, field: str | None = None) -> float:
    """One figure, with its scale. Raises Unreadable, pointing at `field`: there is none."""
    found = figure_in(text)
    if found is None:
        raise Unreadable("Write the figure as a number, like 12, 12.5% or 1.5M.", field)
    return found


def read_probability(text: str, field: str | None = None) -> float:
    """From 0 to 1. Raises Unreadable, pointing at `field`: no number, or none that a probability can be."""
    found = probability_in(text)
    if found is None:
        raise Unreadable("Say how sure you are from 0 to 100%, like 70% or 7 in 10.", field)
    return found


def read_interval(text: str, field: str | None = None) -> tuple[float, float]:
    """Two figures, the lower one first. Raises Unreadable, pointing at `field`: it is no two, or they are one."""
    found = interval_in(text)
    if found is None:
        raise Unreadable("Write the lower and the upper figure, like 10 to 14.", field)
    return found
