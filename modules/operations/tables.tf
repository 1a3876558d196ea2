# Tables and indexes have long names, and a role takes ten policies besides its own, one of which is left to the caller. By
# its name a table stays in the same policy, whatever other tables come and go.
locals {
  _groups = 9
  _table_groups = {
    for name in keys(var.sync.tables) : tostring(parseint(substr(sha256(name), 0, 8), 16) % local._groups) => name...
  }
  table_groups = {
    for group, names in local._table_groups : group => {
      tables       = [for name in names : var.sync.tables[name]]
      kms_key_arns = distinct([for name in names : var.sync.tables[name].kms_key_arn if try(length(var.sync.tables[name].kms_key_arn) > 0, false)])
    }
  }

  # https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html
  _longest_policy = 6144
}

data "aws_iam_policy_document" "tables" {
  for_each = local.table_groups

  statement {
    sid       = "ReadItems"
    actions   = ["dynamodb:BatchGetItem", "dynamodb:DescribeTable", "dynamodb:Scan"]
    resources = [for table in each.value.tables : table.arn]
  }

  dynamic "statement" {
    for_each = length(each.value.kms_key_arns) > 0 ? [each.value.kms_key_arns] : []

    content {
      sid       = "DecryptItems"
      actions   = ["kms:Decrypt"]
      resources = statement.value

      condition {
        test     = "StringEquals"
        variable = "kms:ViaService"
        values   = local.via["dynamodb"]
      }
    }
  }

  dynamic "statement" {
    for_each = local.domain_arns

    content {
      sid       = "LookForAndCreateIndexes"
      actions   = ["es:ESHttpGet", "es:ESHttpHead", "es:ESHttpPut"]
      resources = [for table in each.value.tables : "${statement.value}/${table.index}"]
    }
  }

  # What verify has proved is noted in the mapping.
  dynamic "statement" {
    for_each = local.domain_arns

    content {
      sid     = "PutIndexTemplatesAndNotes"
      actions = ["es:ESHttpPut"]
      resources = flatten([
        for table in each.value.tables : ["${statement.value}/_index_template/${table.index}", "${statement.value}/${table.index}/_mapping"]
      ])
    }
  }

  # Shards, points in time, and what doctor looks for.
  dynamic "statement" {
    for_each = local.domain_arns

    content {
      sid       = "SearchIndexes"
      actions   = ["es:ESHttpGet", "es:ESHttpPost"]
      resources = [for table in each.value.tables : "${statement.value}/${table.index}/_search*"]
    }
  }

  dynamic "statement" {
    for_each = local.domain_arns

    content {
      sid     = "ReadAndWriteDocuments"
      actions = ["es:ESHttpPost"]
      resources = flatten([
        for table in each.value.tables : [for path in ["_bulk", "_mget", "_refresh"] : "${statement.value}/${table.index}/${path}"]
      ])
    }
  }
}

resource "aws_iam_policy" "tables" {
  for_each = local.table_groups

  name        = "${local.global_name}-operations-tables-${each.key}"
  description = "Tables and indexes of ${local.function_name}"
  policy      = data.aws_iam_policy_document.tables[each.key].json
  tags        = var.tags

  lifecycle {
    precondition {
      condition     = length(data.aws_iam_policy_document.tables[each.key].minified_json) <= local._longest_policy
      error_message = "sync.tables: the policy for ${join(", ", local._table_groups[each.key])} would be ${length(data.aws_iam_policy_document.tables[each.key].minified_json)} characters long, and IAM takes ${local._longest_policy}. These are too many tables for one function's role: share all tables out between two modules `sync` with names of their own, each with its own `operations`."
    }
  }
}

resource "aws_iam_role_policy_attachment" "tables" {
  for_each = local.table_groups

  role       = aws_iam_role.function.name
  policy_arn = aws_iam_policy.tables[each.key].arn
}
