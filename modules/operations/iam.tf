data "aws_iam_policy_document" "function_trust" {
  statement {
    sid     = "LambdaMayRunTheFunction"
    actions = ["sts:AssumeRole"]

    principals {
      type        = "Service"
      identifiers = ["lambda.amazonaws.com"]
    }
  }
}

resource "aws_iam_role" "function" {
  name                 = "${local.global_name}-operations"
  description          = "What ${local.function_name} may do"
  assume_role_policy   = data.aws_iam_policy_document.function_trust.json
  permissions_boundary = var.permissions_boundary_arn
  tags                 = var.tags
}

locals {
  is_signed     = var.sync.opensearch.secret_arn == null
  is_serverless = var.sync.opensearch.service == "aoss"

  # The domain's IAM check sees a request's path only, so its resources are paths.
  domain_arns = local.is_signed && !local.is_serverless ? var.sync.opensearch.arn[*] : []

  _log_group_arn = "arn:${local.partition}:logs:${local.region}:${local.account_id}:log-group:/aws/lambda/${local.function_name}"

  # Lambda's own, before the function runs: https://docs.aws.amazon.com/lambda/latest/dg/configuration-vpc.html
  _network_actions = [
    "ec2:AssignPrivateIpAddresses",
    "ec2:CreateNetworkInterface",
    "ec2:DeleteNetworkInterface",
    "ec2:DescribeNetworkInterfaces",
    "ec2:DescribeSubnets",
    "ec2:UnassignPrivateIpAddresses",
  ]

  # As kms:ViaService has them; China's have a suffix of their own.
  via = {
    for service in ["dynamodb", "s3", "secretsmanager", "ssm"] : service => distinct([
      "${service}.${local.region}.amazonaws.com",
      "${service}.${local.region}.${data.aws_partition.current.dns_suffix}",
    ])
  }
}

# What belongs to no table: tables and their indexes have policies of their own.
data "aws_iam_policy_document" "function" {
  statement {
    sid       = "WriteItsLog"
    actions   = ["logs:CreateLogStream", "logs:PutLogEvents"]
    resources = ["${local._log_group_arn}:*"]
  }

  statement {
    sid       = "ReadTheConfiguration"
    actions   = ["ssm:GetParameter"]
    resources = [var.sync.parameter_arn]
  }

  dynamic "statement" {
    for_each = var.sync.configuration_key[*]

    content {
      sid       = "ReadTheConfigurationThatItsParameterPointsTo"
      actions   = ["s3:GetObjectVersion"] # the pointer names a version
      resources = ["${local.bucket_arn}/${statement.value}"]
    }
  }

  statement {
    sid       = "KeepRuns"
    actions   = ["s3:GetObject", "s3:PutObject"]
    resources = ["${local.bucket_arn}/${local.operations_prefix}*"]
  }

  statement {
    sid       = "StoreAndSettleRejectedRecords"
    actions   = ["s3:DeleteObject", "s3:GetObject", "s3:PutObject"]
    resources = ["${local.bucket_arn}/${local.rejected_prefix}*"]
  }

  statement {
    sid       = "SettleWhatLambdaGaveUp"
    actions   = ["s3:DeleteObject", "s3:GetObject"]
    resources = ["${local.bucket_arn}/${local.given_up_prefix}*"]
  }

  # On all of the bucket: with a condition on the prefix, S3 would call an object that is not there forbidden.
  statement {
    sid       = "FindLettersAndRuns"
    actions   = ["s3:ListBucket"]
    resources = [local.bucket_arn]
  }

  # For doctor, which looks who follows the tables, as Lambda lets it: among all mappings, and by whatever function.
  statement {
    sid       = "FindEventSourceMappings"
    actions   = ["lambda:ListEventSourceMappings"]
    resources = ["*"] # it has no other
  }

  statement {
    sid       = "SeeWhichConfigurationFunctionsRead"
    actions   = ["lambda:GetFunctionConfiguration"]
    resources = ["arn:${local.partition}:lambda:${local.region}:${local.account_id}:function:*"]
  }

  dynamic "statement" {
    for_each = var.sync.kms_key_arn[*]

    content {
      sid       = "DecryptConfigurationAndObjects"
      actions   = ["kms:Decrypt"]
      resources = [statement.value]

      condition {
        test     = "StringEquals"
        variable = "kms:ViaService"
        values   = concat(local.via["ssm"], local.via["s3"], local.is_signed ? [] : local.via["secretsmanager"])
      }
    }
  }

  dynamic "statement" {
    for_each = var.sync.kms_key_arn[*]

    content {
      sid       = "EncryptWhatIsStored"
      actions   = ["kms:GenerateDataKey"]
      resources = [statement.value]

      condition {
        test     = "StringEquals"
        variable = "kms:ViaService"
        values   = local.via["s3"]
      }
    }
  }

  dynamic "statement" {
    for_each = var.sync.opensearch.secret_arn[*]

    content {
      sid       = "ReadThePasswordOfOpenSearch"
      actions   = ["secretsmanager:GetSecretValue"]
      resources = [statement.value]
    }
  }

  # Which indexes, a collection's data access policy says; IAM knows the whole collection only.
  dynamic "statement" {
    for_each = local.is_serverless ? var.sync.opensearch.arn[*] : []

    content {
      sid       = "ReachTheCollection"
      actions   = ["aoss:APIAccessAll"]
      resources = [statement.value]
    }
  }

  # A point in time is searched, and closed, under no index's path. What else may be searched so, fine-grained access control says.
  dynamic "statement" {
    for_each = local.domain_arns

    content {
      sid       = "SearchPointsInTime"
      actions   = ["es:ESHttpPost"]
      resources = ["${statement.value}/_search"]
    }
  }

  dynamic "statement" {
    for_each = local.domain_arns

    content {
      sid       = "ClosePointsInTime"
      actions   = ["es:ESHttpDelete"]
      resources = ["${statement.value}/_search/point_in_time"]
    }
  }

  dynamic "statement" {
    for_each = local.domain_arns

    content {
      sid     = "LookAtTheCluster"
      actions = ["es:ESHttpGet"]
      resources = [for path in [
        "",
        "_cat/allocation",
        "_cluster/health",
        "_cluster/settings",
        "_ingest/pipeline/*",
        "_plugins/_security/authinfo",
      ] : "${statement.value}/${path}"]
    }
  }

  dynamic "statement" {
    for_each = local.domain_arns

    content {
      sid       = "SimulateIndexTemplates"
      actions   = ["es:ESHttpPost"]
      resources = ["${statement.value}/_index_template/_simulate"]
    }
  }

  # doctor --probe tries the version rules in an index of its own, or on a document that no item can have.
  dynamic "statement" {
    for_each = local.domain_arns

    content {
      sid       = "MakeAndRemoveAnIndexToProbe"
      actions   = ["es:ESHttpDelete", "es:ESHttpPut"]
      resources = ["${statement.value}/dynamodb-to-opensearch-probe-*"]
    }
  }

  dynamic "statement" {
    for_each = local.domain_arns

    content {
      sid       = "WriteIntoTheIndexToProbe"
      actions   = ["es:ESHttpPost"]
      resources = ["${statement.value}/dynamodb-to-opensearch-probe-*/_bulk"]
    }
  }

  dynamic "statement" {
    for_each = local.domain_arns

    content {
      sid       = "RemoveTheDocumentToProbe"
      actions   = ["es:ESHttpDelete"]
      resources = ["${statement.value}/*/_doc/sha256*probe-*"]
    }
  }

  dynamic "statement" {
    for_each = var.sync.network[*]

    content {
      sid       = "LetLambdaConnectToTheNetwork"
      actions   = local._network_actions
      resources = ["*"] # Lambda refuses a role that may delete less, and shared subnets are another account's
    }
  }

  dynamic "statement" {
    for_each = var.sync.network[*]

    content {
      sid       = "TheCodeItselfTouchesNoNetworkInterface"
      effect    = "Deny"
      actions   = local._network_actions
      resources = ["*"]

      condition {
        test     = "ArnEquals"
        variable = "lambda:SourceFunctionArn"
        values   = [local.function_arn]
      }
    }
  }
}

resource "aws_iam_role_policy" "function" {
  name   = "function"
  role   = aws_iam_role.function.name
  policy = data.aws_iam_policy_document.function.json
}
