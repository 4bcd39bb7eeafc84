"""Prometheus' own word on the alarms: what a bot's `/metrics` said, minute by minute, evaluated by `promtool`."""

import json
import math
import re
import shutil
import subprocess
from collections.abc import Iterable
from pathlib import Path

import yaml
from prometheus_client.parser import text_string_to_metric_families

RULES = Path(__file__).resolve().parent.parent / "docs" / "prometheus" / "alerts.yml"
PROMTOOL = shutil.which("promtool")
WHY_NOT = "promtool is not installed here: apt-get install prometheus, and this is tried too"
SCRAPED = {"job": "threshold", "instance": "a:3000", "environment": "production"}

FIRING = 'group by (alertname) (count_over_time(ALERTS{alertstate="firing"}[7d]))'
ASKED = frozenset(re.findall(r"\w+", RULES.read_text(encoding="utf-8")))
"""What the rules look at; all other series would only take time."""
UNSEEN = "_"
GONE = "stale"


class Scrapes:
    """A minute between two of them."""

    def __init__(self) -> None:
        self.minutes = 0
        self._series: dict[str, list[tuple[str, int]]] = {}
        """Name and labels → its values, each with the number of minutes that it stood."""

    def take(self, page: bytes | str, minutes: int = 1) -> None:
        """What was read at one moment, and stood for so many minutes."""
        text = page if isinstance(page, str) else page.decode()
        seen = {"up": {_key("up", SCRAPED): 1.0}} | {
            family.name: {_key(one.name, one.labels | SCRAPED): one.value for one in family.samples}
            for family in text_string_to_metric_families(text)
        }
        now = {
            key: value for samples in seen.values() for key, value in samples.items() if key.partition("{")[0] in ASKED
        }
        self._add({key: _written(value) for key, value in now.items()}, minutes)

    def missed(self, minutes: int = 1) -> None:
        """Nobody answered."""
        self._add({_key("up", SCRAPED): "0"}, minutes)

    def _add(self, now: dict[str, str], minutes: int) -> None:
        for key in now.keys() - self._series.keys():
            self._series[key] = [(UNSEEN, self.minutes)]
        for key, values in self._series.items():
            known = values[-1][0] not in (UNSEEN, GONE)
            values += [(now[key], minutes)] if key in now else [(GONE if known else UNSEEN, 1), (UNSEEN, minutes - 1)]
        self.minutes += minutes

    def firing(self, folder: Path, expected: Iterable[str], *, every: int = 1) -> str:
        """What `promtool` has against this: that exactly these alarms fired at any time. Empty: it is so.

        ``every``: minutes between two looks at the rules.
        """
        assert PROMTOOL is not None
        samples = [{"labels": f'{{alertname="{name}"}}', "value": 1} for name in sorted(expected)]
        series = [
            {"series": key, "values": " ".join(_repeated(value, times) for value, times in values if times)}
            for key, values in self._series.items()
        ]
        asked = [{"expr": FIRING, "eval_time": f"{self.minutes - 1}m", "exp_samples": samples}]
        tests = [{"interval": "1m", "input_series": series, "promql_expr_test": asked}]
        file = folder / "tests.yml"
        file.write_text(
            yaml.safe_dump(
                {"rule_files": [str(RULES)], "evaluation_interval": f"{every}m", "tests": tests}, width=10**6
            )
        )
        done = subprocess.run([PROMTOOL, "test", "rules", str(file)], capture_output=True, text=True, check=False)
        return "" if done.returncode == 0 else done.stdout + done.stderr


def _key(name: str, labels: dict[str, str]) -> str:
    said = ",".join(f"{label}={json.dumps(value, ensure_ascii=False)}" for label, value in sorted(labels.items()))
    return f"{name}{{{said}}}"


def _written(value: float) -> str:
    return "NaN" if math.isnan(value) else "Inf" if math.isinf(value) else repr(value)


def _repeated(value: str, times: int) -> str:
    if value == UNSEEN:
        return UNSEEN if times == 1 else f"_x{times}"
    if value == GONE:
        return GONE
    return value if times == 1 else f"{value}+0x{times - 1}"
