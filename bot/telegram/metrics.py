"""Figures for Prometheus; the only module that knows prometheus-client (the extra [metrics])."""

from collections.abc import Callable, Mapping

SECONDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0)

CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8"


class NoMetrics:
    """Without the extra [metrics]: everything is let go."""

    def answered(self, outcome: str, stages: Mapping[str, float], total: float) -> None:
        """Nothing."""

    def watch(self, name: str, about: str, value: Callable[[], float]) -> None:
        """Nothing."""

    def page(self) -> bytes | None:
        """None: there is no page."""
        return None


class Metrics:
    """Counters of one bot, in a registry of its own."""

    def __init__(self) -> None:
        from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram
        from prometheus_client.process_collector import ProcessCollector

        self._registry = CollectorRegistry()
        # Memory, processor time, open files: what shows a leak.
        ProcessCollector(registry=self._registry)
        self._gauge = Gauge
        self._questions = Counter(
            "dossier_questions",
            "Questions answered, by outcome (answered, or the reason of a refusal)",
            ["status"],
            registry=self._registry,
        )
        self._seconds = Histogram(
            "dossier_question_seconds",
            "Seconds from the update to the message sent",
            buckets=SECONDS,
            registry=self._registry,
        )
        self._stages = Histogram(
            "dossier_stage_seconds",
            "Seconds of each stage of a question",
            ["stage"],
            buckets=SECONDS,
            registry=self._registry,
        )

    def answered(self, outcome: str, stages: Mapping[str, float], total: float) -> None:
        """Counts a question, with its milliseconds."""
        self._questions.labels(outcome).inc()
        self._seconds.observe(total / 1000)
        for stage, milliseconds in stages.items():
            self._stages.labels(stage).observe(milliseconds / 1000)

    def watch(self, name: str, about: str, value: Callable[[], float]) -> None:
        """Shows what this gives at each look."""
        self._gauge(f"dossier_{name}", about, registry=self._registry).set_function(value)

    def page(self) -> bytes | None:
        """The figures as Prometheus reads them."""
        from prometheus_client import generate_latest

        return generate_latest(self._registry)


def open_metrics() -> Metrics | NoMetrics:
    """The figures; those of nobody when the extra [metrics] is not installed."""
    try:
        return Metrics()
    except ModuleNotFoundError:
        return NoMetrics()
