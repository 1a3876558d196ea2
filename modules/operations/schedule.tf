locals {
  # What a run is told: absent fields are absent, not null.
  _order = {
    command = "verify"
    repair  = try(var.schedule.repair, null)
    sample  = try(var.schedule.sample, null)
    tables  = try(tolist(var.schedule.tables), null)
  }
}

resource "aws_scheduler_schedule" "verification" {
  count = var.schedule == null ? 0 : 1

  name                         = "${var.sync.name}-verification"
  description                  = "Has ${local.function_name} verify that indexes equal tables"
  schedule_expression          = var.schedule.expression
  schedule_expression_timezone = var.schedule.timezone
  state                        = var.schedule.enabled ? "ENABLED" : "DISABLED"

  flexible_time_window {
    mode = "OFF"
  }

  target {
    arn      = aws_sfn_state_machine.this.arn
    role_arn = aws_iam_role.schedule[0].arn
    input    = jsonencode({ for field, value in local._order : field => value if value != null })

    # One that could not be started within an hour is left to the next time.
    retry_policy {
      maximum_event_age_in_seconds = 3600
      maximum_retry_attempts       = 60
    }
  }

  # Scheduler tries whether it may take the role.
  depends_on = [aws_iam_role_policy.schedule]
}

data "aws_iam_policy_document" "schedule_trust" {
  statement {
    sid     = "SchedulerMayStartVerifications"
    actions = ["sts:AssumeRole"]

    principals {
      type        = "Service"
      identifiers = ["scheduler.amazonaws.com"]
    }

    condition {
      test     = "StringEquals"
      variable = "aws:SourceAccount"
      values   = [local.account_id]
    }
  }
}

resource "aws_iam_role" "schedule" {
  count = var.schedule == null ? 0 : 1

  name                 = "${local.global_name}-schedule"
  description          = "What the schedule of ${local.function_name} may do"
  assume_role_policy   = data.aws_iam_policy_document.schedule_trust.json
  permissions_boundary = var.permissions_boundary_arn
  tags                 = var.tags
}

data "aws_iam_policy_document" "schedule" {
  statement {
    sid       = "StartRuns"
    actions   = ["states:StartExecution"]
    resources = [local.state_machine_arn]
  }
}

resource "aws_iam_role_policy" "schedule" {
  count = var.schedule == null ? 0 : 1

  name   = "schedule"
  role   = aws_iam_role.schedule[0].name
  policy = data.aws_iam_policy_document.schedule.json
}
