"""How it stands at the moment somebody asks: threads, pulses, and what waits in the database."""

from collections.abc import Iterator

from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

from app.watch.business_figures import Counting
from app.watch.dog import PARTS, Watchdog

Figure = tuple[str, str, float]


class Gauges(Collector):
    """Asked at every scrape. While the database does not answer its figures are left out, and nobody waits for them."""

    def __init__(self, dog: Watchdog) -> None:
        self.dog = dog
        self.counting = Counting(dog.bot.db, dog.bot.clock)

    def collect(self) -> Iterator[Metric]:
        for name, means, value in [*self._pulses(), *self._socket()]:
            yield GaugeMetricFamily(name, means, value=value)
        waiting, stands = self._backlog()
        for name, means, value in waiting:
            yield GaugeMetricFamily(name, means, value=value)
        yield self._well(stands)
        yield from self._pools()
        refused = len(self.dog.refused())
        means = "Workspaces whose token was refused within the hour, or could not be opened."
        yield GaugeMetricFamily("threshold_tokens_refused", means, value=refused)
        yield from self._business()

    def _business(self) -> Iterator[Metric]:
        """Over all workspaces and without private decisions; nothing that stands for fewer than three."""
        found = self.counting.last()
        of = "Decisions of all workspaces, none of them private, where three or more people have three or more: "
        opened = GaugeMetricFamily("threshold_decisions_open", f"{of}open, by state.", labels=["state"])
        for state, many in sorted(found.open.items()):
            opened.add_metric([state], many)
        waiting = GaugeMetricFamily("threshold_sign_offs_waiting", f"{of}in review, by rung.", labels=["rung"])
        for rung, many in sorted(found.waiting.items()):
            waiting.add_metric([rung], many)
        overdue = GaugeMetricFamily("threshold_decisions_overdue", f"{of}open past their day.", labels=[])
        if found.overdue is not None:
            overdue.add_metric([], found.overdue)
        yield from (opened, waiting, overdue)

    def _pulses(self) -> list[Figure]:
        bot = self.dog.bot
        return [
            ("threshold_tick_age_seconds", "Since a look for due work went on.", bot.due.pulse.age()),
            ("threshold_outbox_worker_age_seconds", "Since the outbox's worker went on.", bot.outbox.pulse.age()),
        ]

    def _socket(self) -> list[Figure]:
        """Socket Mode only."""
        socket = self.dog.socket
        if socket is None:
            return []
        return [
            ("threshold_socket_connected", "Whether the socket to Slack is open.", float(socket.connected)),
            ("threshold_socket_quiet_seconds", "Since anything was heard from Slack.", socket.quiet()),
        ]

    def _backlog(self) -> tuple[list[Figure], bool]:
        now = self.dog.bot.clock()
        seen = self.dog.looking.see()
        found = seen.backlog
        if found is None:
            return [], False
        unsent = (now - found.unsent_since).total_seconds() if found.unsent_since else 0.0
        late = (now - found.due_since).total_seconds() if found.due_since else 0.0
        return [
            ("threshold_outbox_unsent", "Messages written and not yet sent, all replicas'.", found.unsent),
            ("threshold_outbox_oldest_seconds", "Since the oldest of them was written.", unsent),
            ("threshold_follow_ups_due", "Follow-ups that are due and not done, all replicas'.", found.due),
            ("threshold_follow_ups_oldest_seconds", "How late the oldest of them is.", late),
        ], seen.why is None

    def _well(self, database: bool) -> Metric:
        ill = {trouble.part for trouble in self.dog.troubles()}
        well = GaugeMetricFamily("threshold_well", "1: nothing is wrong with it. As /readyz.", labels=["part"])
        for part in PARTS:
            if part != "socket" or self.dog.socket is not None:
                well.add_metric([part], float(part not in ill))
        well.add_metric(["database"], float(database))
        return well

    def _pools(self) -> Iterator[Metric]:
        pools = {"listener": self.dog.bot.executor}
        if self.dog.socket is not None:
            pools["socket"] = self.dog.socket.workers
        waiting = GaugeMetricFamily("threshold_pool_waiting", "Work that waits for a thread.", labels=["pool"])
        busy = GaugeMetricFamily("threshold_pool_busy", "Threads at work.", labels=["pool"])
        for name, pool in pools.items():
            waiting.add_metric([name], pool.waiting)
            busy.add_metric([name], pool.busy)
        yield waiting
        yield busy
