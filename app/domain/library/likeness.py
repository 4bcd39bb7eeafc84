"""What a text means, as a model has it: a vector, packed as it is kept."""

import struct
from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Near:
    """What is looked for, as a model reads it. ``least``: the likeness below which nothing is said to be like it."""

    model: str
    vector: bytes
    least: float


def packed(vector: Sequence[float]) -> bytes:
    """Four bytes by which it comes to the length of one, and a signed byte for each direction.

    Raises:
        ValueError: it points nowhere: all zeros, or no numbers. Such a one is like nothing, and is not kept.
    """
    most = max(map(abs, vector), default=0.0)
    if not 0 < most < float("inf"):
        raise ValueError("a vector that points nowhere")
    steps = [round(one * 127 / most) for one in vector]
    return struct.pack(f"<f{len(steps)}b", sum(one * one for one in steps) ** -0.5, *steps)
