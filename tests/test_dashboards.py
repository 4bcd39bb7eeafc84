"""Dashboard, alarms and their page name metrics that exist, with labels that they have; no metric goes unexplained."""

import json
import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from app.telemetry import metrics
from app.watch import gauges

DOCS = Path(__file__).resolve().parent.parent / "docs"
PAGE = (DOCS / "operations.md").read_text(encoding="utf-8")
BOARD: dict[str, Any] = json.loads((DOCS / "grafana" / "threshold.json").read_text(encoding="utf-8"))
RULES: list[dict[str, Any]] = yaml.safe_load((DOCS / "prometheus" / "alerts.yml").read_text())["groups"][0]["rules"]

OUTSIDE = {"job", "instance", "environment"}
"""Labels that Prometheus adds, or whoever sets it up."""
ELSEWHERE = {"up": OUTSIDE, "process_resident_memory_bytes": OUTSIDE}
"""What Prometheus and its client add by themselves."""

SAMPLES = {"counter": ["_total"], "gauge": [""], "histogram": ["_bucket", "_sum", "_count"], "info": ["_info"]}
FUNCTIONS = {
    "sum", "min", "max", "count", "rate", "increase", "histogram_quantile", "last_over_time", "absent", "abs",
    "by", "on", "and", "or", "unless",
}  # fmt: skip


def exported() -> dict[str, set[str]]:
    """Every metric as it is written down in the docs → its labels."""
    found = {}
    for family in metrics.REGISTRY.collect():
        if family.name.startswith("threshold_"):
            suffix = "" if family.type == "histogram" else SAMPLES[family.type][0]
            found[family.name + suffix] = labels_of(family.name)
    source = Path(gauges.__file__).read_text(encoding="utf-8")
    for name in re.findall(r'"(threshold_\w+)"', source):
        found[name] = next((labels for part, labels in GAUGES.items() if part in name), set())
    return found


GAUGES = {"_well": {"part"}, "_pool_": {"pool"}, "_open": {"state"}, "sign_offs_waiting": {"rung"}}
"""What names of gauges hold → the labels of those."""


def labels_of(name: str) -> set[str]:
    collector: Any = metrics.REGISTRY._names_to_collectors[name]
    return {"version", "revision", "schema", "python"} if name == "threshold_build" else set(collector._labelnames)


def asked_for() -> dict[str, set[str]]:
    """Every name that an expression may use → the labels that its samples have."""
    histograms = {name for name in exported() if name.endswith("_seconds") and name in HISTOGRAMS}
    found = {name: labels | OUTSIDE for name, labels in exported().items() if name not in histograms}
    for name in histograms:
        for suffix in SAMPLES["histogram"]:
            found[name + suffix] = exported()[name] | OUTSIDE | ({"le"} if suffix == "_bucket" else set())
    return {**found, **ELSEWHERE}


HISTOGRAMS = {family.name for family in metrics.REGISTRY.collect() if family.type == "histogram"}

EXPRESSIONS = [
    *[(panel["title"], target["expr"]) for panel in BOARD["panels"] for target in panel.get("targets", [])],
    *[(rule["alert"], rule["expr"]) for rule in RULES],
]


@pytest.mark.parametrize(("where", "expression"), EXPRESSIONS, ids=[where for where, _ in EXPRESSIONS])
def test_an_expression_names_what_is_there(where: str, expression: str) -> None:
    bare = re.sub(r'"[^"]*"', '""', expression)
    for opens, closes in ("()", "{}", "[]"):
        assert bare.count(opens) == bare.count(closes)
    known = asked_for()
    bare = re.sub(r"\[(\$__rate_interval|\d+[smhd])\]", "", bare)
    assert "[" not in bare
    grouped = {label for group in re.findall(r"(?:by|on) \(([^)]+)\)", bare) for label in group.split(", ")}
    selected = {label for group in re.findall(r"\{([^}]*)\}", bare) for label in re.findall(r"(\w+)\s*[=!]", group)}
    rest = re.sub(r"(?:by|on) \([^)]*\)|\{[^}]*\}", "", bare)
    named = set(re.findall(r"[a-z_]\w*", rest)) - FUNCTIONS
    assert named
    assert named <= known.keys()
    assert grouped | selected <= {label for name in named for label in known[name]}


@pytest.mark.parametrize(("where", "expression"), EXPRESSIONS, ids=[where for where, _ in EXPRESSIONS])
def test_no_expression_minds_how_the_job_or_the_instance_is_called(where: str, expression: str) -> None:
    """Scraped by annotation, the job has the name that Prometheus' own settings give it."""
    assert not re.search(r"\b(job|instance)\s*(=|!)", expression)
    for name in ELSEWHERE.keys() & set(re.findall(r"\w+", expression)):
        ours = rf"\b{name}\b({{[^}}]*}})?( == \d)? and on \(job, instance\) [\w(]*threshold_build_info\b"
        assert re.search(ours, expression), "everybody's has this name: only a metric of ours tells which are ours"


def test_a_rate_is_asked_of_what_only_grows() -> None:
    for where, expression in EXPRESSIONS:
        for name in re.findall(r"(?:rate|increase)\((\w+)", expression):
            assert name.endswith(("_total", "_bucket", "_sum", "_count")), where


def test_every_metric_is_explained_with_its_labels_and_nothing_else_is() -> None:
    table = PAGE.partition("| metric | labels |")[2].partition("\n\n")[0]
    told: dict[str, set[str]] = {}
    for names, labels in re.findall(r"^\| (`threshold[^|]*) \|([^|]*)\|", table, re.MULTILINE):
        told |= {name: set(re.findall(r"\w+", labels)) for name in re.findall(r"`(\w+)`", names)}
    assert told == exported()


def test_every_metric_that_the_page_mentions_exists() -> None:
    assert set(re.findall(r"`(threshold_\w+)`", PAGE)) <= exported().keys()


def test_every_alarm_has_three_lines_that_say_what_it_means_and_what_to_do() -> None:
    told = dict(re.findall(r"^\*\*(Threshold\w+)\.\*\* ((?:.+\n)+)", PAGE, re.MULTILINE))
    assert list(told) == [rule["alert"] for rule in RULES]
    assert {name: lines.count("\n") for name, lines in told.items()} == dict.fromkeys(told, 3)


def test_every_alarm_says_how_urgent_it_is_and_fills_in_labels_that_it_keeps() -> None:
    for rule in RULES:
        assert rule["labels"]["severity"] in ("page", "ticket")
        kept = {label for group in re.findall(r"by \(([^)]*)\)", rule["expr"]) for label in group.split(", ")}
        assert set(re.findall(r"\$labels\.(\w+)", rule["annotations"]["summary"])) <= kept


def test_no_two_panels_lie_on_one_another() -> None:
    taken = set[tuple[int, int]]()
    for panel in BOARD["panels"]:
        at = panel["gridPos"]
        cells = {(x, y) for x in range(at["x"], at["x"] + at["w"]) for y in range(at["y"], at["y"] + at["h"])}
        assert not taken & cells, panel["title"]
        assert at["x"] + at["w"] <= 24
        taken |= cells
    ids = [panel["id"] for panel in BOARD["panels"]]
    assert len(ids) == len(set(ids))
