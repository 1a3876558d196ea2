"""What the real Terraform provider and the tests need of moto beyond what moto 5.2.5 does.

At each of these points a green test proves what the provider asks for and what it reads back, not what AWS would
have answered.
"""

import base64
import json
from functools import wraps

import moto.server
from moto.awslambda.models import LambdaFunction
from moto.core.responses import ActionResult
from moto.iam.access_control import IAMPolicyStatement, PermissionResult
from moto.moto_api._internal.models import MotoAPIBackend
from moto.s3.models import FakeDeleteMarker
from moto.stepfunctions.responses import StepFunctionResponse


def patch_all() -> None:
    answer_400_to_what_is_missing()
    store_every_setting_of_a_function()
    hand_out_the_archive_of_a_function()
    count_requests_as_encrypted()
    empty_a_versioned_bucket()
    validate_definitions_of_state_machines()
    execute_state_machines_as_step_functions_does()


def answer_400_to_what_is_missing() -> None:
    """A missing action is a crash, answered 500, and every AWS SDK repeats the request for minutes, in silence."""
    create_app = moto.server.create_backend_app

    def create_app_that_says_so(service):
        app = create_app(service)
        app.register_error_handler(NotImplementedError, say_so)
        return app

    def say_so(error):
        # Query protocols read the XML, the others the header.
        body = f"<ErrorResponse><Error><Code>NotImplemented</Code><Message>moto: {error}</Message></Error></ErrorResponse>"
        return body, 400, {"content-type": "text/xml", "x-amzn-errortype": "NotImplemented"}

    moto.server.create_backend_app = create_app_that_says_so


# Attributes under which the settings that moto forgets are kept.
FORGOTTEN = {"LoggingConfig": "logging_config", "TracingConfig": "tracing_config"}


def store_every_setting_of_a_function() -> None:
    """LoggingConfig is never stored and others only on creation: the next plan would set them again, and so on."""
    create, update, describe = (
        LambdaFunction.__init__,
        LambdaFunction.update_configuration,
        LambdaFunction.get_configuration,
    )

    @wraps(create)
    def create_and_store(self, account_id, spec, *rest, **named):
        self.logging_config = None
        create(self, account_id, spec, *rest, **named)
        store(self, spec)

    @wraps(update)
    def update_and_store(self, config_updates):
        store(self, config_updates)
        return update(self, config_updates)

    @wraps(describe)
    def describe_all(self, *rest, **named):
        usual = {"LogFormat": "Text", "LogGroup": f"/aws/lambda/{self.function_name}"}
        return describe(self, *rest, **named) | {"LoggingConfig": usual | (self.logging_config or {})}

    def store(function, spec):
        for setting, attribute in FORGOTTEN.items():
            if spec.get(setting) is not None:
                setattr(function, attribute, spec[setting])

    LambdaFunction.__init__ = create_and_store
    LambdaFunction.update_configuration = update_and_store
    LambdaFunction.get_configuration = describe_all


def hand_out_the_archive_of_a_function() -> None:
    """GetFunction names an address of AWS for the deployed archive; nobody serves it here, so the address is the archive."""
    describe = LambdaFunction.get_code

    @wraps(describe)
    def describe_with_archive(self):
        answer = describe(self)
        archive = base64.b64encode(self.code_bytes).decode()
        return answer | {"Code": answer["Code"] | {"Location": f"data:application/zip;base64,{archive}"}}

    LambdaFunction.get_code = describe_with_archive


def count_requests_as_encrypted() -> None:
    """moto takes a bucket policy's condition on TLS for met by every request, and its refusal of plain http for one of all."""
    is_permitted = IAMPolicyStatement.is_action_permitted

    @wraps(is_permitted)
    def is_permitted_over_tls(self, *rest, **named):
        condition = json.dumps(self._statement.get("Condition", {}))
        if "aws:SecureTransport" in condition:
            return PermissionResult.NEUTRAL
        return is_permitted(self, *rest, **named)

    IAMPolicyStatement.is_action_permitted = is_permitted_over_tls


def empty_a_versioned_bucket() -> None:
    """Versions that are removed are disposed of, which moto's delete markers lack: a bucket that has some could not be emptied."""
    FakeDeleteMarker.dispose = lambda self, garbage=False: None


def validate_definitions_of_state_machines() -> None:
    """The provider has a definition validated before it is stored, and asks for versions, of which there are none."""

    def validate_state_machine_definition(self):
        from moto.stepfunctions.parser.asl.parse.asl_parser import AmazonStateLanguageParser

        try:
            AmazonStateLanguageParser.parse(self._get_param("definition"))
        except Exception as error:
            diagnostic = {"severity": "ERROR", "code": "SCHEMA_VALIDATION_FAILED", "message": str(error)}
            return ActionResult({"result": "FAIL", "diagnostics": [diagnostic]})
        return ActionResult({"result": "OK", "diagnostics": []})

    StepFunctionResponse.validate_state_machine_definition = validate_state_machine_definition
    StepFunctionResponse.list_state_machine_versions = lambda self: ActionResult({"stateMachineVersions": []})


def execute_state_machines_as_step_functions_does() -> None:
    """The interpreter takes longer to load than all the rest: it is loaded, and patched, when it is wanted."""
    configure = MotoAPIBackend.set_config

    @wraps(configure)
    def configure_and_patch(self, config):
        configure(self, config)
        if config.get("stepfunctions", {}).get("execute_state_machine"):
            from state_machine_patches import patch_state_machines

            patch_state_machines()

    MotoAPIBackend.set_config = configure_and_patch
