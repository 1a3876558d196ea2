# Each says in plain words what is wrong and under which heading of docs/operations.md there is help. What CloudWatch
# has no data for is quiet: Lambda and the function count nothing while nothing is written. Those on what is counted once,
# dead_letters and records_lost, tell nobody that they are over: after five minutes they are, and the records still missing.
locals {
  _alarm_kinds = ["dead_letters", "errors", "freshness", "iterator_age", "records_lost", "retries", "stopped", "throttles"]

  alarm_kinds = [for kind in local._alarm_kinds : kind if var.alarms != null && !contains(try(var.alarms.disabled, []), kind)]

  alarm_actions = try(var.alarms.actions, [])
  ok_actions    = try(var.alarms.ok_actions, [])

  # A table that is held back on purpose alarms nobody. By kind, so that for_each has no keys where there is no alarm.
  alarmed_tables = {
    for kind in local._alarm_kinds : kind => toset([
      for name, table in local.tables : name
      if contains(local.alarm_kinds, kind) && table.enabled
    ])
  }

  # Names of tables have up to 255 letters, names of alarms too.
  alarm_suffixes = {
    for name in keys(local.tables) : name => length(name) <= 200 ? name : "${substr(name, 0, 159)}-${sha1(name)}"
  }

  # Namespace of the function's own metrics: docs/contract.md §7.
  metric_namespace = "DynamoDBToOpenSearch"
}

resource "aws_cloudwatch_metric_alarm" "dead_letters" {
  for_each = local.alarmed_tables["dead_letters"]

  alarm_name          = "${var.name}-dead-letters-${local.alarm_suffixes[each.key]}"
  alarm_description   = "${each.key}: records were rejected and lie in the bucket ${local.bucket_name}; their documents are out of date until somebody settles them. See \"Records are dead-lettered\" in docs/operations.md#records-are-dead-lettered."
  comparison_operator = "GreaterThanOrEqualToThreshold"
  threshold           = var.alarms.dead_letters
  evaluation_periods  = 1
  treat_missing_data  = "notBreaching"
  alarm_actions       = local.alarm_actions

  # Letters are the function's and, where Lambda gave up on it, Lambda's.
  metric_query {
    id          = "letters"
    expression  = "FILL(rejected, 0) + FILL(given_up, 0)"
    label       = "Dead-lettered records"
    return_data = true
  }

  metric_query {
    id = "rejected"

    metric {
      namespace   = local.metric_namespace
      metric_name = "DeadLettered"
      dimensions  = { function = local.function_name, table = each.key }
      period      = 300
      stat        = "Sum"
    }
  }

  metric_query {
    id = "given_up"

    metric {
      namespace   = "AWS/Lambda"
      metric_name = "OnFailureDestinationDeliveredEventCount"
      dimensions  = { EventSourceMappingUUID = aws_lambda_event_source_mapping.this[each.key].uuid }
      period      = 300
      stat        = "Sum"
    }
  }

  tags = var.tags
}

resource "aws_cloudwatch_metric_alarm" "errors" {
  count = contains(local.alarm_kinds, "errors") ? 1 : 0

  alarm_name          = "${var.name}-errors"
  alarm_description   = "${local.function_name}: invocations fail as a whole, by an error or a timeout; their records wait in the stream. See \"Invocations fail\" in docs/operations.md#invocations-fail."
  comparison_operator = "GreaterThanOrEqualToThreshold"
  threshold           = var.alarms.errors
  evaluation_periods  = 1
  treat_missing_data  = "notBreaching"
  namespace           = "AWS/Lambda"
  metric_name         = "Errors"
  dimensions          = { FunctionName = local.function_name }
  period              = 300
  statistic           = "Sum"
  alarm_actions       = local.alarm_actions
  ok_actions          = local.ok_actions
  tags                = var.tags
}

resource "aws_cloudwatch_metric_alarm" "freshness" {
  for_each = local.alarmed_tables["freshness"]

  alarm_name          = "${var.name}-freshness-${local.alarm_suffixes[each.key]}"
  alarm_description   = "${each.key}: changes reach the index more than ${var.alarms.freshness_seconds} s after they were made. See \"Documents are late\" in docs/operations.md#documents-are-late."
  comparison_operator = "GreaterThanThreshold"
  threshold           = var.alarms.freshness_seconds * 1000
  evaluation_periods  = 3
  treat_missing_data  = "notBreaching"
  namespace           = local.metric_namespace
  metric_name         = "FreshnessMilliseconds"
  dimensions          = { function = local.function_name, table = each.key }
  period              = 300
  statistic           = "Maximum"
  alarm_actions       = local.alarm_actions
  ok_actions          = local.ok_actions
  tags                = var.tags
}

resource "aws_cloudwatch_metric_alarm" "iterator_age" {
  count = contains(local.alarm_kinds, "iterator_age") ? 1 : 0

  alarm_name          = "${var.name}-iterator-age"
  alarm_description   = "${local.function_name}: the function is more than ${var.alarms.iterator_age_seconds} s behind a stream; streams forget records after a day. See \"The function falls behind\" in docs/operations.md#the-function-falls-behind."
  comparison_operator = "GreaterThanThreshold"
  threshold           = var.alarms.iterator_age_seconds * 1000
  evaluation_periods  = 3
  treat_missing_data  = "notBreaching"
  namespace           = "AWS/Lambda"
  metric_name         = "IteratorAge"
  dimensions          = { FunctionName = local.function_name }
  period              = 300
  statistic           = "Maximum"
  alarm_actions       = local.alarm_actions
  ok_actions          = local.ok_actions
  tags                = var.tags
}

# Lambda counts as dropped what it gave up and did not get into the bucket either:
# https://docs.aws.amazon.com/lambda/latest/dg/monitoring-metrics-types.html
resource "aws_cloudwatch_metric_alarm" "records_lost" {
  for_each = local.alarmed_tables["records_lost"]

  alarm_name          = "${var.name}-records-lost-${local.alarm_suffixes[each.key]}"
  alarm_description   = "${each.key}: Lambda gave up on records and could not store them in the bucket ${local.bucket_name}; nothing will bring them back but a repair. See \"Records were lost on their way to S3\" in docs/operations.md#records-were-lost-on-their-way-to-s3."
  comparison_operator = "GreaterThanThreshold"
  threshold           = 0
  evaluation_periods  = 1
  treat_missing_data  = "notBreaching"
  namespace           = "AWS/Lambda"
  metric_name         = "DroppedEventCount"
  dimensions          = { EventSourceMappingUUID = aws_lambda_event_source_mapping.this[each.key].uuid }
  period              = 300
  statistic           = "Sum"
  alarm_actions       = local.alarm_actions
  tags                = var.tags
}

resource "aws_cloudwatch_metric_alarm" "retries" {
  for_each = local.alarmed_tables["retries"]

  alarm_name          = "${var.name}-retries-${local.alarm_suffixes[each.key]}"
  alarm_description   = "${each.key}: records come again and again, because OpenSearch does not take them now; nothing is lost yet. See \"Records come again\" in docs/operations.md#records-come-again."
  comparison_operator = "GreaterThanOrEqualToThreshold"
  threshold           = var.alarms.retries
  evaluation_periods  = 3
  treat_missing_data  = "notBreaching"
  namespace           = local.metric_namespace
  metric_name         = "Retried"
  dimensions          = { function = local.function_name, table = each.key }
  period              = 300
  statistic           = "Sum"
  alarm_actions       = local.alarm_actions
  ok_actions          = local.ok_actions
  tags                = var.tags
}

resource "aws_cloudwatch_metric_alarm" "stopped" {
  for_each = local.alarmed_tables["stopped"]

  alarm_name          = "${var.name}-stopped-${local.alarm_suffixes[each.key]}"
  alarm_description   = "${each.key}: for ${var.alarms.stopped_minutes} minutes the function has received nothing, although the table was written or because Lambda does not poll its stream. See \"Nothing is received although the table is written\" in docs/operations.md#nothing-is-received-although-the-table-is-written."
  comparison_operator = "GreaterThanThreshold"
  threshold           = 0
  evaluation_periods  = var.alarms.stopped_minutes / 5
  treat_missing_data  = "notBreaching"
  alarm_actions       = local.alarm_actions
  ok_actions          = local.ok_actions

  # A write that changes nothing uses capacity and makes no record: several periods in a row, not one, say that it stopped.
  # A table that is seldom written has no such row, but Lambda counts its polls, empty ones too, as long as it reads.
  metric_query {
    id          = "stopped"
    expression  = "IF(FILL(received, 0) == 0 AND (FILL(written, 0) > 0 OR FILL(polls, 0) == 0), 1, 0)"
    label       = "Not received, although written or not even polled"
    return_data = true
  }

  metric_query {
    id = "written"

    metric {
      namespace   = "AWS/DynamoDB"
      metric_name = "ConsumedWriteCapacityUnits"
      dimensions  = { TableName = each.key }
      period      = 300
      stat        = "Sum"
    }
  }

  metric_query {
    id = "received"

    metric {
      namespace   = local.metric_namespace
      metric_name = "Received"
      dimensions  = { function = local.function_name, table = each.key }
      period      = 300
      stat        = "Sum"
    }
  }

  metric_query {
    id = "polls"

    metric {
      namespace   = "AWS/Lambda"
      metric_name = "PolledEventCount"
      dimensions  = { EventSourceMappingUUID = aws_lambda_event_source_mapping.this[each.key].uuid }
      period      = 300
      stat        = "SampleCount"
    }
  }

  tags = var.tags
}

resource "aws_cloudwatch_metric_alarm" "throttles" {
  count = contains(local.alarm_kinds, "throttles") ? 1 : 0

  alarm_name          = "${var.name}-throttles"
  alarm_description   = "${local.function_name}: Lambda has no concurrency left to run the function; records wait in their streams. See \"The function is throttled\" in docs/operations.md#the-function-is-throttled."
  comparison_operator = "GreaterThanOrEqualToThreshold"
  threshold           = var.alarms.throttles
  evaluation_periods  = 3
  treat_missing_data  = "notBreaching"
  namespace           = "AWS/Lambda"
  metric_name         = "Throttles"
  dimensions          = { FunctionName = local.function_name }
  period              = 300
  statistic           = "Sum"
  alarm_actions       = local.alarm_actions
  ok_actions          = local.ok_actions
  tags                = var.tags
}

locals {
  _function_alarms = {
    errors       = aws_cloudwatch_metric_alarm.errors
    iterator_age = aws_cloudwatch_metric_alarm.iterator_age
    throttles    = aws_cloudwatch_metric_alarm.throttles
  }

  _table_alarms = {
    dead_letters = aws_cloudwatch_metric_alarm.dead_letters
    freshness    = aws_cloudwatch_metric_alarm.freshness
    records_lost = aws_cloudwatch_metric_alarm.records_lost
    retries      = aws_cloudwatch_metric_alarm.retries
    stopped      = aws_cloudwatch_metric_alarm.stopped
  }

  alarm_arns = merge(concat(
    [{ for kind, alarms in local._function_alarms : kind => alarms[0].arn if length(alarms) > 0 }],
    [for kind, alarms in local._table_alarms : { for table, alarm in alarms : "${kind}/${table}" => alarm.arn }],
  )...)
}
