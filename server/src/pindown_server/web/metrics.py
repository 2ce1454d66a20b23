"""`/metrics`: numbers about the server for a monitor, in the text form of Prometheus."""

from collections.abc import Iterator

from prometheus_client import CollectorRegistry, GCCollector, ProcessCollector
from prometheus_client.exposition import CONTENT_TYPE_PLAIN_0_0_4, generate_latest
from prometheus_client.metrics_core import CounterMetricFamily, GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

from ..parts import Parts


class Monitor(Collector):
    """Reads what the parts count anyway, when somebody asks: between readings it costs nothing."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts
        self._registry = CollectorRegistry()
        self._registry.register(self)
        ProcessCollector(registry=self._registry)
        GCCollector(registry=self._registry)

    def read(self) -> tuple[bytes, bytes]:
        """The content type and the text."""
        return CONTENT_TYPE_PLAIN_0_0_4.encode(), generate_latest(self._registry)

    def collect(self) -> Iterator[Metric]:
        """Our own numbers; the registry adds those of the process."""
        calls = CounterMetricFamily(
            "pindown_calls",
            "Answered calls to /v1; without operation: no such address",
            labels=["operation", "status"],
        )
        for (operation, status), count in sorted(self._parts.answered.items()):
            calls.add_metric([operation, str(status)], count)
        yield calls
        yield GaugeMetricFamily(
            "pindown_viewers", "Open live streams", value=self._parts.hub.viewer_count
        )
        yield GaugeMetricFamily(
            "pindown_bus_heard",
            "Whether the announcements of other nodes arrive",
            value=float(self._parts.bus.is_heard),
        )
