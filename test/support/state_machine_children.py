"""The child executions of a Distributed Map, as Step Functions runs them."""

from concurrent.futures import ThreadPoolExecutor
from uuid import uuid4

from moto.stepfunctions.parser.api import HistoryEventType, MapRunFailedEventDetails
from moto.stepfunctions.parser.asl.component.common.error_name.failure_event import FailureEvent, FailureEventException
from moto.stepfunctions.parser.asl.component.common.error_name.states_error_name import StatesErrorName
from moto.stepfunctions.parser.asl.component.common.error_name.states_error_name_type import StatesErrorNameType
from moto.stepfunctions.parser.asl.component.state.exec.state_map.iteration.distributed_iteration_component import (
    DistributedIterationComponent,
)
from moto.stepfunctions.parser.asl.component.state.exec.state_map.iteration.job import Job
from moto.stepfunctions.parser.asl.eval.event.event_detail import EventDetails
from moto.stepfunctions.parser.asl.eval.program_state import ProgramEnded, ProgramError
from state_machine_redrive import evaluate_from


def run_children_as_executions_of_their_own() -> None:
    """To moto a child that failed is as good as another; its children are nameless, and none is ever taken up again.

    A Map whose children fail beyond its tolerance starts no more of them, stops those under way, and fails. When it is
    redriven, it goes on with those that are not done, and only with those.
    """

    def run_children(self, env, eval_input):
        items = env.stack.pop()
        pool = env.map_run_record_pool_manager
        program = self._get_iteration_program()
        children = vars(pool).pop("unfinished", None) or [Child(*each, program) for each in enumerate(items)]
        frames = []

        def run_child(child):
            if not env.is_running() or is_beyond_tolerance(children, eval_input):
                return
            frame = env.open_inner_frame()
            frames.append(frame)
            worker = self._create_worker(env=env, eval_input=eval_input, job_pool=None)
            worker._eval_job(env=frame, job=Job(child.index, child, child.item))
            env.delete_frame(frame)
            if is_beyond_tolerance(children, eval_input):
                for other in frames:
                    other.set_stop(stop_date=None, cause=None, error=None)

        for child in children:
            child.has_failed = False
        with ThreadPoolExecutor(eval_input.map_run_record.max_concurrency or len(children) or 1) as threads:
            list(threads.map(run_child, [child for child in children if not child.is_done]))
        if any(not child.is_done for child in children):
            pool.unfinished = children
        if is_beyond_tolerance(children, eval_input):
            raise threshold_exceeded(env)
        env.stack.append([child.output for child in children])

    DistributedIterationComponent._map_run = run_children


class Child:
    """An execution of the ItemProcessor, for one item."""

    def __init__(self, index, item, program):
        self.index, self.item, self.program = index, item, program
        self.name = str(uuid4())
        self.entered = self.output = None
        self.is_done = self.has_failed = False

    def eval(self, env) -> None:
        execution = env.states.context_object.context_object_data["Execution"]
        own = {"Id": f"{execution['Id']}:{self.name}", "Name": self.name, "Input": env.states.get_input()}
        env.states.context_object.context_object_data["Execution"] = {**execution, **own}
        evaluate_from(self.program, env, self.entered)
        self.entered = getattr(env, "entered", None)
        self.is_done = isinstance(env.program_state(), ProgramEnded)
        self.has_failed = isinstance(env.program_state(), ProgramError)
        self.output = env.states.get_input() if self.is_done else None


def is_beyond_tolerance(children, eval_input) -> bool:
    failed = sum(child.has_failed for child in children)
    tolerated = eval_input.tolerated_failure_percentage / 100 * len(children)
    return failed > max(tolerated, eval_input.tolerated_failure_count)


def threshold_exceeded(env) -> FailureEventException:
    error = StatesErrorName(StatesErrorNameType.StatesExceedToleratedFailureThreshold)
    cause = "The specified tolerated failure threshold was exceeded"
    details = MapRunFailedEventDetails(error=error.error_name, cause=cause)
    return FailureEventException(
        FailureEvent(
            env=env,
            error_name=error,
            event_type=HistoryEventType.TaskFailed,
            event_details=EventDetails(mapRunFailedEventDetails=details),
        )
    )
