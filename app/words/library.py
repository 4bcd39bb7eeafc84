"""What became of a decision that was found, in a few words."""

from app.domain.library.hits import Hit
from app.domain.library.past import PastStatus
from app.domain.lifecycle import Status
from app.domain.triage.doors import Door
from app.words.states import STATUS_SAID

PAST_SAID: dict[PastStatus, str] = {
    PastStatus.ACCEPTED: "accepted",
    PastStatus.REJECTED: "rejected",
    PastStatus.SUPERSEDED: "replaced",
    PastStatus.WITHDRAWN: "withdrawn",
    PastStatus.PROPOSED: "proposed, not decided",
    PastStatus.UNKNOWN: "decided elsewhere",
}

DOOR_SAID: dict[Door, str] = {Door.TWO_WAY: "two-way door", Door.ONE_WAY: "one-way door"}


def called(hit: Hit) -> str:
    """How it is named, also where it comes from: ``D-42``, ``D-42 (ADR-0012)``. What others called it is raw."""
    return f"{hit.name} ({hit.imported_id})" if hit.imported_id else hit.name


def came_of_it(hit: Hit) -> str:
    """Where it stands: ``approved``, or that it counts no more. What others called the newer one is raw."""
    if hit.newer is not None and hit.newer.decided:
        newer = f"D-{hit.newer.number}" + (f" ({hit.newer.imported_id})" if hit.newer.imported_id else "")
        return f"replaced by {newer}"
    said = PAST_SAID.get(hit.status, "decided elsewhere") if isinstance(hit.status, PastStatus) else _ours(hit.status)
    if hit.newer is not None:
        return f"{said}; D-{hit.newer.number}, still open, would replace it"
    return said


def _ours(status: Status) -> str:
    return STATUS_SAID.get(status, "answered in a newer version")


def counts_no_more(hit: Hit) -> bool:
    """Whether it was reversed, or came to nothing: it is never shown as what is so today."""
    if hit.newer is not None and hit.newer.decided:
        return True
    return hit.status in (
        Status.DECLINED, Status.WITHDRAWN, Status.EXPIRED,
        PastStatus.REJECTED, PastStatus.SUPERSEDED, PastStatus.WITHDRAWN,
    )  # fmt: skip


NOTHING = "Nothing that you may see is like that."
NO_WORDS = "Say what you look for: a word or two is enough, a whole sentence is better."
NO_LETTERS = "There is no word in that. Say what you look for, like “return window”."
GONE = "That decision can't be found any more, so nothing was changed. Look for it again."
NOT_ITSELF = "A decision can't settle or replace itself."
HOW_TO_NARROW = (
    "Narrow it with `status:approved`, `door:one-way`, `in:#channel`, `by:@name`, `since:2026-03` or "
    "`until:2026-06-30`."
)
