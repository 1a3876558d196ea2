# What the function is told, field by field. That its own reader takes it: test/modules/sync.

mock_provider "aws" {
  source          = "./tests/mocks"
  override_during = plan
}

override_data {
  target          = data.aws_dynamodb_table.named["Orders"]
  override_during = plan
  values = {
    arn            = "arn:aws:dynamodb:eu-west-1:123456789012:table/Orders"
    stream_arn     = "arn:aws:dynamodb:eu-west-1:123456789012:table/Orders/stream/2026-01-01T00:00:00.000"
    stream_enabled = true
    hash_key       = "customer"
    range_key      = "order"
    # As DynamoDB lists them: by name, those of secondary indexes among them.
    attribute = [{ name = "age", type = "N" }, { name = "customer", type = "S" }, { name = "order", type = "B" }]
  }
}

variables {
  name       = "shop-prod"
  opensearch = { domain_name = "shop" }
  tables     = { Orders = {} }
}

run "what_is_absent_is_not_null" {
  command = plan

  assert {
    condition = jsonencode(jsondecode(aws_ssm_parameter.configuration.value)) == jsonencode({
      endpoint    = "https://search-shop-abcdefghijklmnopqrstuvwxyz.eu-west-1.es.amazonaws.com"
      auth        = { type = "sigv4", service = "es", region = "eu-west-1" }
      refresh     = "auto"
      dead_letter = { bucket = "shop-prod-123456789012-eu-west-1", prefix = "rejected/" }
      tables = {
        Orders = {
          index   = "orders"
          keys    = [{ name = "customer", type = "S" }, { name = "order", type = "B" }]
          profile = "exact"
        }
      }
    })
    error_message = "The parameter holds ${nonsensitive(aws_ssm_parameter.configuration.value)}"
  }

  assert {
    condition     = aws_ssm_parameter.configuration.type == "SecureString" && aws_ssm_parameter.configuration.tier == "Intelligent-Tiering"
    error_message = "The parameter is encrypted, and advanced where it has to be."
  }

  assert {
    condition     = aws_s3_object.configuration.content == aws_ssm_parameter.configuration.value && aws_s3_object.configuration.key == "config/configuration.json"
    error_message = "People and operator commands find the same configuration in the bucket."
  }
}

run "everything_that_can_be_said" {
  command = plan

  variables {
    refresh    = "wait_for"
    opensearch = { endpoint = "https://search.example.com/", secret_arn = "arn:aws:secretsmanager:eu-west-1:123456789012:secret:opensearch-abcdef" }
    tables = {
      Orders = {
        index    = "all-orders"
        profile  = "bfansports"
        where    = { entity = ["order", "invoice"], paid = [true], year = [2026] }
        include  = ["total", "customer"]
        settings = jsonencode({ number_of_replicas = 1 })
        mappings = jsonencode({ properties = { sku = { type = "keyword" } } })
        pipeline = "embed"
      }
      Users = { exclude = ["password_hash"], enabled = false }
    }
  }

  assert {
    condition = jsonencode(jsondecode(aws_ssm_parameter.configuration.value)) == jsonencode({
      endpoint    = "https://search.example.com"
      auth        = { type = "basic", secret_arn = "arn:aws:secretsmanager:eu-west-1:123456789012:secret:opensearch-abcdef" }
      refresh     = "wait_for"
      dead_letter = { bucket = "shop-prod-123456789012-eu-west-1", prefix = "rejected/" }
      tables = {
        Orders = {
          index    = "all-orders"
          keys     = [{ name = "customer", type = "S" }, { name = "order", type = "B" }]
          profile  = "bfansports"
          where    = { entity = ["order", "invoice"], paid = ["true"], year = ["2026"] }
          include  = ["customer", "total"]
          settings = { number_of_replicas = 1 }
          mappings = { properties = { sku = { type = "keyword" } } }
          pipeline = "embed"
        }
        Users = {
          index   = "users"
          keys    = [{ name = "id", type = "S" }]
          profile = "exact"
          exclude = ["password_hash"]
        }
      }
    })
    error_message = "The parameter holds ${nonsensitive(aws_ssm_parameter.configuration.value)}"
  }

  assert {
    condition     = aws_lambda_event_source_mapping.this["Orders"].enabled && !aws_lambda_event_source_mapping.this["Users"].enabled
    error_message = "A table that is not enabled has its mapping held."
  }
}

run "what_is_8192_bytes_long_fits" {
  command = plan

  variables {
    tables = { Orders = { mappings = jsonencode({ _meta = { text = format("%07788d", 0) } }) } }
  }

  assert {
    condition     = aws_ssm_parameter.configuration.value == aws_s3_object.configuration.content
    error_message = "Up to 8 KB the parameter holds the configuration itself, and this has ${length(aws_s3_object.configuration.content)} letters."
  }
}

run "what_is_8193_bytes_long_overflows" {
  command = plan

  variables {
    tables = { Orders = { mappings = jsonencode({ _meta = { text = "é${format("%07787d", 0)}" } }) } }
  }

  assert {
    condition = jsondecode(aws_ssm_parameter.configuration.value) == {
      s3 = { bucket = "shop-prod-123456789012-eu-west-1", key = "config/configuration.json", version_id = "mocked-version" }
    }
    error_message = "Beyond 8 KB the parameter points to the very version in the bucket."
  }
}

run "more_than_a_megabyte_is_refused" {
  command = plan

  variables {
    tables = { Orders = { mappings = jsonencode({ _meta = { text = format("%01048576d", 0) } }) } }
  }

  expect_failures = [aws_s3_object.configuration]
}

run "a_key_of_ones_own" {
  command = plan

  variables {
    kms_key_arn = "arn:aws:kms:eu-west-1:123456789012:key/12345678-1234-1234-1234-123456789012"
  }

  assert {
    condition     = aws_ssm_parameter.configuration.key_id == var.kms_key_arn
    error_message = "The parameter is under the key."
  }

  assert {
    condition = one([
      for rule in aws_s3_bucket_server_side_encryption_configuration.dead_letter.rule :
      rule.bucket_key_enabled && rule.apply_server_side_encryption_by_default[0].sse_algorithm == "aws:kms" && rule.apply_server_side_encryption_by_default[0].kms_master_key_id == var.kms_key_arn
    ])
    error_message = "The bucket is under the key."
  }
}
