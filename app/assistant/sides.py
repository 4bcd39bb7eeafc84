"""On which side of a day something lies: by it, or from it on. Pure."""

import re
from typing import Final

_BEFORE: Final = re.compile(
    r"\b(?:by|before|until|till|up to|no later than|not later than|bis|vor|spätestens|avant|jusqu['’]au"
    r"|d['’]ici|antes del?"
    r"|hasta|até)(?: the| le| el| zum| dem| den| o)? $",
    re.I,
)
_AFTER: Final = re.compile(
    r"\b(?:after|from|since|as of|starting|not before|ab|nach|seit|vom|après|dès|à partir du|depuis"
    r"|después del?|desde"
    r"|a partir del?|depois de)(?: the| le| el| dem| den| o)? $",
    re.I,
)


def side_of(text: str, start: int) -> int:
    """-1 for "by" the day that begins at `start`, +1 for "from" it, 0 where neither is said."""
    before = text[max(0, start - 24) : start]
    return -1 if _BEFORE.search(before) else 1 if _AFTER.search(before) else 0
