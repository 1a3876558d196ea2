data "aws_opensearch_domain" "this" {
  count = var.opensearch.domain_name == null ? 0 : 1

  domain_name = var.opensearch.domain_name
}

data "aws_s3_object" "opensearch" {
  count = var.opensearch.config_object == null ? 0 : 1

  bucket = var.opensearch.config_object.bucket
  key    = var.opensearch.config_object.key
}

# Where OpenSearch is, and how it is signed for.
locals {
  _assignment  = "(?m)^\\s*(?:export\\s+)?ES_ENDPOINT\\s*=\\s*['\"]?([^'\"\\s]+)"
  _object_body = one(data.aws_s3_object.opensearch[*].body)
  _object_text = try(tostring(jsondecode(local._object_body).endpoint), regex(local._assignment, local._object_body)[0], null)

  # Neither the domain nor the original's file need to say https.
  _address = try(coalesce(var.opensearch.endpoint, one(data.aws_opensearch_domain.this[*].endpoint), local._object_text), "")
  endpoint = trimsuffix(can(regex("://", local._address)) ? local._address : "https://${local._address}", "/")

  # What the validations of var.opensearch could not see, the cause of the others first.
  _object_url = try("s3://${var.opensearch.config_object.bucket}/${var.opensearch.config_object.key}", "")
  _address_problems = [
    for problem in [
      {
        is_one = length(data.aws_s3_object.opensearch) > 0 && !try(length(local._object_body) > 0, false)
        text   = "opensearch.config_object: Terraform reads objects of a text content type only, and ${local._object_url} is ${try(coalesce(one(data.aws_s3_object.opensearch[*].content_type)), "of none")}. Upload it again: aws s3 cp ${local._object_url} . && aws s3 cp ${basename(local._object_url)} ${local._object_url} --content-type text/plain"
      },
      {
        is_one = length(data.aws_s3_object.opensearch) > 0 && local._object_text == null
        text   = "opensearch.config_object: ${local._object_url} must hold {\"endpoint\": \"https://…\"} or a line ES_ENDPOINT='https://…'."
      },
      {
        is_one = length(data.aws_opensearch_domain.this) > 0 && local._address == ""
        text   = "opensearch.domain_name: the domain ${coalesce(var.opensearch.domain_name, "-")} has no address yet, as long as it is being created; apply again when it is active."
      },
      {
        is_one = !can(regex(local.endpoint_pattern, local.endpoint))
        text   = "${local._address_origin} the address \"${local._address}\", which must be an https URL such as \"https://search-shop-….eu-west-1.es.amazonaws.com\" (http only for localhost, 127.0.0.0/8 and [::1]), without user, password, query and fragment; a password goes into a secret, see opensearch.secret_arn."
      },
    ] : problem.text if problem.is_one
  ]
  _address_origin = var.opensearch.config_object == null ? "opensearch: the domain has" : "opensearch.config_object: ${local._object_url} holds"

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
