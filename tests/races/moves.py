"""Everything that may happen at the same moment: each way of each row of the access table, the clock, and the operator.

A verb that is added to the table is in here by itself. What it carries beside the decision stands in ``deliveries``.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from app.slack import ids
from app.slack.ids import SHORTCUT, TRADEOFF_SHORTCUT
from app.slack.listeners.table import CLICKS, FORMS
from tests.access.kinds import GUS, ROSE, Kind
from tests.access.table import ROWS, Row
from tests.races.deliveries import ANSWERS_THE_LAST, Way, one, text
from tests.workflows.colleagues import ADA, BEA, DANA, EVE, MIA, OTTO, RITA, VERA

PEOPLE: dict[Kind, tuple[str, ...]] = {
    Kind.REQUESTER: (RITA,),
    Kind.OWNER: (OTTO,),
    Kind.SIGNER: (VERA, BEA),
    Kind.HANDED_OVER: (VERA,),
    Kind.DELEGATE: (DANA,),
    Kind.ASKED: (MIA,),
    Kind.READER: (ROSE,),
    Kind.GUEST_READER: (GUS,),
    Kind.KEEPER: (ADA,),
    Kind.COLLEAGUE: (EVE,),
}
"""Who plays it in a race. The other kinds do what one of these does, or nothing."""

WHERE_POLICY_LETS = {"decide on the rung below, where policy lets it": frozenset({Kind.ASKED})}
"""Who may beyond the table: there the decision is one that takes a higher rung."""


@dataclass(frozen=True)
class Verb:
    """One person does one thing, in one way."""

    row: Row
    way: Way
    name: str

    @property
    def people(self) -> list[str]:
        """Everybody who may, in the order of the table's kinds."""
        allowed = self.row.allowed | WHERE_POLICY_LETS.get(self.row.does, frozenset())
        return list(dict.fromkeys(user for kind in Kind if kind in allowed for user in PEOPLE.get(kind, ())))


@dataclass(frozen=True)
class Clock:
    """A follow-up of this kind comes due."""

    kind: str

    @property
    def name(self) -> str:
        return f"the clock: {self.kind}"


@dataclass(frozen=True)
class Leaves:
    """Somebody's account is switched off, and Slack says so."""

    user: str
    who: str

    @property
    def name(self) -> str:
        return f"{self.who} leaves"


@dataclass(frozen=True)
class Operator:
    """Somebody runs `threshold` beside the bot."""

    words: tuple[str, ...]

    @property
    def name(self) -> str:
        return f"threshold {' '.join(self.words)}"


Move = Verb | Clock | Leaves | Operator


# ── the table's ─────────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True)
class Variant:
    """One of several things that one form or act may say."""

    name: str
    packed: Mapping[str, Any] = field(default_factory=dict)
    typed: Mapping[str, Any] = field(default_factory=dict)
    words: str = ""


SAYS: dict[str, tuple[Variant, ...]] = {
    "form:sign": tuple(Variant(a, {"a": a}) for a in ("approve", "not_yet", "decline", "two_way", "abstain")),
    "private": (Variant("private", {"on": True}), Variant("public", {"on": False})),
    "form:below": tuple(Variant(a, {"a": a}) for a in ("cannot_decide", "two_way", "disagree")),
    "form:digest": (Variant("on"), Variant("off", typed={"on": one("off")})),
    "answer": (Variant("hours", {"q": "undo", "a": "hours"}), Variant("last", {"q": "undo_cost", "a": "person_day"})),
    "answer_form": (Variant("tried", {"q": "tried"}),),
    "form:look": (Variant("review", {"look": "review"}),),
    "form:suggestions": (
        Variant("take"),
        Variant("edited", typed={"words_data": text("3% of orders came back.")}),
        Variant("keep mine", typed={"part_data": one("keep")}),
    ),
    "message in a thread": (Variant("answer", words=ANSWERS_THE_LAST),),
}
"""What differs in what follows from it, so that each is a move of its own."""

CHANGES_NOTHING = (
    {act.value for act, clicked in CLICKS.items() if clicked.opens}
    | {f"form:{modal.value}" for modal in ids.Modal if modal not in FORMS}
    | {SHORTCUT, TRADEOFF_SHORTCUT, "entity_details_requested"}
) - {ids.Act.MEMO_OPEN.value}
"""They open a form: what it does is done when it is sent. The memo alone begins with its first opening."""

BESIDE: dict[str, tuple[str, Variant]] = {
    "write the learning check": ("form:look", Variant("learning", {"look": "learning"})),
    "change the workspace's ladder": ("form:ladder", Variant("workspace", typed={"scope": one("workspace")})),
    "change a channel's own ladder": ("form:ladder", Variant("channel")),
    "name a keeper": ("/escalate keepers", Variant("add", words=f"keepers add <@{EVE}|eve>")),
}
"""Rows that name no way of their own: another row's, by which this is done too."""


def _verbs() -> list[Verb]:
    found = []
    for row in ROWS:
        ways = [(by, said) for by in row.by if by not in CHANGES_NOTHING for said in SAYS.get(by, (Variant(""),))]
        for by, said in [*ways, *([BESIDE[row.does]] if row.does in BESIDE else [])]:
            way = Way(by, said.packed, said.typed, said.words)
            label = f"{by} {said.name}".strip()
            found.append(Verb(row, way, f"{row.does} ({label})"))
    return found


VERBS = _verbs()

LEAVES = [Leaves(VERA, "a signer"), Leaves(RITA, "the requester"), Leaves(OTTO, "the owner")]

OPERATOR = [
    *(Operator(("erase", "--person", user, "--yes")) for user in (VERA, RITA)),
    Operator(("export",)),
    Operator(("export", "--whole")),
    Operator(("verify",)),
    Operator(("audit",)),
    Operator(("audit", "--mend")),
]


def way_of(move: Move) -> Way:
    """How a person's move is delivered."""
    return move.way if isinstance(move, Verb) else Way("user_change")


def named(words: str) -> Move:
    """The move with these words in its name. KeyError where none or several have them all."""
    every: list[Move] = [*VERBS, *LEAVES, *OPERATOR]
    found = [move for move in every if words in move.name]
    exact = [move for move in found if move.name == words]
    if words.startswith("the clock: "):
        return Clock(words.removeprefix("the clock: "))
    if len(exact or found) != 1:
        raise KeyError(f"{words}: {[move.name for move in found]}")
    return (exact or found)[0]


# ── two of them ─────────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True)
class Act:
    """Somebody's move. ``who`` is empty where nobody in particular makes it."""

    move: Move
    who: str = ""

    @property
    def name(self) -> str:
        return f"{self.move.name} by {self.who}" if self.who else self.move.name


@dataclass(frozen=True)
class Pair:
    """Two acts that can meet. ``also``: further copies of the first, at the same moment."""

    name: str
    state: str
    first: Act
    second: Act
    private: bool = False
    also: int = 0

    @property
    def due(self) -> str:
        return next((act.move.kind for act in self.acts if isinstance(act.move, Clock)), "")

    @property
    def acts(self) -> tuple[Act, ...]:
        return (self.first, *[self.first] * self.also, self.second)

    @property
    def key(self) -> str:
        where = f"{self.state}{', private' if self.private else ''}"
        return f"{self.first.name} + {self.second.name} ({where}{f', {self.also} more' if self.also else ''})"
