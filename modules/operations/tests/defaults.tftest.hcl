# What `sync = module.search_sync` alone makes.

mock_provider "aws" {
  source          = "./tests/mocks"
  override_during = plan
}

variables {
  sync = {
    name              = "shop-prod"
    bucket_name       = "shop-prod-123456789012-eu-west-1"
    opensearch        = { arn = "arn:aws:es:eu-west-1:123456789012:domain/shop", service = "es" }
    parameter_arn     = "arn:aws:ssm:eu-west-1:123456789012:parameter/shop-prod-configuration"
    parameter_name    = "shop-prod-configuration"
    parameter_version = 7
    tables = {
      Orders = { arn = "arn:aws:dynamodb:eu-west-1:123456789012:table/Orders", index = "orders" }
      Users  = { arn = "arn:aws:dynamodb:eu-west-1:123456789012:table/Users", index = "people" }
    }
  }
}

run "the_function" {
  command = plan

  assert {
    condition = jsonencode({
      name         = aws_lambda_function.this.function_name
      handler      = aws_lambda_function.this.handler
      runtime      = aws_lambda_function.this.runtime
      architecture = aws_lambda_function.this.architectures[0]
      memory       = aws_lambda_function.this.memory_size
      timeout      = aws_lambda_function.this.timeout
      network      = aws_lambda_function.this.vpc_config
      }) == jsonencode({
      name         = "shop-prod-operations"
      handler      = "index.operate"
      runtime      = "nodejs22.x"
      architecture = "arm64"
      memory       = 1024
      timeout      = 900
      network      = []
    })
    error_message = "The function has not the defaults of its description."
  }

  assert {
    condition     = aws_lambda_function.this.source_code_hash == filebase64sha256("../sync/dist/function.zip")
    error_message = "The function is the archive of the module sync."
  }

  assert {
    condition = aws_lambda_function.this.environment[0].variables == tomap({
      CONFIG_PARAMETER = "shop-prod-configuration:7"
      LOG_LEVEL        = "INFO"
    })
    error_message = "The environment must be the parameter with its version, and the log level."
  }

  assert {
    condition     = aws_cloudwatch_log_group.function.name == "/aws/lambda/shop-prod-operations" && aws_cloudwatch_log_group.function.retention_in_days == 30
    error_message = "Logs are its own, and kept for 30 days."
  }
}

run "the_state_machine" {
  command = plan

  assert {
    condition     = aws_sfn_state_machine.this.name == "shop-prod-operations" && aws_sfn_state_machine.this.type == "STANDARD"
    error_message = "The state machine has the name of the function, and keeps the history of each run."
  }

  assert {
    condition = jsonencode(jsondecode(aws_sfn_state_machine.this.definition).States.Begin.Parameters) == jsonencode({
      FunctionName = "arn:aws:lambda:eu-west-1:123456789012:function:shop-prod-operations"
      Payload = {
        step            = "begin"
        "run.$"         = "$$.Execution.Name"
        "order.$"       = "$"
        "concurrency.$" = "States.StringToJson('10')"
      }
    })
    error_message = "A run begins with its order, and ten parts at once where that does not say: ${aws_sfn_state_machine.this.definition}"
  }
}

run "the_schedule" {
  command = plan

  assert {
    condition = jsonencode([
      aws_scheduler_schedule.verification[0].name, aws_scheduler_schedule.verification[0].schedule_expression,
      aws_scheduler_schedule.verification[0].schedule_expression_timezone, aws_scheduler_schedule.verification[0].state,
    ]) == jsonencode(["shop-prod-verification", "cron(15 2 * * ? *)", "UTC", "ENABLED"])
    error_message = "Every night."
  }

  assert {
    condition     = jsondecode(aws_scheduler_schedule.verification[0].target[0].input) == { command = "verify", repair = false }
    error_message = "Every table, whole, without a repair: ${aws_scheduler_schedule.verification[0].target[0].input}"
  }
}

run "how_the_command_line_finds_it" {
  command = plan

  assert {
    condition     = aws_ssm_parameter.operations.name == "shop-prod-configuration-operations" && aws_ssm_parameter.operations.type == "String"
    error_message = "Beside the parameter of the configuration."
  }

  assert {
    condition = jsondecode(nonsensitive(aws_ssm_parameter.operations.value)) == {
      state_machine_arn = "arn:aws:states:eu-west-1:123456789012:stateMachine:mocked"
      function_name     = "shop-prod-operations"
      bucket            = "shop-prod-123456789012-eu-west-1"
      prefix            = "operations/"
    }
    error_message = "The parameter says where runs are: ${nonsensitive(aws_ssm_parameter.operations.value)}"
  }
}

run "the_names_of_the_longest_prefix" {
  command = plan

  variables {
    sync = merge(var.sync, { name = "shop-of-thirty-letters-in-prod" })
  }

  assert {
    condition     = alltrue([for role in [aws_iam_role.function, aws_iam_role.state_machine, aws_iam_role.schedule[0]] : length(replace(role.name, "eu-west-1", "ap-northeast-1")) <= 64])
    error_message = "A role has at most 64 letters in the longest region too."
  }
}
