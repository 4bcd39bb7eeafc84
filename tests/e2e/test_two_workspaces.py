"""Two companies on one bot: the same names and numbers on both sides, and nothing of one is to be had on the other."""

from sqlalchemy import select

from app.db.models import Base
from app.slack.ids import Act, Modal, pack
from app.slack.listeners.table import FORMS
from tests.e2e import scenes
from tests.e2e.house import Tale, Two

ANYBODYS: frozenset[Act | Modal] = frozenset(
    {
        Act.START_OPEN,
        Act.LADDER_OPEN,
        Act.DIGEST_OPEN,
        Act.MUTE,
        Act.LINK,
        Act.PARKED_NEW,
        Act.HOURS_OPEN,
        Act.HELP_SHOW,
        Act.POLICY_OPEN,
        Act.WRITE_START,
        Act.FIND,
        Act.MAP_OPEN,
        Act.MAP_FORM_OPEN,
    }
)
ANYBODYS |= {
    Modal.START, Modal.LADDER, Modal.DIGEST, Modal.HOURS, Modal.FIND, Modal.POLICY_FORM, Modal.POLICY_CONFIRM,
    Modal.MAP_FORM,
}  # fmt: skip
"""About no decision: whoever presses these speaks of their own workspace."""

NOWHERE = 4_000_000
"""No decision has this id."""


def heard(tale: Tale) -> list[str]:
    """Every word that stands in a workspace, but for what was said to one person alone."""
    return [m.shown for room in tale.stage.ws.rooms for m in room.messages]


def rows(tale: Tale) -> list[tuple[object, ...]]:
    """Everything stored of a workspace."""
    found: list[tuple[object, ...]] = []
    with tale.stage.bot.db.read() as session:
        for table in Base.metadata.sorted_tables:
            if "workspace_id" in table.c and table.name not in ("outbox", "bot", "installation"):
                here = select(table).where(table.c.workspace_id == tale.stage.ws.id)
                found += [tuple(row) for row in session.execute(here)]
    return found


def test_both_work_side_by_side_and_each_reads_only_its_own(two: Two) -> None:
    for tale, words in ((two.here, "Move the warehouse"), (two.there, "Close the plant")):
        tale.cast.sam.command("/escalate", words, tale.cast.retail)
        tale.stage.pump()
        assert tale.name_of(tale.cast.sam) == "D-1", "each counts for itself"
    for mine, others in (("warehouse", two.there), ("plant", two.here)):
        assert not any(mine in said for said in heard(others))


def test_whoever_names_a_decision_of_the_other_workspace_finds_none(two: Two) -> None:
    """Every button and every form, with an id from over there and with one that nobody has: the same, and nothing."""
    id = scenes.in_review(two.there)
    before, sam = rows(two.there), two.here.cast.sam
    sam.command("/escalate", "Move the warehouse", two.here.cast.retail)
    two.here.stage.pump()
    vars(two.here.stage)["pump"] = two.here.stage.calm  # a refusal comes at once: nothing has to be delivered
    told: dict[int, list[str]] = {id: [], NOWHERE: []}
    for d, answers in told.items():
        old, to = two.there.cast.vera.id, sam.id
        about = pack(d=d, q=1, a="approve", v=1, p=1, old=old, to=to, rung="vp", look="review", can=True)
        answer = pack(d=d, q="undo", a="days")
        for act in Act:
            if act not in ANYBODYS:
                packed = answer if act in (Act.ANSWER, Act.ANSWER_FORM, Act.BACK, Act.CHANGE) else about
                scenes.post(two.here, sam, act.value, packed, sam.dm().messages[0])
                last = sam.latest()
                answers.append(f"{act}: {last.shown if last else ''}")
        for modal in FORMS:  # what is only read has no button that sends it
            if modal not in ANYBODYS:
                said = scenes.submit(
                    two.here, sam, modal.value, about, scenes.typed(said="x", text="x", why="x", how="x")
                )
                answers.append(f"{modal}: {said}")
    del vars(two.here.stage)["pump"]
    two.here.stage.pump()
    assert told[id] == told[NOWHERE]
    assert rows(two.there) == before
    assert sam.modal is None
    assert not any("gift" in said.lower() for said in heard(two.here))
