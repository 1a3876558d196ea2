# The validations of var.opensearch. What they say, and more of what they refuse: test/modules/sync/refusals.test.ts.

mock_provider "aws" {
  source          = "./tests/mocks"
  override_during = plan
}

variables {
  name       = "shop-prod"
  opensearch = { domain_name = "shop" }
  tables     = { Orders = {} }
}

run "two_addresses" {
  command = plan

  variables {
    opensearch = { domain_name = "shop", endpoint = "https://search-shop-abcdefghijklmnopqrstuvwxyz.eu-west-1.es.amazonaws.com" }
  }

  expect_failures = [var.opensearch]
}

run "an_address_for_a_domain_name" {
  command = plan

  variables {
    opensearch = { domain_name = "https://search-shop-abcdefghijklmnopqrstuvwxyz.eu-west-1.es.amazonaws.com" }
  }

  expect_failures = [var.opensearch]
}

run "http_to_another_machine" {
  command = plan

  variables {
    opensearch = { endpoint = "http://search.example.com" }
  }

  expect_failures = [var.opensearch]
}

run "a_collection_without_its_service" {
  command = plan

  variables {
    opensearch = { endpoint = "https://abc.eu-west-1.aoss.amazonaws.com" }
  }

  expect_failures = [var.opensearch]
}

run "an_unknown_service" {
  command = plan

  variables {
    opensearch = { domain_name = "shop", service = "elasticsearch" }
  }

  expect_failures = [var.opensearch]
}

run "the_arn_of_an_index" {
  command = plan

  variables {
    opensearch = { domain_name = "shop", arn = "arn:aws:es:eu-west-1:123456789012:domain/shop/orders" }
  }

  expect_failures = [var.opensearch]
}

run "the_arn_of_a_collection_for_a_domain" {
  command = plan

  variables {
    opensearch = { domain_name = "shop", arn = "arn:aws:aoss:eu-west-1:123456789012:collection/abc" }
  }

  expect_failures = [var.opensearch]
}

run "a_zone_for_a_region" {
  command = plan

  variables {
    opensearch = { domain_name = "shop", region = "eu-west-1a" }
  }

  expect_failures = [var.opensearch]
}

run "the_name_of_a_secret" {
  command = plan

  variables {
    opensearch = { domain_name = "shop", secret_arn = "opensearch" }
  }

  expect_failures = [var.opensearch]
}

run "a_collection_by_domain_name" {
  command = plan

  variables {
    opensearch = { domain_name = "shop", service = "aoss", collection_name = "shop" }
  }

  expect_failures = [var.opensearch]
}

run "a_collection_without_its_name" {
  command = plan

  variables {
    opensearch = { endpoint = "https://abc.eu-west-1.aoss.amazonaws.com", service = "aoss" }
  }

  expect_failures = [var.opensearch]
}

run "an_access_policy_for_a_domain" {
  command = plan

  variables {
    opensearch = { domain_name = "shop", manage_access_policy = true }
  }

  expect_failures = [var.opensearch]
}

run "a_host_that_names_no_domain" {
  command = plan

  variables {
    opensearch = { endpoint = "https://search.example.com" }
  }

  expect_failures = [aws_iam_role.function]
}

run "http_on_this_machine" {
  command = plan

  variables {
    opensearch = { endpoint = "http://127.0.0.1:9200", arn = "arn:aws:es:eu-west-1:123456789012:domain/shop" }
  }
}

run "another_host_with_a_password" {
  command = plan

  variables {
    opensearch = { endpoint = "https://search.example.com:9200", secret_arn = "arn:aws:secretsmanager:eu-west-1:123456789012:secret:opensearch-abcdef" }
  }
}
