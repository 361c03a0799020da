"""What Prometheus is told: counts and times of requests by route, acts by kind and verdict, and how the service stands.

The figures are of this process; with several web processes on PostgreSQL each is asked by itself.
"""

from collections.abc import Callable, Iterator, Sequence
from typing import Any, Final

from prometheus_client import CollectorRegistry, Counter, Histogram, generate_latest
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, HistogramMetricFamily, Metric
from prometheus_client.registry import Collector

from ..services.ports.machine import Vitals
from ..services.vitals import Standing

EXTENSION: Final = "exhibits_meters"
BUCKETS: Final = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10)
GROUPS: Final = (1, 2, 4, 8, 16, 32, 64)
UNKNOWN_KIND: Final = "unknown_act_kind"

Answers = Sequence[tuple[str, dict[str, Any]]]


class Meters:
    """The meters of one application; `standing` is asked at every scrape."""

    def __init__(self, standing: Callable[[], Standing]) -> None:
        self._registry = CollectorRegistry()
        self._requests = Counter(
            "exhibits_requests", "Requests answered.", ["method", "route", "status"], registry=self._registry
        )
        self._seconds = Histogram(
            "exhibits_request_seconds", "How long they took.", ["route"], buckets=BUCKETS, registry=self._registry
        )
        self._acts = Counter("exhibits_acts", "Acts sent by devices.", ["kind"], registry=self._registry)
        self._verdicts = Counter(
            "exhibits_verdicts", "Verdicts on their items.", ["kind", "verdict", "code"], registry=self._registry
        )
        self._registry.register(_Standing(standing))

    def answered(self, method: str, route: str, status: int, seconds: float) -> None:
        """Count a request."""
        self._requests.labels(method, route, status).inc()
        self._seconds.labels(route).observe(seconds)

    def recorded(self, answers: Answers) -> None:
        """Count acts by their kind and the verdicts on their items."""
        for sent, answer in answers:
            kind = "(unknown)" if answer.get("code") == UNKNOWN_KIND else sent
            self._acts.labels(kind).inc()
            if answer.get("code"):
                self._verdicts.labels(kind, "refused", answer["code"]).inc()
            for item in answer.get("items") or ():
                self._verdicts.labels(kind, item["verdict"], item.get("error_code") or "").inc()

    def text(self) -> bytes:
        """Everything, as Prometheus reads it."""
        return generate_latest(self._registry)


class _Standing(Collector):
    """Asks the service how it stands, at every scrape."""

    def __init__(self, standing: Callable[[], Standing]) -> None:
        self._standing = standing

    def describe(self) -> list[Metric]:
        """Nothing beforehand: the service is asked only when it is scraped."""
        return []

    def collect(self) -> Iterator[Metric]:
        now = self._standing()
        yield _labelled("exhibits_messages", "Messages in the outbox.", "state", now.messages)
        yield _labelled("exhibits_job_age_seconds", "Since each job last ran.", "job", now.job_ages)
        yield CounterMetricFamily("exhibits_ledger_entries", "Entries recorded.", value=now.entries)
        yield GaugeMetricFamily("exhibits_ledger_in_tree", "Entries in the ledger's tree.", value=now.in_tree)
        yield GaugeMetricFamily("exhibits_ledger_signed", "Entries that a checkpoint covers.", value=now.signed)
        yield GaugeMetricFamily("exhibits_ledger_read_only", "1 while nothing is recorded.", value=int(now.read_only))
        if now.outside_age is not None:
            age = now.outside_age
            yield GaugeMetricFamily("exhibits_outside_age_seconds", "Since somebody outside vouched.", value=age)
        yield from _process(now.process)


def _process(process: Vitals) -> Iterator[Metric]:
    yield GaugeMetricFamily("exhibits_database_connections", "Connections in use.", value=process.in_use)
    yield GaugeMetricFamily("exhibits_database_connections_most", "Connections at most.", value=process.most)
    if process.groups:
        yield GaugeMetricFamily("exhibits_writer_queue", "Changes that wait to be written.", value=process.queued)
        yield _groups(process.groups)


def _groups(counts: Sequence[int]) -> Metric:
    """How many changes shared a commit."""
    family = HistogramMetricFamily("exhibits_writer_group_size", "Changes that shared a commit.")
    buckets = [(str(limit), float(sum(counts[: limit + 1]))) for limit in GROUPS]
    total = float(sum(size * count for size, count in enumerate(counts)))
    family.add_metric([], [*buckets, ("+Inf", float(sum(counts)))], total)
    return family


def _labelled(name: str, says: str, label: str, values: Any) -> Metric:
    family = GaugeMetricFamily(name, says, labels=[label])
    for key, value in values.items():
        family.add_metric([key], value)
    return family
