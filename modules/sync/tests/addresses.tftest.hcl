# Things are kept by their tables' names: one table more or less leaves the others alone. What is made once is made with
# an ARN that is random here, so that one that was made again would be told apart.

mock_provider "aws" {
  source = "./tests/mocks"
}

variables {
  name       = "shop-prod"
  opensearch = { domain_name = "shop" }
}

run "three_tables" {
  variables {
    tables = { Carts = {}, Orders = {}, Users = {} }
  }
}

run "without_the_first" {
  variables {
    tables = { Orders = {}, Users = {} }
  }

  assert {
    condition     = output.alarm_arns == { for address, arn in run.three_tables.alarm_arns : address => arn if !endswith(address, "/Carts") }
    error_message = "The alarms of the other tables are the same."
  }

  assert {
    condition     = keys(aws_lambda_event_source_mapping.this) == ["Orders", "Users"]
    error_message = "The mapping of the table is gone."
  }
}

run "with_another_first" {
  variables {
    tables = { Articles = {}, Orders = {}, Users = {} }
  }

  assert {
    condition     = { for address, arn in output.alarm_arns : address => arn if !endswith(address, "/Articles") } == run.without_the_first.alarm_arns
    error_message = "The alarms of the other tables are the same."
  }
}
