# The configuration as the function reads it: docs/contract.md §3. Absent fields are absent, not null.
locals {
  _authentication = {
    type       = local.is_signed ? "sigv4" : "basic"
    service    = local.is_signed ? var.opensearch.service : null
    region     = local.is_signed ? local.opensearch_region : null
    secret_arn = var.opensearch.secret_arn
  }

  _table_configurations = {
    for name, table in local.tables : name => {
      index    = table.index
      keys     = table.keys
      profile  = table.profile
      where    = table.where
      include  = table.include
      exclude  = table.exclude
      settings = try(jsondecode(table.settings), null)
      mappings = try(jsondecode(table.mappings), null)
      pipeline = table.pipeline
    }
  }

  configuration = jsonencode({
    endpoint    = local.endpoint
    auth        = { for field, value in local._authentication : field => value if value != null }
    refresh     = var.refresh
    dead_letter = { bucket = local.bucket_name, prefix = local.rejected_prefix }
    tables = {
      for name, table in local._table_configurations : name => { for field, value in table : field => value if value != null }
    }
  })

  # Three bytes are four letters in base64, padding apart.
  _configuration_bytes = floor(length(replace(base64encode(local.configuration), "=", "")) * 3 / 4)
  _parameter_bytes     = 8192
  _object_bytes        = 1048576

  # A parameter that cannot hold it points to its copy in the bucket.
  is_overflowing = local._configuration_bytes > local._parameter_bytes

  # By name where it is AWS's own, or a key that is taken away again would stay.
  _parameter_key    = var.kms_key_arn == null ? "alias/aws/ssm" : var.kms_key_arn
  parameter_name    = "${var.name}-configuration"
  parameter_arn     = "arn:${local.partition}:ssm:${local.region}:${local.account_id}:parameter/${local.parameter_name}"
  configuration_key = "config/configuration.json"

  # The same rules as for var.tables, for what tables_matching found beside it.
  _matching_index_problems = flatten([
    for name in keys(local._matching_tables) : [
      for illegal in local.illegal_indexes : "tables_matching finds ${name}, but \"${lower(name)}\" as an index ${illegal.problem}; give it another: tables = { \"${name}\" = { index = \"…\" } }."
      if can(regex(illegal.pattern, lower(name)))
    ]
  ])
  _matching_shared_index_problems = [
    for index, names in { for name, table in local.tables : table.index => name... } :
    "tables_matching: ${join(" and ", names)} share the index \"${index}\"; each table needs its own: name all but one in tables, with another index."
    if length(names) > 1
  ]
}

resource "aws_ssm_parameter" "configuration" {
  name = local.parameter_name
  # A new key is a new version of the parameter; the provider foresees one when value or description changes.
  description = "What ${local.function_name} follows and where it indexes, under ${local._parameter_key}"
  type        = "SecureString"
  key_id      = local._parameter_key
  # Advanced beyond 4 KB. By name, advanced could not become standard again but by a replacement, which starts at version 1 again.
  tier = "Intelligent-Tiering"
  value = local.is_overflowing ? jsonencode({
    s3 = {
      bucket     = aws_s3_object.configuration.bucket
      key        = aws_s3_object.configuration.key
      version_id = aws_s3_object.configuration.version_id
    }
  }) : local.configuration
  tags = var.tags

  lifecycle {
    precondition {
      condition     = length(local._address_problems) == 0
      error_message = try(local._address_problems[0], "")
    }

    precondition {
      condition     = length(concat(local._matching_index_problems, local._matching_shared_index_problems)) == 0
      error_message = join("\n", concat(local._matching_index_problems, local._matching_shared_index_problems))
    }

    precondition {
      condition     = length(local.tables) > 0
      error_message = "tables_matching: no table of this account and region that matches \"${coalesce(var.tables_matching, "-")}\" has a stream; there would be nothing to follow."
    }
  }
}

# For people and for operator commands, and for the function where the parameter cannot hold it.
resource "aws_s3_object" "configuration" {
  bucket       = aws_s3_bucket.dead_letter.bucket
  key          = local.configuration_key
  content      = local.configuration
  content_type = "application/json"

  # As the bucket's default has it, but a new key is a new version of the object too.
  server_side_encryption = var.kms_key_arn == null ? "AES256" : "aws:kms"
  kms_key_id             = var.kms_key_arn
  bucket_key_enabled     = var.kms_key_arn != null

  # An object takes ten tags, and the provider's default tags may be more.
  override_provider {
    default_tags {
      tags = {}
    }
  }

  # Without versioning it would have no version to point to.
  depends_on = [
    aws_s3_bucket_policy.dead_letter,
    aws_s3_bucket_server_side_encryption_configuration.dead_letter,
    aws_s3_bucket_versioning.dead_letter,
  ]

  lifecycle {
    precondition {
      condition     = local._configuration_bytes <= local._object_bytes
      error_message = "The configuration of ${local.function_name} would be ${local._configuration_bytes} bytes long; the function takes ${local._object_bytes} (1 MB). Shorten mappings and settings (index templates in OpenSearch can hold them), or share the tables out between two modules."
    }
  }
}
