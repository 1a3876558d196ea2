locals {
  _whole_width   = 24 # columns
  _half_width    = 12
  _line_height   = 1 # of a table in the first widget
  _widget_height = 6
  _first_height  = min(2 + length(var.sync.tables) * local._line_height, 20)

  _table_widgets = [
    for table in keys(var.sync.tables) : {
      title = "${table}: what differed, and what was compared"
      metrics = concat(
        [
          for metric in local.differences :
          [local.metric_namespace, metric, "function", local.function_name, "table", table, { stat = "Maximum", label = lower(metric) }]
        ],
        [[local.metric_namespace, "Compared", "function", local.function_name, "table", table, { stat = "Maximum", label = "compared", yAxis = "right" }]],
      )
    }
  ]

  _run_widget = {
    title = "Runs"
    metrics = [
      for metric, label in {
        ExecutionsStarted   = "started"
        ExecutionsSucceeded = "succeeded"
        ExecutionsFailed    = "failed"
        ExecutionsAborted   = "stopped"
      } : ["AWS/States", metric, "StateMachineArn", local.state_machine_arn, { stat = "Sum", label = label }]
    ]
  }

  # The function itself draws it, when it is invoked by whoever looks at the dashboard.
  _equality_widget = {
    type   = "custom"
    x      = 0
    y      = 0
    width  = local._whole_width
    height = local._first_height
    properties = {
      title    = "index equals table"
      endpoint = local.function_arn
      updateOn = { refresh = true, resize = false, timeRange = false }
    }
  }
}

resource "aws_cloudwatch_dashboard" "this" {
  count = var.dashboard == null ? 0 : 1

  dashboard_name = "${local.global_name}-operations"
  dashboard_body = jsonencode({
    start = "-P${var.dashboard.days}D"
    widgets = concat([local._equality_widget], [
      for position, widget in concat(local._table_widgets, [local._run_widget]) : {
        type   = "metric"
        x      = position % 2 * local._half_width
        y      = local._first_height + floor(position / 2) * local._widget_height
        width  = local._half_width
        height = local._widget_height
        properties = {
          title   = widget.title
          region  = local.region
          view    = "timeSeries"
          stacked = false
          period  = 3600
          metrics = widget.metrics
          yAxis   = { left = { min = 0 }, right = { min = 0 } }
        }
      }
    ])
  })
}
