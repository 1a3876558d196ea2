# What wakes somebody, and what is drawn.

mock_provider "aws" {
  source          = "./tests/mocks"
  override_during = plan
}

variables {
  name       = "shop-prod"
  opensearch = { domain_name = "shop" }
  tables = {
    Orders = {}
    Users  = {}
  }
}

run "every_alarm_by_default" {
  command = plan

  override_resource {
    target          = aws_lambda_event_source_mapping.this["Orders"]
    override_during = plan
    values          = { uuid = "mapping-of-orders" }
  }

  assert {
    condition = keys(output.alarm_arns) == [
      "dead_letters/Orders", "dead_letters/Users", "errors", "freshness/Orders", "freshness/Users", "iterator_age",
      "records_lost/Orders", "records_lost/Users", "retries/Orders", "retries/Users", "stopped/Orders", "stopped/Users", "throttles",
    ]
    error_message = "The alarms are ${join(", ", keys(output.alarm_arns))}"
  }

  assert {
    condition = jsonencode({
      for kind, alarm in {
        errors       = aws_cloudwatch_metric_alarm.errors[0]
        freshness    = aws_cloudwatch_metric_alarm.freshness["Orders"]
        iterator_age = aws_cloudwatch_metric_alarm.iterator_age[0]
        records_lost = aws_cloudwatch_metric_alarm.records_lost["Orders"]
        retries      = aws_cloudwatch_metric_alarm.retries["Orders"]
        throttles    = aws_cloudwatch_metric_alarm.throttles[0]
      } : kind => [alarm.alarm_name, alarm.namespace, alarm.metric_name, alarm.dimensions, alarm.statistic, alarm.threshold, alarm.evaluation_periods]
      }) == jsonencode({
      errors       = ["shop-prod-errors", "AWS/Lambda", "Errors", { FunctionName = "shop-prod-sync" }, "Sum", 1, 1]
      freshness    = ["shop-prod-freshness-Orders", "DynamoDBToOpenSearch", "FreshnessMilliseconds", { function = "shop-prod-sync", table = "Orders" }, "Maximum", 120000, 3]
      iterator_age = ["shop-prod-iterator-age", "AWS/Lambda", "IteratorAge", { FunctionName = "shop-prod-sync" }, "Maximum", 300000, 3]
      records_lost = ["shop-prod-records-lost-Orders", "AWS/Lambda", "DroppedEventCount", { EventSourceMappingUUID = "mapping-of-orders" }, "Sum", 0, 1]
      retries      = ["shop-prod-retries-Orders", "DynamoDBToOpenSearch", "Retried", { function = "shop-prod-sync", table = "Orders" }, "Sum", 1, 3]
      throttles    = ["shop-prod-throttles", "AWS/Lambda", "Throttles", { FunctionName = "shop-prod-sync" }, "Sum", 1, 3]
    })
    error_message = "The alarms watch the metrics of the contract."
  }

  assert {
    condition = jsonencode([for query in aws_cloudwatch_metric_alarm.stopped["Orders"].metric_query : query.expression if query.return_data == true]) == jsonencode([
      "IF(FILL(received, 0) == 0 AND (FILL(written, 0) > 0 OR FILL(polls, 0) == 0), 1, 0)"
    ])
    error_message = "Stopped is: not received, although written or not even polled."
  }

  assert {
    condition = jsonencode({
      for query in aws_cloudwatch_metric_alarm.stopped["Orders"].metric_query : query.id =>
      [for metric in query.metric : [metric.namespace, metric.metric_name, metric.dimensions, metric.stat, metric.period]][0] if length(query.metric) > 0
      }) == jsonencode({
      polls    = ["AWS/Lambda", "PolledEventCount", { EventSourceMappingUUID = "mapping-of-orders" }, "SampleCount", 300]
      received = ["DynamoDBToOpenSearch", "Received", { function = "shop-prod-sync", table = "Orders" }, "Sum", 300]
      written  = ["AWS/DynamoDB", "ConsumedWriteCapacityUnits", { TableName = "Orders" }, "Sum", 300]
    })
    error_message = "Stopped goes by what is received, written and polled: ${jsonencode(aws_cloudwatch_metric_alarm.stopped["Orders"].metric_query)}"
  }

  assert {
    condition = jsonencode({
      for query in aws_cloudwatch_metric_alarm.dead_letters["Orders"].metric_query : query.id =>
      [for metric in query.metric : [metric.namespace, metric.metric_name, metric.dimensions, metric.stat, metric.period]][0] if length(query.metric) > 0
      }) == jsonencode({
      given_up = ["AWS/Lambda", "OnFailureDestinationDeliveredEventCount", { EventSourceMappingUUID = "mapping-of-orders" }, "Sum", 300]
      rejected = ["DynamoDBToOpenSearch", "DeadLettered", { function = "shop-prod-sync", table = "Orders" }, "Sum", 300]
    })
    error_message = "Letters are the function's and Lambda's: ${jsonencode(aws_cloudwatch_metric_alarm.dead_letters["Orders"].metric_query)}"
  }
}

run "alarms_that_are_not_wanted" {
  command = plan

  variables {
    tables = {
      Orders = {}
      Users  = { enabled = false }
    }
    alarms = {
      actions         = ["arn:aws:sns:eu-west-1:123456789012:on-call"]
      ok_actions      = ["arn:aws:sns:eu-west-1:123456789012:all-clear"]
      disabled        = ["errors", "freshness", "iterator_age", "throttles"]
      stopped_minutes = 60
    }
  }

  assert {
    condition     = keys(output.alarm_arns) == ["dead_letters/Orders", "records_lost/Orders", "retries/Orders", "stopped/Orders"]
    error_message = "Neither what is disabled nor a table that is held back alarms: ${join(", ", keys(output.alarm_arns))}"
  }

  assert {
    condition     = aws_cloudwatch_metric_alarm.stopped["Orders"].evaluation_periods == 12
    error_message = "An hour has twelve periods of five minutes."
  }

  assert {
    condition = alltrue([
      for alarm in [aws_cloudwatch_metric_alarm.dead_letters["Orders"], aws_cloudwatch_metric_alarm.records_lost["Orders"], aws_cloudwatch_metric_alarm.retries["Orders"], aws_cloudwatch_metric_alarm.stopped["Orders"]] :
      alarm.alarm_actions == var.alarms.actions
    ])
    error_message = "Alarms tell who is to be told."
  }

  assert {
    condition = jsonencode([
      for alarm in [aws_cloudwatch_metric_alarm.retries["Orders"], aws_cloudwatch_metric_alarm.stopped["Orders"], aws_cloudwatch_metric_alarm.dead_letters["Orders"], aws_cloudwatch_metric_alarm.records_lost["Orders"]] :
      coalesce(alarm.ok_actions, [])
    ]) == jsonencode([var.alarms.ok_actions, var.alarms.ok_actions, [], []])
    error_message = "Retries and a stop are over when they are; letters and losses are not."
  }
}

run "neither_alarms_nor_dashboard" {
  command = plan

  variables {
    alarms    = null
    dashboard = null
  }

  assert {
    condition     = length(output.alarm_arns) == 0 && output.dashboard_name == null
    error_message = "null is none."
  }
}

run "a_table_with_the_longest_name" {
  command = plan

  variables {
    tables = { (join("", [for i in range(255) : "x"])) = {} }
  }

  assert {
    condition     = alltrue([for alarm in aws_cloudwatch_metric_alarm.dead_letters : length(alarm.alarm_name) <= 255])
    error_message = "The name of an alarm has at most 255 letters."
  }
}

run "the_dashboard" {
  command = plan

  assert {
    condition = [for widget in jsondecode(aws_cloudwatch_dashboard.this[0].dashboard_body).widgets : widget.properties.title] == [
      "How far the function is behind (the stream that is worst off)", "Duration", "Concurrency", "Invocations",
      "Orders: records", "Orders: freshness, from a change to its document",
      "Users: records", "Users: freshness, from a change to its document",
    ]
    error_message = "The function first, then table by table."
  }

  assert {
    condition = [for metric in jsondecode(aws_cloudwatch_dashboard.this[0].dashboard_body).widgets[4].properties.metrics : slice(metric, 0, 6)] == [
      for metric in ["Received", "Written", "Folded", "Superseded", "DeadLettered", "Retried"] :
      ["DynamoDBToOpenSearch", metric, "function", "shop-prod-sync", "table", "Orders"]
    ]
    error_message = "Each outcome of the contract is drawn."
  }
}
