locals {
  # The same code as the stream function's.
  _archive = "${path.module}/../sync/dist/function.zip"
}

resource "aws_cloudwatch_log_group" "function" {
  name              = "/aws/lambda/${local.function_name}"
  retention_in_days = var.logs.retention_days
  kms_key_id        = var.logs.kms_key_arn
  tags              = var.tags
}

resource "aws_lambda_function" "this" {
  function_name    = local.function_name
  description      = "Backfills, verifies, repairs and replays, one slice at a time"
  role             = aws_iam_role.function.arn
  filename         = local._archive
  source_code_hash = fileexists(local._archive) ? filebase64sha256(local._archive) : null
  handler          = "index.operate"
  runtime          = var.function.runtime
  architectures    = [var.function.architecture]
  memory_size      = var.function.memory_mb
  timeout          = var.function.timeout_seconds

  environment {
    variables = {
      # With its version, as the stream function has it: a new one restarts warm functions.
      CONFIG_PARAMETER = "${var.sync.parameter_name}:${var.sync.parameter_version}"
      LOG_LEVEL        = var.function.log_level
    }
  }

  logging_config {
    log_group        = aws_cloudwatch_log_group.function.name
    log_format       = "JSON"
    system_log_level = "WARN"

    # The function leaves out lines by itself. Lambda takes its metrics, which have no level, for INFO and would drop them above that.
    application_log_level = var.function.log_level == "DEBUG" ? "DEBUG" : "INFO"
  }

  dynamic "vpc_config" {
    for_each = var.sync.network[*]

    content {
      subnet_ids         = vpc_config.value.subnet_ids
      security_group_ids = vpc_config.value.security_group_ids
    }
  }

  tags = var.tags

  # A function that is called before its log group is there would have Lambda create one that nobody owns.
  depends_on = [aws_cloudwatch_log_group.function, aws_iam_role_policy.function, aws_iam_role_policy_attachment.tables]

  lifecycle {
    precondition {
      condition     = fileexists(local._archive)
      error_message = "The function's archive ${local._archive} is missing. In a clone of the repository run `npm run build`; from elsewhere refer to a release, ?ref=v…, which carries it."
    }
  }
}
