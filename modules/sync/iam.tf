data "aws_iam_policy_document" "trust" {
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
  name                 = local.global_name
  description          = "What ${local.function_name} may do"
  assume_role_policy   = data.aws_iam_policy_document.trust.json
  permissions_boundary = var.permissions_boundary_arn
  tags                 = var.tags

  lifecycle {
    precondition {
      condition     = !local.is_signed || local.opensearch_arn != null || length(local._address_problems) > 0
      error_message = "opensearch: ${local.endpoint} is not an address of AWS's own, so the domain's ARN cannot be told from it; add opensearch.arn, which the role's policy must name."
    }
  }
}

locals {
  _function_arn  = "arn:${local.partition}:lambda:${local.region}:${local.account_id}:function:${local.function_name}"
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
  _via = {
    for service in ["dynamodb", "s3", "secretsmanager", "ssm"] : service => distinct([
      "${service}.${local.region}.amazonaws.com",
      "${service}.${local.region}.${data.aws_partition.current.dns_suffix}",
    ])
  }
}

# What the function does of its own, and what Lambda does for it.
data "aws_iam_policy_document" "function" {
  statement {
    sid       = "WriteItsLog"
    actions   = ["logs:CreateLogStream", "logs:PutLogEvents"]
    resources = ["${local._log_group_arn}:*"]
  }

  statement {
    sid       = "ReadItsConfiguration"
    actions   = ["ssm:GetParameter"]
    resources = [local.parameter_arn]
  }

  dynamic "statement" {
    for_each = local.is_overflowing ? [local.configuration_key] : []

    content {
      sid       = "ReadTheConfigurationThatItsParameterPointsTo"
      actions   = ["s3:GetObjectVersion"] # the pointer names a version
      resources = ["${local.bucket_arn}/${statement.value}"]
    }
  }

  statement {
    sid       = "RereadItems"
    actions   = ["dynamodb:BatchGetItem"]
    resources = [for table in local.tables : table.arn]
  }

  statement {
    sid       = "StoreRejectedRecords"
    actions   = ["s3:PutObject"]
    resources = ["${local.bucket_arn}/${local.rejected_prefix}*"]
  }

  # Lambda uses the function's role for its on-failure destination.
  statement {
    sid       = "LetLambdaStoreWhatItGivesUp"
    actions   = ["s3:PutObject"]
    resources = ["${local.bucket_arn}/${local.given_up_prefix}*"]
  }

  statement {
    sid       = "LetLambdaSeeThatTheBucketIsThere"
    actions   = ["s3:ListBucket"]
    resources = [local.bucket_arn]
  }

  statement {
    sid       = "LetLambdaFindTheStreams"
    actions   = ["dynamodb:ListStreams"]
    resources = ["*"] # it has no other
  }

  dynamic "statement" {
    for_each = var.kms_key_arn[*]

    content {
      sid       = "DecryptItsConfigurationAndSecret"
      actions   = ["kms:Decrypt"]
      resources = [statement.value]

      condition {
        test     = "StringEquals"
        variable = "kms:ViaService"
        values = concat(
          local._via["ssm"],
          local.is_overflowing ? local._via["s3"] : [],
          local.is_signed ? [] : local._via["secretsmanager"],
        )
      }
    }
  }

  dynamic "statement" {
    for_each = var.kms_key_arn[*]

    content {
      sid       = "EncryptWhatIsStored"
      actions   = ["kms:GenerateDataKey"]
      resources = [statement.value]

      condition {
        test     = "StringEquals"
        variable = "kms:ViaService"
        values   = local._via["s3"]
      }
    }
  }

  dynamic "statement" {
    for_each = var.opensearch.secret_arn[*]

    content {
      sid       = "ReadThePasswordOfOpenSearch"
      actions   = ["secretsmanager:GetSecretValue"]
      resources = [statement.value]
    }
  }

  # Which indexes, a collection's data access policy says; IAM knows the whole collection only.
  dynamic "statement" {
    for_each = local.is_serverless ? local.opensearch_arn[*] : []

    content {
      sid       = "ReachTheCollection"
      actions   = ["aoss:APIAccessAll"]
      resources = [statement.value]
    }
  }

  dynamic "statement" {
    for_each = var.function.tracing ? ["*"] : []

    content {
      sid       = "SendTraces"
      actions   = ["xray:PutTelemetryRecords", "xray:PutTraceSegments"]
      resources = [statement.value] # they have no other
    }
  }

  dynamic "statement" {
    for_each = var.network[*]

    content {
      sid       = "LetLambdaConnectToTheNetwork"
      actions   = local._network_actions
      resources = ["*"] # Lambda refuses a role that may delete less, and shared subnets are another account's
    }
  }

  dynamic "statement" {
    for_each = var.network[*]

    content {
      sid       = "TheCodeItselfTouchesNoNetworkInterface"
      effect    = "Deny"
      actions   = local._network_actions
      resources = ["*"]

      condition {
        test     = "ArnEquals"
        variable = "lambda:SourceFunctionArn"
        values   = [local._function_arn]
      }
    }
  }
}

resource "aws_iam_role_policy" "function" {
  name   = "function"
  role   = aws_iam_role.function.name
  policy = data.aws_iam_policy_document.function.json

  lifecycle {
    precondition {
      condition     = length(data.aws_iam_policy_document.function.minified_json) <= local._longest_inline_policy
      error_message = "tables: the policy for all ${length(local.tables)} would be ${length(data.aws_iam_policy_document.function.minified_json)} characters long, and IAM takes ${local._longest_inline_policy}. ${local._too_many_tables}"
    }
  }
}

# Streams and indexes have long names: a policy holds those of about 15 tables, and a role takes ten such policies, one of
# which is left to the caller. By its name a table stays in the same policy, whatever other tables come and go.
locals {
  _groups = 9
  _table_groups = {
    for name in keys(local.tables) : tostring(parseint(substr(sha256(name), 0, 8), 16) % local._groups) => name...
  }
  table_groups = {
    for group, names in local._table_groups : group => {
      tables       = [for name in names : local.tables[name]]
      kms_key_arns = distinct(compact([for name in names : local.tables[name].kms_key_arn]))
    }
  }

  # https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html
  _longest_inline_policy = 10240
  _longest_policy        = 6144
  _too_many_tables       = "These are too many tables for one function's role: share all tables out between two modules with names of their own."

  # The domain's IAM check sees a request's path only, so its resources are paths.
  _domain_arns = local.is_signed && !local.is_serverless ? local.opensearch_arn[*] : []
}

data "aws_iam_policy_document" "tables" {
  for_each = local.table_groups

  statement {
    sid       = "LetLambdaReadTheStreams"
    actions   = ["dynamodb:DescribeStream", "dynamodb:GetRecords", "dynamodb:GetShardIterator"]
    resources = [for table in each.value.tables : table.stream_arn]
  }

  dynamic "statement" {
    for_each = length(each.value.kms_key_arns) > 0 ? [each.value.kms_key_arns] : []

    content {
      sid       = "DecryptItemsAndStreams"
      actions   = ["kms:Decrypt"]
      resources = statement.value

      condition {
        test     = "StringEquals"
        variable = "kms:ViaService"
        values   = local._via["dynamodb"]
      }
    }
  }

  dynamic "statement" {
    for_each = local._domain_arns

    content {
      sid       = "LookForAndCreateIndexes"
      actions   = ["es:ESHttpHead", "es:ESHttpPut"]
      resources = [for table in each.value.tables : "${statement.value}/${table.index}"]
    }
  }

  dynamic "statement" {
    for_each = local._domain_arns

    content {
      sid       = "PutIndexTemplates"
      actions   = ["es:ESHttpPut"]
      resources = [for table in each.value.tables : "${statement.value}/_index_template/${table.index}"]
    }
  }

  dynamic "statement" {
    for_each = local._domain_arns

    content {
      sid       = "WriteDocuments"
      actions   = ["es:ESHttpPost"]
      resources = [for table in each.value.tables : "${statement.value}/${table.index}/_bulk"]
    }
  }
}

resource "aws_iam_policy" "tables" {
  for_each = local.table_groups

  name        = "${local.global_name}-tables-${each.key}"
  description = "Streams and indexes of ${local.function_name}"
  policy      = data.aws_iam_policy_document.tables[each.key].json
  tags        = var.tags

  lifecycle {
    precondition {
      condition     = length(data.aws_iam_policy_document.tables[each.key].minified_json) <= local._longest_policy
      error_message = "tables: the policy for ${join(", ", local._table_groups[each.key])} would be ${length(data.aws_iam_policy_document.tables[each.key].minified_json)} characters long, and IAM takes ${local._longest_policy}. ${local._too_many_tables}"
    }
  }
}

resource "aws_iam_role_policy_attachment" "tables" {
  for_each = local.table_groups

  role       = aws_iam_role.function.name
  policy_arn = aws_iam_policy.tables[each.key].arn
}
