"""What Step Functions does with our state machine beyond what moto 5.2.5 does, whose interpreter is LocalStack's.

At each of these points a green test proves what happens if Step Functions does as its documentation says.
"""

import time
from functools import cache
from types import SimpleNamespace

from moto.core.config import default_user_config
from moto.core.exceptions import AWSError
from moto.stepfunctions.parser import models
from moto.stepfunctions.parser.asl.component.common.retry import retrier_decl
from moto.stepfunctions.parser.asl.component.state.exec.state_map.result_writer.result_writer_decl import ResultWriter
from moto.stepfunctions.parser.asl.utils import boto_client
from state_machine_children import run_children_as_executions_of_their_own
from state_machine_redrive import redrive_executions, remember_the_state_that_was_entered


@cache
def patch_state_machines() -> None:
    reach_aws_where_it_is_told()
    refuse_definitions_at_once()
    wait_less()
    write_results_where_the_input_says()
    remember_the_state_that_was_entered()
    run_children_as_executions_of_their_own()
    redrive_executions()


def reach_aws_where_it_is_told() -> None:
    """The interpreter's own requests go to the port that moto was started with, which is 0: any that is free."""
    boto_client.moto_server_port = lambda: default_user_config["stepfunctions"]["aws_port"]


class InvalidDefinition(AWSError):
    TYPE = "InvalidDefinition"
    STATUS = 400


def refuse_definitions_at_once() -> None:
    """A definition that cannot be read is a crash, answered 500, and repeated for minutes."""
    models.InvalidDefinition = InvalidDefinition


def wait_less() -> None:
    """Between attempts minutes pass; a test waits so many times less."""

    def sleep(seconds):
        time.sleep(seconds * default_user_config["stepfunctions"]["wait_factor"])

    retrier_decl.time = SimpleNamespace(sleep=sleep)


def write_results_where_the_input_says() -> None:
    """Paths in a ResultWriter's parameters are of the state's input, and not of its results."""

    def write(self, env):
        results = env.stack.pop()
        self.parargs.eval(env)
        parameters = env.stack.pop()
        env.stack.extend([results, parameters])
        self.resource_eval.eval_resource(env)

    ResultWriter._eval_body = write
