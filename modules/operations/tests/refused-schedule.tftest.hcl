# The validation that goes by two inputs. What the others say: test/modules/operations/refusals.test.ts.

mock_provider "aws" {
  source          = "./tests/mocks"
  override_during = plan
}

variables {
  sync = {
    name              = "shop-prod"
    bucket_name       = "shop-prod-123456789012-eu-west-1"
    opensearch        = { arn = "arn:aws:es:eu-west-1:123456789012:domain/shop", service = "es" }
    parameter_arn     = "arn:aws:ssm:eu-west-1:123456789012:parameter/shop-prod-configuration"
    parameter_name    = "shop-prod-configuration"
    parameter_version = 7
    tables = {
      Orders = { arn = "arn:aws:dynamodb:eu-west-1:123456789012:table/Orders", index = "orders" }
      Users  = { arn = "arn:aws:dynamodb:eu-west-1:123456789012:table/Users", index = "people" }
    }
  }
}

run "a_schedule_for_a_table_that_is_not_followed" {
  command = plan

  variables {
    schedule = { tables = ["Orders", "Ordres"] }
  }

  expect_failures = [var.schedule]
}

run "a_schedule_for_no_table" {
  command = plan

  variables {
    schedule = { tables = [] }
  }

  expect_failures = [var.schedule]
}
