# Where OpenSearch is found, and what that makes of signing and of the policy.

mock_provider "aws" {
  source          = "./tests/mocks"
  override_during = plan
}

variables {
  name   = "shop-prod"
  tables = { Orders = {} }
}

run "a_domain_by_its_address" {
  command = plan

  variables {
    opensearch = { endpoint = "https://vpc-my-shop-abcdefghijklmnopqrstuvwxyz.us-east-1.es.amazonaws.com" }
  }

  assert {
    condition     = local.opensearch_arn == "arn:aws:es:us-east-1:123456789012:domain/my-shop" && local.opensearch_region == "us-east-1"
    error_message = "AWS's own addresses name the domain and its region: ${jsonencode([local.opensearch_arn, local.opensearch_region])}"
  }
}

run "a_domain_by_its_dual_stack_address" {
  command = plan

  variables {
    opensearch = { endpoint = "https://search-shop-abcdefghijklmnopqrstuvwxyz.aos.us-east-1.on.aws" }
  }

  assert {
    condition     = local.opensearch_arn == "arn:aws:es:us-east-1:123456789012:domain/shop" && local.opensearch_region == "us-east-1"
    error_message = "AWS's own addresses name the domain and its region: ${jsonencode([local.opensearch_arn, local.opensearch_region])}"
  }
}

run "a_domain_of_another_account_behind_a_host_of_ones_own" {
  command = plan

  variables {
    opensearch = { endpoint = "https://search.example.com", arn = "arn:aws:es:eu-north-1:210987654321:domain/shared" }
  }

  assert {
    condition     = local.opensearch_arn == "arn:aws:es:eu-north-1:210987654321:domain/shared" && local.opensearch_region == "eu-north-1"
    error_message = "The ARN names the region: ${jsonencode([local.opensearch_arn, local.opensearch_region])}"
  }
}

run "a_domain_in_a_vpc_without_a_network" {
  command = plan

  override_data {
    target          = data.aws_opensearch_domain.this
    override_during = plan
    values          = { vpc_options = [{ vpc_id = "vpc-1" }] }
  }

  variables {
    opensearch = { domain_name = "shop" }
  }

  expect_failures = [aws_lambda_function.this]
}

run "a_configuration_object_in_json" {
  command = plan

  override_data {
    target          = data.aws_s3_object.opensearch
    override_during = plan
    values          = { body = "{ \"endpoint\": \"https://search-shop-abcdefghijklmnopqrstuvwxyz.eu-west-1.es.amazonaws.com\" }", content_type = "application/json" }
  }

  variables {
    opensearch = { config_object = { bucket = "settings", key = "opensearch.json" } }
  }

  assert {
    condition     = local.endpoint == "https://search-shop-abcdefghijklmnopqrstuvwxyz.eu-west-1.es.amazonaws.com"
    error_message = "The endpoint is ${local.endpoint}"
  }
}

run "a_configuration_object_of_the_original" {
  command = plan

  override_data {
    target          = data.aws_s3_object.opensearch
    override_during = plan
    values          = { body = "# the cluster\nES_ENDPOINT='https://search-shop-abcdefghijklmnopqrstuvwxyz.eu-west-1.es.amazonaws.com'\n", content_type = "text/plain" }
  }

  variables {
    opensearch = { config_object = { bucket = "code", key = "PROD_es_creds" } }
  }

  assert {
    condition     = local.endpoint == "https://search-shop-abcdefghijklmnopqrstuvwxyz.eu-west-1.es.amazonaws.com"
    error_message = "The endpoint is ${local.endpoint}"
  }
}

run "a_configuration_object_that_terraform_cannot_read" {
  command = plan

  override_data {
    target          = data.aws_s3_object.opensearch
    override_during = plan
    values          = { body = "", content_type = "binary/octet-stream" }
  }

  variables {
    opensearch = { config_object = { bucket = "code", key = "PROD_es_creds" } }
  }

  expect_failures = [aws_ssm_parameter.configuration]
}

run "a_configuration_object_without_an_address" {
  command = plan

  override_data {
    target          = data.aws_s3_object.opensearch
    override_during = plan
    values          = { body = "ES_HOST='search'", content_type = "text/plain" }
  }

  variables {
    opensearch = { config_object = { bucket = "code", key = "PROD_es_creds" } }
  }

  expect_failures = [aws_ssm_parameter.configuration]
}

run "a_configuration_object_with_an_address_of_http" {
  command = plan

  override_data {
    target          = data.aws_s3_object.opensearch
    override_during = plan
    values          = { body = "ES_ENDPOINT=http://search.example.com", content_type = "text/plain" }
  }

  variables {
    opensearch = { config_object = { bucket = "code", key = "PROD_es_creds" }, arn = "arn:aws:es:eu-west-1:123456789012:domain/shop" }
  }

  expect_failures = [aws_ssm_parameter.configuration]
}

run "a_domain_that_is_being_created" {
  command = plan

  override_data {
    target          = data.aws_opensearch_domain.this
    override_during = plan
    values          = { endpoint = "" }
  }

  variables {
    opensearch = { domain_name = "shop" }
  }

  expect_failures = [aws_ssm_parameter.configuration]
}

run "a_serverless_collection" {
  command = plan

  variables {
    opensearch = {
      endpoint             = "https://abcdefghijklmnopqrst.eu-west-1.aoss.amazonaws.com"
      service              = "aoss"
      collection_name      = "shop"
      manage_access_policy = true
    }
  }

  assert {
    condition     = jsondecode(aws_ssm_parameter.configuration.value).auth == { type = "sigv4", service = "aoss", region = "eu-west-1" }
    error_message = "Requests are signed for aoss."
  }

  assert {
    condition     = local.opensearch_arn == "arn:aws:aoss:eu-west-1:123456789012:collection/abcdefghijklmnopqrst"
    error_message = "The address names the collection: ${local.opensearch_arn}"
  }

  assert {
    condition = jsonencode(jsondecode(output.aoss_access_policy)) == jsonencode([{
      Description = "shop-prod-sync keeps these indexes equal to DynamoDB tables"
      Principal   = ["arn:aws:iam::123456789012:role/mocked"]
      Rules = [
        { ResourceType = "collection", Resource = ["collection/shop"], Permission = ["aoss:CreateCollectionItems", "aoss:DescribeCollectionItems", "aoss:UpdateCollectionItems"] },
        { ResourceType = "index", Resource = ["index/shop/orders"], Permission = ["aoss:CreateIndex", "aoss:DescribeIndex", "aoss:WriteDocument"] },
      ]
    }])
    error_message = "The data access policy lets the role write these indexes: ${output.aoss_access_policy}"
  }

  assert {
    condition     = jsondecode(aws_opensearchserverless_access_policy.this[0].policy) == jsondecode(output.aoss_access_policy)
    error_message = "The policy that is managed is the one that is put out."
  }
}
