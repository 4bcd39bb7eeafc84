"""functions.*: how a step of a workflow ended."""

from __future__ import annotations

from sandbox.api.calls import Call
from sandbox.world.errors import SlackError, invalid_arguments
from sandbox.world.kinds import Json
from sandbox.world.model import Execution


def success(call: Call) -> Json:
    try:
        outputs = call.document("outputs")
    except ValueError as broken:
        raise invalid_arguments("outputs is not valid JSON [json-pointer:/outputs]") from broken
    if not isinstance(outputs, dict):
        raise invalid_arguments("must provide an object [json-pointer:/outputs]")
    execution = _open(call)
    execution.outputs = outputs
    call.world.changed("function", execution=execution.id)
    return {}


def error(call: Call) -> Json:
    said = call.need("error")
    execution = _open(call)
    execution.error = said
    call.world.changed("function", execution=execution.id)
    return {}


def _open(call: Call) -> Execution:
    execution = call.team.executions.get(call.need("function_execution_id"))
    if execution is None or execution.outputs is not None or execution.error:
        raise SlackError("invalid_function_execution_id")
    return execution
