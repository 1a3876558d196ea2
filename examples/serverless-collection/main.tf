# OpenSearch Serverless: a collection of type "search", which lets nobody in because of IAM alone, so the
# module makes its data access policy as well. Unproven until `doctor --probe` has seen that the
# collection keeps document versions as a domain does.

data "aws_opensearchserverless_collection" "shop" {
  name = "shop"
}

module "search_sync" {
  source = "../../modules/sync"

  name = "shop-prod"

  opensearch = {
    service              = "aoss"
    endpoint             = data.aws_opensearchserverless_collection.shop.collection_endpoint
    arn                  = data.aws_opensearchserverless_collection.shop.arn
    collection_name      = data.aws_opensearchserverless_collection.shop.name
    manage_access_policy = true
  }

  tables = {
    Orders = {}
  }
}
