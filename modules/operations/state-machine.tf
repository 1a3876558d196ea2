resource "aws_sfn_state_machine" "this" {
  name     = local.function_name
  role_arn = aws_iam_role.state_machine.arn
  type     = "STANDARD"
  tags     = var.tags

  definition = templatefile("${path.module}/operations.asl.json", {
    partition    = local.partition
    function_arn = local.function_arn
    concurrency  = var.concurrency
  })

  # Step Functions tries whether the role lets it do what the definition says.
  depends_on = [aws_iam_role_policy.state_machine]
}

locals {
  # Of the runs, and of their parts, which are executions of their own: https://docs.aws.amazon.com/step-functions/latest/dg/iam-policies-eg-dist-map.html
  _executions_arn = replace(local.state_machine_arn, ":stateMachine:", ":execution:")
}

data "aws_iam_policy_document" "state_machine_trust" {
  statement {
    sid     = "StepFunctionsMayRunTheStateMachine"
    actions = ["sts:AssumeRole"]

    principals {
      type        = "Service"
      identifiers = ["states.amazonaws.com"]
    }

    condition {
      test     = "StringEquals"
      variable = "aws:SourceAccount"
      values   = [local.account_id]
    }
  }
}

resource "aws_iam_role" "state_machine" {
  name                 = "${local.global_name}-state-machine"
  description          = "What the state machine ${local.function_name} may do"
  assume_role_policy   = data.aws_iam_policy_document.state_machine_trust.json
  permissions_boundary = var.permissions_boundary_arn
  tags                 = var.tags
}

data "aws_iam_policy_document" "state_machine" {
  statement {
    sid       = "AskTheFunction"
    actions   = ["lambda:InvokeFunction"]
    resources = [local.function_arn]
  }

  statement {
    sid       = "StartParts"
    actions   = ["states:StartExecution"]
    resources = [local.state_machine_arn]
  }

  statement {
    sid       = "WatchAndStopParts"
    actions   = ["states:DescribeExecution", "states:StopExecution"]
    resources = ["${local._executions_arn}:*", "${local._executions_arn}/*"]
  }

  statement {
    sid       = "RedriveParts"
    actions   = ["states:RedriveExecution"]
    resources = ["${local._executions_arn}/*"]
  }

  # Long results are written in several pieces.
  statement {
    sid       = "ReadManifestsAndWriteResults"
    actions   = ["s3:AbortMultipartUpload", "s3:GetObject", "s3:ListMultipartUploadParts", "s3:PutObject"]
    resources = ["${local.bucket_arn}/${local.operations_prefix}*"]
  }

  dynamic "statement" {
    for_each = var.sync.kms_key_arn[*]

    content {
      sid       = "DecryptManifestsAndEncryptResults"
      actions   = ["kms:Decrypt", "kms:GenerateDataKey"]
      resources = [statement.value]

      condition {
        test     = "StringEquals"
        variable = "kms:ViaService"
        values   = local.via["s3"]
      }
    }
  }
}

resource "aws_iam_role_policy" "state_machine" {
  name   = "state-machine"
  role   = aws_iam_role.state_machine.name
  policy = data.aws_iam_policy_document.state_machine.json
}
