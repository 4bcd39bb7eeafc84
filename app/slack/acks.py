"""An ack leaves the moment it is given. Bolt looks for it every hundredth of a second: longer than our work takes."""

import threading
import time
from typing import Any

from slack_bolt import Ack, BoltRequest, BoltResponse
from slack_bolt.listener import Listener
from slack_bolt.listener.thread_runner import ThreadListenerRunner

from app.slack.crowded import CROWDED_AFTER, crowded
from app.telemetry.arrival import waited


class NotifyingAck(Ack):
    """An ack that says when it was given."""

    def __init__(self) -> None:
        self.given = threading.Event()
        super().__init__()  # type: ignore[no-untyped-call]

    def __setattr__(self, name: str, value: Any) -> None:
        super().__setattr__(name, value)
        if name == "response" and value is not None:
            self.given.set()


class PromptAckRunner(ThreadListenerRunner):
    """As Bolt's own for listeners without lazy functions, and awake as soon as there is something to answer."""

    def __init__(self, bolts: ThreadListenerRunner) -> None:
        super().__init__(
            logger=bolts.logger,
            process_before_response=bolts.process_before_response,
            listener_error_handler=bolts.listener_error_handler,
            listener_start_handler=bolts.listener_start_handler,
            listener_completion_handler=bolts.listener_completion_handler,
            listener_executor=bolts.listener_executor,
            lazy_listener_runner=bolts.lazy_listener_runner,
        )

    def run(
        self,
        request: BoltRequest,
        response: BoltResponse,
        listener_name: str,
        listener: Listener,
        starting_time: float | None = None,
    ) -> BoltResponse | None:
        """What Slack is answered; None where the listener ended, or its time did, without an ack."""
        ack, came = NotifyingAck(), time.monotonic() - waited()
        request.context["ack"] = ack
        over = (starting_time or time.time()) + listener.ack_timeout

        def work() -> None:
            try:
                if time.monotonic() - came > CROWDED_AFTER:
                    raise crowded()
                listener.run_ack_function(request=request, response=response)
            except Exception as error:  # noqa: BLE001 — whatever it is, Bolt's handler says it, and Slack hears of it
                refused = BoltResponse(status=500) if ack.response is None else None  # an ack is not taken back
                self.listener_error_handler.handle(error=error, request=request, response=refused)
                if refused is not None:
                    ack.response = refused
            finally:
                ack.given.set()

        self.listener_executor.submit(work)
        ack.given.wait(max(0.0, over - time.time()))
        if ack.response is None:
            self.logger.warning("a listener did not ack in time: %s", listener_name)
        return ack.response
