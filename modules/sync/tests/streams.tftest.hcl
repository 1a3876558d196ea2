# Which tables are followed, and what is said of those that cannot be.

mock_provider "aws" {
  source          = "./tests/mocks"
  override_during = plan
}

variables {
  name       = "shop-prod"
  opensearch = { domain_name = "shop" }
  tables     = { Orders = {} }
}

run "a_table_without_a_stream" {
  command = plan

  override_data {
    target          = data.aws_dynamodb_table.named["Orders"]
    override_during = plan
    values          = { stream_enabled = false }
  }

  expect_failures = [aws_lambda_event_source_mapping.this["Orders"]]
}

run "tables_that_match" {
  command = plan

  override_data {
    target          = data.aws_dynamodb_tables.all
    override_during = plan
    values          = { names = ["Orders", "prod_Carts", "prod_Logs", "prod_Users", "test_Users"] }
  }

  override_data {
    target          = data.aws_dynamodb_table.matching["prod_Logs"]
    override_during = plan
    values          = { stream_enabled = false }
  }

  variables {
    tables_matching = "^prod_"
    tables = {
      Orders     = {}
      prod_Users = { index = "people", batch_size = 100 }
      Named      = { index = "named" }
    }
  }

  assert {
    condition     = { for name, table in output.tables : name => table.index } == { Named = "named", Orders = "orders", prod_Carts = "prod_carts", prod_Users = "people" }
    error_message = "Matching tables that have a stream join those that are named: ${jsonencode(output.tables)}"
  }

  assert {
    condition     = aws_lambda_event_source_mapping.this["prod_Users"].batch_size == 100
    error_message = "What the caller says about a table goes before its match."
  }

  assert {
    condition     = jsonencode(merge(local.tables["prod_Carts"], { index = null })) == jsonencode(merge(local.tables["Named"], { index = null }))
    error_message = "A table that matches has the same defaults as one that is named."
  }
}

run "a_match_whose_name_is_no_index" {
  command = plan

  override_data {
    target          = data.aws_dynamodb_tables.all
    override_during = plan
    values          = { names = ["_internal"] }
  }

  variables {
    tables_matching = "internal"
  }

  expect_failures = [aws_ssm_parameter.configuration]
}

run "a_match_on_the_index_of_another" {
  command = plan

  override_data {
    target          = data.aws_dynamodb_tables.all
    override_during = plan
    values          = { names = ["ORDERS"] }
  }

  variables {
    tables_matching = "ORD"
  }

  expect_failures = [aws_ssm_parameter.configuration]
}

run "nothing_matches" {
  command = plan

  override_data {
    target          = data.aws_dynamodb_tables.all
    override_during = plan
    values          = { names = ["test_Users"] }
  }

  variables {
    tables          = {}
    tables_matching = "^prod_"
  }

  expect_failures = [aws_ssm_parameter.configuration]
}
