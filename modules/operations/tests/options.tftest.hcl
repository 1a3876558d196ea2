# What is left out, and what is said otherwise.

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

run "a_schedule_of_ones_own" {
  command = plan

  variables {
    schedule = { expression = "rate(12 hours)", timezone = "Europe/Berlin", tables = ["Users"], sample = 5, repair = true, enabled = false }
  }

  assert {
    condition     = jsondecode(aws_scheduler_schedule.verification[0].target[0].input) == { command = "verify", repair = true, sample = 5, tables = ["Users"] }
    error_message = "The order is what the schedule says: ${aws_scheduler_schedule.verification[0].target[0].input}"
  }

  assert {
    condition     = aws_scheduler_schedule.verification[0].state == "DISABLED"
    error_message = "It is kept, and not followed."
  }

  assert {
    condition     = keys(output.alarm_arns) == ["differences/Users", "failed_runs"]
    error_message = "Only what is verified is watched: ${join(", ", keys(output.alarm_arns))}"
  }
}

run "neither_schedule_nor_alarms_nor_dashboard" {
  command = plan

  variables {
    schedule  = null
    alarms    = null
    dashboard = null
  }

  assert {
    condition     = length(aws_scheduler_schedule.verification) + length(aws_iam_role.schedule) + length(output.alarm_arns) == 0 && output.dashboard_name == null
    error_message = "null is none."
  }
}

run "the_alarms" {
  command = plan

  variables {
    alarms = { actions = ["arn:aws:sns:eu-west-1:123456789012:on-call"], ok_actions = ["arn:aws:sns:eu-west-1:123456789012:all-clear"] }
  }

  assert {
    condition     = keys(output.alarm_arns) == ["differences/Orders", "differences/Users", "failed_runs"]
    error_message = "The alarms are ${join(", ", keys(output.alarm_arns))}"
  }

  assert {
    condition = jsonencode({
      for query in aws_cloudwatch_metric_alarm.differences["Orders"].metric_query : query.id =>
      [for metric in query.metric : [metric.namespace, metric.metric_name, metric.dimensions, metric.stat]][0] if length(query.metric) > 0
      }) == jsonencode({
      extra   = ["DynamoDBToOpenSearch", "Extra", { function = "shop-prod-operations", table = "Orders" }, "Maximum"]
      missing = ["DynamoDBToOpenSearch", "Missing", { function = "shop-prod-operations", table = "Orders" }, "Maximum"]
      stale   = ["DynamoDBToOpenSearch", "Stale", { function = "shop-prod-operations", table = "Orders" }, "Maximum"]
    })
    error_message = "What differs is counted by the function: ${jsonencode(aws_cloudwatch_metric_alarm.differences["Orders"].metric_query)}"
  }

  assert {
    condition     = [for query in aws_cloudwatch_metric_alarm.differences["Orders"].metric_query : query.expression if query.return_data == true] == ["missing + extra + stale"]
    error_message = "What differs is missing, extra or stale."
  }

  assert {
    condition     = aws_cloudwatch_metric_alarm.differences["Orders"].treat_missing_data == "ignore"
    error_message = "What the last verification found holds until the next one."
  }

  assert {
    condition     = aws_cloudwatch_metric_alarm.differences["Orders"].ok_actions == var.alarms.ok_actions && length(coalesce(aws_cloudwatch_metric_alarm.failed_runs[0].ok_actions, [])) == 0
    error_message = "Equality is told when it is back; that no further run failed proves nothing."
  }
}

run "alarms_that_are_not_wanted" {
  command = plan

  variables {
    alarms = { disabled = ["differences"] }
  }

  assert {
    condition     = keys(output.alarm_arns) == ["failed_runs"]
    error_message = "What is disabled alarms nobody: ${join(", ", keys(output.alarm_arns))}"
  }
}

run "the_dashboard" {
  command = plan

  assert {
    condition = [for widget in jsondecode(aws_cloudwatch_dashboard.this[0].dashboard_body).widgets : [widget.type, widget.properties.title]] == [
      ["custom", "index equals table"],
      ["metric", "Orders: what differed, and what was compared"],
      ["metric", "Users: what differed, and what was compared"],
      ["metric", "Runs"],
    ]
    error_message = "The promise first, then table by table."
  }

  assert {
    condition     = jsondecode(aws_cloudwatch_dashboard.this[0].dashboard_body).widgets[0].properties.endpoint == "arn:aws:lambda:eu-west-1:123456789012:function:shop-prod-operations"
    error_message = "The function draws the promise."
  }
}

run "more_parts_at_once" {
  command = plan

  variables {
    concurrency = 200
  }

  assert {
    condition     = jsondecode(aws_sfn_state_machine.this.definition).States.Begin.Parameters.Payload["concurrency.$"] == "States.StringToJson('200')"
    error_message = "The definition has what the caller says."
  }
}
