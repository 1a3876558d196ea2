data "aws_opensearch_domain" "this" {
  count = var.opensearch.domain_name == null ? 0 : 1

  domain_name = var.opensearch.domain_name

  lifecycle {
    postcondition {
      condition     = try(length(self.vpc_options), 0) == 0 || var.network != null # null outside of any
      error_message = "opensearch.domain_name: the domain ${self.domain_name} lies in a VPC, where a function outside cannot reach it; give `network` subnets and a security group that may connect to it."
    }
  }
}

data "aws_s3_object" "opensearch" {
  count = var.opensearch.config_object == null ? 0 : 1

  bucket = var.opensearch.config_object.bucket
  key    = var.opensearch.config_object.key

  lifecycle {
    postcondition {
      condition     = try(length(self.body) > 0, false)
      error_message = "opensearch.config_object: Terraform reads objects of a text content type only, and s3://${self.bucket}/${self.key} is ${coalesce(self.content_type, "of none")}. Upload it again: aws s3 cp s3://${self.bucket}/${self.key} . && aws s3 cp ${basename(self.key)} s3://${self.bucket}/${self.key} --content-type text/plain"
    }

    postcondition {
      condition     = try(length(self.body) == 0, true) || can(jsondecode(self.body).endpoint) || can(regex(local._assignment, self.body))
      error_message = "opensearch.config_object: s3://${self.bucket}/${self.key} must hold {\"endpoint\": \"https://…\"} or a line ES_ENDPOINT='https://…'."
    }
  }
}

# Where OpenSearch is, and how it is signed for.
locals {
  _assignment  = "(?m)^\\s*(?:export\\s+)?ES_ENDPOINT\\s*=\\s*['\"]?([^'\"\\s]+)"
  _object_body = one(data.aws_s3_object.opensearch[*].body)
  _object_text = try(tostring(jsondecode(local._object_body).endpoint), regex(local._assignment, local._object_body)[0], null)

  # Neither the domain nor the original's file need to say https.
  _address = try(coalesce(var.opensearch.endpoint, one(data.aws_opensearch_domain.this[*].endpoint), local._object_text), "")
  endpoint = trimsuffix(can(regex("://", local._address)) ? local._address : "https://${local._address}", "/")

  _host = try(regex("^https?://([^/:]+)", local.endpoint)[0], "")
  _named_by_host = try(
    regex("^(?:search|vpc)-(?P<name>.+)-[a-z0-9]{26}\\.(?P<region>[a-z0-9-]+)\\.es\\.amazonaws\\.com(?:\\.cn)?$", local._host),
    regex("^(?:search|vpc)-(?P<name>.+)-[a-z0-9]{26}\\.aos\\.(?P<region>[a-z0-9-]+)\\.on\\.aws$", local._host),
    regex("^(?P<name>[a-z0-9]+)\\.(?P<region>[a-z0-9-]+)\\.aoss\\.amazonaws\\.com$", local._host),
    { name = null, region = null },
  )
  _resource_type = { es = "domain", aoss = "collection" }[var.opensearch.service]

  opensearch_region = coalesce(
    var.opensearch.region,
    try(split(":", var.opensearch.arn)[3], null),
    local._named_by_host.region,
    local.region,
  )
  # A host that names nothing makes no ARN.
  _arn_by_host = try("arn:${local.partition}:${var.opensearch.service}:${local.opensearch_region}:${local.account_id}:${local._resource_type}/${local._named_by_host.name}", null)

  opensearch_arn = try(coalesce(var.opensearch.arn, one(data.aws_opensearch_domain.this[*].arn), local._arn_by_host), null)

  is_signed     = var.opensearch.secret_arn == null
  is_serverless = var.opensearch.service == "aoss"
}

# What a serverless collection must be told: it lets nobody in because of IAM alone.
locals {
  aoss_access_policy = !local.is_serverless ? null : jsonencode([{
    Description = "${local.function_name} keeps these indexes equal to DynamoDB tables"
    Principal   = [aws_iam_role.function.arn]
    Rules = [
      {
        ResourceType = "collection"
        Resource     = ["collection/${var.opensearch.collection_name}"]
        Permission   = ["aoss:CreateCollectionItems", "aoss:DescribeCollectionItems", "aoss:UpdateCollectionItems"]
      },
      {
        ResourceType = "index"
        Resource     = [for table in local.tables : "index/${var.opensearch.collection_name}/${table.index}"]
        Permission   = ["aoss:CreateIndex", "aoss:DescribeIndex", "aoss:WriteDocument"]
      },
    ]
  }])
}

resource "aws_opensearchserverless_access_policy" "this" {
  count = var.opensearch.manage_access_policy ? 1 : 0

  name        = var.name
  type        = "data"
  description = "${local.function_name} keeps these indexes equal to DynamoDB tables"
  policy      = local.aoss_access_policy
}
