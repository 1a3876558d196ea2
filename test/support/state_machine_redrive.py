"""RedriveExecution, which moto does not know: a failed or stopped execution goes on, as itself, where it ended."""

import copy
import datetime
from functools import wraps
from types import SimpleNamespace

from moto.core.exceptions import AWSError
from moto.core.responses import ActionResult
from moto.stepfunctions.parser.asl.component.common.flow.start_at import StartAt
from moto.stepfunctions.parser.asl.component.state.state import CommonStateField
from moto.stepfunctions.responses import StepFunctionResponse


def remember_the_state_that_was_entered() -> None:
    """A redrive goes on with the state in which an execution ended, and with what that state was given."""
    evaluate = CommonStateField._eval_body

    @wraps(evaluate)
    def evaluate_and_remember(self, env):
        env.entered = (self.name, env.states.get_input())
        evaluate(self, env)

    CommonStateField._eval_body = evaluate_and_remember


class ExecutionNotRedrivable(AWSError):
    TYPE = "ExecutionNotRedrivable"
    STATUS = 400


REDRIVABLE = {"FAILED", "ABORTED", "TIMED_OUT"}


def redrive_executions() -> None:
    """Adds the operation, and to what DescribeExecution says what is to be known of it."""
    describe = StepFunctionResponse.describe_execution

    def redrive_execution(self):
        execution = self.stepfunction_backend.describe_execution(self._get_param("executionArn"))
        if execution.status not in REDRIVABLE:
            raise ExecutionNotRedrivable(f"Execution is {execution.status}, and cannot be redriven")
        redrive(execution)
        return ActionResult({"redriveDate": execution.redrive_date})

    @wraps(describe)
    def describe_with_redrives(self):
        answer = describe(self)
        execution = self.stepfunction_backend.describe_execution(self._get_param("executionArn"))
        answer.result["redriveCount"] = getattr(execution, "redrive_count", 0)
        answer.result["redriveStatus"] = "REDRIVABLE" if execution.status in REDRIVABLE else "NOT_REDRIVABLE"
        if hasattr(execution, "redrive_date"):
            answer.result["redriveDate"] = execution.redrive_date
        return answer

    StepFunctionResponse.redrive_execution = redrive_execution
    StepFunctionResponse.describe_execution = describe_with_redrives


def redrive(execution) -> None:
    ended = execution.exec_worker.env
    worker = execution._get_start_execution_worker()
    program, env = worker._get_evaluation_entrypoint(), worker._get_evaluation_environment()
    env.event_manager = ended.event_manager
    env.map_run_record_pool_manager = ended.map_run_record_pool_manager
    rest = SimpleNamespace(eval=lambda env: evaluate_from(program, env, ended.entered))
    worker._get_evaluation_entrypoint, worker._get_evaluation_environment = lambda: rest, lambda: env
    execution.error = execution.cause = execution.stop_date = None
    execution.redrive_count = getattr(execution, "redrive_count", 0) + 1
    execution.redrive_date = datetime.datetime.now(tz=datetime.timezone.utc)
    execution.exec_worker, execution.exec_status = worker, execution.exec_status.RUNNING
    worker.start()


def evaluate_from(program, env, entered) -> None:
    """Evaluates a program, from a state that was entered before if there is one."""
    if entered is not None:
        name, given = entered
        program = copy.copy(program)
        program.start_at = StartAt(name)
        env.states.reset(given)
    program.eval(env)
