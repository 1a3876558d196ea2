locals {
  _archive = "${path.module}/dist/function.zip"
}

resource "aws_lambda_function" "this" {
  function_name                  = local.function_name
  description                    = "Keeps OpenSearch indexes equal to DynamoDB tables"
  role                           = aws_iam_role.function.arn
  filename                       = local._archive
  source_code_hash               = fileexists(local._archive) ? filebase64sha256(local._archive) : null
  handler                        = "index.handler"
  runtime                        = var.function.runtime
  architectures                  = [var.function.architecture]
  memory_size                    = var.function.memory_mb
  timeout                        = var.function.timeout_seconds
  reserved_concurrent_executions = coalesce(var.function.reserved_concurrency, -1)

  environment {
    variables = {
      # With its version: a new one restarts warm functions, and old code keeps the configuration it was deployed with.
      CONFIG_PARAMETER = "${aws_ssm_parameter.configuration.name}:${aws_ssm_parameter.configuration.version}"
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

  tracing_config {
    mode = var.function.tracing ? "Active" : "PassThrough"
  }

  dynamic "vpc_config" {
    for_each = var.network[*]

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
      condition     = try(length(one(data.aws_opensearch_domain.this[*].vpc_options)), 0) == 0 || var.network != null # null outside of any
      error_message = "opensearch.domain_name: the domain ${coalesce(var.opensearch.domain_name, "-")} lies in a VPC, where a function outside cannot reach it; give `network` subnets and a security group that may connect to it."
    }

    precondition {
      condition     = fileexists(local._archive)
      error_message = "The function's archive ${local._archive} is missing. In a clone of the repository run `npm run build`; from elsewhere refer to a release, ?ref=v…, which carries it."
    }
  }
}
