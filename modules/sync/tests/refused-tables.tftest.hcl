# The validations of var.tables. What they say, and more of what they refuse: test/modules/sync/refusals.test.ts.

mock_provider "aws" {
  source          = "./tests/mocks"
  override_during = plan
}

variables {
  name       = "shop-prod"
  opensearch = { domain_name = "shop" }
  tables     = { Orders = {} }
}

run "no_table" {
  command = plan

  variables {
    tables = {}
  }

  expect_failures = [var.tables]
}

run "an_arn_for_a_name" {
  command = plan

  variables {
    tables = { "arn:aws:dynamodb:eu-west-1:123456789012:table/Orders" = { index = "orders" } }
  }

  expect_failures = [var.tables]
}

run "the_arn_of_another_table" {
  command = plan

  variables {
    tables = { Orders = { arn = "arn:aws:dynamodb:eu-west-1:123456789012:table/Users" } }
  }

  expect_failures = [var.tables]
}

run "an_illegal_index" {
  command = plan

  variables {
    tables = { Orders = { index = "all orders" } }
  }

  expect_failures = [var.tables]
}

run "an_index_that_no_policy_can_name" {
  command = plan

  variables {
    tables = { Orders = { index = "注文" } }
  }

  expect_failures = [var.tables]
}

run "the_same_index_with_a_password" {
  command = plan

  variables {
    opensearch = { domain_name = "shop", secret_arn = "arn:aws:secretsmanager:eu-west-1:123456789012:secret:opensearch-abcdef" }
    tables     = { Orders = { index = "注文" } }
  }
}

run "an_index_of_256_bytes" {
  command = plan

  variables {
    tables = { Orders = { index = join("", [for i in range(128) : "é"]) } }
  }

  expect_failures = [var.tables]
}

run "two_tables_on_one_index" {
  command = plan

  variables {
    tables = { Orders = {}, Users = { index = "orders" } }
  }

  expect_failures = [var.tables]
}

run "an_unknown_profile" {
  command = plan

  variables {
    tables = { Orders = { profile = "fast" } }
  }

  expect_failures = [var.tables]
}

run "a_condition_that_nothing_meets" {
  command = plan

  variables {
    tables = { Orders = { where = { entity = [] } } }
  }

  expect_failures = [var.tables]
}

run "include_and_exclude" {
  command = plan

  variables {
    tables = { Orders = { include = ["a"], exclude = ["b"] } }
  }

  expect_failures = [var.tables]
}

run "settings_that_are_no_object" {
  command = plan

  variables {
    tables = { Orders = { settings = "[]" } }
  }

  expect_failures = [var.tables]
}

run "mappings_that_are_no_object" {
  command = plan

  variables {
    tables = { Orders = { mappings = "null" } }
  }

  expect_failures = [var.tables]
}

run "an_empty_pipeline" {
  command = plan

  variables {
    tables = { Orders = { pipeline = "" } }
  }

  expect_failures = [var.tables]
}

run "a_batch_that_lambda_does_not_send" {
  command = plan

  variables {
    tables = { Orders = { batch_size = 10001 } }
  }

  expect_failures = [var.tables]
}

run "what_lambda_just_takes" {
  command = plan

  variables {
    tables = {
      Lowest     = { batch_size = 1, batching_window_seconds = 0, parallelization_factor = 1, maximum_retry_attempts = 0, maximum_record_age_seconds = 60 }
      Highest    = { batch_size = 10000, batching_window_seconds = 300, parallelization_factor = 10, maximum_retry_attempts = 10000, maximum_record_age_seconds = 604800 }
      WithoutEnd = { maximum_retry_attempts = -1, maximum_record_age_seconds = -1 }
    }
  }
}
