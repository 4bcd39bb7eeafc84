"""Every method that is played answers with the fields Slack answers with, each of its type."""

from __future__ import annotations

from sandbox import Limits, Sandbox
from sandbox.api import coverage
from tests.sandbox.every_method import MANIFEST, Walk
from tests.sandbox.shape_language import misfits
from tests.sandbox.shapes import KINDS, METHODS


def test_every_method_answers_in_its_recorded_shape() -> None:
    assert METHODS.keys() == coverage.KNOWN_METHODS
    with Sandbox(MANIFEST, limits=Limits(rates=False)) as slack:
        acme = slack.workspace("Acme")
        ana = acme.add_user("Ana")
        answers = Walk(slack, acme, ana, acme.add_channel("checkout", [ana])).all()
    assert answers.keys() == METHODS.keys()
    found = [
        f"{method}{said}"
        for method, rows in answers.items()
        for row in rows
        for said in misfits({k: v for k, v in row.items() if k != "ok"}, METHODS[method], KINDS)
    ]
    assert found == []


def test_a_shape_says_what_is_missing_of_another_type_or_unknown() -> None:
    kinds = {"door": "id:str open:bool left?:int"}
    line = "doors:[@door] by:<@door> note:str|null"
    good = {"doors": [{"id": "D-42", "open": True}], "by": {"ana": {"id": "D", "open": False, "left": 1}}, "note": None}
    assert misfits(good, line, kinds) == []
    bad = {"doors": [{"id": 42, "open": 1, "door": True}], "by": [], "note": 3}
    assert misfits(bad, line, kinds) == [
        "/doors/0/id: 42 is no str",
        "/doors/0/open: 1 is no bool",
        "/doors/0/door: not in the table",
        "/by: [] is no dict",
        "/note: 3 is no str",
    ]
    assert misfits({}, "note:str", kinds) == ["/note: missing"]
