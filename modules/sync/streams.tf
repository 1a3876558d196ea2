data "aws_dynamodb_tables" "all" {
  count = var.tables_matching == null ? 0 : 1
}

data "aws_dynamodb_table" "matching" {
  for_each = toset([
    for name in flatten(data.aws_dynamodb_tables.all[*].names) : name
    if can(regex(var.tables_matching, name)) && !contains(keys(var.tables), name)
  ])

  name = each.key
}

# No data source of this module has conditions or depends_on: with either, Terraform reads it only after every pending
# change of what it refers to, and a new tag of a table would make all mappings anew, of a stream "known after apply".
data "aws_dynamodb_table" "named" {
  for_each = var.tables

  # The ARN holds the name, and is unknown while there is no table to ask about.
  name = each.value.arn == null ? each.key : element(split("/", each.value.arn), 1)
}

resource "aws_lambda_event_source_mapping" "this" {
  for_each = local.tables

  function_name                      = aws_lambda_function.this.arn
  event_source_arn                   = each.value.stream_arn
  enabled                            = each.value.enabled
  batch_size                         = each.value.batch_size
  bisect_batch_on_function_error     = true
  function_response_types            = ["ReportBatchItemFailures"]
  maximum_batching_window_in_seconds = each.value.batching_window_seconds
  maximum_record_age_in_seconds      = each.value.maximum_record_age_seconds
  maximum_retry_attempts             = each.value.maximum_retry_attempts
  parallelization_factor             = each.value.parallelization_factor

  # LATEST would lose what is written before the mapping is ready; versions make a replay harmless.
  starting_position = "TRIM_HORIZON"

  destination_config {
    on_failure {
      destination_arn = aws_s3_bucket.dead_letter.arn
    }
  }

  metrics_config {
    metrics = ["EventCount"]
  }

  tags = var.tags

  # Lambda tries whether the role may read the stream and write to the bucket.
  depends_on = [aws_iam_role_policy.function, aws_iam_role_policy_attachment.tables]

  lifecycle {
    precondition {
      condition     = each.value.stream_enabled
      error_message = <<-EOT
        tables.${each.key}: the table has no stream, so its changes cannot be followed. Enable one, in Terraform:
          stream_enabled   = true
          stream_view_type = "NEW_IMAGE"
        or with the AWS CLI:
          aws dynamodb update-table --table-name ${each.key} --stream-specification StreamEnabled=true,StreamViewType=NEW_IMAGE
      EOT
    }
  }
}
