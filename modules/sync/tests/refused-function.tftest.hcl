# The validations of var.function and of where it runs. What they say, and more of what they refuse: test/modules/sync/refusals.test.ts.

mock_provider "aws" {
  source          = "./tests/mocks"
  override_during = plan
}

variables {
  name       = "shop-prod"
  opensearch = { domain_name = "shop" }
  tables     = { Orders = {} }
}

run "too_little_memory" {
  command = plan

  variables {
    function = { memory_mb = 127 }
  }

  expect_failures = [var.function]
}

run "a_timeout_without_time_to_answer" {
  command = plan

  variables {
    function = { timeout_seconds = 4 }
  }

  expect_failures = [var.function]
}

run "an_unknown_architecture" {
  command = plan

  variables {
    function = { architecture = "arm" }
  }

  expect_failures = [var.function]
}

run "an_old_runtime" {
  command = plan

  variables {
    function = { runtime = "nodejs20.x" }
  }

  expect_failures = [var.function]
}

run "a_concurrency_that_stops_the_function" {
  command = plan

  variables {
    function = { reserved_concurrency = 0 }
  }

  expect_failures = [var.function]
}

run "an_unknown_log_level" {
  command = plan

  variables {
    function = { log_level = "info" }
  }

  expect_failures = [var.function]
}

run "a_network_without_subnets" {
  command = plan

  variables {
    network = { subnet_ids = [], security_group_ids = ["sg-1"] }
  }

  expect_failures = [var.network]
}
