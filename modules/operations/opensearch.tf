# What a serverless collection must be told: it lets nobody in because of IAM alone.
locals {
  # Policies of collections have names of up to 32 letters.
  _access_policy_name = length(var.sync.name) <= 21 ? "${var.sync.name}-operations" : "${substr(var.sync.name, 0, 21)}-${substr(sha1(var.sync.name), 0, 10)}"

  aoss_access_policy = !local.is_serverless ? null : jsonencode([{
    Description = "${local.function_name} compares these indexes with DynamoDB tables, and writes them"
    Principal   = [aws_iam_role.function.arn]
    Rules = [
      {
        ResourceType = "collection"
        Resource     = ["collection/${var.sync.opensearch.collection_name}"]
        Permission   = ["aoss:CreateCollectionItems", "aoss:DescribeCollectionItems", "aoss:UpdateCollectionItems"]
      },
      {
        ResourceType = "index"
        Resource     = [for table in var.sync.tables : "index/${var.sync.opensearch.collection_name}/${table.index}"]
        Permission   = ["aoss:CreateIndex", "aoss:DescribeIndex", "aoss:ReadDocument", "aoss:UpdateIndex", "aoss:WriteDocument"]
      },
      {
        ResourceType = "index"
        Resource     = ["index/${var.sync.opensearch.collection_name}/dynamodb-to-opensearch-probe-*"]
        Permission   = ["aoss:CreateIndex", "aoss:DeleteIndex", "aoss:DescribeIndex", "aoss:WriteDocument"]
      },
    ]
  }])
}

resource "aws_opensearchserverless_access_policy" "this" {
  count = var.sync.opensearch.manage_access_policy ? 1 : 0

  name        = local._access_policy_name
  type        = "data"
  description = "${local.function_name} compares these indexes with DynamoDB tables, and writes them"
  policy      = local.aoss_access_policy
}
