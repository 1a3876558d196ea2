# AWS as the tests of the module see it: one account, one region, and tables with a stream and the key `id`.

mock_data "aws_caller_identity" {
  defaults = {
    account_id = "123456789012"
  }
}

mock_data "aws_partition" {
  defaults = {
    partition  = "aws"
    dns_suffix = "amazonaws.com"
  }
}

mock_data "aws_region" {
  defaults = {
    id = "eu-west-1"
  }
}

mock_data "aws_dynamodb_table" {
  defaults = {
    arn              = "arn:aws:dynamodb:eu-west-1:123456789012:table/Mocked"
    stream_arn       = "arn:aws:dynamodb:eu-west-1:123456789012:table/Mocked/stream/2026-01-01T00:00:00.000"
    stream_enabled   = true
    stream_view_type = "NEW_IMAGE"
    hash_key         = "id"
    range_key        = ""
    attribute        = [{ name = "id", type = "S" }]

    server_side_encryption = [{ enabled = false, kms_key_arn = "" }]
  }
}

mock_data "aws_opensearch_domain" {
  defaults = {
    arn         = "arn:aws:es:eu-west-1:123456789012:domain/shop"
    endpoint    = "search-shop-abcdefghijklmnopqrstuvwxyz.eu-west-1.es.amazonaws.com"
    vpc_options = []
  }
}

# What a policy says is asserted on its statements; as JSON it must only be some.
mock_data "aws_iam_policy_document" {
  defaults = {
    json = "{}"
  }
}

mock_resource "aws_iam_role" {
  defaults = {
    arn = "arn:aws:iam::123456789012:role/mocked"
  }
}

mock_resource "aws_iam_policy" {
  defaults = {
    arn = "arn:aws:iam::123456789012:policy/mocked"
  }
}

mock_resource "aws_lambda_function" {
  defaults = {
    arn = "arn:aws:lambda:eu-west-1:123456789012:function:mocked"
  }
}

mock_resource "aws_s3_bucket" {
  defaults = {
    arn = "arn:aws:s3:::mocked"
  }
}

mock_resource "aws_s3_object" {
  defaults = {
    version_id = "mocked-version"
  }
}

mock_resource "aws_ssm_parameter" {
  defaults = {
    version = 7
  }
}
