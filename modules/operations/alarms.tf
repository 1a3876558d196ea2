# Each says in plain words what is wrong and under which heading of docs/operations.md there is help.
locals {
  alarm_kinds = [for kind in ["differences", "failed_runs"] : kind if var.alarms != null && !contains(try(var.alarms.disabled, []), kind)]

  # By kind, so that for_each has no keys where there is no alarm.
  _verified_tables = try(var.schedule.tables, null) == null ? toset(keys(var.sync.tables)) : var.schedule.tables
  alarmed_tables   = toset([for name in local._verified_tables : name if contains(local.alarm_kinds, "differences")])

  # Names of tables have up to 255 letters, names of alarms too.
  alarm_suffixes = {
    for name in keys(var.sync.tables) : name => length(name) <= 200 ? name : "${substr(name, 0, 159)}-${sha1(name)}"
  }

  # Namespace of the function's own metrics: docs/contract.md §7.
  metric_namespace = "DynamoDBToOpenSearch"

  differences = ["Missing", "Extra", "Stale"]
}

resource "aws_cloudwatch_metric_alarm" "differences" {
  for_each = local.alarmed_tables

  alarm_name          = "${var.sync.name}-differences-${local.alarm_suffixes[each.key]}"
  alarm_description   = "${each.key}: the last verification found that the index differs from the table. See \"The index differs from the table\" in docs/operations.md#the-index-differs-from-the-table."
  comparison_operator = "GreaterThanThreshold"
  threshold           = 0
  evaluation_periods  = 1
  alarm_actions       = try(var.alarms.actions, [])
  ok_actions          = try(var.alarms.ok_actions, [])
  tags                = var.tags

  # Between two verifications nothing is counted, and what the last one found still holds.
  treat_missing_data = "ignore"

  metric_query {
    id          = "differences"
    expression  = join(" + ", [for metric in local.differences : lower(metric)])
    label       = "Documents that differ"
    return_data = true
  }

  dynamic "metric_query" {
    for_each = local.differences

    content {
      id = lower(metric_query.value)

      metric {
        namespace   = local.metric_namespace
        metric_name = metric_query.value
        dimensions  = { function = local.function_name, table = each.key }
        period      = 60
        stat        = "Maximum"
      }
    }
  }
}

resource "aws_cloudwatch_metric_alarm" "failed_runs" {
  count = contains(local.alarm_kinds, "failed_runs") ? 1 : 0

  alarm_name          = "${var.sync.name}-failed-runs"
  alarm_description   = "${local.function_name}: a run inside AWS, such as the nightly verification, ended before it was done. See \"A run inside AWS failed\" in docs/operations.md#a-run-inside-aws-failed."
  comparison_operator = "GreaterThanThreshold"
  threshold           = 0
  evaluation_periods  = 1
  treat_missing_data  = "notBreaching"
  alarm_actions       = try(var.alarms.actions, [])
  tags                = var.tags

  metric_query {
    id          = "ended"
    expression  = "FILL(failed, 0) + FILL(timed_out, 0) + FILL(aborted, 0)"
    label       = "Runs that ended before they were done"
    return_data = true
  }

  dynamic "metric_query" {
    for_each = { failed = "ExecutionsFailed", timed_out = "ExecutionsTimedOut", aborted = "ExecutionsAborted" }

    content {
      id = metric_query.key

      metric {
        namespace   = "AWS/States"
        metric_name = metric_query.value
        dimensions  = { StateMachineArn = aws_sfn_state_machine.this.arn }
        period      = 300
        stat        = "Sum"
      }
    }
  }
}

locals {
  alarm_arns = merge(
    { for table, alarm in aws_cloudwatch_metric_alarm.differences : "differences/${table}" => alarm.arn },
    { for alarm in aws_cloudwatch_metric_alarm.failed_runs : "failed_runs" => alarm.arn },
  )
}
