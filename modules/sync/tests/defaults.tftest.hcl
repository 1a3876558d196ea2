# What the twelve lines of the README make.

mock_provider "aws" {
  source          = "./tests/mocks"
  override_during = plan
}

variables {
  name       = "shop-prod"
  opensearch = { domain_name = "shop" }
  tables = {
    Orders = {}
    Users  = { index = "people", exclude = ["password_hash"] }
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
      concurrency  = aws_lambda_function.this.reserved_concurrent_executions
      tracing      = aws_lambda_function.this.tracing_config[0].mode
      network      = aws_lambda_function.this.vpc_config
      }) == jsonencode({
      name         = "shop-prod-sync"
      handler      = "index.handler"
      runtime      = "nodejs22.x"
      architecture = "arm64"
      memory       = 512
      timeout      = 60
      concurrency  = -1
      tracing      = "PassThrough"
      network      = []
    })
    error_message = "The function has not the defaults of the contract."
  }

  assert {
    condition     = aws_lambda_function.this.source_code_hash == filebase64sha256("dist/function.zip")
    error_message = "The function must be deployed again when its archive changes."
  }

  assert {
    condition = aws_lambda_function.this.environment[0].variables == tomap({
      CONFIG_PARAMETER = "shop-prod-configuration:7"
      LOG_LEVEL        = "INFO"
    })
    error_message = "The environment must be the parameter with its version, and the log level."
  }

  assert {
    condition = jsonencode(aws_lambda_function.this.logging_config[0]) == jsonencode({
      application_log_level = "INFO"
      log_format            = "JSON"
      log_group             = "/aws/lambda/shop-prod-sync"
      system_log_level      = "WARN"
    })
    error_message = "The function must log JSON into its own log group: ${jsonencode(aws_lambda_function.this.logging_config[0])}"
  }

  assert {
    condition     = aws_cloudwatch_log_group.function.retention_in_days == 30
    error_message = "Logs are kept for 30 days."
  }
}

run "the_mappings" {
  command = plan

  assert {
    condition     = toset(keys(aws_lambda_event_source_mapping.this)) == toset(["Orders", "Users"])
    error_message = "One mapping a table, keyed by its name."
  }

  assert {
    condition = alltrue([
      for mapping in aws_lambda_event_source_mapping.this : jsonencode({
        starting_position = mapping.starting_position
        enabled           = mapping.enabled
        batch_size        = mapping.batch_size
        window            = mapping.maximum_batching_window_in_seconds
        parallelization   = mapping.parallelization_factor
        retries           = mapping.maximum_retry_attempts
        age               = mapping.maximum_record_age_in_seconds
        bisect            = mapping.bisect_batch_on_function_error
        response_types    = mapping.function_response_types
        metrics           = mapping.metrics_config[0].metrics
        }) == jsonencode({
        starting_position = "TRIM_HORIZON"
        enabled           = true
        batch_size        = 500
        window            = 0
        parallelization   = 1
        retries           = -1
        age               = 82800
        bisect            = true
        response_types    = ["ReportBatchItemFailures"]
        metrics           = ["EventCount"]
      })
    ])
    error_message = "A mapping has not the defaults of the contract."
  }

  assert {
    condition = alltrue([
      for mapping in aws_lambda_event_source_mapping.this : mapping.destination_config[0].on_failure[0].destination_arn == aws_s3_bucket.dead_letter.arn
    ])
    error_message = "What Lambda gives up goes to the bucket."
  }
}

run "the_bucket" {
  command = plan

  assert {
    condition     = aws_s3_bucket.dead_letter.bucket == "shop-prod-123456789012-eu-west-1" && !aws_s3_bucket.dead_letter.force_destroy
    error_message = "The bucket is <name>-<account>-<region> and keeps its letters."
  }

  assert {
    condition     = aws_s3_bucket_versioning.dead_letter.versioning_configuration[0].status == "Enabled"
    error_message = "The bucket is versioned."
  }

  assert {
    condition     = one(one(aws_s3_bucket_server_side_encryption_configuration.dead_letter.rule).apply_server_side_encryption_by_default).sse_algorithm == "AES256"
    error_message = "The bucket is encrypted."
  }

  assert {
    condition = alltrue([
      aws_s3_bucket_public_access_block.dead_letter.block_public_acls,
      aws_s3_bucket_public_access_block.dead_letter.block_public_policy,
      aws_s3_bucket_public_access_block.dead_letter.ignore_public_acls,
      aws_s3_bucket_public_access_block.dead_letter.restrict_public_buckets,
    ])
    error_message = "The bucket is closed to the public."
  }

  assert {
    condition = jsonencode([
      for rule in aws_s3_bucket_lifecycle_configuration.dead_letter.rule : [[for filter in rule.filter : filter.prefix], rule.expiration[0].days] if rule.id != "forget-what-was-replaced-or-settled"
    ]) == jsonencode([[["operations/"], 90]])
    error_message = "What expires by its age is runs alone."
  }

  assert {
    condition     = one([for rule in aws_s3_bucket_lifecycle_configuration.dead_letter.rule : rule.expiration[0].expired_object_delete_marker if rule.id == "forget-what-was-replaced-or-settled"])
    error_message = "No letter expires before it is settled."
  }
}

run "the_outputs" {
  command = plan

  assert {
    condition = jsonencode({ for name, table in output.tables : name => [table.index, table.keys, table.stream_view_type] }) == jsonencode({
      Orders = ["orders", [{ name = "id", type = "S" }], "NEW_IMAGE"]
      Users  = ["people", [{ name = "id", type = "S" }], "NEW_IMAGE"]
    })
    error_message = "The tables are resolved: ${jsonencode(output.tables)}"
  }

  assert {
    condition = jsonencode([output.function_name, output.parameter_name, output.bucket_name, output.dashboard_name, output.aoss_access_policy]) == jsonencode([
      "shop-prod-sync", "shop-prod-configuration", "shop-prod-123456789012-eu-west-1", "shop-prod-eu-west-1", null
    ])
    error_message = "Names begin with the caller's."
  }
}
