# The validations of the other inputs. What they say, and more of what they refuse: test/modules/sync/refusals.test.ts.

mock_provider "aws" {
  source          = "./tests/mocks"
  override_during = plan
}

variables {
  name       = "shop-prod"
  opensearch = { domain_name = "shop" }
  tables     = { Orders = {} }
}

run "a_name_in_upper_case" {
  command = plan

  variables {
    name = "Shop"
  }

  expect_failures = [var.name]
}

run "a_name_that_aws_keeps" {
  command = plan

  variables {
    name = "aws-shop"
  }

  expect_failures = [var.name]
}

run "an_unknown_refresh" {
  command = plan

  variables {
    refresh = "always"
  }

  expect_failures = [var.refresh]
}

run "a_pattern_that_is_none" {
  command = plan

  variables {
    tables_matching = "["
  }

  expect_failures = [var.tables_matching]
}

run "a_retention_that_cloudwatch_has_not" {
  command = plan

  variables {
    logs = { retention_days = 31 }
  }

  expect_failures = [var.logs]
}

run "an_alias_for_the_key_of_the_logs" {
  command = plan

  variables {
    logs = { kms_key_arn = "alias/logs" }
  }

  expect_failures = [var.logs]
}

run "letters_whose_versions_go_at_once" {
  command = plan

  variables {
    dead_letters = { noncurrent_days = 0 }
  }

  expect_failures = [var.dead_letters]
}

run "an_alias_for_a_key" {
  command = plan

  variables {
    kms_key_arn = "arn:aws:kms:eu-west-1:123456789012:alias/shop"
  }

  expect_failures = [var.kms_key_arn]
}

run "a_role_for_a_boundary" {
  command = plan

  variables {
    permissions_boundary_arn = "arn:aws:iam::123456789012:role/boundary"
  }

  expect_failures = [var.permissions_boundary_arn]
}

run "the_longest_name" {
  command = plan

  variables {
    name = "shop-production-of-search-sync"
  }
}
