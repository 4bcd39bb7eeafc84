"""Spans for OpenTelemetry, where an operator set where to send them; otherwise nothing, and nothing is imported.

A span holds kinds, ids and how long it took. Neither texts nor exceptions' messages: those can quote what people wrote.
"""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from contextvars import ContextVar
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from opentelemetry.trace import Span, Tracer

NOTHING: AbstractContextManager[None] = nullcontext()
FLUSH_MILLISECONDS = 1000

_tracer: "Tracer | None" = None
_open: ContextVar[tuple["Span", ...]] = ContextVar("open spans", default=())


class NoTracing(Exception):
    """The packages that send traces are not installed."""


def enable(endpoint: str, version: str) -> Callable[[], None]:
    """Send spans to an OTLP/HTTP collector, such as ``http://localhost:4318``. Returns how to stop.

    OpenTelemetry's own variables (OTEL_EXPORTER_OTLP_HEADERS, OTEL_TRACES_SAMPLER, …) hold as well.

    Raises:
        NoTracing: the extra ``tracing`` is not installed.
    """
    global _tracer
    try:
        from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
        from opentelemetry.sdk.resources import Resource
        from opentelemetry.sdk.trace import TracerProvider
        from opentelemetry.sdk.trace.export import BatchSpanProcessor
    except ImportError:
        raise NoTracing() from None
    provider = TracerProvider(resource=Resource.create({"service.name": "threshold", "service.version": version}))
    exporter = OTLPSpanExporter(endpoint=f"{endpoint.rstrip('/')}/v1/traces", timeout=5)
    provider.add_span_processor(BatchSpanProcessor(exporter))
    _tracer = provider.get_tracer("threshold", version)

    def stop() -> None:
        global _tracer
        _tracer = None
        provider.force_flush(FLUSH_MILLISECONDS)
        provider.shutdown()

    return stop


def span(name: str, /, parent: str = "", **attributes: str | int) -> AbstractContextManager[None]:
    """A span around a block, below the current one or below ``parent`` (from `carried`). Costs nothing when off."""
    return NOTHING if _tracer is None else _span(_tracer, name, parent, attributes)


@contextmanager
def _span(tracer: "Tracer", name: str, parent: str, attributes: dict[str, str | int]) -> Iterator[None]:
    from opentelemetry.trace import Status, StatusCode
    from opentelemetry.trace.propagation.tracecontext import TraceContextTextMapPropagator

    above = TraceContextTextMapPropagator().extract({"traceparent": parent}) if parent else None
    known = {f"threshold.{key}": value for key, value in attributes.items() if value != ""}
    with tracer.start_as_current_span(
        name, above, attributes=known, record_exception=False, set_status_on_exception=False
    ) as one:
        token = _open.set((*_open.get(), one))
        try:
            yield
        except Exception as error:
            one.set_status(Status(StatusCode.ERROR, type(error).__name__))
            raise
        finally:
            _open.reset(token)


def note(key: str, value: str) -> None:
    """One more attribute of the current span."""
    for one in _open.get()[-1:]:
        one.set_attribute(f"threshold.{key}", value)


def note_all(key: str, value: str) -> None:
    """One more attribute of the current span, and of those around it."""
    for one in _open.get():
        one.set_attribute(f"threshold.{key}", value)


def carried() -> str:
    """The current span, to be kept beside work that is done later (W3C traceparent); empty when off."""
    if _tracer is None:
        return ""
    from opentelemetry.trace.propagation.tracecontext import TraceContextTextMapPropagator

    carrier: dict[str, str] = {}
    TraceContextTextMapPropagator().inject(carrier)
    return carrier.get("traceparent", "")
