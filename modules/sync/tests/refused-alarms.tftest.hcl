# The validations of var.alarms and var.dashboard. What they say, and more of what they refuse: test/modules/sync/refusals.test.ts.

mock_provider "aws" {
  source          = "./tests/mocks"
  override_during = plan
}

variables {
  name       = "shop-prod"
  opensearch = { domain_name = "shop" }
  tables     = { Orders = {} }
}

run "an_alarm_that_tells_an_address" {
  command = plan

  variables {
    alarms = { actions = ["on-call@example.com"] }
  }

  expect_failures = [var.alarms]
}

run "an_unknown_alarm" {
  command = plan

  variables {
    alarms = { disabled = ["freshnes"] }
  }

  expect_failures = [var.alarms]
}

run "a_threshold_of_nothing" {
  command = plan

  variables {
    alarms = { retries = 0 }
  }

  expect_failures = [var.alarms]
}

run "a_time_that_is_no_period" {
  command = plan

  variables {
    alarms = { stopped_minutes = 12 }
  }

  expect_failures = [var.alarms]
}

run "a_dashboard_of_no_time" {
  command = plan

  variables {
    dashboard = { hours = 0 }
  }

  expect_failures = [var.dashboard]
}
