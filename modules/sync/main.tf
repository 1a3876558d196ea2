data "aws_caller_identity" "current" {}

data "aws_partition" "current" {}

data "aws_region" "current" {}

locals {
  account_id    = data.aws_caller_identity.current.account_id
  partition     = data.aws_partition.current.partition
  region        = data.aws_region.current.id
  function_name = "${var.name}-sync"

  # Roles, policies and dashboards have one namespace for all regions of an account.
  global_name = "${var.name}-${local.region}"
}

# The tables: what the caller says about each, and what DynamoDB says.
locals {
  # What `{}` means in var.tables, for tables that tables_matching finds.
  _table_defaults = {
    index                      = null
    profile                    = "exact"
    where                      = null
    include                    = null
    exclude                    = null
    settings                   = null
    mappings                   = null
    pipeline                   = null
    enabled                    = true
    batch_size                 = 500
    batching_window_seconds    = 0
    parallelization_factor     = 1
    maximum_retry_attempts     = -1
    maximum_record_age_seconds = 82800
    arn                        = null
  }

  _matching_tables = {
    for name, described in data.aws_dynamodb_table.matching : name => local._table_defaults
    if described.stream_enabled
  }

  _described_tables = merge(data.aws_dynamodb_table.matching, data.aws_dynamodb_table.named)

  tables = {
    for name, table in merge(local._matching_tables, var.tables) : name => merge(table, {
      index            = table.index == null ? lower(name) : table.index
      arn              = local._described_tables[name].arn
      stream_enabled   = local._described_tables[name].stream_enabled
      stream_arn       = local._described_tables[name].stream_arn
      stream_view_type = local._described_tables[name].stream_view_type
      kms_key_arn      = try(local._described_tables[name].server_side_encryption[0].kms_key_arn, "")
      keys = [
        for key in compact([local._described_tables[name].hash_key, local._described_tables[name].range_key]) : {
          name = key
          type = one([for attribute in local._described_tables[name].attribute : attribute.type if attribute.name == key])
        }
      ]
    })
  }
}

# What the validations of var.opensearch and var.tables go by. They may use no local that needs these variables themselves.
locals {
  # The rule of the function's own reader: function/src/configuration/endpoint.ts.
  endpoint_pattern = "^(https://[^/?#@]+|http://(localhost|127(\\.[0-9]{1,3}){3}|\\[::1\\])(:[0-9]+)?)(/[^?#]*)?$"

  # The rules and words of the function's own reader: function/src/configuration/index-name.ts.
  illegal_indexes = [
    { pattern = "\\p{Lu}", problem = "must be in lower case" },
    { pattern = "[\\\\/*?\"<>|,#:\\s\\v\\p{Z}]", problem = "must hold no space and none of \\ / * ? \" < > | , # :" },
    { pattern = "^[-_+]", problem = "must not start with -, _ or +" },
    { pattern = "^\\.?\\.?$", problem = "is no name" },
  ]

  # What Lambda takes: https://docs.aws.amazon.com/lambda/latest/api/API_CreateEventSourceMapping.html
  mapping_limits = {
    batch_size                 = { from = 1, to = 10000, also = [], text = "a whole number between 1 and 10000" }
    batching_window_seconds    = { from = 0, to = 300, also = [], text = "a whole number between 0 and 300" }
    parallelization_factor     = { from = 1, to = 10, also = [], text = "a whole number between 1 and 10" }
    maximum_retry_attempts     = { from = 0, to = 10000, also = [-1], text = "a whole number between 0 and 10000, or -1 for without end" }
    maximum_record_age_seconds = { from = 60, to = 604800, also = [-1], text = "a whole number between 60 and 604800, or -1 for without end" }
  }
}
