locals {
  _half_width    = 12 # of 24 columns
  _widget_height = 6

  _function_widgets = [
    {
      title   = "How far the function is behind (the stream that is worst off)"
      metrics = [["AWS/Lambda", "IteratorAge", "FunctionName", local.function_name, { stat = "Maximum", label = "iterator age, ms" }]]
    },
    {
      title = "Duration"
      metrics = [
        for stat in ["p50", "p99", "Maximum"] :
        ["AWS/Lambda", "Duration", "FunctionName", local.function_name, { stat = stat, label = "${stat}, ms" }]
      ]
    },
    {
      title   = "Concurrency"
      metrics = [["AWS/Lambda", "ConcurrentExecutions", "FunctionName", local.function_name, { stat = "Maximum", label = "invocations at a time" }]]
    },
    {
      title = "Invocations"
      metrics = [
        for metric in ["Invocations", "Errors", "Throttles"] :
        ["AWS/Lambda", metric, "FunctionName", local.function_name, { stat = "Sum", label = lower(metric) }]
      ]
    },
  ]

  # What came, then the outcomes of the contract.
  _record_counts = [
    { metric = "Received", label = "received" },
    { metric = "Written", label = "written" },
    { metric = "Folded", label = "folded" },
    { metric = "Superseded", label = "superseded" },
    { metric = "DeadLettered", label = "dead-lettered" },
    { metric = "Retried", label = "retried" },
  ]

  _table_widgets = flatten([
    for table in keys(local.tables) : [
      {
        title = "${table}: records"
        metrics = [
          for count in local._record_counts :
          [local.metric_namespace, count.metric, "function", local.function_name, "table", table, { stat = "Sum", label = count.label }]
        ]
      },
      {
        title = "${table}: freshness, from a change to its document"
        metrics = [
          for stat in ["p50", "p99", "Maximum"] :
          [local.metric_namespace, "FreshnessMilliseconds", "function", local.function_name, "table", table, { stat = stat, label = "${stat}, ms" }]
        ]
      },
    ]
  ])
}

resource "aws_cloudwatch_dashboard" "this" {
  count = var.dashboard == null ? 0 : 1

  dashboard_name = local.global_name
  dashboard_body = jsonencode({
    start = "-PT${var.dashboard.hours}H"
    widgets = [
      for position, widget in concat(local._function_widgets, local._table_widgets) : {
        type   = "metric"
        x      = position % 2 * local._half_width
        y      = floor(position / 2) * local._widget_height
        width  = local._half_width
        height = local._widget_height
        properties = {
          title   = widget.title
          region  = local.region
          view    = "timeSeries"
          stacked = false
          period  = 60
          metrics = widget.metrics
          yAxis   = { left = { min = 0 } }
        }
      }
    ]
  })
}
